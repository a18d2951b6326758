package cn.xinyuan.server.standards.usecase;

import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.domain.Categories;
import cn.xinyuan.server.standards.domain.Shelves;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers from the library as it stands. */
@Component
class ConsultStandards implements Standards {

    private final Shelves shelves;
    private final LoadReference load;
    private final AnnounceDueDates announce;

    ConsultStandards(Shelves shelves, LoadReference load, AnnounceDueDates announce) {
        this.shelves = shelves;
        this.load = load;
        this.announce = announce;
    }

    @Override
    public Optional<Edition> inForce(String category, LocalDate day) {
        return shelves.library().inForce(category, day);
    }

    @Override
    public List<Edition> editions() {
        return shelves.library().editions();
    }

    @Override
    public List<LimitInForce> limits(String category, LocalDate day) {
        return shelves.library().limits(category, day);
    }

    @Override
    public Judgement judge(String category, LocalDate samplingDay, List<Value> values) {
        return shelves.library().judge(category, samplingDay, values);
    }

    @Override
    public Optional<Ban> ban(String substance, String category, LocalDate day) {
        return shelves.library().ban(substance, category, day);
    }

    @Override
    public List<PesticideProduct> pesticideProducts() {
        return shelves.library().products();
    }

    @Override
    public Optional<PesticideProduct> pesticideProduct(String name) {
        String wanted = name.strip();
        return shelves.library().products().stream()
                .filter(p -> p.name().equals(wanted))
                .findFirst();
    }

    @Override
    public List<PublishedYield> publishedYields(String category) {
        return shelves.publishedYields(category);
    }

    @Override
    public boolean covers(String tested, String used) {
        return shelves.library().covers(tested, used);
    }

    @Override
    public void loadReference() {
        load.load();
    }

    @Override
    public void announceDue() {
        announce.announce();
    }

    @Override
    public String governing(String category) {
        return Categories.governing(category);
    }

    @Override
    public String categoryName(String category) {
        return Categories.name(category);
    }

    @Override
    public Optional<String> readCategory(String text) {
        return Categories.read(text);
    }
}
