package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.trace.Genealogy.Step;
import cn.xinyuan.server.trace.Lot;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all codes of one order on one lot have in common, as it was on a day. It is remembered until
 * one of the things that it is about changes, or the day is over. Two stories are never equal: what
 * is drawn from one must not be shown for another.
 */
public final class Story {

    /** Under what codes were ordered and on which lot they are; null while they are on none. */
    public record Ground(UUID party, UUID product, UUID licence, int season, @Nullable UUID lot) {}

    /** What is told; see {@link Finding}. */
    public record Told(
            @Nullable Product product,
            @Nullable Party producer,
            @Nullable Licence licence,
            @Nullable Lot lot,
            @Nullable Recall recall,
            @Nullable Certificate certificate,
            List<Report> reports,
            @Nullable Coverage coverage,
            List<Step> route) {}

    private final Ground ground;
    private final Told told;
    private final LocalDate day;
    private final Set<UUID> about;
    private final Set<String> districts;

    /**
     * @param day on which it was asked for: licences and seasons end by themselves
     * @param about everything whose change may change the story
     * @param districts where the goods were or should be, as divisions of GB/T 2260
     */
    public Story(Ground ground, Told told, LocalDate day, Set<UUID> about, Set<String> districts) {
        this.ground = ground;
        this.told = told;
        this.day = day;
        this.about = Set.copyOf(about);
        this.districts = Set.copyOf(districts);
    }

    public Ground ground() {
        return ground;
    }

    public Told told() {
        return told;
    }

    public LocalDate day() {
        return day;
    }

    public Set<String> districts() {
        return districts;
    }

    /** Whether a change to these things may have changed the story. */
    public boolean isAbout(Set<UUID> things) {
        return things.size() < about.size()
                ? things.stream().anyMatch(about::contains)
                : about.stream().anyMatch(things::contains);
    }
}
