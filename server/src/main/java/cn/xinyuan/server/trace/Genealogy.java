package cn.xinyuan.server.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where goods come from and where they went. Walked level by level, safe against circles. */
public interface Genealogy {

    Graph trace(UUID lot, Direction direction);

    /** The lot and every lot it came from. */
    Set<UUID> ancestors(UUID lot);

    /** The lot and every lot it went into. */
    Set<UUID> descendants(UUID lot);

    /** The plots whose harvest is in the lot. */
    Set<UUID> plots(UUID lot);

    /** What a recall of the lot would reach. */
    RecallScope recallScope(UUID lot);

    /** The steps a lot and its ancestors went through, oldest first: the shopper's route. */
    List<Step> route(UUID lot);

    /** Which way to walk. */
    enum Direction {
        BACK,
        FORWARD,
        BOTH
    }

    /** A lot graph; edges point from source to product. */
    record Graph(
            UUID start,
            List<Lot> lots,
            List<Edge> edges,
            List<Lots.Holding> holdings,
            Set<UUID> plots) {}

    /** Kilograms of one lot that went into another; from a plot when {@code fromPlot}. */
    record Edge(UUID from, UUID to, BigDecimal kilograms, String step, boolean fromPlot) {}

    /**
     * Kilograms and packs as made in the reached lots that left bulk, what is still where,
     * activated codes.
     */
    record RecallScope(
            UUID lot,
            List<Lot> lots,
            BigDecimal kilograms,
            long packs,
            long codes,
            List<Lots.Holding> holdings) {}

    /** One step of the route; {@code place} is a town or a party's name, never a position. */
    record Step(
            Instant at,
            LocalDate day,
            String step,
            String place,
            String placeEn,
            UUID party,
            UUID lot) {}
}
