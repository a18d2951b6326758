package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.standards.Standards.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where samples and reports are written down. */
public interface LabBook {

    String nextSampleNumber(LocalDate day);

    String nextReportNumber(LocalDate day);

    void add(TakenSample sample, UUID takenBy, Instant at);

    Optional<TakenSample> findSample(UUID id);

    Optional<TakenSample> findSample(String number);

    /** Samples of a laboratory or of a party's lots, newest first, each with its latest report. */
    List<Queued> queue(@Nullable UUID laboratory, @Nullable UUID party, int atMost);

    long waiting(UUID laboratory);

    void add(WrittenReport report);

    /** Keeps others from releasing or amending the report's sample until the transaction ends. */
    void lock(UUID sample);

    void release(UUID report, UUID by, String byName, Instant at);

    Optional<WrittenReport> find(UUID id);

    /** Every version of a report, the latest first. */
    List<WrittenReport> versions(String number);

    /** The released reports that stand on any of the lots, newest first. */
    List<Report> standing(Collection<UUID> lots);

    /** All released reports that stand, of lots of whatever age. */
    List<Report> standing();

    /**
     * @return false if it was judged by that edition before
     */
    boolean rejudge(
            UUID report, String edition, LocalDate day, Outcome outcome, String text, Instant at);

    List<Rejudged> rejudgements(UUID report);

    /** A sample and the latest version of its report, if there is one. */
    record Queued(TakenSample sample, @Nullable WrittenReport latest) {}

    /** A judgement by a later edition. */
    record Rejudged(String edition, LocalDate day, Outcome outcome, String text) {}
}
