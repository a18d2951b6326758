package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;

/** One bit for each lot. */
final class Bits {

    private long[] words = new long[16];

    boolean has(int i) {
        int word = i >>> 6;
        return word < words.length && (words[word] >>> i & 1) != 0;
    }

    void set(int i) {
        int word = i >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length + (words.length >> 1)));
        }
        words[word] |= 1L << i;
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }
}
