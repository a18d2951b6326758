package cn.xinyuan.bench;

import cn.xinyuan.codes.CodeCipher;
import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.codes.CodeFile;
import cn.xinyuan.codes.CodeKey;
import cn.xinyuan.codes.ItemCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code ./xinyuan bench codes [--seed N] [--codes N] [--forgeries N] [--edits N] [--rounds N]
 * [--out DIR]}: what it costs to write an order of codes durably and to refuse forged ones, in this
 * process, without a database. Each measurement and its floor are taken in turn, round after round;
 * medians are told. What an order adds to the database, {@link Bench} asks of the running program.
 */
final class CodesBench {

    private static final int ISSUED = 10_000_000;
    private static final int GUESSES = 1 << 16;

    private final Random random;
    private final int codes;
    private final long forgeries;
    private final long edits;
    private final int rounds;
    private final Path out;
    private final CodeEngine engine;
    private final CodeEngine national;
    private volatile long sink;

    private CodesBench(long seed, int codes, long forgeries, long edits, int rounds, Path out) {
        this.random = new Random(seed);
        this.codes = codes;
        this.forgeries = forgeries;
        this.edits = edits;
        this.rounds = rounds;
        this.out = out;
        UUID here = new UUID(random.nextLong(), random.nextLong());
        byte[] secret = new byte[CodeKey.SECRET_BYTES];
        random.nextBytes(secret);
        this.engine = new CodeEngine(new CodeKey(here, 0, CodeCipher.AES, secret));
        this.national = new CodeEngine(new CodeKey(here, 0, CodeCipher.SM4, secret));
    }

    static void main(Path root, List<String> options) throws Exception {
        long seed = 42;
        int codes = 10_000_000;
        long forgeries = 1_000_000_000L;
        long edits = 10_000_000L;
        int rounds = 5;
        Path out = root.resolve("bench/target/codes");
        for (int i = 0; i + 1 < options.size(); i += 2) {
            String value = options.get(i + 1);
            switch (options.get(i)) {
                case "--seed" -> seed = Long.parseLong(value);
                case "--codes" -> codes = Integer.parseInt(value);
                case "--forgeries" -> forgeries = Long.parseLong(value);
                case "--edits" -> edits = Long.parseLong(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--out" -> out = Path.of(value).toAbsolutePath();
                default -> {
                    System.err.println("There is no option '" + options.get(i) + "'.");
                    System.exit(2);
                }
            }
        }
        Files.createDirectories(out);
        new CodesBench(seed, codes, forgeries, edits, rounds, out).run();
    }

    private void run() throws Exception {
        issue();
        refuse();
        forge();
    }

    // ---- an order, written durably
    // ---------------------------------------------------------------

    private void issue() throws Exception {
        Path file = out.resolve("codes.txt");
        Path copy = out.resolve("floor.txt");
        byte[] ready = new byte[0];
        double[] aes = new double[rounds];
        double[] floor = new double[rounds];
        double[] ratio = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            double took = written(engine, file);
            if (ready.length == 0) {
                ready = Files.readAllBytes(file);
            }
            double bare = copied(ready, copy);
            if (round >= 0) {
                aes[round] = took;
                floor[round] = bare;
                ratio[round] = took / bare;
            }
        }
        figure("issue-10m", median(aes), "s");
        figure("issue-10m-floor", median(floor), "s");
        figure("issue-10m-ratio", median(ratio), "x");
        double[] sm4 = new double[Math.min(3, rounds)];
        for (int round = 0; round < sm4.length; round++) {
            sm4[round] = written(national, file);
        }
        figure("issue-10m-sm4", median(sm4), "s");
        Files.deleteIfExists(file);
        Files.deleteIfExists(copy);
    }

    /** Codes, their checksum and the manifest, all on the disk when it returns. */
    private double written(CodeEngine with, Path file) throws Exception {
        Path manifest = file.resolveSibling("manifest.json");
        long began = System.nanoTime();
        var codeFile = new CodeFile(with, 0, 0, codes, CodeFile.Format.TXT, "", "");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (FileChannel disk = open(file);
                OutputStream both = new Both(disk, digest)) {
            codeFile.write(0, codeFile.bytes(), both);
            both.flush();
            disk.force(true);
        }
        String text =
                "{\"codes\":%d,\"bytes\":%d,\"sha256\":\"%s\"}\n"
                        .formatted(
                                codes, codeFile.bytes(), HexFormat.of().formatHex(digest.digest()));
        try (FileChannel disk = open(manifest)) {
            disk.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            disk.force(true);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static double copied(byte[] ready, Path file) throws IOException {
        long began = System.nanoTime();
        try (FileChannel disk = open(file)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
            for (int at = 0; at < ready.length; ) {
                int n = Math.min(bytes.capacity(), ready.length - at);
                bytes.clear().put(ready, at, n).flip();
                while (bytes.hasRemaining()) {
                    disk.write(bytes);
                }
                at += n;
            }
            disk.force(true);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static final class Both extends OutputStream {

        private final FileChannel disk;
        private final MessageDigest digest;
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);

        Both(FileChannel disk, MessageDigest digest) {
            this.disk = disk;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            digest.update(from, at, length);
            if (bytes.remaining() < length) {
                flush();
            }
            bytes.put(from, at, length);
        }

        @Override
        public void flush() throws IOException {
            bytes.flip();
            while (bytes.hasRemaining()) {
                disk.write(bytes);
            }
            bytes.clear();
        }
    }

    // ---- a forged code, refused
    // ------------------------------------------------------------------

    private void refuse() throws Exception {
        String[] guesses = new String[GUESSES];
        for (int i = 0; i < GUESSES; i++) {
            guesses[i] = guess(random.nextLong(), random.nextLong());
        }
        double[] refused = new double[rounds];
        double[] floor = new double[rounds];
        for (int round = -3; round < rounds; round++) {
            long found = 0;
            long began = System.nanoTime();
            for (int pass = 0; pass < 50; pass++) {
                for (String guess : guesses) {
                    found += engine.index(ItemCode.read(guess).orElseThrow()) >= 0 ? 1 : 0;
                }
            }
            double took = (System.nanoTime() - began) / (50.0 * GUESSES);
            if (found > 0) {
                throw new IllegalStateException("a guess was accepted");
            }
            double bare = twoBlocks();
            if (round >= 0) {
                refused[round] = took;
                floor[round] = bare;
            }
        }
        figure("refuse-ns", median(refused), "ns");
        figure("refuse-ns-floor", median(floor), "ns");
    }

    /** Two block calls of the JDK's AES, one after the other. */
    private double twoBlocks() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"));
        byte[] in = new byte[16];
        byte[] back = new byte[16];
        int calls = 50 * GUESSES;
        long began = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            cipher.update(in, 0, 16, back, 0);
            cipher.update(back, 0, 16, in, 0);
        }
        sink = in[0];
        return (System.nanoTime() - began) / (double) calls;
    }

    // ---- forgeries by the thousand million
    // -------------------------------------------------------

    private void forge() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        long accepted = 0;
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var parts = new ArrayList<Future<Long>>();
            for (int core = 0; core < cores; core++) {
                long part = forgeries / cores + (core < forgeries % cores ? 1 : 0);
                var own = new SplittableRandom(random.nextLong());
                parts.add(threads.submit(() -> guessed(own, part)));
            }
            for (Future<Long> part : parts) {
                accepted += part.get();
            }
        }
        double took = (System.nanoTime() - began) / 1e9;
        figure("forgeries", forgeries, "codes");
        figure("forgeries-accepted", accepted, "codes");
        figure("forgeries-took", took, "s");
        long edited = 0;
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var parts = new ArrayList<Future<Long>>();
            for (int core = 0; core < cores; core++) {
                long part = edits / cores + (core < edits % cores ? 1 : 0);
                var own = new SplittableRandom(random.nextLong());
                parts.add(threads.submit(() -> edited(own, part)));
            }
            for (Future<Long> part : parts) {
                edited += part.get();
            }
        }
        figure("edits", edits, "codes");
        figure("edits-accepted", edited, "codes");
    }

    /** Random codes with a right check character and the version in use. */
    private long guessed(SplittableRandom own, long many) {
        long accepted = 0;
        for (long i = 0; i < many; i++) {
            ItemCode guess = ItemCode.read(guess(own.nextLong(), own.nextLong())).orElseThrow();
            long index = engine.index(guess);
            accepted += index >= 0 && index < ISSUED ? 1 : 0;
        }
        return accepted;
    }

    /** True codes with one or two characters changed, every other time with the check mended. */
    private long edited(SplittableRandom own, long many) {
        long accepted = 0;
        for (long i = 0; i < many; i++) {
            char[] text = engine.code(0, own.nextInt(ISSUED)).text().toCharArray();
            boolean mend = (i & 1) == 0;
            int places = mend ? 15 : 16;
            int first = own.nextInt(1, places);
            change(own, text, first);
            if ((i & 2) == 0) {
                int second = own.nextInt(1, places);
                if (second != first) {
                    change(own, text, second);
                }
            }
            String forged = mend ? mended(text) : new String(text);
            accepted += ItemCode.read(forged).map(engine::index).orElse(-1L) >= 0 ? 1 : 0;
        }
        return accepted;
    }

    private static void change(SplittableRandom own, char[] text, int place) {
        int old = ItemCode.ALPHABET.indexOf(text[place]);
        text[place] = ItemCode.ALPHABET.charAt((old + own.nextInt(1, 32)) % 32);
    }

    /** A code of version 0 from random bits. */
    private static String guess(long a, long b) {
        char[] text = new char[16];
        text[0] = ItemCode.ALPHABET.charAt((int) a & 1);
        for (int i = 1; i < 15; i++) {
            long bits = i < 8 ? a >>> 5 * i : b >>> 5 * (i - 8);
            text[i] = ItemCode.ALPHABET.charAt((int) bits & 31);
        }
        return mended(text);
    }

    /** αⁱ·v by i and v, and the character whose weight at the end is such a sum. */
    private static final byte[][] WEIGHED = new byte[16][32];

    private static final char[] LAST = new char[32];

    static {
        for (int v = 0; v < 32; v++) {
            int weighed = v;
            for (int i = 0; i < 16; i++) {
                WEIGHED[i][v] = (byte) weighed;
                weighed <<= 1;
                if (weighed > 31) {
                    weighed ^= 0b100101;
                }
            }
        }
        for (int v = 0; v < 32; v++) {
            LAST[WEIGHED[15][v]] = ItemCode.ALPHABET.charAt(v);
        }
    }

    private static String mended(char[] text) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            sum ^= WEIGHED[i][value(text[i])];
        }
        text[15] = LAST[sum];
        return new String(text);
    }

    private static final byte[] VALUE = new byte[128];

    static {
        for (int i = 0; i < 32; i++) {
            VALUE[ItemCode.ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private static int value(char c) {
        return VALUE[c];
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void figure(String name, double value, String unit) {
        String number =
                unit.equals("codes")
                        ? String.valueOf((long) value)
                        : String.format(Locale.ROOT, "%.3f", value);
        System.out.println("figure " + name + " " + number + " " + unit);
    }
}
