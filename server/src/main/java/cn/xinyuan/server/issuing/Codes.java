package cn.xinyuan.server.issuing;

import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Codes as others may see and order them. */
public interface Codes {

    /**
     * Orders a batch of codes.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code no-licence}, {@code over-plan}
     */
    Batch order(Visitor by, UUID product, long count);

    /**
     * Activates the next {@code count} unused codes of a batch on a packed, certified lot.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code not-certified}, {@code over-packed}, {@code
     *     lot-held}, {@code no-licence}, {@code batch-used-up}
     */
    Activation activate(Visitor by, long batch, UUID lot, long count);

    /** Voids codes of a batch for good, with a reason. */
    void voidCodes(Visitor by, long batch, long first, long count, String reason);

    /**
     * Voids one code because copies of it were found. An official within whose districts its owner
     * lies decides that, not the owner.
     *
     * @param reason what a scan shows, at most 500 characters
     * @throws cn.xinyuan.server.pages.NotFound for a code that was not issued, or not within the
     *     visitor's districts
     * @throws cn.xinyuan.server.pages.Refused {@code already-voided}
     */
    void voidCopied(Visitor by, String code, String reason);

    Optional<Batch> find(long batch);

    List<Batch> of(UUID party);

    /** The printed code of one serial. */
    String text(long batch, long serial);

    /** What a printed or typed code is; empty for everything this installation never issued. */
    Optional<Issued> read(String typed);

    /**
     * Which code of which order a printed or typed code is, by its tag and from memory alone;
     * whether it is void is not looked at. Empty for everything this installation never issued.
     */
    Optional<Tag> open(String typed);

    /** A genuine tag: the batch and the serial that the code was made from. */
    record Tag(String code, long batch, long serial) {}

    /** An order of codes, stored as a range: serials 0 to count - 1. */
    record Batch(
            long number,
            UUID party,
            UUID product,
            UUID licence,
            int season,
            long count,
            long used,
            Instant at) {}

    /** What an activation put on a lot. */
    record Activation(long batch, long first, long count, UUID lot) {}

    /** One issued code; {@code voided} says why, when it was voided. */
    record Issued(
            String code,
            long batch,
            long serial,
            UUID party,
            UUID product,
            UUID licence,
            int season,
            @Nullable String voided) {}
}
