package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The codes of an order as a file that is never stored: its length is known, any part of it can be
 * written again, byte for byte, and so can its checksum. Memory does not grow with the number of
 * codes. Immutable; may be shared between threads.
 */
public final class CodeFile {

    /** What stands on a line. */
    public enum Format {
        /** The code: {@code CODE\n}. */
        TXT,
        /** Serial counted from 1, code, label address: {@code 1,CODE,HTTPS://HOST/T/CODE\r\n}. */
        CSV,
        /** The label address, for printers that make a QR of every line. */
        ADDRESSES
    }

    private static final int LINES = 4_096;

    private final CodeEngine engine;
    private final int version;
    private final long first;
    private final long count;
    private final Format format;
    private final byte[] base;
    private final byte[] head;

    /**
     * @param first the index of the first code
     * @param count how many codes, at least one
     * @param base what stands before the code in an address, such as {@code HTTPS://HOST/T/}; ASCII
     * @param head what stands before the first line of a CSV file
     */
    public CodeFile(
            CodeEngine engine,
            int version,
            long first,
            long count,
            Format format,
            String base,
            String head) {
        if (count < 1 || count > CodeRange.MOST) {
            throw new IllegalArgumentException("a file has 1 to 16777216 codes: " + count);
        }
        this.engine = engine;
        this.version = version;
        this.first = first;
        this.count = count;
        this.format = format;
        this.base = base.getBytes(US_ASCII);
        this.head = format == Format.CSV ? head.getBytes(UTF_8) : new byte[0];
    }

    /** The length of the whole file in bytes. */
    public long bytes() {
        return offset(count);
    }

    /** Where the line of a serial begins, counted from 0; the line behind the last one ends it. */
    public long offset(long serial) {
        return switch (format) {
            case TXT -> serial * (ItemCode.LENGTH + 1);
            case ADDRESSES -> serial * (base.length + ItemCode.LENGTH + 1);
            case CSV ->
                    head.length
                            + digits(serial)
                            + serial * (2L * ItemCode.LENGTH + base.length + 4);
        };
    }

    /** The serial on whose line a byte lies. */
    private long serialAt(long at) {
        long low = 0;
        long high = count - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (offset(middle) <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Writes the bytes {@code from} to {@code to - 1}.
     *
     * @throws IllegalArgumentException if the file has not these bytes
     */
    public void write(long from, long to, OutputStream out) throws IOException {
        if (from < 0 || from > to || to > bytes()) {
            throw new IllegalArgumentException("no bytes " + from + " to " + to + " of " + bytes());
        }
        long at = from;
        if (at < Math.min(to, head.length)) {
            int end = (int) Math.min(to, head.length);
            out.write(head, (int) at, end - (int) at);
            at = end;
        }
        if (at >= to) {
            return;
        }
        CodeEngine.Run run = engine.run(version);
        int widest = 7 + 2 + 2 * ItemCode.LENGTH + base.length + 3;
        byte[] lines = new byte[LINES * widest];
        byte[] bare = new byte[format == Format.CSV ? LINES * ItemCode.LENGTH : 0];
        prefill(lines);
        long serial = serialAt(at);
        while (at < to) {
            int n = (int) Math.min(LINES, count - serial);
            int length = fill(run, serial, n, lines, bare);
            long begins = offset(serial);
            int skip = (int) (at - begins);
            int end = (int) Math.min(length, to - begins);
            out.write(lines, skip, end - skip);
            at = begins + end;
            serial += n;
        }
    }

    /** SHA-256 of the whole file, in hexadecimal. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            write(0, bytes(), new DigestOnly(digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is the same on every line is written once. */
    private void prefill(byte[] lines) {
        if (format == Format.CSV) {
            return;
        }
        int prefix = format == Format.ADDRESSES ? base.length : 0;
        int stride = prefix + ItemCode.LENGTH + 1;
        for (int i = 0; i < LINES; i++) {
            System.arraycopy(base, 0, lines, i * stride, prefix);
            lines[i * stride + stride - 1] = '\n';
        }
    }

    private int fill(CodeEngine.Run run, long serial, int n, byte[] lines, byte[] bare) {
        if (format != Format.CSV) {
            int prefix = format == Format.ADDRESSES ? base.length : 0;
            int stride = prefix + ItemCode.LENGTH + 1;
            run.write(first + serial, n, lines, prefix, stride);
            return n * stride;
        }
        run.write(first + serial, n, bare, 0, ItemCode.LENGTH);
        int at = 0;
        for (int i = 0; i < n; i++) {
            at = number(serial + i + 1, lines, at);
            lines[at++] = ',';
            System.arraycopy(bare, i * ItemCode.LENGTH, lines, at, ItemCode.LENGTH);
            at += ItemCode.LENGTH;
            lines[at++] = ',';
            System.arraycopy(base, 0, lines, at, base.length);
            at += base.length;
            System.arraycopy(bare, i * ItemCode.LENGTH, lines, at, ItemCode.LENGTH);
            at += ItemCode.LENGTH;
            lines[at++] = '\r';
            lines[at++] = '\n';
        }
        return at;
    }

    private static int number(long number, byte[] into, int at) {
        int end = at;
        for (long rest = number; rest > 0; rest /= 10) {
            end++;
        }
        int place = end;
        for (long rest = number; rest > 0; rest /= 10) {
            into[--place] = (byte) ('0' + rest % 10);
        }
        return end;
    }

    /** How many digits the numbers 1 to n have together. */
    private static long digits(long n) {
        long sum = 0;
        for (long from = 1; from <= n; from *= 10) {
            sum += n - from + 1;
        }
        return sum;
    }

    private static final class DigestOnly extends OutputStream {

        private final MessageDigest digest;

        DigestOnly(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int b) {
            digest.update((byte) b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }
    }
}
