package cn.xinyuan.server.scan.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is the same for all codes of a lot, cut where one code's own words stand: it was
 * rendered once with marks in their place. The pieces between are kept plain and compressed; a
 * compressed answer is one gzip member (RFC 1952) of which each piece ends at a byte (RFC 1951,
 * 3.2.4 and the sync flush of zlib), so the words between are put in as stored blocks and nothing
 * is compressed twice.
 */
final class CutAnswer {

    /** What differs from scan to scan; each is marked by a private character of its own. */
    enum Slot {
        CODE(
                "\uE000\uE000\uE000\uE000\uE001\uE001\uE001\uE001\uE002\uE002\uE002\uE002\uE003\uE003\uE003\uE003"),
        FIRST_GROUP("\uE000\uE000\uE000\uE000"),
        SECOND_GROUP("\uE001\uE001\uE001\uE001"),
        THIRD_GROUP("\uE002\uE002\uE002\uE002"),
        FOURTH_GROUP("\uE003\uE003\uE003\uE003"),
        COUNT("\uE010"),
        ASKED("\uE011"),
        SCANS("-9223372036854775801"),
        FIRST("\"0001-01-01T00:00:00.000000001Z\"");

        private final String mark;

        Slot(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    private static final int LONGEST_STORED = 65_535;
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2, (byte) 255};

    private final List<Slot> slots;
    private final byte[][] plain;
    private final byte[][] squeezed;

    private CutAnswer(List<Slot> slots, List<byte[]> pieces) {
        this.slots = List.copyOf(slots);
        this.plain = pieces.toArray(byte[][]::new);
        this.squeezed = pieces.stream().map(CutAnswer::squeeze).toArray(byte[][]::new);
    }

    /** Cuts a rendered answer at its marks. */
    static CutAnswer of(String rendered) {
        var slots = new ArrayList<Slot>();
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (int at = 0; at < rendered.length(); ) {
            Slot slot = at(rendered, at);
            if (slot == null) {
                at++;
            } else {
                pieces.add(rendered.substring(from, at).getBytes(UTF_8));
                slots.add(slot);
                at += slot.mark.length();
                from = at;
            }
        }
        pieces.add(rendered.substring(from).getBytes(UTF_8));
        return new CutAnswer(slots, pieces);
    }

    private static @Nullable Slot at(String text, int at) {
        char c = text.charAt(at);
        if (c < '\uE000' && c != '-' && c != '"') {
            return null;
        }
        return Arrays.stream(Slot.values())
                .filter(s -> text.startsWith(s.mark, at))
                .findFirst()
                .orElse(null);
    }

    boolean has(Slot slot) {
        return slots.contains(slot);
    }

    /** The words of one scan by their places. */
    static Map<Slot, byte[]> words(String code) {
        var words = new EnumMap<Slot, byte[]>(Slot.class);
        words.put(Slot.CODE, code.getBytes(UTF_8));
        Slot[] groups = {Slot.FIRST_GROUP, Slot.SECOND_GROUP, Slot.THIRD_GROUP, Slot.FOURTH_GROUP};
        for (int i = 0; i < groups.length; i++) {
            words.put(groups[i], code.substring(4 * i, 4 * i + 4).getBytes(UTF_8));
        }
        return words;
    }

    byte[] plain(Map<Slot, byte[]> words) {
        byte[] all = new byte[size(words)];
        int at = 0;
        for (int i = 0; i < plain.length; i++) {
            System.arraycopy(plain[i], 0, all, at, plain[i].length);
            at += plain[i].length;
            if (i < slots.size()) {
                byte[] word = word(words, i);
                System.arraycopy(word, 0, all, at, word.length);
                at += word.length;
            }
        }
        return all;
    }

    private int size(Map<Slot, byte[]> words) {
        int size = 0;
        for (int i = 0; i < plain.length; i++) {
            size += plain[i].length + (i < slots.size() ? word(words, i).length : 0);
        }
        return size;
    }

    private byte[] word(Map<Slot, byte[]> words, int i) {
        byte[] word = words.get(slots.get(i));
        if (word == null || word.length > LONGEST_STORED) {
            throw new IllegalArgumentException("no word for " + slots.get(i));
        }
        return word;
    }

    byte[] gzip(Map<Slot, byte[]> words) {
        var crc = new CRC32();
        int length = HEAD.length + 2 + 8;
        for (int i = 0; i < plain.length; i++) {
            length += squeezed[i].length + (i < slots.size() ? 5 + word(words, i).length : 0);
        }
        byte[] all = new byte[length];
        System.arraycopy(HEAD, 0, all, 0, HEAD.length);
        int at = HEAD.length;
        int size = 0;
        for (int i = 0; i < plain.length; i++) {
            System.arraycopy(squeezed[i], 0, all, at, squeezed[i].length);
            at += squeezed[i].length;
            crc.update(plain[i]);
            size += plain[i].length;
            if (i < slots.size()) {
                byte[] word = word(words, i);
                // a stored block that is not the last: 000, length, its complement
                all[at] = 0;
                little(all, at + 1, word.length, 2);
                little(all, at + 3, ~word.length, 2);
                System.arraycopy(word, 0, all, at + 5, word.length);
                at += 5 + word.length;
                crc.update(word);
                size += word.length;
            }
        }
        // an empty last block of fixed codes
        all[at] = 3;
        all[at + 1] = 0;
        little(all, at + 2, (int) crc.getValue(), 4);
        little(all, at + 6, size, 4);
        return all;
    }

    private static void little(byte[] all, int at, int number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            all[at + i] = (byte) (number >>> 8 * i);
        }
    }

    private static byte[] squeeze(byte[] piece) {
        if (piece.length == 0) {
            return piece;
        }
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(piece);
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            int n;
            do {
                n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, n);
            } while (n == buffer.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Bytes that it takes in memory. */
    long weight() {
        long sum = 200;
        for (int i = 0; i < plain.length; i++) {
            sum += plain[i].length + squeezed[i].length + 32;
        }
        return sum;
    }
}
