package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.codes.CodeEngine.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CodeEngineTest {

    private static final UUID HERE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] SECRET =
            HexFormat.of()
                    .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final CodeEngine ENGINE =
            new CodeEngine(new CodeKey(HERE, 0, CodeCipher.AES, SECRET));

    private final Random random = new Random(20260101);

    private long anyIndex() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(4);
            case 1 -> CodeEngine.INDICES - 1 - random.nextInt(4);
            default -> random.nextLong(CodeEngine.INDICES);
        };
    }

    private static CodeKey key(CodeCipher cipher, int version) {
        return new CodeKey(HERE, version, cipher, SECRET);
    }

    @Test
    void the_published_vectors_never_change() throws IOException {
        var row = Pattern.compile("\\| (AES|SM4) \\| (\\d+) \\| (\\d+) \\| `([0-9A-Z ]{19})` \\|");
        var vectors =
                Files.readAllLines(Path.of("../docs/code-format.md")).stream()
                        .map(row::matcher)
                        .filter(Matcher::matches)
                        .toList();
        assertThat(vectors).hasSize(10);
        for (Matcher vector : vectors) {
            int version = Integer.parseInt(vector.group(2));
            long index = Long.parseLong(vector.group(3));
            var engine = new CodeEngine(key(CodeCipher.valueOf(vector.group(1)), version));
            assertThat(engine.code(version, index).grouped()).isEqualTo(vector.group(4));
            assertThat(engine.open(ItemCode.read(vector.group(4)).orElseThrow()))
                    .contains(new Origin(version, index));
        }
    }

    @Test
    void every_index_comes_back_from_its_code_alone() {
        var engine = new CodeEngine(List.of(key(CodeCipher.AES, 0), key(CodeCipher.SM4, 9)));
        for (int i = 0; i < 200_000; i++) {
            var origin = new Origin(i % 2 * 9, anyIndex());
            assertThat(engine.open(engine.code(origin.version(), origin.index()))).contains(origin);
        }
    }

    @Test
    void every_serial_of_an_order_comes_back_and_no_two_codes_are_alike() {
        int count = 1_000_000;
        byte[] codes = new byte[16 * count];
        long first = 123_456_789;
        ENGINE.run(0).write(first, count, codes, 0, 16);
        var seen = new long[count];
        for (int i = 0; i < count; i++) {
            var code = new ItemCode(new String(codes, 16 * i, 16, US_ASCII));
            assertThat(ENGINE.index(code)).isEqualTo(first + i);
            // 75 bits do not fit into a long; that the tag and cipher differ is enough
            seen[i] = code.high() << 35 ^ code.low() * 0x9E3779B97F4A7C15L;
        }
        Arrays.sort(seen);
        for (int i = 1; i < count; i++) {
            assertThat(seen[i]).isNotEqualTo(seen[i - 1]);
        }
    }

    @Test
    void codes_in_batches_of_blocks_are_those_of_single_blocks() {
        for (CodeCipher cipher : CodeCipher.values()) {
            var engine = new CodeEngine(key(cipher, 3));
            byte[] codes = new byte[5_000 * 17];
            Arrays.fill(codes, (byte) '\n');
            engine.run(3).write(CodeEngine.INDICES - 5_000, 5_000, codes, 0, 17);
            String[] lines = new String(codes, US_ASCII).split("\n", -1);
            for (int i = 0; i < 5_000; i += 7) {
                assertThat(lines[i])
                        .isEqualTo(engine.code(3, CodeEngine.INDICES - 5_000 + i).text());
            }
        }
    }

    @Test
    void guesses_with_a_right_check_character_are_refused() {
        ItemCodeTest.someCodes(7, 300_000)
                .forEach(guess -> assertThat(ENGINE.open(guess)).isEmpty());
    }

    @Test
    void a_true_code_with_any_one_or_two_bits_changed_and_the_check_mended_is_refused() {
        for (int i = 0; i < 200; i++) {
            ItemCode code = ENGINE.code(0, anyIndex());
            for (int bit = 0; bit < 75; bit++) {
                for (int other = bit; other < 75; other++) {
                    long high = code.high() ^ above(bit) ^ (other == bit ? 0 : above(other));
                    long low = code.low() ^ below(bit) ^ (other == bit ? 0 : below(other));
                    assertThat(ENGINE.index(ItemCode.ofBits(high, low))).isEqualTo(-1);
                }
            }
        }
    }

    private static long above(int bit) {
        return bit < 35 ? 0 : 1L << bit - 35;
    }

    private static long below(int bit) {
        return bit < 35 ? 1L << bit : 0;
    }

    @Test
    void another_installation_version_cipher_or_secret_knows_nothing_of_it() {
        byte[] otherSecret = SECRET.clone();
        otherSecret[31] ^= 1;
        var sameBeginning = new UUID(HERE.getMostSignificantBits(), 7);
        var others =
                List.of(
                        new CodeEngine(new CodeKey(new UUID(1, 2), 0, CodeCipher.AES, SECRET)),
                        new CodeEngine(new CodeKey(sameBeginning, 0, CodeCipher.AES, SECRET)),
                        new CodeEngine(new CodeKey(HERE, 0, CodeCipher.SM4, SECRET)),
                        new CodeEngine(new CodeKey(HERE, 0, CodeCipher.AES, otherSecret)));
        var later = new CodeEngine(key(CodeCipher.AES, 1));
        for (int i = 0; i < 1_000; i++) {
            ItemCode code = ENGINE.code(0, anyIndex());
            others.forEach(other -> assertThat(other.open(code)).isEmpty());
            assertThat(later.open(code)).isEmpty();
            // the version is bound into the tag: its bits cannot be set to another key's
            ItemCode moved = ItemCode.ofBits(code.high() ^ 1L << 36, code.low());
            assertThat(CodeEngine.version(moved)).isOne();
            assertThat(later.open(moved)).isEmpty();
        }
    }

    @Test
    void neighbouring_codes_share_nothing_to_be_seen() {
        int same = 0;
        for (long index = 0; index < 2_000; index++) {
            String a = ENGINE.code(0, index).text();
            String b = ENGINE.code(0, index + 1).text();
            for (int i = 1; i < 15; i++) {
                same += a.charAt(i) == b.charAt(i) ? 1 : 0;
            }
        }
        // 28,000 places, one in 32 alike by chance: 875, give or take five deviations
        assertThat(same).isBetween(725, 1025);
    }

    @Test
    void threads_do_not_disturb_each_other() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Future<Boolean>>();
            for (int t = 0; t < 200; t++) {
                long first = 1_000L * t;
                tasks.add(
                        threads.submit(
                                () ->
                                        LongStream.range(first, first + 1_000)
                                                .allMatch(
                                                        i ->
                                                                ENGINE.index(ENGINE.code(0, i))
                                                                        == i)));
            }
            for (Future<Boolean> task : tasks) {
                assertThat(task.get()).isTrue();
            }
        }
    }

    @Test
    void there_are_no_other_indices_and_versions() {
        assertThatThrownBy(() -> ENGINE.code(0, CodeEngine.INDICES))
                .hasMessageContaining("2147483647");
        assertThatThrownBy(() -> ENGINE.code(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ENGINE.code(1, 0)).hasMessageContaining("version 1");
        assertThatThrownBy(() -> ENGINE.run(16)).hasMessageContaining("0 to 15");
        assertThatThrownBy(
                        () -> ENGINE.run(0).write(CodeEngine.INDICES - 1, 2, new byte[64], 0, 16))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ranges_know_what_they_hold() {
        var range = new CodeRange(5, 100, 50);
        assertThat(range.contains(149)).isTrue();
        assertThat(range.contains(150)).isFalse();
        assertThat(range.overlaps(new CodeRange(5, 149, 1))).isTrue();
        assertThat(range.overlaps(new CodeRange(5, 150, 1))).isFalse();
        assertThat(range.overlaps(new CodeRange(6, 100, 50))).isFalse();
        assertThat(new CodeRange(5, 0, 16_777_216).end()).isEqualTo(1 << 24);
        assertThatThrownBy(() -> new CodeRange(5, 16_777_215, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_never_shows_its_secret_when_it_is_printed() {
        assertThat(key(CodeCipher.AES, 0).toString()).doesNotContain("0102");
        assertThat(key(CodeCipher.AES, 0).fingerprint())
                .hasSize(16)
                .isNotEqualTo(key(CodeCipher.AES, 1).fingerprint());
    }
}
