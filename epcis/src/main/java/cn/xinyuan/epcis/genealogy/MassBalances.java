package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/**
 * The mass balance of very many transformations at once, in whole grams: what came out of each may
 * not exceed what went in. The links of an event come together, one event after the other; a lot
 * counts once on each side however many links name it.
 */
public final class MassBalances {

    private final long[] grams;
    private final long[] in;
    private final long[] out;
    private final int[] countedIn;
    private final int[] countedOut;

    /**
     * @param grams of each lot, by its number
     * @param events how many there are; they are numbered from 0
     */
    public MassBalances(long[] grams, int events) {
        this.grams = grams;
        this.in = new long[events];
        this.out = new long[events];
        this.countedIn = new int[grams.length];
        this.countedOut = new int[grams.length];
    }

    /** The event used up the source and made the target. */
    public void transformed(int event, int source, int target) {
        if (countedIn[source] != event + 1) {
            countedIn[source] = event + 1;
            in[event] = Math.addExact(in[event], grams[source]);
        }
        if (countedOut[target] != event + 1) {
            countedOut[target] = event + 1;
            out[event] = Math.addExact(out[event], grams[target]);
        }
    }

    /** Grams that went into the event. */
    public long in(int event) {
        return in[event];
    }

    /** Grams that came out of the event. */
    public long out(int event) {
        return out[event];
    }

    /** The events out of which came more than went in, in order. */
    public int[] exceeding() {
        int[] found = new int[16];
        int n = 0;
        for (int event = 0; event < in.length; event++) {
            if (out[event] > in[event]) {
                if (n == found.length) {
                    found = Arrays.copyOf(found, n << 1);
                }
                found[n++] = event;
            }
        }
        return Arrays.copyOf(found, n);
    }
}
