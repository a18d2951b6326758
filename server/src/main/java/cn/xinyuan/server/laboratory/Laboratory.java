package cn.xinyuan.server.laboratory;

import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.standards.Standards;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sampling, testing and what the results say about a lot. */
public interface Laboratory {

    Sample takeSample(Visitor by, UUID lot, UUID laboratory, LocalDate day);

    /**
     * Enters a report for a sample; it is a draft until released.
     *
     * @throws cn.xinyuan.server.pages.Problems naming the line, for text that is no number, a unit
     *     unknown
     */
    Report enter(Visitor by, UUID sample, List<Standards.Value> values, LocalDate day);

    /**
     * A second person checks and releases the report; from then on it stands, producers see it, and
     * a failure holds the lot.
     */
    Report release(Visitor by, UUID report);

    /** A corrected report is a new version that points to the old one. */
    Report amend(
            Visitor by, UUID report, List<Standards.Value> values, String reason, LocalDate day);

    Optional<Report> find(UUID report);

    Optional<Sample> findSample(UUID sample);

    List<Sample> samplesFor(UUID laboratory);

    /**
     * Released reports on a lot or on what it was made from, newest first, latest versions only.
     */
    List<Report> reportsOn(UUID lot);

    /** Whether released, passed reports cover the lot, and which used substances nobody tested. */
    Coverage coverage(UUID lot);

    /** A sealed sample. */
    record Sample(
            UUID id,
            String number,
            UUID lot,
            UUID laboratory,
            LocalDate day,
            String takenBy,
            boolean reported) {}

    /** A report in one version with its judgement. */
    record Report(
            UUID id,
            String number,
            int version,
            @Nullable UUID replaces,
            UUID sample,
            UUID lot,
            UUID laboratory,
            LocalDate sampled,
            LocalDate day,
            boolean released,
            Standards.Judgement judgement) {}

    /**
     * {@code covered} only if a passed report covers every part of the lot and the gap is empty.
     */
    record Coverage(
            boolean covered,
            @Nullable UUID report,
            Set<String> used,
            Set<String> tested,
            Set<String> gap) {}
}
