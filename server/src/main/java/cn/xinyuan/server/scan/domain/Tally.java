package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
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

    /** The readers that are remembered, after the last ruling and up to an instant. */
    Suspicion.Readers readers(String code, Instant until);

    /** Marks a code as suspicious; false when it was already, then the evidence is the newest. */
    boolean mark(String code, String evidence, Instant at);

    /** The mark of a code and what was ruled; empty if it never was marked. */
    Optional<Mark> mark(String code);

    /** Keeps others from marking the code or ruling about it until the transaction ends. */
    void lock(String code);

    /**
     * Writes a ruling down. Scans up to then no longer count; the mark goes if the code is genuine.
     *
     * @param salt with the reason, what the journal holds a hash of
     */
    void rule(Ruling ruling, UUID by, String salt);

    /** Forgets readers seen before an instant, and salts of days before. */
    void forget(Instant before, LocalDate day);

    /** The salt of a day; made when first asked for. */
    byte[] salt(LocalDate day);

    /**
     * Scans of one code so far.
     *
     * @param ruledAs what was last ruled about its being suspicious; null if nothing was, as {@code
     *     ruledAt}
     */
    record Counted(
            long scans,
            Instant first,
            @Nullable String firstRegion,
            @Nullable String evidence,
            Ruling.@Nullable As ruledAs,
            @Nullable Instant ruledAt) {}
}
