package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/**
 * A compressed adjacency array in both directions: the lots that came from lot x are {@code
 * outTo[outAt[x] .. outAt[x + 1])}, those it came from {@code inFrom[inAt[x] .. inAt[x + 1])}.
 * Never changed once made.
 */
record Adjacency(int[] outAt, int[] outTo, int[] inAt, int[] inFrom) {

    static final Adjacency NONE = new Adjacency(new int[1], new int[0], new int[1], new int[0]);

    int lots() {
        return outAt.length - 1;
    }

    int links() {
        return outTo.length;
    }

    /** From the two ends of every link, by counting. */
    static Adjacency of(int lots, Ends ends) {
        int[] outAt = offsets(lots, ends, true);
        int[] outTo = values(outAt, ends, true);
        int[] inAt = offsets(lots, ends, false);
        int[] inFrom = values(inAt, ends, false);
        return new Adjacency(outAt, outTo, inAt, inFrom);
    }

    private static int[] offsets(int lots, Ends ends, boolean bySource) {
        int[] at = new int[lots + 1];
        for (int c = 0; c < ends.chunks(); c++) {
            int[] keys = bySource ? ends.sources[c] : ends.targets[c];
            int n = ends.inChunk(c);
            for (int i = 0; i < n; i++) {
                at[keys[i] + 1]++;
            }
        }
        for (int i = 0; i < lots; i++) {
            at[i + 1] += at[i];
        }
        return at;
    }

    /** Fills by moving each offset on; then moves them back by one lot. */
    private static int[] values(int[] at, Ends ends, boolean bySource) {
        int[] to = new int[ends.size];
        for (int c = 0; c < ends.chunks(); c++) {
            int[] keys = bySource ? ends.sources[c] : ends.targets[c];
            int[] others = bySource ? ends.targets[c] : ends.sources[c];
            int n = ends.inChunk(c);
            for (int i = 0; i < n; i++) {
                to[at[keys[i]]++] = others[i];
            }
        }
        System.arraycopy(at, 0, at, 1, at.length - 1);
        at[0] = 0;
        return to;
    }

    /** Sources and targets of links, gathered in chunks. */
    static final class Ends {
        private static final int CHUNK = 1 << 16;
        private int[][] sources = new int[4][];
        private int[][] targets = new int[4][];
        private int size;

        void add(int source, int target) {
            int chunk = size / CHUNK;
            int at = size % CHUNK;
            if (at == 0) {
                if (chunk == sources.length) {
                    sources = Arrays.copyOf(sources, chunk * 2);
                    targets = Arrays.copyOf(targets, chunk * 2);
                }
                sources[chunk] = new int[CHUNK];
                targets[chunk] = new int[CHUNK];
            }
            sources[chunk][at] = source;
            targets[chunk][at] = target;
            size++;
        }

        int size() {
            return size;
        }

        private int chunks() {
            return (size + CHUNK - 1) / CHUNK;
        }

        private int inChunk(int chunk) {
            return Math.min(CHUNK, size - chunk * CHUNK);
        }
    }
}
