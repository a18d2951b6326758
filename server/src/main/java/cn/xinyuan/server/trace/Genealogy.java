package cn.xinyuan.server.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where goods come from and where they went, as of everything that was committed when it is asked.
 * Circles end the walk and are told.
 */
public interface Genealogy {

    Graph trace(UUID lot, Direction direction);

    /**
     * As {@link #trace(UUID, Direction)}, but not farther than some links from the lot.
     *
     * @param depth 1 for what the lot was made of and made into
     */
    Graph trace(UUID lot, Direction direction, int depth);

    /** The lot and every lot it came from. */
    Set<UUID> ancestors(UUID lot);

    /** The lot and every lot it went into. */
    Set<UUID> descendants(UUID lot);

    /** The plots whose harvest is in the lot. */
    Set<UUID> plots(UUID lot);

    /**
     * What several lots have in common, the likeliest cause of a shared fault first: the source
     * that most of them came from, then the one that least else came from, then the nearest.
     *
     * @param lots 2 to 50
     */
    List<SharedSource> sharedSources(List<UUID> lots, int atMost);

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

    /**
     * A lot graph; edges point from source to product.
     *
     * @param circular lots that are among their own ancestors, which real goods cannot be
     * @param dangling lots of which nothing says where they came from
     */
    record Graph(
            UUID start,
            List<Lot> lots,
            List<Edge> edges,
            List<Lots.Holding> holdings,
            Set<UUID> plots,
            Set<UUID> circular,
            Set<UUID> dangling) {
        public Graph(
                UUID start,
                List<Lot> lots,
                List<Edge> edges,
                List<Lots.Holding> holdings,
                Set<UUID> plots) {
            this(start, lots, edges, holdings, plots, Set.of(), Set.of());
        }
    }

    /**
     * A source that several lots share.
     *
     * @param id of the lot, or of the plot when {@code lot} is null
     * @param covers the asked lots that came from it
     * @param others how many other lots came from it
     * @param distance the sum of its distances to the lots it covers, in links
     */
    record SharedSource(UUID id, @Nullable Lot lot, List<UUID> covers, int others, int distance) {}

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
