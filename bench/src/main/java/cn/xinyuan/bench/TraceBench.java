package cn.xinyuan.bench;

import cn.xinyuan.epcis.Walk.Direction;
import cn.xinyuan.epcis.genealogy.Limits;
import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.epcis.genealogy.MassBalances;
import cn.xinyuan.epcis.genealogy.Sight;
import cn.xinyuan.epcis.genealogy.Trail;
import cn.xinyuan.postgres.Postgres;
import cn.xinyuan.server.pages.Spreadsheet;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * {@code ./xinyuan bench trace}: the genealogy in memory against the bare array walk, against a
 * recursive query on the same PostgreSQL, and in the whole program after {@code kill -9}. A
 * generator with known answers makes the data; every answer is checked by count and hash.
 */
final class TraceBench {

    private static final String HOW_TO_GO_ON =
            "The generator GenealogyGen.java is not at %s; name its folder with --generator DIR, or the"
                    + " folder of data that it made with --data DIR.";

    private static final int PORT = 18_197;
    private static final long HIGH = 0x5ea7_0000_4000L;
    private static final long DAY = 86_400_000L;
    private static final int SQL_QUERIES = 100;

    private final Path root;
    private final Path data;
    private final Path out;
    private final boolean server;
    private long wrong;

    private String[] kindNames = new String[0];
    private byte[] kinds = new byte[0];
    private int[] sites = new int[0];
    private int[] days = new int[0];
    private long[] grams = new long[0];
    private int[] sources = new int[0];
    private int[] targets = new int[0];
    private int[] outAt = new int[0];
    private int[] outTo = new int[0];
    private int[] inAt = new int[0];
    private int[] inFrom = new int[0];
    private int[] mark = new int[0];
    private int[] queue = new int[0];
    private int generation;

    private TraceBench(Path root, Path data, Path out, boolean server) {
        this.root = root;
        this.data = data;
        this.out = out;
        this.server = server;
    }

    /** Reads the options; prints one sentence and ends when there is no data to be had. */
    static void main(Path root, List<String> options) throws Exception {
        Path generator = root.resolve("../shared/genealogy").normalize();
        Path data = null;
        Path out = root.resolve("bench/target/trace");
        String seed = "42";
        String scale = "1";
        boolean server = true;
        for (int i = 0; i < options.size(); i++) {
            String value = i + 1 < options.size() ? options.get(i + 1) : "";
            switch (options.get(i)) {
                case "--seed" -> seed = value;
                case "--scale" -> scale = value;
                case "--out" -> out = Path.of(value).toAbsolutePath();
                case "--data" -> data = Path.of(value).toAbsolutePath();
                case "--generator" -> generator = Path.of(value).toAbsolutePath();
                case "--in-process" -> {
                    server = false;
                    continue;
                }
                default -> fail("There is no option '" + options.get(i) + "'.");
            }
            i++;
        }
        if (data == null) {
            data = out.resolve("data-" + seed + "-" + scale);
            if (!Files.exists(data.resolve("crates_truth.csv"))) {
                generate(generator, data, seed, scale);
            }
        } else if (!Files.exists(data.resolve("truth.csv"))) {
            fail("There is no data of the generator in " + data + ": truth.csv is missing.");
        }
        new TraceBench(root, data, out, server).run();
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(2);
    }

    private static void generate(Path folder, Path data, String seed, String scale)
            throws IOException, InterruptedException {
        Path file = folder.resolve("GenealogyGen.java");
        if (!Files.exists(file)) {
            fail(HOW_TO_GO_ON.formatted(file));
        }
        Files.createDirectories(data);
        int code =
                new ProcessBuilder(
                                java(),
                                "-Xmx6g",
                                file.toString(),
                                "--out",
                                data.toString(),
                                "--seed",
                                seed,
                                "--scale",
                                scale)
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("generator.txt").toFile())
                        .start()
                        .waitFor();
        if (code != 0) {
            fail("The generator failed; see " + data.resolve("generator.txt") + ".");
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void run() throws Exception {
        Lineage lineage = memory();
        read();
        Trail trail = new Trail();
        traces(lineage, trail);
        recalls(lineage, trail);
        hostile(lineage, trail);
        crates();
        balances();
        if (server) {
            Files.createDirectories(out);
            program(lineage, trail);
        }
        figure("wrong-answers", wrong, "answers");
        figure("wrong-answers-floor", 0, "answers");
    }

    // ---- loading

    /** Loads as a server would, nothing else in memory, and weighs what stays. */
    private Lineage memory() throws IOException {
        long before = used();
        long began = System.nanoTime();
        Lineage.Load load = new Lineage.Load();
        try (BufferedReader lots = Files.newBufferedReader(data.resolve("lots.csv"))) {
            String line = lots.readLine();
            while (line != null) {
                String[] part = line.split(",");
                int lot = load.lot(HIGH, key(Integer.parseInt(part[0])));
                load.describe(
                        lot,
                        1 + Integer.parseInt(part[3]) % 65_536,
                        (int) LocalDate.parse(part[4]).toEpochDay(),
                        part[1].equals("HARVEST"));
                line = lots.readLine();
            }
        }
        int[] count = new int[1];
        links(
                (source, target) -> {
                    load.link(HIGH, key(source), HIGH, key(target));
                    count[0]++;
                });
        Lineage lineage = load.done();
        double seconds = (System.nanoTime() - began) / 1e9;
        Trail trail = new Trail();
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, 0);
        double each = (double) (used() - before) / count[0];
        figure("load", seconds, "s");
        figure("bytes-per-edge", each, "bytes");
        // the least that two directions and one visit mark can take: 4 bytes a link and a lot
        figure(
                "bytes-per-edge-floor",
                (8.0 * count[0] + 12.0 * lineage.lots()) / count[0],
                "bytes");
        if (lineage.links() != count[0] || trail.size() < 0) {
            wrong++;
        }
        return lineage;
    }

    /** Keys that are spread as those of real lots are. */
    private static long key(int lot) {
        return 0x8000_0000_0000_0000L | lot * 0x9E37_79B9L << 24 >>> 1 ^ lot;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private interface Pair {
        void take(int source, int target);
    }

    private void links(Pair taker) throws IOException {
        try (FileChannel file =
                FileChannel.open(data.resolve("edges.bin"), StandardOpenOption.READ)) {
            ByteBuffer some = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            file.position(8);
            while (file.read(some) >= 0) {
                some.flip();
                while (some.remaining() >= 8) {
                    taker.take(some.getInt(), some.getInt());
                }
                some.compact();
            }
        }
    }

    private void read() throws IOException {
        List<String> lots = Files.readAllLines(data.resolve("lots.csv"));
        int n = lots.size();
        kinds = new byte[n];
        sites = new int[n];
        days = new int[n];
        grams = new long[n];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String[] part = lots.get(i).split(",");
            int kind = names.indexOf(part[1]);
            if (kind < 0) {
                kind = names.size();
                names.add(part[1]);
            }
            kinds[i] = (byte) kind;
            sites[i] = Integer.parseInt(part[3]);
            days[i] = (int) LocalDate.parse(part[4]).toEpochDay();
            grams[i] = Long.parseLong(part[5]);
        }
        kindNames = names.toArray(String[]::new);
        int[] m = new int[1];
        links((source, target) -> m[0]++);
        sources = new int[m[0]];
        targets = new int[m[0]];
        m[0] = 0;
        links(
                (source, target) -> {
                    sources[m[0]] = source;
                    targets[m[0]++] = target;
                });
        outAt = offsets(sources, n);
        outTo = values(outAt, sources, targets);
        inAt = offsets(targets, n);
        inFrom = values(inAt, targets, sources);
        mark = new int[n];
        queue = new int[n];
    }

    private static int[] offsets(int[] keys, int n) {
        int[] at = new int[n + 1];
        for (int key : keys) {
            at[key + 1]++;
        }
        for (int i = 0; i < n; i++) {
            at[i + 1] += at[i];
        }
        return at;
    }

    private static int[] values(int[] at, int[] keys, int[] others) {
        int[] next = Arrays.copyOf(at, at.length - 1);
        int[] to = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            to[next[keys[i]]++] = others[i];
        }
        return to;
    }

    // ---- the floor: nothing but arrays

    private int bare(int[] at, int[] to, int... starts) {
        generation++;
        int tail = 0;
        for (int start : starts) {
            if (mark[start] != generation) {
                mark[start] = generation;
                queue[tail++] = start;
            }
        }
        int begun = tail;
        for (int head = 0; head < tail; head++) {
            int lot = queue[head];
            for (int i = at[lot]; i < at[lot + 1]; i++) {
                int next = to[i];
                if (mark[next] != generation) {
                    mark[next] = generation;
                    queue[tail++] = next;
                }
            }
        }
        return tail - begun;
    }

    // ---- one lot

    private record Truth(boolean forward, int lot, int count, long hash) {}

    private List<Truth> truths() throws IOException {
        return Files.readAllLines(data.resolve("truth.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(
                        p ->
                                new Truth(
                                        p[0].equals("F"),
                                        Integer.parseInt(p[1]),
                                        Integer.parseInt(p[2]),
                                        Long.parseLong(p[3])))
                .toList();
    }

    /** Everyone whose lots there are may be seen, but each is looked up. */
    private Sight sight() {
        BitSet owners = new BitSet();
        for (int site : sites) {
            owners.set(1 + site % 65_536);
        }
        return Sight.of(owners);
    }

    private void traces(Lineage lineage, Trail trail) throws IOException {
        List<Truth> truths = truths();
        Sight sight = sight();
        long[] ids = new long[1 << 17];
        for (Truth truth : truths) {
            int n = walk(lineage, trail, truth, sight, ids);
            wrong += n == truth.count && hash(ids, n) == truth.hash ? 0 : 1;
        }
        int half = truths.size() / 2;
        for (int i = 0; i < 3; i++) {
            measure(lineage, trail, truths.subList(0, half), sight, ids, i == 2 ? "forward" : "");
            measure(
                    lineage,
                    trail,
                    truths.subList(half, truths.size()),
                    sight,
                    ids,
                    i == 2 ? "back" : "");
        }
    }

    private static int walk(Lineage lineage, Trail trail, Truth truth, Sight sight, long[] ids) {
        lineage.walk(
                trail,
                truth.forward ? Direction.FORWARD : Direction.BACK,
                Limits.NONE,
                lineage.find(HIGH, key(truth.lot)));
        return lineage.keys(trail, sight, ids);
    }

    /**
     * Five rounds over all lots, so that no lot is still in the processor's cache; each lot as a
     * pair, in turn the one and the other first. The median of five for each lot.
     */
    private void measure(
            Lineage lineage,
            Trail trail,
            List<Truth> truths,
            Sight sight,
            long[] ids,
            String name) {
        double[][][] pairs = new double[2][truths.size()][5];
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < truths.size(); i++) {
                Truth truth = truths.get(i);
                for (int turn = 0; turn < 2; turn++) {
                    boolean bare = (turn + i + round & 1) == 0;
                    long began = System.nanoTime();
                    int n =
                            bare
                                    ? truth.forward
                                            ? bare(outAt, outTo, truth.lot)
                                            : bare(inAt, inFrom, truth.lot)
                                    : walk(lineage, trail, truth, sight, ids);
                    pairs[bare ? 1 : 0][i][round] = (System.nanoTime() - began) / 1e3;
                    wrong += n == truth.count ? 0 : 1;
                }
            }
        }
        double[] ours = Arrays.stream(pairs[0]).mapToDouble(TraceBench::median).toArray();
        double[] floor = Arrays.stream(pairs[1]).mapToDouble(TraceBench::median).toArray();
        if (!name.isEmpty()) {
            figure(name + "-p50", at(ours, 0.50), "us");
            figure(name + "-p50-floor", at(floor, 0.50), "us");
            figure(name + "-p99", at(ours, 0.99), "us");
            figure(name + "-p99-floor", at(floor, 0.99), "us");
        }
    }

    /** The truth's hash is over the generator's numbers, which the keys hide. */
    private long hash(long[] ids, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Lineage.mix(number(ids[2 * i + 1]));
        }
        return sum;
    }

    private final Map<Long, Integer> numbers = new HashMap<>();

    private int number(long key) {
        if (numbers.isEmpty()) {
            for (int i = 0; i < kinds.length; i++) {
                numbers.put(key(i), i);
            }
        }
        return numbers.getOrDefault(key, -1);
    }

    // ---- recalls

    private void recalls(Lineage lineage, Trail trail) throws IOException {
        long[] ids = new long[2 * kinds.length];
        for (String line :
                Files.readAllLines(data.resolve("recall.csv")).stream().skip(1).toList()) {
            String[] part = line.split(",");
            int[] lots = Arrays.stream(part[5].split(" ")).mapToInt(Integer::parseInt).toArray();
            int[] starts = Arrays.stream(lots).map(lot -> lineage.find(HIGH, key(lot))).toArray();
            lineage.walk(trail, Direction.FORWARD, Limits.NONE, starts);
            int n = lineage.keys(trail, Sight.ALL, ids);
            Set<Integer> outlets = new TreeSet<>();
            int deliveries = 0;
            for (int i = 0; i < n; i++) {
                int lot = number(ids[2 * i + 1]);
                if (kindNames[kinds[lot]].equals("DELIVERY")) {
                    deliveries++;
                    outlets.add(sites[lot]);
                }
            }
            boolean right =
                    n == Integer.parseInt(part[1])
                            && hash(ids, n) == Long.parseLong(part[2])
                            && deliveries == Integer.parseInt(part[3])
                            && outlets.size() == Integer.parseInt(part[4]);
            wrong += right ? 0 : 1;
            if (part[0].startsWith("whole-year")) {
                wholeYear(lineage, trail, lots, starts, ids);
            }
        }
    }

    private void wholeYear(Lineage lineage, Trail trail, int[] lots, int[] starts, long[] ids)
            throws IOException {
        double[] ours = new double[5];
        double[] floor = new double[5];
        for (int i = -2; i < 5; i++) {
            long began = System.nanoTime();
            lineage.walk(trail, Direction.FORWARD, Limits.NONE, starts);
            int n = lineage.keys(trail, Sight.ALL, ids);
            long between = System.nanoTime();
            int bare = bare(outAt, outTo, lots);
            long end = System.nanoTime();
            wrong += n == bare ? 0 : 1;
            if (i >= 0) {
                ours[i] = (between - began) / 1e6;
                floor[i] = (end - between) / 1e6;
            }
        }
        figure("recall-year", median(ours), "ms");
        figure("recall-year-floor", median(floor), "ms");
        Files.createDirectories(out);
        for (Spreadsheet.Format format : Spreadsheet.Format.values()) {
            Path file = out.resolve("recall-year." + format.extension());
            double[] whole = new double[3];
            double[] copy = new double[3];
            for (int i = -1; i < 3; i++) {
                long began = System.nanoTime();
                lineage.walk(trail, Direction.FORWARD, Limits.NONE, starts);
                try (OutputStream to =
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                    Spreadsheet.write(
                            format,
                            to,
                            "召回范围",
                            List.of("批次", "种类", "地点", "日期", "公斤", "步数"),
                            cells -> {
                                for (int j = 0; j < trail.size(); j++) {
                                    // lots are numbered in the order of the file
                                    int lot = trail.lot(j);
                                    cells.text("L" + lot)
                                            .text(kindNames[kinds[lot]])
                                            .text("站点 " + sites[lot])
                                            .text(LocalDate.ofEpochDay(days[lot]).toString())
                                            .number(java.math.BigDecimal.valueOf(grams[lot], 3))
                                            .number(trail.depth(j))
                                            .end();
                                }
                            });
                }
                long between = System.nanoTime();
                Files.write(out.resolve("copy"), Files.readAllBytes(file));
                if (i >= 0) {
                    whole[i] = (between - began) / 1e6;
                    copy[i] = (System.nanoTime() - between) / 1e6;
                }
            }
            String name =
                    format == Spreadsheet.Format.XLSX ? "recall-year-xlsx" : "recall-year-file";
            figure(name, median(whole), "ms");
            figure(name + "-floor", median(copy), "ms");
        }
        Files.deleteIfExists(out.resolve("copy"));
    }

    // ---- hostile shapes

    private void hostile(Lineage lineage, Trail trail) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = new long[1 << 18];
        for (String line :
                Files.readAllLines(data.resolve("adversarial.csv")).stream().skip(1).toList()) {
            String[] part = line.split(",", 6);
            Truth truth =
                    new Truth(
                            true,
                            Integer.parseInt(part[1]),
                            Integer.parseInt(part[2]),
                            Long.parseLong(part[3]));
            double[] took = new double[5];
            double[] floor = new double[5];
            long allocated = 0;
            for (int i = 0; i < 5; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                long began = System.nanoTime();
                int n = walk(lineage, trail, truth, Sight.ALL, ids);
                boolean circular = lineage.circular(trail);
                long between = System.nanoTime();
                allocated = Math.max(allocated, threads.getCurrentThreadAllocatedBytes() - before);
                bare(outAt, outTo, truth.lot);
                took[i] = (between - began) / 1e6;
                floor[i] = (System.nanoTime() - between) / 1e6;
                boolean right =
                        n == truth.count
                                && hash(ids, n) == truth.hash
                                && trail.depth() == Integer.parseInt(part[4])
                                && circular == part[0].startsWith("cycle");
                wrong += right ? 0 : 1;
            }
            String name = "hostile-" + part[0].replace('_', '-');
            figure(name, median(took), "ms");
            figure(name + "-floor", median(floor), "ms");
            figure(name + "-memory", allocated / 1048576.0, "MB");
        }
    }

    // ---- returnable crates

    private void crates() throws IOException {
        Lineage lineage = new Lineage.Load().done();
        long began = System.nanoTime();
        List<String> uses = Files.readAllLines(data.resolve("crates.csv"));
        for (String line : uses.subList(1, uses.size())) {
            long[] part = Arrays.stream(line.split(",")).mapToLong(Long::parseLong).toArray();
            int crate = lineage.lot(1, part[0]);
            int lot = lineage.lot(2, part[1]);
            lineage.putIn(lot, crate, part[2] * DAY + DAY / 3, 0);
            lineage.use(crate, lineage.lot(3, part[4]), part[3] * DAY + DAY / 3, 0);
            lineage.takeOut(lot, crate, part[3] * DAY + DAY / 2, 0);
        }
        figure("crates-load", (System.nanoTime() - began) / 1e6, "ms");
        Trail trail = new Trail();
        List<String> truths = Files.readAllLines(data.resolve("crates_truth.csv"));
        double[] took = new double[truths.size() - 1];
        for (int i = 1; i < truths.size(); i++) {
            String[] part = truths.get(i).split(",", 3);
            long walking = System.nanoTime();
            lineage.walk(
                    trail,
                    Direction.FORWARD,
                    Limits.NONE,
                    lineage.find(2, Long.parseLong(part[0])));
            took[i - 1] = (System.nanoTime() - walking) / 1e3;
            Set<Long> outlets = new TreeSet<>();
            for (int j = 0; j < trail.size(); j++) {
                if (lineage.high(trail.lot(j)) == 3) {
                    outlets.add(lineage.low(trail.lot(j)));
                }
            }
            String found = outlets.stream().map(String::valueOf).collect(Collectors.joining(" "));
            wrong += found.equals(part[2]) ? 0 : 1;
        }
        figure("crate-p50", at(took, 0.5), "us");
        figure("crate-p99", at(took, 0.99), "us");
    }

    // ---- mass balance

    private void balances() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("events.csv"));
        boolean[] transforms = new boolean[lines.size()];
        for (int i = 0; i < transforms.length; i++) {
            String line = lines.get(i);
            // those of the planted shapes bear no masses
            transforms[i] = line.contains(",TRANSFORMATION,") && !line.contains(",900000,");
        }
        int[] events = new int[sources.length];
        try (BufferedReader edges = Files.newBufferedReader(data.resolve("edges.csv"))) {
            for (int i = 0; i < events.length; i++) {
                String line = edges.readLine();
                events[i] = Integer.parseInt(line.substring(line.lastIndexOf(',') + 1));
            }
        }
        int[] planted =
                Files.readAllLines(data.resolve("massbalance_bad.csv")).stream()
                        .mapToInt(Integer::parseInt)
                        .toArray();
        double[] took = new double[5];
        double[] floor = new double[5];
        for (int turn = 0; turn < 5; turn++) {
            long began = System.nanoTime();
            MassBalances balances = new MassBalances(grams, transforms.length);
            for (int i = 0; i < events.length; i++) {
                if (transforms[events[i]]) {
                    balances.transformed(events[i], sources[i], targets[i]);
                }
            }
            int[] found = balances.exceeding();
            long between = System.nanoTime();
            long sum = 0;
            for (int i = 0; i < events.length; i++) {
                sum += grams[sources[i]] + grams[targets[i]];
            }
            took[turn] = (between - began) / 1e6;
            floor[turn] = (System.nanoTime() - between) / 1e6;
            wrong += Arrays.equals(found, planted) && sum != 0 ? 0 : 1;
        }
        figure("mass-balance", median(took), "ms");
        figure("mass-balance-floor", median(floor), "ms");
    }

    // ---- the whole program

    /**
     * Plays the demo season once, lays the generated lots beside it, and measures the program from
     * outside; and a recursive query on its database.
     */
    private void program(Lineage lineage, Trail trail) throws Exception {
        Path folder = out.resolve("server");
        Files.createDirectories(folder);
        Path floorFile = out.resolve("cold-start-floor.txt");
        Path loaded = folder.resolve("loaded.txt");
        String what = data + " " + kinds.length + " " + sources.length;
        if (Files.exists(loaded) && !Files.readString(loaded).equals(what)) {
            fail(
                    "The folder "
                            + folder
                            + " holds other generated lots; remove it, or choose another with --out.");
        }
        if (!Files.exists(loaded)) {
            stop(start(folder, null));
            // how long the program itself takes after kill -9, before the lots are there
            kill(start(folder, null), folder);
            long began = System.nanoTime();
            Process bare = start(folder, null);
            double seconds = (System.nanoTime() - began) / 1e9;
            stop(bare);
            Files.writeString(floorFile, String.valueOf(seconds));
            try (Postgres database =
                            Postgres.start(
                                    folder,
                                    Map.of(
                                            "fsync", "off",
                                            "max_wal_size", "8GB",
                                            "maintenance_work_mem", "512MB"));
                    Connection connection = connection(database)) {
                load(connection);
            }
            Files.writeString(loaded, what);
        }
        try (Postgres database = Postgres.start(folder);
                Connection connection = connection(database)) {
            recursive(connection, lineage, trail);
        }
        Truth asked = truths().getFirst();
        Process first = start(folder, asked);
        http(folder);
        kill(first, folder);
        long began = System.nanoTime();
        Process again = start(folder, asked);
        figure("cold-start", (System.nanoTime() - began) / 1e9, "s");
        figure("cold-start-floor", Double.parseDouble(Files.readString(floorFile)), "s");
        stop(again);
    }

    private static Connection connection(Postgres database) throws SQLException {
        Postgres.Address at = database.address();
        return DriverManager.getConnection(at.url(), at.user(), at.password());
    }

    private static void sql(Connection connection, String... sentences) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sentence : sentences) {
                statement.execute(sentence);
            }
        }
    }

    private void load(Connection connection) throws Exception {
        long began = System.nanoTime();
        sql(
                connection,
                "set session_replication_role = replica",
                "alter table trace.edge drop constraint edge_pkey",
                "drop index trace.edge_by_target, trace.edge_by_xact",
                "alter table trace.lot drop constraint lot_number_key",
                "alter table trace.lot drop constraint lot_epc_class_key",
                "drop index trace.lot_by_maker, trace.lot_by_district");
        UUID maker = UUID.randomUUID();
        copy(
                connection,
                "trace.lot (id, number, kind, maker, category, variety, grade, kilograms, packs, day,"
                        + " district, epc_class, event)",
                row -> {
                    for (int i = 0; i < kinds.length; i++) {
                        row.writeShort(13);
                        uuid(row, HIGH, key(i));
                        text(row, "T" + i);
                        text(row, kindNames[kinds[i]].equals("HARVEST") ? "HARVEST" : "PACKED");
                        uuid(row, maker.getMostSignificantBits(), maker.getLeastSignificantBits());
                        text(row, "litchi");
                        text(row, "桂味");
                        text(row, "");
                        zero(row);
                        row.writeInt(8);
                        row.writeLong(0);
                        row.writeInt(4);
                        row.writeInt(days[i] - 10_957);
                        text(row, "440981");
                        text(row, "https://id.gs1.org/01/09521234000009/10/T" + i);
                        uuid(row, 1, i);
                    }
                });
        copy(
                connection,
                "trace.edge (source, target, kilograms, step, from_plot, event)",
                row -> {
                    try (BufferedReader edges =
                            Files.newBufferedReader(data.resolve("edges.csv"))) {
                        for (int i = 0; i < sources.length; i++) {
                            String line = edges.readLine();
                            row.writeShort(6);
                            uuid(row, HIGH, key(sources[i]));
                            uuid(row, HIGH, key(targets[i]));
                            zero(row);
                            text(row, "pack");
                            row.writeInt(1);
                            row.writeByte(0);
                            uuid(row, 1, Long.parseLong(line.substring(line.lastIndexOf(',') + 1)));
                        }
                    }
                });
        sql(
                connection,
                "alter table trace.edge add primary key (source, target, event)",
                "create index edge_by_target on trace.edge (target)",
                "create index edge_by_xact on trace.edge (xact)",
                "alter table trace.lot add constraint lot_number_key unique (number)",
                "alter table trace.lot add constraint lot_epc_class_key unique (epc_class)",
                "create index lot_by_maker on trace.lot (maker, made desc)",
                "create index lot_by_district on trace.lot (district text_pattern_ops, made desc)",
                "set session_replication_role = origin",
                "vacuum analyze trace.edge",
                "vacuum analyze trace.lot",
                "checkpoint");
        figure("database-load", (System.nanoTime() - began) / 1e9, "s");
    }

    private interface Rows {
        void write(DataOutputStream row) throws IOException;
    }

    /** Binary COPY (PostgreSQL manual, "COPY"). */
    private static void copy(Connection connection, String into, Rows rows)
            throws SQLException, IOException {
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + into + " from stdin (format binary)");
        OutputStream chunks =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        write(new byte[] {(byte) one}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        try {
                            copy.writeToCopy(bytes, from, length);
                        } catch (SQLException failed) {
                            throw new IOException(failed);
                        }
                    }
                };
        try (DataOutputStream row =
                new DataOutputStream(new BufferedOutputStream(chunks, 1 << 16))) {
            row.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
            row.writeInt(0);
            row.writeInt(0);
            rows.write(row);
            row.writeShort(-1);
        }
        copy.endCopy();
    }

    private static void uuid(DataOutputStream row, long high, long low) throws IOException {
        row.writeInt(16);
        row.writeLong(high);
        row.writeLong(low);
    }

    private static void text(DataOutputStream row, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        row.writeInt(bytes.length);
        row.write(bytes);
    }

    /** A numeric without digits. */
    private static void zero(DataOutputStream row) throws IOException {
        row.writeInt(8);
        row.writeLong(0);
    }

    private void recursive(Connection connection, Lineage lineage, Trail trail) throws Exception {
        List<Truth> truths = truths();
        int half = truths.size() / 2;
        recursive(connection, lineage, trail, truths.subList(0, half), "forward");
        recursive(connection, lineage, trail, truths.subList(half, truths.size()), "back");
    }

    private void recursive(
            Connection connection, Lineage lineage, Trail trail, List<Truth> truths, String name)
            throws SQLException {
        boolean forward = name.equals("forward");
        String here = forward ? "source" : "target";
        String there = forward ? "target" : "source";
        String query =
                """
                with recursive reached(lot) as (
                    select ?::uuid
                    union
                    select e.%s from reached r join trace.edge e on e.%s = r.lot)
                select lot from reached
                """
                        .formatted(there, here);
        Sight sight = sight();
        long[] ids = new long[1 << 17];
        int n = Math.min(SQL_QUERIES, truths.size());
        double[] asked = new double[n];
        double[] walked = new double[n];
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int turn = 0; turn < 2; turn++) {
                for (int i = 0; i < n; i++) {
                    Truth truth = truths.get(i);
                    long began = System.nanoTime();
                    statement.setObject(1, new UUID(HIGH, key(truth.lot)));
                    int count = -1;
                    long sum = 0;
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            sum += rows.getObject(1, UUID.class).getLeastSignificantBits();
                            count++;
                        }
                    }
                    long between = System.nanoTime();
                    int ours = walk(lineage, trail, truth, sight, ids);
                    walked[i] = (System.nanoTime() - between) / 1e3;
                    asked[i] = (between - began) / 1e3;
                    wrong += count == truth.count && ours == count && sum != 0 ? 0 : 1;
                }
            }
        }
        figure(name + "-beside-sql-p50", at(walked, 0.5), "us");
        figure(name + "-sql-p50", at(asked, 0.5), "us");
    }

    /** Starts the program; ready when it answers, or when it traces a lot right. */
    private Process start(Path folder, @Nullable Truth asked) throws Exception {
        Path console = folder.resolve("bench-console.txt");
        Files.deleteIfExists(console);
        ProcessBuilder builder =
                new ProcessBuilder(
                        root.resolve("xinyuan").toString(),
                        "demo",
                        "--port",
                        String.valueOf(PORT),
                        "--data",
                        folder.toString());
        builder.environment().put("XINYUAN_JAVA_OPTS", "-Xmx768m");
        Process program =
                builder.redirectErrorStream(true).redirectOutput(console.toFile()).start();
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < until && program.isAlive()) {
            if (asked == null ? healthy() : right(folder, asked)) {
                if (asked == null) {
                    // the first start plays the season
                    while (!Files.readString(console).contains("ready ") && program.isAlive()) {
                        Thread.sleep(20);
                    }
                }
                return program;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("the program did not start: " + Files.readString(console));
    }

    private final HttpClient client = HttpClient.newHttpClient();

    private boolean healthy() {
        try {
            return get("/actuator/health", "").contains("UP");
        } catch (IOException | InterruptedException notYet) {
            return false;
        }
    }

    private String get(String path, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static String key(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("demo-lines.txt")).stream()
                .filter(line -> line.startsWith("key SUPERVISOR "))
                .map(line -> line.split(" ")[2])
                .findFirst()
                .orElseThrow();
    }

    /** Whether the program answers, and with the very lots of the truth. */
    private boolean right(Path folder, Truth truth) {
        try {
            String answer =
                    get(
                            "/api/v1/lots/"
                                    + new UUID(HIGH, key(truth.lot))
                                    + "/trace?direction="
                                    + (truth.forward ? "forward" : "back"),
                            key(folder));
            if (!answer.startsWith("{\"start\"")) {
                return false;
            }
            long sum = 0;
            int count = 0;
            var found = java.util.regex.Pattern.compile("\"number\":\"T([0-9]+)\"").matcher(answer);
            while (found.find()) {
                int lot = Integer.parseInt(found.group(1));
                if (lot != truth.lot) {
                    sum += Lineage.mix(lot);
                    count++;
                }
            }
            boolean right = count == truth.count && sum == truth.hash;
            wrong += right ? 0 : 1;
            return true;
        } catch (IOException | InterruptedException notYet) {
            return false;
        }
    }

    /** The whole answer over HTTP, with every lot's facts; not only ids. */
    private void http(Path folder) throws IOException {
        List<Truth> truths = truths();
        int half = truths.size() / 2;
        double[] took = new double[100];
        for (int i = 0; i < 200; i++) {
            Truth truth = truths.get(half * (i & 1) + i / 2);
            long began = System.nanoTime();
            wrong += right(folder, truth) ? 0 : 1;
            if (i >= 100) {
                took[i - 100] = (System.nanoTime() - began) / 1e6;
            }
        }
        figure("trace-over-http-p50", at(took, 0.5), "ms");
        figure("trace-over-http-p99", at(took, 0.99), "ms");
    }

    private static void stop(Process program) throws InterruptedException {
        program.destroy();
        if (!program.waitFor(30, TimeUnit.SECONDS)) {
            program.destroyForcibly().waitFor();
        }
    }

    /** Kills the program and its PostgreSQL as a power cut would. */
    private static void kill(Process program, Path folder) throws Exception {
        Path pid = folder.resolve("postgres/cluster/postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
        program.destroyForcibly().waitFor();
        ProcessHandle.of(postmaster)
                .ifPresent(
                        process -> {
                            process.destroyForcibly();
                            process.onExit().join();
                        });
        Thread.sleep(500);
    }

    // ---- figures

    private static double median(double[] values) {
        return at(values, 0.5);
    }

    private static double at(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private static void figure(String name, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.2f %s", name, value, unit));
    }
}
