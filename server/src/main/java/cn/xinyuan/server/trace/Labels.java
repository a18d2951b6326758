package cn.xinyuan.server.trace;

import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The label side of the ledger: a plan per party, product and season; ordered labels never pass the
 * plan, activated labels never pass packed units.
 */
public interface Labels {

    /** Sets the planned units of a product for a season; never below what is ordered already. */
    void plan(UUID party, UUID product, int season, long units);

    /** Units that may still be ordered. */
    long left(UUID party, UUID product, int season);

    /**
     * Takes ordered labels out of the plan.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code over-plan}
     */
    void order(UUID party, UUID product, int season, long batch, long labels);

    /**
     * Puts the labels of a range on packs of a lot: posts them, stores range to lot, and writes the
     * EPCIS commissioning event.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code over-packed}, {@code lot-held}, {@code
     *     already-activated}
     */
    void activate(Visitor by, UUID lot, long batch, long first, long count);

    /** The lot a label was put on; empty while it is not activated. */
    Optional<UUID> lotOf(long batch, long serial);

    /** Labelled packs of a lot. */
    long activated(UUID lot);

    /** The ranges on a lot. */
    List<Range> ranges(UUID lot);

    /** The ranges of a batch that are on lots, in the order of their serials. */
    List<Range> rangesOf(long batch);

    /** The ranges on any of the lots. */
    List<Range> ranges(Collection<UUID> lots);

    /** Consecutive serials of a batch. */
    record Range(long batch, long first, long count, UUID lot, Instant at) {}
}
