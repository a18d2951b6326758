package cn.xinyuan.server.trace;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lots, things and containers that are known from captured EPCIS events only. */
public interface ForeignLots {

    /**
     * Finds a lot by its id, its identifier in any spelling, {@code GTIN.LOT}, or its lot number
     * when only one lot bears it; among the events that the visitor may see.
     *
     * @throws cn.xinyuan.server.pages.Problems if several lots bear the number
     */
    Optional<ForeignLot> find(Visitor by, String idOrName);

    /** Walks from a lot through the events that the visitor may see. */
    Trace trace(Visitor by, ForeignLot start, Genealogy.Direction direction);

    /**
     * As {@link #trace(Visitor, ForeignLot, Genealogy.Direction)}; of a container only with what it
     * carried from one moment to another.
     */
    Trace trace(
            Visitor by,
            ForeignLot start,
            Genealogy.Direction direction,
            Instant from,
            Instant until);

    /**
     * @param name the canonical GS1 Digital Link URI, or the private URI as written
     * @param number the lot number, or the last part of the identifier
     */
    record ForeignLot(UUID id, String name, String number) {}

    /**
     * The walk's result.
     *
     * @param unbalanced whether any reached lot does not balance
     * @param circular whether the edges run in a circle, which real goods cannot
     */
    record Trace(
            UUID start,
            Genealogy.Direction direction,
            List<Reached> lots,
            List<Edge> edges,
            boolean unbalanced,
            boolean circular) {}

    /**
     * A reached lot.
     *
     * @param depth least distance from the start
     * @param doubts why it does not balance, or that nothing says where it came from
     */
    record Reached(
            UUID id,
            String number,
            Lot.Kind kind,
            String name,
            int depth,
            List<Amount> amounts,
            boolean balanced,
            List<Doubt> doubts) {}

    /**
     * What events made and used of a lot, per unit: {@code KGM} for every mass, else the unit code,
     * empty for pieces.
     */
    record Amount(String unit, BigDecimal made, BigDecimal used) {}

    /** {@code step} is TRANSFORMED or PACKED; {@code events} are the ids of those that say so. */
    record Edge(UUID from, UUID to, String step, List<String> events) {}
}
