package cn.xinyuan.server.scan.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where scans are counted. */
public interface Tally {

    /** What is known of a code's scans; empty before the first. */
    Optional<Counted> find(String code);

    /**
     * Adds scans of one code by one reader.
     *
     * @param token salted hash of the reader; short-lived
     * @param region coarse region; empty when unknown
     */
    void add(String code, long scans, Instant at, LocalDate day, String region, long token);

    /** The readers that are remembered, up to an instant. */
    Suspicion.Readers readers(String code, Instant until);

    /** Marks a code as suspicious; false when it was already, then the evidence is the newest. */
    boolean mark(String code, String evidence, Instant at);

    /** Takes the mark away after a person has looked into it. */
    boolean clear(String code);

    /** Forgets readers seen before an instant, and salts of days before. */
    void forget(Instant before, LocalDate day);

    /** The salt of a day; made when first asked for. */
    byte[] salt(LocalDate day);

    /** Scans of one code so far. */
    record Counted(
            long scans, Instant first, @Nullable String firstRegion, @Nullable String evidence) {}
}
