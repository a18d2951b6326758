package cn.xinyuan.bench;

import cn.xinyuan.postgres.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the built program from outside, on the demo data, as {@code ./xinyuan bench NAME}:
 * {@code start}, {@code scan}, {@code pages}, {@code memory}, {@code capture}; {@code trace} is
 * {@link TraceBench}, {@code codes} begins with {@link CodesBench}, {@code clones} simulates
 * ({@link Clones}). Prints {@code figure NAME VALUE UNIT}, and beside it the floor measured in the
 * same run: {@code figure NAME-floor VALUE UNIT}. Needs the JDK and, for floors in the database,
 * the driver that lies in the built program.
 */
public final class Bench {

    private static final List<String> NAMES =
            List.of(
                    "start",
                    "scan",
                    "pages",
                    "memory",
                    "capture",
                    "document",
                    "trace",
                    "clones",
                    "codes");
    private static final int PORT = 18_199;
    private static final String HOME = "http://localhost:" + PORT;
    private static final int WARM = 500;
    private static final int RUNS = 1_000;
    private static final int ORDERS = 1_000;

    private final Path root;
    private final Path data;
    private final double scale;
    private final long seed;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Bench(Path root, Path data, double scale, long seed) {
        this.seed = seed;
        this.root = root;
        this.data = data;
        this.scale = scale;
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 3 && args[1].equals("bare")) {
            // the floor of scan, in a process of its own
            Bare.serve(Integer.parseInt(args[2]));
            return;
        }
        if (args.length < 2 || !NAMES.contains(args[1])) {
            System.err.println("There are the benchmarks " + String.join(", ", NAMES) + ".");
            System.exit(2);
        }
        Path root = Path.of(args[0]).toRealPath();
        if (args[1].equals("clones")) {
            Clones.main(List.of(args).subList(2, args.length));
            return;
        }
        if (args[1].equals("trace")) {
            TraceBench.main(root, List.of(args).subList(2, args.length));
            return;
        }
        if (args[1].equals("codes")) {
            CodesBench.main(root, List.of(args).subList(2, args.length));
        }
        Path data = root.resolve("bench/target/data");
        double scale = 1;
        long seed = 4;
        for (int i = 2; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--out" -> data = Path.of(args[i + 1]).toAbsolutePath();
                case "--scale" -> scale = Double.parseDouble(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> {}
            }
        }
        Files.createDirectories(data);
        new Bench(root, data, scale, seed).run(args[1]);
    }

    private void run(String name) throws Exception {
        // the first start plays the season if the folder is new; the measured one finds it there
        if (!name.equals("capture") && !name.equals("document")) {
            List<String> before = new ArrayList<>();
            Process first = started(before);
            if (name.equals("scan")) {
                new ScanBench(PORT, root, data, scale, seed).prepare(before);
            }
            stop(first);
        }
        List<String> lines = new ArrayList<>();
        long began = System.nanoTime();
        Process program = started(lines);
        double seconds = (System.nanoTime() - began) / 1e9;
        long pid = program.pid();
        try {
            switch (name) {
                case "start" -> {
                    figure("start-health-up", seconds, "s");
                    figure("start-health-up-floor", bareJvm(), "s");
                }
                case "scan" -> {
                    scan(lines);
                    program =
                            new ScanBench(PORT, root, data, scale, seed)
                                    .killed(program, () -> started(new ArrayList<>()));
                }
                case "capture" -> new Capture(PORT, key(lines), data, scale).run();
                case "codes" -> orders(lines);
                case "document" ->
                        new LargeDocument(
                                        PORT,
                                        key(lines),
                                        scale,
                                        new Capture(PORT, key(lines), data, 1)::events,
                                        () -> resident(pid))
                                .run();
                case "pages" -> new Pages(HOME).measure(lines);
                default -> memory(program);
            }
        } finally {
            stop(program);
        }
    }

    private Process started(List<String> lines) throws Exception {
        Process program =
                new ProcessBuilder(
                                root.resolve("xinyuan").toString(),
                                "demo",
                                "--port",
                                String.valueOf(PORT),
                                "--data",
                                data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("bench-console.txt").toFile())
                        .start();
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < until && program.isAlive()) {
            if (healthy()) {
                while (!Files.readString(data.resolve("bench-console.txt")).contains("ready ")
                        && program.isAlive()) {
                    Thread.sleep(20);
                }
                lines.addAll(Files.readAllLines(data.resolve("bench-console.txt")));
                return program;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(
                "the program did not start: "
                        + Files.readString(data.resolve("bench-console.txt")));
    }

    private boolean healthy() {
        try {
            return get(HOME + "/actuator/health", "application/json").body().contains("UP");
        } catch (IOException | InterruptedException notYet) {
            return false;
        }
    }

    private static void stop(Process program) throws InterruptedException {
        program.destroy();
        if (!program.waitFor(30, TimeUnit.SECONDS)) {
            program.destroyForcibly().waitFor();
        }
    }

    private static double bareJvm() throws Exception {
        long began = System.nanoTime();
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - began) / 1e9;
    }

    private void scan(List<String> lines) throws Exception {
        for (String line : lines) {
            if (line.startsWith("scan ")) {
                String[] part = line.split(" ");
                figure(
                        "scan-" + part[1].toLowerCase(java.util.Locale.ROOT),
                        median(part[2], "text/html"),
                        "ms");
            }
        }
        figure("scan-floor", median(HOME + "/actuator/health", "application/json"), "ms");
        new ScanBench(PORT, root, data, scale, seed).run(lines);
    }

    /** What an order of codes adds to all tables and indexes that tell of it. */
    private void orders(List<String> lines) throws Exception {
        String key = key(lines);
        HttpRequest list =
                HttpRequest.newBuilder(URI.create(HOME + "/api/v1/code-batches"))
                        .header("Authorization", "Bearer " + key)
                        .build();
        String known = client.send(list, BodyHandlers.ofString()).body();
        String product = known.replaceFirst("(?s).*?\"product\":\"([0-9a-f-]{36})\".*", "$1");
        try (Connection database = database()) {
            order(key, product, 10);
            long before = stored(database);
            order(key, product, ORDERS);
            figure("bytes-per-order", (stored(database) - before) / (double) ORDERS, "bytes");
        }
    }

    private void order(String key, String product, int many) throws Exception {
        for (int i = 0; i < many; i++) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(HOME + "/api/v1/code-batches"))
                                    .header("Authorization", "Bearer " + key)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"product\":\"%s\",\"count\":2}"
                                                            .formatted(product)))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("an order was refused: " + answer.body());
            }
        }
    }

    private Connection database() throws SQLException {
        Postgres.Address at = Postgres.runningOn(data.resolve("postgres")).orElseThrow();
        return DriverManager.getConnection(at.url(), at.user(), at.password());
    }

    /** Bytes of the rooms that an order is written to, without what updates leave free. */
    private static long stored(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("vacuum full");
            try (ResultSet sum =
                    statement.executeQuery(
                            """
                            select sum(pg_total_relation_size(c.oid)) from pg_class c
                              join pg_namespace n on n.oid = c.relnamespace
                             where c.relkind = 'r' and n.nspname in ('issuing', 'trace', 'journal')
                            """)) {
                sum.next();
                return sum.getLong(1);
            }
        }
    }

    private static String key(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith("key CLERK "))
                .map(l -> l.split(" ")[2])
                .findFirst()
                .orElseThrow();
    }

    private double median(String address, String type) throws Exception {
        double[] took = new double[RUNS];
        for (int i = -WARM; i < RUNS; i++) {
            long began = System.nanoTime();
            int status = get(address, type).statusCode();
            if (status != 200) {
                throw new IllegalStateException(address + " answered " + status);
            }
            if (i >= 0) {
                took[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(took);
        return took[RUNS / 2];
    }

    private void memory(Process program) throws Exception {
        for (int i = 0; i < 200; i++) {
            get(HOME + "/", "text/html");
        }
        figure("memory-jvm", resident(program.pid()) / 1024.0, "MB");
        long database = 0;
        for (ProcessHandle child : ProcessHandle.allProcesses().toList()) {
            if (child.info().command().orElse("").startsWith(data + "/postgres/")) {
                database += resident(child.pid());
            }
        }
        figure("memory-postgresql", database / 1024.0, "MB");
    }

    /** Resident kilobytes of a process, as Linux counts them. */
    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(l -> l.startsWith("VmRSS:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException elsewhere) {
            throw new IllegalStateException("memory is measured on Linux only", elsewhere);
        }
    }

    private HttpResponse<String> get(String address, String type)
            throws IOException, InterruptedException {
        return get(client, address, type);
    }

    private static HttpResponse<String> get(HttpClient client, String address, String type)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address)).header("Accept", type).build(),
                BodyHandlers.ofString());
    }

    private static void figure(String name, double value, String unit) {
        System.out.println("figure %s %.2f %s".formatted(name, value, unit));
    }
}
