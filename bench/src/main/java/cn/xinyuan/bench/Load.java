package cn.xinyuan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A closed loop over connections that are kept: each sends its next request when the last answer is
 * whole. One thread, so that it takes little from the cores that it shares with what it measures.
 */
final class Load {

    private static final int LARGEST_HEAD = 8192;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final int connections;
    private final AtomicLong answered = new AtomicLong();

    Load(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /**
     * What a run came to.
     *
     * @param rate answers a second
     * @param p50 of the time from a request to the end of its answer, in milliseconds; p99 likewise
     * @param bytes of an answer with its head, on average
     */
    record Result(double rate, double p50, double p99, double bytes, long answers) {}

    /** Answers that came in whole so far, of all runs. */
    long answered() {
        return answered.get();
    }

    private static final class Connection {
        private final ByteBuffer out = ByteBuffer.allocate(1024);
        private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
        private long sent;
        private long left = -1;
    }

    /** Runs for some seconds; every answer must be 200. */
    Result run(Supplier<String> requests, double seconds) throws IOException {
        long[] took = new long[(int) Math.min(20_000_000, 200_000 * Math.max(1, seconds))];
        int n = 0;
        long bytes = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection();
                send(channel, connection, requests.get());
                channel.register(selector, SelectionKey.OP_READ, connection);
            }
            long began = System.nanoTime();
            long until = began + (long) (seconds * 1e9);
            while (System.nanoTime() < until) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection c = (Connection) key.attachment();
                    SocketChannel channel = (SocketChannel) key.channel();
                    int read = channel.read(c.in);
                    if (read < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    bytes += read;
                    if (isWhole(c)) {
                        took[n++ % took.length] = System.nanoTime() - c.sent;
                        answered.incrementAndGet();
                        send(channel, c, requests.get());
                    }
                }
                selector.selectedKeys().clear();
            }
            double time = (System.nanoTime() - began) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            long[] all = Arrays.copyOf(took, Math.min(n, took.length));
            Arrays.sort(all);
            return new Result(
                    n / time,
                    all[all.length / 2] / 1e6,
                    all[(int) (all.length * 0.99)] / 1e6,
                    (double) bytes / n,
                    n);
        }
    }

    private static void send(SocketChannel channel, Connection c, String request)
            throws IOException {
        c.out.clear();
        c.out.put(request.getBytes(StandardCharsets.US_ASCII)).flip();
        c.in.clear();
        c.left = -1;
        c.sent = System.nanoTime();
        while (c.out.hasRemaining()) {
            channel.write(c.out);
        }
    }

    /** Reads the head once, then only counts. */
    private static boolean isWhole(Connection c) throws IOException {
        if (c.left < 0) {
            int end = end(c.in);
            if (end < 0) {
                if (c.in.position() > LARGEST_HEAD) {
                    throw new IOException("a head without end");
                }
                return false;
            }
            if (c.in.get(9) != '2' || c.in.get(10) != '0' || c.in.get(11) != '0') {
                throw new IOException(
                        new String(c.in.array(), 0, end, StandardCharsets.ISO_8859_1));
            }
            c.left = end + length(c.in, end);
        }
        return c.in.position() >= c.left;
    }

    private static int end(ByteBuffer in) {
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static long length(ByteBuffer in, int end) throws IOException {
        for (int i = 0; i < end - LENGTH.length; i++) {
            if (in.get(i) == '\n' && matches(in, i + 1)) {
                long length = 0;
                for (int j = i + 1 + LENGTH.length; in.get(j) != '\r'; j++) {
                    if (in.get(j) != ' ') {
                        length = length * 10 + in.get(j) - '0';
                    }
                }
                return length;
            }
        }
        throw new IOException("an answer without its length");
    }

    private static boolean matches(ByteBuffer in, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            int c = in.get(at + i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }
}
