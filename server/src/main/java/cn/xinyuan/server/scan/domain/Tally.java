package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where scans are counted for good. */
public interface Tally {

    /**
     * What is known of neighbouring codes of a batch, by serial; codes that were never scanned are
     * not in it.
     */
    Map<Long, Counted> counted(long batch, long first, long count);

    /** Of these only the marks and rulings, without their scans. */
    Map<Long, Counted> marked(long batch, long first, long count);

    /** The days of some codes from a day on, and what was ruled; in the caller's transaction. */
    List<Known> known(Collection<Place> codes, LocalDate from);

    /** Writes down when a code was sold to a shopper; the first record stays. */
    void sold(Tag tag, UUID party, Instant at);

    /** Adds scans to days: the trail replaces, scans are added, the earlier first scan stays. */
    void add(List<Day> days);

    /**
     * Marks a code as suspicious; false when it was already, then score and evidence are the
     * newest.
     */
    boolean mark(Tag tag, int score, String evidence, Instant at);

    /** The mark of a code and what was ruled; empty if it never was marked. */
    Optional<Mark> mark(String code);

    /** Keeps others from marking the code or ruling about it until the transaction ends. */
    void lock(String code);

    /**
     * Writes a ruling down. Scans up to then no longer count as evidence; the mark goes if the code
     * is genuine.
     *
     * @param salt with the reason, what the journal holds a hash of
     */
    void rule(Ruling ruling, UUID by, String salt);

    /** Empties the trails of days before a day, and forgets the salts of these days. */
    void forget(LocalDate day);

    /** The salt of a day; made when first asked for. */
    byte[] salt(LocalDate day);

    /** How far a piece of the scan log was counted, in bytes; 0 before the first. */
    long done(String piece);

    void done(String piece, long bytes, Instant at);

    /** The piece is gone: how far it was counted is of no use any more. */
    void closed(String piece);

    /** What tells this database from any other. */
    UUID self();

    /** Says of codes that were marked before tallies which serial they have. */
    void adopt(Function<String, Optional<Tag>> open);

    /** A code by batch and serial. */
    record Place(long batch, long serial) {}

    /** Scans of one code on one day, in China. */
    record Day(
            Place place,
            LocalDate day,
            long scans,
            Instant first,
            @Nullable String firstRegion,
            Trail trail) {}

    /**
     * The days of one code.
     *
     * @param ruledAt when something was last ruled about it; null if nothing was
     * @param soldAt when its sale was recorded; null if it was not
     */
    record Known(
            Place place, List<Day> days, @Nullable Instant ruledAt, @Nullable Instant soldAt) {}

    /**
     * Scans of one code so far.
     *
     * @param scans 0 where only marks were asked for
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
