package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/** The day of each lot in 2 bytes: days since 1970 up to the year 2149, 0 when unknown. */
final class Days {

    private static final int CHUNK_BITS = 14;

    private char[][] chunks = new char[4][];

    int get(int lot) {
        int chunk = lot >>> CHUNK_BITS;
        char[] found = chunk < chunks.length ? chunks[chunk] : null;
        return found == null ? 0 : found[lot & (1 << CHUNK_BITS) - 1];
    }

    void set(int lot, int day) {
        int chunk = lot >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + (chunk >> 1) + 1);
        }
        char[] found = chunks[chunk];
        if (found == null) {
            found = new char[1 << CHUNK_BITS];
            chunks[chunk] = found;
        }
        found[lot & (1 << CHUNK_BITS) - 1] = (char) Math.clamp(day, 0, Character.MAX_VALUE);
    }
}
