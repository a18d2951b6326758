package cn.xinyuan.server.trace.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which of our lots went into which, answered from memory as of everything that was committed when
 * it was asked, on whatever node. Empty inside a transaction that has written itself, and when the
 * memory cannot be filled: then the database answers.
 */
public interface LotLineage {

    Optional<Reached> walk(Collection<UUID> starts, boolean back, int deepest);

    /** The likeliest shared sources of 2 to 50 lots, likeliest first; plots are sources too. */
    Optional<List<Shared>> shared(List<UUID> lots, int atMost);

    /** Compares with the database; what differs is loaded again and told in the log. */
    Standing check();

    /**
     * What a walk met.
     *
     * @param depths the starts with 0, and every other lot with its least distance, nearest first
     * @param plots met on the way back
     * @param circular lots that are among their own ancestors
     * @param dangling lots of which nothing says where they came from
     */
    record Reached(
            Map<UUID, Integer> depths, Set<UUID> plots, Set<UUID> circular, Set<UUID> dangling) {}

    /**
     * A source that several lots share.
     *
     * @param source a lot or a plot
     * @param covers the asked lots that came from it
     * @param others how many other lots came from it
     * @param distance the sum of its distances to the lots it covers
     */
    record Shared(UUID source, boolean plot, List<UUID> covers, int others, int distance) {}

    /** What is held, and whether the database agreed. */
    record Standing(long links, long digest, boolean agreed) {}
}
