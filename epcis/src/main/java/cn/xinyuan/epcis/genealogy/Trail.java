package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/**
 * What one walk reached, nearest lots first. It is used again for the next walk, so that walking
 * allocates nothing once it has grown; of one thread at a time. What it tells is of the last walk
 * and ends when the {@link Lineage} changes.
 */
public final class Trail {

    private int[] mark = new int[0];
    private int generation;
    private int[] lots = new int[1_024];
    private int size;
    private int starts;
    private int[] levels = new int[64];
    private int depth;
    private boolean cut;

    /** Neighbours of one lot that do not lie in the array alone. */
    int[] near = new int[64];

    // ---- moments: a container is reached for a time, perhaps several times

    private int[] stateLot = new int[0];
    private long[] stateFrom = new long[0];
    private long[] stateUntil = new long[0];
    private int[] stateBefore = new int[0];
    private int states;
    private final IntMap stateOf = new IntMap();

    /** How many lots were reached, without those the walk started from. */
    public int size() {
        return size - starts;
    }

    /** Whether a limit of lots ended the walk early. */
    public boolean cut() {
        return cut;
    }

    /** The depth of the farthest lot. */
    public int depth() {
        return depth;
    }

    /** The number of a reached lot; {@code i} from 0. */
    public int lot(int i) {
        return lots[starts + i];
    }

    /** The least distance of the reached lot at {@code i}. */
    public int depth(int i) {
        int place = starts + i;
        int low = 0;
        int high = depth - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (levels[middle] > place) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low + 1;
    }

    /** Whether the last walk started from a lot or reached it. */
    public boolean met(int lot) {
        return lot >= 0 && lot < mark.length && mark[lot] == generation;
    }

    /** The starts first, then what was reached. */
    int any(int i) {
        return lots[i];
    }

    int all() {
        return size;
    }

    // ---- walking, for Lineage

    void begin(int numbers) {
        if (mark.length < numbers) {
            mark = new int[numbers + (numbers >>> 5) + 64];
            generation = 0;
        }
        if (++generation == Integer.MAX_VALUE) {
            Arrays.fill(mark, 0);
            generation = 1;
        }
        size = 0;
        starts = 0;
        depth = 0;
        states = 0;
        cut = false;
        stateOf.clear();
    }

    int[] begun() {
        return mark;
    }

    int generation() {
        return generation;
    }

    int[] lots() {
        return lots;
    }

    int[] grown() {
        lots = Arrays.copyOf(lots, lots.length << 1);
        return lots;
    }

    /** Marks a lot as met; false if it was before. */
    boolean meet(int lot) {
        if (mark[lot] == generation) {
            return false;
        }
        mark[lot] = generation;
        if (size == lots.length) {
            grown();
        }
        lots[size++] = lot;
        return true;
    }

    void started() {
        starts = size;
    }

    /** The lots up to {@code end} are at most one link farther than those before. */
    void level(int end) {
        if (depth == levels.length) {
            levels = Arrays.copyOf(levels, depth << 1);
        }
        levels[depth++] = end;
    }

    void end(int end, boolean cutShort) {
        size = end;
        cut = cutShort;
        while (depth > 0 && levels[depth - 1] == (depth == 1 ? starts : levels[depth - 2])) {
            depth--;
        }
    }

    // ---- states of a walk through time

    int states() {
        return states;
    }

    int stateLot(int state) {
        return stateLot[state];
    }

    long stateFrom(int state) {
        return stateFrom[state];
    }

    long stateUntil(int state) {
        return stateUntil[state];
    }

    /** Notes that a lot is reached for a time; false when that was known. */
    boolean state(int lot, long from, long until) {
        int last = stateOf.get(lot);
        for (int i = last; i >= 0; i = stateBefore[i]) {
            if (stateFrom[i] <= from && until <= stateUntil[i]) {
                return false;
            }
        }
        if (states == stateLot.length) {
            int length = Math.max(256, states << 1);
            stateLot = Arrays.copyOf(stateLot, length);
            stateFrom = Arrays.copyOf(stateFrom, length);
            stateUntil = Arrays.copyOf(stateUntil, length);
            stateBefore = Arrays.copyOf(stateBefore, length);
        }
        stateLot[states] = lot;
        stateFrom[states] = from;
        stateUntil[states] = until;
        stateBefore[states] = last;
        stateOf.put(lot, states++);
        return true;
    }

    /** Whether a lot was reached for a time that touches this one. */
    boolean metDuring(int lot, long from, long until) {
        for (int i = stateOf.get(lot); i >= 0; i = stateBefore[i]) {
            if (stateFrom[i] <= until && from <= stateUntil[i]) {
                return true;
            }
        }
        return false;
    }
}
