package cn.xinyuan.epcis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks a genealogy level by level: one question to the store per level, each lot visited once, so
 * that ladders with very many paths stay small and circles end.
 */
public final class Walk {

    private Walk() {}

    /** Where the neighbours of a whole level come from: memory, or one query. */
    public interface Neighbours<K> {
        /** The edges that end in any of these. */
        Collection<Edge<K>> into(Set<K> targets);

        /** The edges that begin in any of these. */
        Collection<Edge<K>> outOf(Set<K> sources);
    }

    /** Something went from one into another. */
    public record Edge<K>(K from, K to) {}

    /** Which way to walk. */
    public enum Direction {
        BACK,
        FORWARD,
        /** What it came from and what it went into; not its siblings. */
        BOTH
    }

    /**
     * What was reached.
     *
     * @param depths the start with 0, and every other lot with its least distance
     * @param edges every edge between reached lots that the walk met
     * @param circular whether the edges run in a circle, which real goods cannot
     */
    public record Reached<K>(Map<K, Integer> depths, Set<Edge<K>> edges, boolean circular) {
        public Set<K> lots() {
            return depths.keySet();
        }
    }

    /** Walks until nothing new is met, or {@code maxDepth} levels. */
    public static <K> Reached<K> from(
            K start, Direction direction, Neighbours<K> graph, int maxDepth) {
        Map<K, Integer> depths = new LinkedHashMap<>();
        Set<Edge<K>> edges = new LinkedHashSet<>();
        depths.put(start, 0);
        if (direction != Direction.FORWARD) {
            one(start, true, graph, maxDepth, depths, edges);
        }
        if (direction != Direction.BACK) {
            one(start, false, graph, maxDepth, depths, edges);
        }
        return new Reached<>(depths, edges, circular(edges));
    }

    private static <K> void one(
            K start,
            boolean back,
            Neighbours<K> graph,
            int maxDepth,
            Map<K, Integer> depths,
            Set<Edge<K>> edges) {
        Set<K> seen = new LinkedHashSet<>(Set.of(start));
        Set<K> level = Set.of(start);
        for (int depth = 1; depth <= maxDepth && !level.isEmpty(); depth++) {
            Set<K> next = new LinkedHashSet<>();
            for (Edge<K> edge : back ? graph.into(level) : graph.outOf(level)) {
                edges.add(edge);
                K other = back ? edge.from() : edge.to();
                if (seen.add(other)) {
                    next.add(other);
                    depths.merge(other, depth, Math::min);
                }
            }
            level = next;
        }
    }

    private static <K> boolean circular(Set<Edge<K>> edges) {
        Map<K, Integer> incoming = new HashMap<>();
        Map<K, List<K>> out = new HashMap<>();
        for (Edge<K> edge : edges) {
            incoming.putIfAbsent(edge.from(), 0);
            incoming.merge(edge.to(), 1, Integer::sum);
            out.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
        }
        ArrayDeque<K> free = new ArrayDeque<>();
        incoming.forEach(
                (lot, count) -> {
                    if (count == 0) {
                        free.add(lot);
                    }
                });
        int taken = 0;
        while (!free.isEmpty()) {
            K lot = free.remove();
            taken++;
            for (K next : out.getOrDefault(lot, List.of())) {
                if (incoming.merge(next, -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        return taken < incoming.size();
    }
}
