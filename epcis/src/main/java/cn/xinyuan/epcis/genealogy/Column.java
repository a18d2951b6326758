package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/** A number for each lot, 0 until it is set; made of chunks, so that growing copies nothing. */
final class Column {

    private static final int CHUNK_BITS = 14;

    private int[][] chunks = new int[4][];

    int get(int lot) {
        int chunk = lot >>> CHUNK_BITS;
        int[] found = chunk < chunks.length ? chunks[chunk] : null;
        return found == null ? 0 : found[lot & (1 << CHUNK_BITS) - 1];
    }

    void set(int lot, int value) {
        int chunk = lot >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + (chunk >> 1) + 1);
        }
        int[] found = chunks[chunk];
        if (found == null) {
            if (value == 0) {
                return;
            }
            found = new int[1 << CHUNK_BITS];
            chunks[chunk] = found;
        }
        found[lot & (1 << CHUNK_BITS) - 1] = value;
    }
}
