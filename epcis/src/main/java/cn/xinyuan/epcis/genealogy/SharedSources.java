package cn.xinyuan.epcis.genealogy;

import cn.xinyuan.epcis.Walk.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What several complained-of lots have in common: their shared ancestors, the likeliest cause
 * first. An ancestor ranks by how many of the lots it covers, then by how few other lots came from
 * it, then by how near it is.
 */
public final class SharedSources {

    /** So many lots may be compared at once. */
    public static final int MOST = 50;

    private SharedSources() {}

    /**
     * A shared ancestor, by its number.
     *
     * @param covers how many of the asked lots came from it, itself included
     * @param which the asked lots, bit i for the i-th
     * @param others how many lots came from it besides the asked ones
     * @param distance the sum of its distances to the lots it covers
     */
    public record Source(int lot, int covers, long which, int others, int distance) {}

    private record Candidate(int lot, long which, int distance) {
        int covers() {
            return Long.bitCount(which);
        }
    }

    private static final Comparator<Source> LIKELIEST =
            Comparator.comparingInt(Source::covers)
                    .reversed()
                    .thenComparingInt(Source::others)
                    .thenComparingInt(Source::distance)
                    .thenComparingInt(Source::lot);

    /**
     * The likeliest shared ancestors of 2 to {@value #MOST} lots. An asked lot counts as an
     * ancestor when another one came from it.
     *
     * @param atMost how many to name
     */
    public static List<Source> of(
            Lineage lineage, Trail trail, Limits limits, int atMost, int... lots) {
        if (lots.length < 2 || lots.length > MOST) {
            throw new IllegalArgumentException("2 to " + MOST + " lots can be compared");
        }
        List<Candidate> shared = candidates(lineage, trail, limits, lots);
        shared.sort(Comparator.comparingInt(Candidate::covers).reversed());
        List<Source> ranked = new ArrayList<>();
        int at = 0;
        while (at < shared.size() && ranked.size() < atMost) {
            // the number of others is asked only where it decides
            int covers = shared.get(at).covers();
            for (; at < shared.size() && shared.get(at).covers() == covers; at++) {
                ranked.add(rank(lineage, trail, shared.get(at), lots));
            }
        }
        ranked.sort(LIKELIEST);
        return List.copyOf(ranked.subList(0, Math.min(atMost, ranked.size())));
    }

    private static List<Candidate> candidates(
            Lineage lineage, Trail trail, Limits limits, int[] lots) {
        IntMap seen = new IntMap();
        List<Candidate> met = new ArrayList<>();
        for (int i = 0; i < lots.length; i++) {
            lineage.walk(trail, Direction.BACK, limits, lots[i]);
            cover(seen, met, lots[i], i, 0);
            for (int j = 0; j < trail.size(); j++) {
                cover(seen, met, trail.lot(j), i, trail.depth(j));
            }
        }
        met.removeIf(candidate -> candidate.covers() < 2);
        return met;
    }

    private static void cover(IntMap seen, List<Candidate> met, int lot, int asked, int depth) {
        int known = seen.get(lot);
        if (known < 0) {
            seen.put(lot, met.size());
            met.add(new Candidate(lot, 1L << asked, depth));
        } else {
            Candidate before = met.get(known);
            met.set(
                    known,
                    new Candidate(lot, before.which() | 1L << asked, before.distance() + depth));
        }
    }

    private static Source rank(Lineage lineage, Trail trail, Candidate candidate, int[] lots) {
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, candidate.lot());
        int others = trail.size();
        for (int i = 0; i < lots.length; i++) {
            if (lots[i] != candidate.lot() && trail.met(lots[i]) && first(lots, i)) {
                others--;
            }
        }
        return new Source(
                candidate.lot(),
                candidate.covers(),
                candidate.which(),
                others,
                candidate.distance());
    }

    private static boolean first(int[] lots, int at) {
        for (int i = 0; i < at; i++) {
            if (lots[i] == lots[at]) {
                return false;
            }
        }
        return true;
    }
}
