package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/**
 * Dense numbers, from 0 in the order of arrival, for keys of 128 bits (a UUID, or the hash of an
 * identifier). Open addressing over chunks that never move: 16 bytes for the key and 4 / {@value
 * #LOAD} bytes for finding it again.
 */
final class LotKeys {

    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final double LOAD = 0.6;

    private long[][] chunks = new long[4][];
    private int[] table = table(1_024);
    private int size;
    private int full = (int) (1_024 * 0.75);

    int size() {
        return size;
    }

    long high(int number) {
        return chunks[number >>> CHUNK_BITS][(number & CHUNK - 1) << 1];
    }

    long low(int number) {
        return chunks[number >>> CHUNK_BITS][((number & CHUNK - 1) << 1) + 1];
    }

    /** The number of a key, or −1. */
    int find(long high, long low) {
        int[] t = table;
        int slot = slot(high, low, t.length);
        while (true) {
            int number = t[slot];
            if (number < 0) {
                return -1;
            }
            long[] chunk = chunks[number >>> CHUNK_BITS];
            int at = (number & CHUNK - 1) << 1;
            if (chunk[at] == high && chunk[at + 1] == low) {
                return number;
            }
            if (++slot == t.length) {
                slot = 0;
            }
        }
    }

    /** The number of a key, given out now if it has none. */
    int number(long high, long low) {
        int known = find(high, low);
        if (known >= 0) {
            return known;
        }
        if (size >= full) {
            rehash((int) Math.min(1L << 30, Math.max(1_024L, (long) (size * 1.6 / LOAD))));
        }
        int number = size++;
        int chunk = number >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + (chunk >> 1) + 1);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[CHUNK << 1];
        }
        int at = (number & CHUNK - 1) << 1;
        chunks[chunk][at] = high;
        chunks[chunk][at + 1] = low;
        put(table, number, high, low);
        return number;
    }

    /** Makes the table as small as its load allows. */
    void trim() {
        int wanted = Math.max(1_024, (int) (size / LOAD));
        if (table.length > wanted + (wanted >> 3)) {
            rehash(wanted);
        }
    }

    private void rehash(int length) {
        int[] fresh = table(length);
        for (int number = 0; number < size; number++) {
            put(fresh, number, high(number), low(number));
        }
        table = fresh;
        full = (int) (length * 0.75);
    }

    private static void put(int[] table, int number, long high, long low) {
        int slot = slot(high, low, table.length);
        while (table[slot] >= 0) {
            if (++slot == table.length) {
                slot = 0;
            }
        }
        table[slot] = number;
    }

    private static int slot(long high, long low, int length) {
        long h = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * 0xBF58476D1CE4E5B9L;
        return (int) ((h >>> 32) * length >>> 32);
    }

    private static int[] table(int length) {
        int[] table = new int[length];
        Arrays.fill(table, -1);
        return table;
    }
}
