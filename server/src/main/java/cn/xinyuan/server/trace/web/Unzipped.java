package cn.xinyuan.server.trace.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullMarked;

/**
 * A body as it was meant, unpacked when it is gzip, and never longer than allowed. A body that
 * unpacks to very much more than was sent is a bomb and is not unpacked to its end.
 */
@NullMarked
final class Unzipped extends FilterInputStream {

    /** How many times larger an honest document may become; EPCIS packs 10 to 30 times. */
    private static final long MOST_TIMES = 200;

    /** So much may come out of anything. */
    private static final long HARMLESS = 4L << 20;

    private final Counted sent;
    private final long most;
    private long unpacked;

    private Unzipped(InputStream in, Counted sent, long most) {
        super(in);
        this.sent = sent;
        this.most = most;
    }

    /**
     * @param most bytes that may come out
     */
    static Unzipped of(InputStream body, boolean gzip, long most) throws IOException {
        Counted sent = new Counted(body);
        return new Unzipped(gzip ? new GZIPInputStream(sent, 1 << 14) : sent, sent, most);
    }

    /** The body is longer than allowed, or a bomb. */
    static final class TooMuch extends IOException {
        TooMuch(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int n = super.read(into, at, length);
        unpacked += Math.max(n, 0);
        if (unpacked > most) {
            throw new TooMuch("more than " + most + " bytes");
        }
        if (unpacked > HARMLESS && unpacked > MOST_TIMES * sent.count) {
            throw new TooMuch("unpacked, it is more than " + MOST_TIMES + " times what was sent");
        }
        return n;
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int n = super.read(into, at, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
