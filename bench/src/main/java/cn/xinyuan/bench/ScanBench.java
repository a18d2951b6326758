package cn.xinyuan.bench;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.codes.ItemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The scan path under load, counting on: 64 connections on the same machine, JSON and pages, codes
 * of one batch and of 10,000 batches with 10,000 codes each, beside a bare servlet of the same run;
 * and whether neighbours of a true code can be told from nonsense. The batches are written into the
 * database of the demo, on its lots.
 */
final class ScanBench {

    private static final int CONNECTIONS = 64;
    private static final int BATCHES = 10_000;
    private static final int CODES = 10_000;

    /** At the end of the indices and numbers, where no order of the demo comes. */
    private static final long FIRST = CodeEngine.INDICES - (long) BATCHES * CODES;

    private static final long NUMBER = (1L << 30);
    private static final int SAMPLE = 400_000;
    private static final int ROUNDS = 5;
    private static final int BARE_PORT = 18_198;
    private static final int ASKED = 2_000;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final int port;
    private final Path root;
    private final Path data;
    private final double seconds;
    private final Random random;

    ScanBench(int port, Path root, Path data, double scale, long seed) {
        this.port = port;
        this.root = root;
        this.data = data;
        this.seconds = 6 * scale;
        this.random = new Random(seed);
    }

    /** Writes the batches, before the program is started that is measured. */
    void prepare(List<String> lines) throws Exception {
        try (Connection database = database()) {
            order(database, new CodeEngine(keys()).index(new ItemCode(valid(lines))));
        }
    }

    private static String valid(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith("scan VALID "))
                .map(l -> l.substring(l.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    void run(List<String> lines) throws Exception {
        CodeEngine engine = new CodeEngine(keys());
        String[] one = codes(engine, 1);
        String[] many = codes(engine, BATCHES);
        Process bare = bare();
        try {
            measure(one, many);
        } finally {
            bare.destroy();
            bare.waitFor();
        }
        neighbours(valid(lines));
        standing(lines);
    }

    private void measure(String[] one, String[] many) throws IOException {
        var load = new Load(port, CONNECTIONS);
        var floor = new Load(BARE_PORT, CONNECTIONS);
        // until everything is compiled and remembered
        load.run(requests(many, false), seconds * 2);
        load.run(requests(many, true), seconds * 2);
        int jsonBytes = (int) load.run(requests(one, false), 1).bytes();
        int htmlBytes = (int) load.run(requests(one, true), 1).bytes();
        floor.run(() -> bareRequest(jsonBytes), seconds);
        List<Load.Result> json = new ArrayList<>();
        List<Load.Result> html = new ArrayList<>();
        List<Load.Result> manyJson = new ArrayList<>();
        List<Load.Result> floorJson = new ArrayList<>();
        List<Load.Result> floorHtml = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            floorJson.add(floor.run(() -> bareRequest(jsonBytes), seconds / 2));
            json.add(load.run(requests(one, false), seconds));
            manyJson.add(load.run(requests(many, false), seconds));
            floorHtml.add(floor.run(() -> bareRequest(htmlBytes), seconds / 2));
            html.add(load.run(requests(one, true), seconds));
        }
        figure("json-rate", rate(json), "1/s");
        figure("json-rate-floor", rate(floorJson), "1/s");
        figure("json-p99", p99(json), "ms");
        figure("json-p99-floor", p99(floorJson), "ms");
        figure("html-rate", rate(html), "1/s");
        figure("html-rate-floor", rate(floorHtml), "1/s");
        figure("html-p99", p99(html), "ms");
        figure("html-bytes", htmlBytes, "bytes");
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ratios[i] = manyJson.get(i).rate() / json.get(i).rate();
        }
        figure("many-batches-rate", rate(manyJson), "1/s");
        figure("many-batches-ratio", median(ratios), "");
    }

    private Supplier<String> requests(String[] codes, boolean html) {
        String rest =
                " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: MicroMessenger\r\nAccept: "
                        + (html ? "text/html\r\nAccept-Encoding: gzip" : "application/json")
                        + "\r\n\r\n";
        return () -> "GET /t/" + codes[random.nextInt(codes.length)] + rest;
    }

    private static String bareRequest(int bytes) {
        return "GET /" + bytes + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private Process bare() throws Exception {
        Process bare =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx384m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                root.resolve("bench/src/main/java/cn/xinyuan/bench/Bench.java")
                                        .toString(),
                                root.toString(),
                                "bare",
                                String.valueOf(BARE_PORT))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(bare.getInputStream(), StandardCharsets.UTF_8))) {
            if (!"bare".equals(out.readLine())) {
                throw new IOException("the floor did not start");
            }
        }
        return bare;
    }

    // ---- killed

    /** The program is killed under load and started again: what was answered must be counted. */
    Process killed(Process program, Callable<Process> again) throws Exception {
        String[] codes = codes(new CodeEngine(keys()), BATCHES);
        TimeUnit.SECONDS.sleep(2);
        long before = counted();
        var load = new Load(port, CONNECTIONS);
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        TimeUnit.SECONDS.sleep(3);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    program.destroyForcibly();
                                });
        try {
            load.run(requests(codes, false), 30);
        } catch (IOException killed) {
            // as it should be
        }
        killer.join();
        program.waitFor();
        Process next = again.call();
        long counted = counted() - before;
        figure("answered-until-killed", load.answered(), "");
        figure("lost-on-kill", Math.max(0, load.answered() - counted), "");
        figure("counted-beyond-answered", Math.max(0, counted - load.answered()), "");
        return next;
    }

    private long counted() throws IOException, SQLException {
        try (Connection database = database();
                Statement ask = database.createStatement();
                ResultSet sum =
                        ask.executeQuery("select coalesce(sum(scans), 0) from scan.tally")) {
            sum.next();
            return sum.getLong(1);
        }
    }

    // ---- neighbours

    /**
     * Codes that differ from a true one in one character, with a right check character, beside
     * random ones with a right check character, in turn.
     */
    private void neighbours(String valid) throws Exception {
        double[][] took = new double[2][ASKED];
        int[][] sizes = new int[2][ASKED];
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = -500; i < ASKED; i++) {
                for (int kind = 0; kind < 2; kind++) {
                    String code = kind == 0 ? neighbour(valid) : nonsense();
                    HttpRequest request =
                            HttpRequest.newBuilder(
                                            URI.create("http://localhost:" + port + "/t/" + code))
                                    .header("Accept", "text/html")
                                    .build();
                    long began = System.nanoTime();
                    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException(code + ": " + answer.statusCode());
                    }
                    if (i >= 0) {
                        took[kind][i] = (System.nanoTime() - began) / 1e3;
                        sizes[kind][i] = answer.body().length;
                    }
                }
            }
        }
        for (double[] each : took) {
            Arrays.sort(each);
        }
        String[] names = {"neighbours", "nonsense"};
        for (int kind = 0; kind < 2; kind++) {
            figure(names[kind] + "-median", took[kind][ASKED / 2], "us");
            figure(names[kind] + "-quartile-1", took[kind][ASKED / 4], "us");
            figure(names[kind] + "-quartile-3", took[kind][ASKED * 3 / 4], "us");
        }
        int most = Math.max(max(sizes[0]), max(sizes[1]));
        int least = Math.min(-max(negative(sizes[0])), -max(negative(sizes[1])));
        figure("neighbours-size-apart", most - least, "bytes");
        boolean alike =
                isWithin(took[0][ASKED / 2], took[1]) && isWithin(took[1][ASKED / 2], took[0]);
        figure("neighbours-told-apart", alike && most - least <= 16 ? 0 : 1, "");
    }

    private static boolean isWithin(double median, double[] sorted) {
        return median >= sorted[ASKED / 4] && median <= sorted[ASKED * 3 / 4];
    }

    private static int max(int[] all) {
        return Arrays.stream(all).max().orElseThrow();
    }

    private static int[] negative(int[] all) {
        return Arrays.stream(all).map(i -> -i).toArray();
    }

    private String neighbour(String code) {
        int at = 1 + random.nextInt(14);
        char other = ALPHABET.charAt(random.nextInt(32));
        return other == code.charAt(at)
                ? neighbour(code)
                : checked(code.substring(0, at) + other + code.substring(at + 1, 15));
    }

    private String nonsense() {
        var text = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return checked(text.toString());
    }

    /** With the check character that makes it a code. */
    private static String checked(String fifteen) {
        for (char last : ALPHABET.toCharArray()) {
            if (ItemCode.read(fifteen + last).isPresent()) {
                return fifteen + last;
            }
        }
        throw new IllegalStateException("no check character for " + fifteen);
    }

    // ---- what the server says of itself

    private void standing(List<String> lines) throws Exception {
        String key =
                lines.stream()
                        .filter(l -> l.startsWith("key ADMINISTRATOR "))
                        .map(l -> l.split(" ")[2])
                        .findFirst()
                        .orElse(null);
        if (key == null) {
            return;
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body =
                    client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://localhost:"
                                                                    + port
                                                                    + "/api/v1/scans/standing"))
                                            .header("Authorization", "Bearer " + key)
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();
            for (String name : List.of("answeredMicrosP99", "forcedMicrosP99")) {
                var found =
                        java.util.regex.Pattern.compile("\"" + name + "\":([0-9]+)").matcher(body);
                if (found.find()) {
                    figure(
                            name.equals("forcedMicrosP99") ? "durable-p99" : "server-p99",
                            Double.parseDouble(found.group(1)) / 1000,
                            "ms");
                }
            }
        }
    }

    // ---- codes and batches

    private List<CodeKey> keys() throws IOException {
        UUID installation = null;
        var keys = new ArrayList<CodeKey>();
        for (String line : Files.readAllLines(data.resolve("code-keys"))) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("installation")) {
                installation = UUID.fromString(words[1]);
            } else if (words[0].equals("key") && installation != null) {
                keys.add(
                        new CodeKey(
                                installation,
                                Integer.parseInt(words[1]),
                                words.length > 3 ? CodeCipher.valueOf(words[2]) : CodeCipher.AES,
                                HexFormat.of().parseHex(words[words.length - 1])));
            }
        }
        return keys;
    }

    private String[] codes(CodeEngine engine, int batches) {
        String[] codes = new String[batches == 1 ? CODES : SAMPLE];
        for (int i = 0; i < codes.length; i++) {
            int batch = random.nextInt(batches);
            codes[i] = engine.code(0, FIRST + (long) batch * CODES + random.nextInt(CODES)).text();
        }
        return codes;
    }

    /** The first is on the lot of the demo's valid code, the others on all its lots in turn. */
    private void order(Connection database, long valid) throws SQLException {
        database.setAutoCommit(false);
        try (Statement ask = database.createStatement();
                ResultSet there =
                        ask.executeQuery(
                                "select 1 from issuing.batch where first_index = " + FIRST)) {
            if (there.next()) {
                return;
            }
        }
        record Ground(UUID party, UUID product, UUID licence, int season, UUID lot, UUID event) {}
        var grounds = new ArrayList<Ground>();
        try (Statement ask = database.createStatement();
                ResultSet row =
                        ask.executeQuery(
                                """
                                select b.party, b.product, b.licence, b.season, r.lot, r.event
                                  from issuing.batch b join trace.label_range r on r.batch = b.number
                                 order by b.first_index + r.first <= %1$d
                                          and b.first_index + r.first + r.count > %1$d desc, r.lot
                                """
                                        .formatted(valid))) {
            while (row.next()) {
                grounds.add(
                        new Ground(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getObject(3, UUID.class),
                                row.getInt(4),
                                row.getObject(5, UUID.class),
                                row.getObject(6, UUID.class)));
            }
        }
        try (PreparedStatement batch =
                        database.prepareStatement(
                                """
                                insert into issuing.batch (number, party, product, licence, season, codes,
                                       used, ordered_by, ordered_at, key_version, first_index)
                                values (?, ?, ?, ?, ?, ?, ?, ?, now(), 0, ?)
                                """);
                PreparedStatement range =
                        database.prepareStatement(
                                """
                                insert into trace.label_range (codes, batch, first, count, lot, event, at)
                                values (int8range(? * 4294967296, ? * 4294967296 + ?), ?, 0, ?, ?, ?, now())
                                """)) {
            for (int i = 0; i < BATCHES; i++) {
                Ground ground = grounds.get(i % grounds.size());
                long number = NUMBER + i;
                batch.setLong(1, number);
                batch.setObject(2, ground.party());
                batch.setObject(3, ground.product());
                batch.setObject(4, ground.licence());
                batch.setInt(5, ground.season());
                batch.setLong(6, CODES);
                batch.setLong(7, CODES);
                batch.setObject(8, ground.party());
                batch.setLong(9, FIRST + (long) i * CODES);
                batch.addBatch();
                range.setLong(1, number);
                range.setLong(2, number);
                range.setLong(3, CODES);
                range.setLong(4, number);
                range.setLong(5, CODES);
                range.setObject(6, ground.lot());
                range.setObject(7, ground.event());
                range.addBatch();
            }
            batch.executeBatch();
            range.executeBatch();
        }
        database.commit();
    }

    private Connection database() throws IOException, SQLException {
        Path home = data.resolve("postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:"
                        + Files.readString(home.resolve("port")).strip()
                        + "/xinyuan",
                "xinyuan",
                Files.readString(home.resolve("password")).strip());
    }

    // ---- figures

    private static double rate(List<Load.Result> results) {
        return median(results.stream().mapToDouble(Load.Result::rate).toArray());
    }

    private static double p99(List<Load.Result> results) {
        return median(results.stream().mapToDouble(Load.Result::p99).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void figure(String name, double value, String unit) {
        System.out.println("figure %s %.2f %s".formatted(name, value, unit).strip());
    }
}
