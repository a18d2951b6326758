package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeasonFileTest {

    private static final int CODES = 50_000;
    private static final CodeEngine ENGINE =
            new CodeEngine(new CodeKey(new UUID(3, 4), 1, CodeCipher.AES, new byte[32]));

    @TempDir Path folder;

    private final KeyPair pair = pair();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path made() throws IOException {
        Path file = folder.resolve("season-2026.xin");
        byte[] text = new byte[16 * CODES];
        ENGINE.run(1).write(0, CODES, text, 0, 16);
        try (var writer = new SeasonFile.Writer(folder.resolve("bits"), CODES, new byte[16])) {
            writer.add(text, CODES);
            writer.finish(
                    file,
                    new UUID(3, 4),
                    2026,
                    Instant.parse("2026-06-11T02:00:00Z"),
                    pair.getPrivate());
        }
        return file;
    }

    @Test
    void every_code_that_was_put_in_is_found_and_of_others_as_few_as_promised() throws Exception {
        SeasonFile season = SeasonFile.read(made(), pair.getPublic());
        assertThat(season.codes()).isEqualTo(CODES);
        assertThat(season.season()).isEqualTo(2026);
        for (int i = 0; i < CODES; i++) {
            assertThat(season.holds(ENGINE.code(1, i))).isTrue();
        }
        assertThat(season.falseAcceptRate()).isBetween(4e-7, 7e-7);
        // 2 million strangers: one is expected; more than ten would be one in a million
        long passed = ItemCodeTest.someCodes(11, 2_000_000).filter(season::holds).count();
        assertThat(passed).isLessThanOrEqualTo(10);
        assertThat(folder.resolve("bits")).doesNotExist();
        assertThat(Files.size(folder.resolve("season-2026.xin")))
                .isLessThan(CODES * SeasonFile.BITS_PER_CODE / 8 + 1_000L);
    }

    @Test
    void the_rate_that_is_told_is_the_rate_that_is_met() throws Exception {
        // four times as many codes as planned for, so that there is something to count
        Path file = folder.resolve("full.xin");
        byte[] text = new byte[16 * CODES];
        ENGINE.run(1).write(0, CODES, text, 0, 16);
        try (var writer = new SeasonFile.Writer(folder.resolve("bits"), CODES / 4, new byte[16])) {
            writer.add(text, CODES);
            writer.finish(file, new UUID(3, 4), 2026, Instant.EPOCH, pair.getPrivate());
        }
        SeasonFile season = SeasonFile.read(file, pair.getPublic());
        long passed = ItemCodeTest.someCodes(12, 200_000).filter(season::holds).count();
        double expected = 200_000 * season.falseAcceptRate();
        assertThat((double) passed)
                .isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        assertThat(expected).isGreaterThan(1_000);
    }

    @Test
    void a_file_that_was_changed_cut_or_signed_by_another_is_not_used() throws Exception {
        Path file = made();
        byte[] good = Files.readAllBytes(file);
        assertThatThrownBy(() -> SeasonFile.read(file, pair().getPublic()))
                .hasMessageContaining("not signed");
        String head = new String(good, 0, 400, US_ASCII);
        for (String[] change :
                new String[][] {
                    {"season 2026", "season 2027"},
                    {"codes 50000", "codes 50001"},
                    {"made 2026", "made 2030"},
                    {"hashes 21", "hashes 01"}
                }) {
            byte[] bad = good.clone();
            byte[] put = change[1].getBytes(US_ASCII);
            System.arraycopy(put, 0, bad, head.indexOf(change[0]), put.length);
            Files.write(file, bad);
            assertThatThrownBy(() -> SeasonFile.read(file, pair.getPublic()))
                    .as(change[1])
                    .hasMessageContaining("not signed");
        }
        byte[] flipped = good.clone();
        flipped[good.length - 7] ^= 4;
        Files.write(file, flipped);
        assertThatThrownBy(() -> SeasonFile.read(file, pair.getPublic()))
                .hasMessageContaining("damaged");
        Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> SeasonFile.read(file, pair.getPublic()))
                .hasMessageContaining("cut off");
        Files.writeString(file, "荔枝");
        assertThatThrownBy(() -> SeasonFile.read(file, pair.getPublic()))
                .hasMessageContaining("no season file");
    }

    @Test
    void the_command_checks_lines_by_the_file_alone() throws Exception {
        Path file = made();
        Path key = folder.resolve("public.pem");
        Files.writeString(
                key,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        ItemCode known = ENGINE.code(1, 7);
        ItemCode stranger = ENGINE.code(1, CODES);
        String lines =
                known.grouped().toLowerCase(java.util.Locale.ROOT)
                        + "\nHTTPS://XIN.EXAMPLE/T/"
                        + known
                        + "\n\n"
                        + stranger
                        + "\n荔枝\u001b[2J\n";
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<String> args = List.of(file.toString(), "--key", key.toString());
        assertThat(run(args, lines, out, err)).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines().toList())
                .hasSize(4)
                .startsWith("known " + known, "known " + known, "unknown " + stranger)
                .last()
                .asString()
                .startsWith("malformed 荔枝?[2J # ");
        assertThat(err.toString(UTF_8)).contains("Season 2026, 50000 codes");
        assertThat(run(args, known + "\n", out, err)).isZero();
        Path codes = Files.writeString(folder.resolve("codes.txt"), stranger + "\n");
        assertThat(
                        run(
                                List.of(
                                        file.toString(),
                                        "--key",
                                        key.toString(),
                                        "--in",
                                        codes.toString()),
                                "",
                                out,
                                err))
                .isOne();
        assertThat(run(List.of(file.toString()), "", out, err)).isEqualTo(2);
        assertThat(run(List.of(key.toString(), "--key", key.toString()), "", out, err))
                .isEqualTo(2);
        assertThat(run(List.of("nowhere", "--key", key.toString()), "", out, err)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("no season file", "There is no file nowhere");
    }

    private static int run(
            List<String> args, String in, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return CheckCodes.run(
                args,
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }
}
