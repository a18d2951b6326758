package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/** A small map from long keys to ints, without boxes; −1 stands for nothing. */
final class IntMap {

    private static final long EMPTY = Long.MIN_VALUE;

    private long[] keys = empty(16);
    private int[] values = new int[16];
    private int size;

    static long pair(int source, int target) {
        return (long) source << 32 | target & 0xFFFFFFFFL;
    }

    int get(long key) {
        int slot = find(key);
        return keys[slot] == EMPTY ? -1 : values[slot];
    }

    void put(long key, int value) {
        int slot = find(key);
        if (keys[slot] == EMPTY) {
            if (size >= keys.length - (keys.length >> 2)) {
                grow();
                slot = find(key);
            }
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    int size() {
        return size;
    }

    void clear() {
        if (size > 0) {
            if (keys.length > 4_096) {
                keys = empty(16);
                values = new int[16];
            } else {
                Arrays.fill(keys, EMPTY);
            }
            size = 0;
        }
    }

    private int find(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int slot = (int) (h >>> 40) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = empty(oldKeys.length << 1);
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static long[] empty(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, EMPTY);
        return keys;
    }
}
