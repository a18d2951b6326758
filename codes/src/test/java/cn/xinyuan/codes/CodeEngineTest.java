package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.codes.CodeEngine.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodeEngineTest {

    private static final UUID HERE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] SECRET =
            HexFormat.of()
                    .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final CodeEngine ENGINE = new CodeEngine(new CodeKey(HERE, 0, SECRET));

    private final Random random = new Random(20260101);

    private Origin anyOrigin(int version) {
        BatchSize size = BatchSize.values()[random.nextInt(3)];
        return new Origin(
                size.batch(version, random.nextLong(size.batches())),
                random.nextLong(size.capacity()));
    }

    @Test
    void the_published_vectors_never_change() throws IOException {
        var vectors =
                Files.readAllLines(Path.of("../docs/code-format.md")).stream()
                        .filter(
                                line ->
                                        line.matches(
                                                "\\| +[0-9]+ \\| +[0-9]+ \\| `[0-9A-Z ]+` \\|"))
                        .toList();
        assertThat(vectors).hasSize(9);
        var engine =
                new CodeEngine(List.of(new CodeKey(HERE, 0, SECRET), new CodeKey(HERE, 3, SECRET)));
        for (String line : vectors) {
            String[] cell = line.replaceAll("[|`]", ",").split(", *,|,", -1);
            long batch = Long.parseLong(cell[1].strip());
            long serial = Long.parseLong(cell[2].strip());
            assertThat(line).contains("`" + engine.code(batch, serial).grouped() + "`");
        }
    }

    @Test
    void batch_and_serial_come_back_from_the_code_alone() {
        var engine =
                new CodeEngine(List.of(new CodeKey(HERE, 0, SECRET), new CodeKey(HERE, 2, SECRET)));
        for (int i = 0; i < 100_000; i++) {
            Origin origin = anyOrigin(i % 2 * 2);
            ItemCode code = engine.code(origin.batch(), origin.serial());
            assertThat(engine.open(code)).contains(origin);
        }
    }

    @Test
    void no_two_codes_are_alike() {
        var seen = new HashSet<ItemCode>();
        for (BatchSize size : BatchSize.values()) {
            for (long place : new long[] {0, 1, size.batches() - 1}) {
                long batch = size.batch(0, place);
                long codes = Math.min(size.capacity(), 20_000);
                for (long serial = 0; serial < codes; serial++) {
                    assertThat(seen.add(ENGINE.code(batch, serial))).isTrue();
                }
            }
        }
    }

    @Test
    void guesses_with_a_right_check_character_are_refused() {
        ItemCodeTest.someCodes(7, 300_000)
                .forEach(guess -> assertThat(ENGINE.open(guess)).isEmpty());
    }

    @Test
    void a_true_code_with_any_one_bit_changed_and_the_check_mended_is_refused() {
        for (int i = 0; i < 2_000; i++) {
            Origin origin = anyOrigin(0);
            ItemCode code = ENGINE.code(origin.batch(), origin.serial());
            for (int bit = 0; bit < 75; bit++) {
                long high = bit < 35 ? code.high() : code.high() ^ 1L << bit - 35;
                long low = bit < 35 ? code.low() ^ 1L << bit : code.low();
                assertThat(ENGINE.open(ItemCode.ofBits(high, low))).isEmpty();
            }
        }
    }

    @Test
    void another_installation_another_version_and_another_secret_know_nothing_of_it() {
        byte[] otherSecret = SECRET.clone();
        otherSecret[31] ^= 1;
        var elsewhere = new CodeEngine(new CodeKey(new UUID(1, 2), 0, SECRET));
        var later = new CodeEngine(new CodeKey(HERE, 1, SECRET));
        var other = new CodeEngine(new CodeKey(HERE, 0, otherSecret));
        for (int i = 0; i < 1_000; i++) {
            Origin origin = anyOrigin(0);
            ItemCode code = ENGINE.code(origin.batch(), origin.serial());
            assertThat(elsewhere.open(code)).isEmpty();
            assertThat(later.open(code)).isEmpty();
            assertThat(other.open(code)).isEmpty();
            // the version is bound into the tag: its two bits cannot be set to another key's
            ItemCode moved = ItemCode.ofBits(code.high() ^ 1L << 38, code.low());
            assertThat(later.open(moved)).isEmpty();
        }
    }

    @Test
    void neighbouring_serials_share_nothing_to_be_seen() {
        int same = 0;
        for (long serial = 0; serial < 2_000; serial++) {
            String a = ENGINE.code(5, serial).text();
            String b = ENGINE.code(5, (serial + 1) % 2_048).text();
            for (int i = 1; i < 15; i++) {
                same += a.charAt(i) == b.charAt(i) ? 1 : 0;
            }
        }
        // 28,000 places, one in 32 alike by chance: 875, give or take five deviations
        assertThat(same).isBetween(725, 1025);
    }

    @Test
    void the_numbers_of_batches_tell_their_size() {
        assertThat(BatchSize.of(1)).isEqualTo(BatchSize.SMALL);
        assertThat(BatchSize.of(2_049)).isEqualTo(BatchSize.MEDIUM);
        assertThat(BatchSize.of(1_048_576)).isEqualTo(BatchSize.LARGE);
        for (BatchSize size : BatchSize.values()) {
            assertThat(BatchSize.ofBatch(size.batch(3, 0))).isEqualTo(size);
            assertThat(BatchSize.ofBatch(size.batch(3, size.batches() - 1))).isEqualTo(size);
        }
        assertThatThrownBy(() -> BatchSize.of(1_048_577)).hasMessageContaining("1048576");
        assertThatThrownBy(() -> BatchSize.ofBatch((1L << 22) - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ENGINE.code(5, 2_048)).hasMessageContaining("serial 2048");
    }

    @Test
    void ranges_know_what_they_hold() {
        var range = new CodeRange(5, 100, 50);
        assertThat(range.contains(149)).isTrue();
        assertThat(range.contains(150)).isFalse();
        assertThat(range.overlaps(new CodeRange(5, 149, 1))).isTrue();
        assertThat(range.overlaps(new CodeRange(5, 150, 1))).isFalse();
        assertThat(range.overlaps(new CodeRange(6, 100, 50))).isFalse();
        assertThat(ENGINE.codes(range)).hasSize(50).startsWith(ENGINE.code(5, 100));
        assertThatThrownBy(() -> new CodeRange(5, 2_040, 9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_never_shows_its_secret_when_it_is_printed() {
        assertThat(new CodeKey(HERE, 0, SECRET).toString()).doesNotContain("0102");
    }
}
