package cn.xinyuan.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Captures EPCIS events over HTTP: in batches of 100, and one by one by 64 clients. The events are
 * foreign chains of harvest, transformation, pallet and transport, every batch a chain of its own,
 * so that every event is judged against others. Beside each round runs its floor: the rows of that
 * very round, copied once more into tables with the same columns and indexes; and for single events
 * the same clients asking an address that does nothing. Printed are the medians of the pairs.
 */
final class Capture {

    private static final int PAIRS = 5;
    private static final int BATCH = 100;
    private static final int BATCH_CLIENTS = 6;
    private static final int SINGLE_CLIENTS = 64;
    private static final String UNDRAWN = "select count(*) from trace.undrawn";
    private static final long WARM_UP = 20_000_000_000L;

    private static final List<String> TABLES =
            List.of(
                    "captured_event",
                    "captured_mention",
                    "foreign_lot",
                    "captured_for",
                    "capture_job");

    private final int port;
    private final String key;
    private final Path data;
    private final long run = System.currentTimeMillis();
    private final int batches;
    private final int singles;
    private final List<Double> drawn = new ArrayList<>();
    private long chain;

    Capture(int port, String key, Path data, double scale) {
        this.port = port;
        this.key = key;
        this.data = data;
        this.batches = Math.max(1, (int) (300 * scale));
        this.singles = Math.max(1, (int) (250 * scale));
    }

    void run() throws Exception {
        try (Connection database = database()) {
            database.setAutoCommit(true);
            // the program has to be warm, as it is on any working day
            for (long began = System.nanoTime(); System.nanoTime() - began < WARM_UP; ) {
                round(batch(batches / 2), BATCH_CLIENTS);
            }
            double[] rates = new double[PAIRS];
            double[] floors = new double[PAIRS];
            for (int i = 0; i < PAIRS; i++) {
                awaitDrawn(database);
                long before = last(database);
                List<byte[]> bodies = batch(batches);
                Round round = round(bodies, BATCH_CLIENTS);
                int events = bodies.size() * BATCH;
                check(database, before, events, "and not unbalanced");
                rates[i] = events / round.seconds();
                if (System.getenv("DBG") != null)
                    System.out.println("round " + rates[i] + " " + round.p99());
                floors[i] = events / copyAgain(database, before);
            }
            figure("batch-rate", median(rates), "events/s");
            figure("batch-rate-floor", median(floors), "events/s");
            for (long began = System.nanoTime(); System.nanoTime() - began < WARM_UP; ) {
                round(single(singles * SINGLE_CLIENTS / 2), SINGLE_CLIENTS);
            }
            double[] p99 = new double[PAIRS];
            double[] nothing = new double[PAIRS];
            double[] nothingP99 = new double[PAIRS];
            for (int i = 0; i < PAIRS; i++) {
                awaitDrawn(database);
                long before = last(database);
                List<byte[]> bodies = single(singles * SINGLE_CLIENTS);
                Round round = round(bodies, SINGLE_CLIENTS);
                // late events are marked, since a client may overtake another
                check(database, before, bodies.size(), "");
                rates[i] = bodies.size() / round.seconds();
                if (System.getenv("DBG") != null)
                    System.out.println("round " + rates[i] + " " + round.p99());
                p99[i] = round.p99();
                byte[] ask =
                        ("OPTIONS /epcis/capture HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + key
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII);
                Round idle =
                        round(java.util.Collections.nCopies(bodies.size(), ask), SINGLE_CLIENTS);
                nothing[i] = bodies.size() / idle.seconds();
                nothingP99[i] = idle.p99();
            }
            figure("single-rate", median(rates), "events/s");
            figure("single-rate-floor", median(nothing), "requests/s");
            figure("single-p99", median(p99), "ms");
            figure("single-p99-floor", median(nothingP99), "ms");
            figure(
                    "draw-rate",
                    median(drawn.stream().mapToDouble(Double::doubleValue).toArray()),
                    "events/s");
        }
    }

    // ---- what is sent

    private List<byte[]> batch(int count) {
        List<byte[]> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bodies.add(request(events()));
        }
        return bodies;
    }

    private List<byte[]> single(int count) {
        List<byte[]> bodies = new ArrayList<>(count);
        while (bodies.size() < count) {
            for (String event : chain()) {
                bodies.add(request(event));
            }
        }
        return bodies.subList(0, count);
    }

    /** A hundred more events of a chain of their own. */
    String events() {
        return String.join(",", chain());
    }

    /** 100 events: 30 harvests, 15 mixings of two into three, 20 pallets of two, 35 transports. */
    private List<String> chain() {
        long c = chain++;
        String lot = "https://id.gs1.org/01/09521234000013/10/B" + Long.toString(run, 36) + "-" + c;
        List<String> events = new ArrayList<>(BATCH);
        for (int i = 0; i < 30; i++) {
            events.add(
                    event("ObjectEvent", c, i, "commissioning")
                            + ",\"action\":\"ADD\",\"quantityList\":["
                            + amount(lot + "-" + i, 500 + i)
                            + "]}");
        }
        for (int i = 0; i < 15; i++) {
            events.add(
                    event("TransformationEvent", c, 30 + i, "commissioning")
                            + ",\"inputQuantityList\":["
                            + amount(lot + "-" + 2 * i, 500)
                            + ","
                            + amount(lot + "-" + (2 * i + 1), 400)
                            + "],\"outputQuantityList\":["
                            + amount(lot + "-" + (100 + 3 * i), 300)
                            + ","
                            + amount(lot + "-" + (101 + 3 * i), 310)
                            + ","
                            + amount(lot + "-" + (102 + 3 * i), 280)
                            + "]}");
        }
        for (int i = 0; i < 20; i++) {
            events.add(
                    event("AggregationEvent", c, 45 + i, "packing")
                            + ",\"action\":\"ADD\",\"parentID\":\""
                            + pallet(c, i)
                            + "\",\"childQuantityList\":["
                            + amount(lot + "-" + (100 + 2 * i), 150)
                            + ","
                            + amount(lot + "-" + (101 + 2 * i), 140)
                            + "]}");
        }
        for (int i = 0; i < 35; i++) {
            events.add(
                    event("ObjectEvent", c, 65 + i, i < 20 ? "shipping" : "receiving")
                            + ",\"action\":\"OBSERVE\",\"epcList\":[\""
                            + pallet(c, i % 20)
                            + "\"]}");
        }
        return events;
    }

    private String event(String type, long c, int i, String step) {
        return "{\"type\":\""
                + type
                + "\",\"eventID\":\"urn:uuid:%08x-%04x-4%03x-8%03x-%012x\""
                        .formatted(run & 0xffffffffL, i, (run >> 32) & 0xfff, i, c)
                + ",\"eventTime\":\"2025-06-%02dT%02d:%02d:%02d.%03dZ\",\"eventTimeZoneOffset\":\"+08:00\""
                        .formatted(1 + i % 28, c % 24, i % 60, c / 24 % 60, c / 1440 % 1000)
                + ",\"bizStep\":\""
                + step
                + "\",\"disposition\":\"active\",\"readPoint\":{\"id\":"
                + "\"https://id.gs1.org/414/9521234000013/254/1\"},\"bizLocation\":{\"id\":"
                + "\"https://id.gs1.org/414/9521234000013\"}";
    }

    private static String amount(String lot, int kilograms) {
        return "{\"epcClass\":\"" + lot + "\",\"quantity\":" + kilograms + ".125,\"uom\":\"KGM\"}";
    }

    private String pallet(long c, int i) {
        String digits = "0952%s%07d%02d".formatted(run % 10_000, c % 10_000_000, i);
        digits =
                digits.length() > 17
                        ? digits.substring(0, 17)
                        : digits + "0".repeat(17 - digits.length());
        int sum = 0;
        for (int k = 0; k < 17; k++) {
            sum += (digits.charAt(k) - '0') * (k % 2 == 0 ? 3 : 1);
        }
        return "https://id.gs1.org/00/" + digits + (10 - sum % 10) % 10;
    }

    private byte[] request(String events) {
        byte[] body =
                ("{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],"
                                + "\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\","
                                + "\"creationDate\":\"2025-06-30T00:00:00Z\","
                                + "\"epcisBody\":{\"eventList\":["
                                + events
                                + "]}}")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("POST /epcis/capture HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + key
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    // ---- how it is sent

    private record Round(double seconds, double p99) {}

    private Round round(List<byte[]> requests, int clients) throws Exception {
        AtomicInteger next = new AtomicInteger();
        double[] took = new double[requests.size()];
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Callable<Boolean>> senders = new ArrayList<>();
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Socket socket = new Socket("localhost", port);
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                senders.add(
                        () -> {
                            InputStream in = socket.getInputStream();
                            OutputStream out = socket.getOutputStream();
                            byte[] answer = new byte[8_192];
                            for (int k = next.getAndIncrement();
                                    k < took.length;
                                    k = next.getAndIncrement()) {
                                long began = System.nanoTime();
                                out.write(requests.get(k));
                                answered(in, answer);
                                took[k] = (System.nanoTime() - began) / 1e6;
                            }
                            return true;
                        });
            }
            long began = System.nanoTime();
            for (Future<Boolean> sender : threads.invokeAll(senders)) {
                sender.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            for (Socket socket : sockets) {
                socket.close();
            }
            Arrays.sort(took);
            return new Round(seconds, took[(int) (took.length * 0.99)]);
        }
    }

    /** Reads one answer without a body; any but 202 and 204 stops the benchmark. */
    private static void answered(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        while (true) {
            int n = in.read(buffer, length, buffer.length - length);
            if (n < 0) {
                throw new IOException("the server hung up");
            }
            length += n;
            if (length >= 4
                    && buffer[length - 1] == '\n'
                    && buffer[length - 2] == '\r'
                    && buffer[length - 3] == '\n') {
                break;
            }
            if (length == buffer.length) {
                break;
            }
        }
        if (buffer[9] != '2') {
            throw new IOException(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
    }

    // ---- the floor

    private Connection database() throws IOException, SQLException {
        Path home = data.resolve("postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:"
                        + Files.readString(home.resolve("port")).strip()
                        + "/xinyuan",
                "xinyuan",
                Files.readString(home.resolve("password")).strip());
    }

    private static long last(Connection database) throws SQLException {
        return number(database, "select coalesce(max(seq), 0) from trace.captured_event");
    }

    private static void check(Connection database, long before, int events, String sound)
            throws SQLException {
        long stored =
                number(
                        database,
                        "select count(*) from trace.captured_event where seq > "
                                + before
                                + " "
                                + sound);
        if (stored != events) {
            throw new IllegalStateException(events + " events sent, " + stored + " kept");
        }
    }

    /** What may be asked of events is drawn in the background, when there is time. */
    private void awaitDrawn(Connection database) throws Exception {
        long waiting = number(database, UNDRAWN);
        long began = System.nanoTime();
        while (number(database, UNDRAWN) > 0) {
            Thread.sleep(200);
        }
        if (waiting > 20_000) {
            drawn.add(waiting / ((System.nanoTime() - began) / 1e9));
        }
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Copies the rows written after {@code before} into tables that are made alike; seconds. */
    private static double copyAgain(Connection database, long before) throws Exception {
        var copy = database.unwrap(org.postgresql.PGConnection.class).getCopyAPI();
        List<String> which =
                List.of(
                        "seq > " + before,
                        "event > " + before,
                        "n in (select lot from trace.captured_mention where event > "
                                + before
                                + ")",
                        "event > " + before,
                        "id in (select job from trace.captured_event where seq > " + before + ")");
        List<byte[]> rows = new ArrayList<>();
        try (Statement statement = database.createStatement()) {
            statement.execute("create schema if not exists bench");
            for (int i = 0; i < TABLES.size(); i++) {
                String table = TABLES.get(i);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                copy.copyOut(
                        "copy (select * from trace."
                                + table
                                + " where "
                                + which.get(i)
                                + ") to stdout",
                        out);
                rows.add(out.toByteArray());
                statement.execute(
                        "create table if not exists bench."
                                + table
                                + " (like trace."
                                + table
                                + " including all)");
            }
        }
        long began = System.nanoTime();
        database.setAutoCommit(false);
        for (int i = 0; i < TABLES.size(); i++) {
            copy.copyIn(
                    "copy bench." + TABLES.get(i) + " from stdin",
                    new ByteArrayInputStream(rows.get(i)),
                    1 << 16);
        }
        database.commit();
        database.setAutoCommit(true);
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void figure(String name, double value, String unit) {
        System.out.println("figure %s %.2f %s".formatted(name, value, unit));
    }
}
