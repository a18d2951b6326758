package cn.xinyuan.server.licensing.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.MarkStandings;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.domain.CaseBook;
import cn.xinyuan.server.licensing.domain.CaseBook.ActRow;
import cn.xinyuan.server.licensing.domain.CaseBook.Granted;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Visitor;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Answers where a licence stands: read from the table each time, never remembered. */
@Component
public class KnowLicences implements Licences, MarkStandings {

    private final CaseBook book;
    private final Catalog catalog;
    private final Clock clock;

    KnowLicences(CaseBook book, Catalog catalog, Clock clock) {
        this.book = book;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public Optional<Licence> find(UUID id) {
        return book.findLicence(id).map(this::asOfToday);
    }

    @Override
    public Optional<Licence> findByNumber(String number) {
        return book.findLicenceByNumber(number).map(this::asOfToday);
    }

    @Override
    public Optional<Licence> latest(UUID party, UUID product) {
        return book.licencesOf(party).stream()
                .filter(g -> g.licence().product().equals(product))
                .findFirst()
                .map(this::asOfToday);
    }

    @Override
    public Optional<Licence> inForce(UUID party, UUID product, LocalDate day) {
        return book.licencesOf(party).stream()
                .map(Granted::licence)
                .filter(l -> l.product().equals(product))
                .filter(l -> l.standing() == Standing.IN_FORCE)
                .filter(l -> !day.isBefore(l.from()) && !day.isAfter(l.until()))
                .findFirst();
    }

    @Override
    public List<Licence> of(UUID party) {
        return book.licencesOf(party).stream().map(this::asOfToday).toList();
    }

    @Override
    public List<Licence> all() {
        return book.allLicences().stream().map(this::asOfToday).toList();
    }

    @Override
    public Optional<MarkStanding> standing(UUID product) {
        return catalog.find(product)
                .map(Product::party)
                .flatMap(party -> latest(party, product))
                .map(
                        l ->
                                new MarkStanding(
                                        l.number(),
                                        l.until(),
                                        l.standing() == Standing.IN_FORCE,
                                        l.standing().name()));
    }

    /** The licences a visitor may see, as of today. */
    public List<Licence> seen(Visitor by) {
        return book.allLicences().stream()
                .filter(g -> by.maySee(g.licence().party(), g.district()))
                .map(this::asOfToday)
                .toList();
    }

    /** One of them; anything else is not there. */
    public Licence seen(Visitor by, String number) {
        return book.findLicenceByNumber(number)
                .filter(g -> by.maySee(g.licence().party(), g.district()))
                .map(this::asOfToday)
                .orElseThrow(() -> new NotFound("licence " + number));
    }

    public List<ActRow> acts(UUID licence) {
        return book.acts(licence);
    }

    Licence asOfToday(Granted granted) {
        Licence l = granted.licence();
        boolean over = ChinaTime.today(clock).isAfter(l.until());
        return over && l.standing() != Standing.REVOKED
                ? new Licence(
                        l.id(),
                        l.number(),
                        l.party(),
                        l.product(),
                        l.from(),
                        l.until(),
                        l.yearlyKg(),
                        Standing.EXPIRED,
                        l.reason())
                : l;
    }

    /** A standing in Chinese. */
    public static String word(Standing standing) {
        return switch (standing) {
            case IN_FORCE -> "有效";
            case SUSPENDED -> "暂停";
            case REVOKED -> "撤销";
            case EXPIRED -> "过期";
        };
    }
}
