package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchCodeTest {

    private static final UUID INSTALLATION = new UUID(1, 2);

    @ParameterizedTest
    @EnumSource
    void it_follows_from_the_item_code_and_the_key_and_from_nothing_else(CodeCipher cipher) {
        var engine = new CodeEngine(new CodeKey(INSTALLATION, 0, cipher, secret(1)));
        var same = new CodeEngine(new CodeKey(INSTALLATION, 0, cipher, secret(1)));
        var otherSecret = new CodeEngine(new CodeKey(INSTALLATION, 0, cipher, secret(2)));
        var otherCity = new CodeEngine(new CodeKey(new UUID(1, 3), 0, cipher, secret(1)));
        ItemCode code = engine.code(0, 41);

        assertThat(engine.scratch(code)).isEqualTo(same.scratch(code));
        assertThat(engine.scratch(code)).isNotEqualTo(engine.scratch(engine.code(0, 42)));
        assertThat(engine.scratch(code)).isNotEqualTo(otherSecret.scratch(code));
        assertThat(engine.scratch(code)).isNotEqualTo(otherCity.scratch(code));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0G708FBQ7AMVV12D, R1NS9Z",
        "0, 07QCD88CQ1JDKVY1, PXJ0H4",
        "1, 2GR51SGS8VYQV1WX, CZ67EV",
        "15, ZJ3N7C2AWP8RFC0J, P8WB01"
    })
    void an_independent_program_makes_the_same(int version, String code, String scratch) {
        byte[] secret = new byte[32];
        for (int i = 0; i < 32; i++) {
            secret[i] = (byte) i;
        }
        var engine =
                new CodeEngine(
                        new CodeKey(
                                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                                version,
                                secret));
        assertThat(engine.scratch(new ItemCode(code))).isEqualTo(new ScratchCode(scratch));
    }

    @Test
    void thirty_bits_are_spread_evenly_over_the_six_places() {
        var engine = new CodeEngine(new CodeKey(INSTALLATION, 0, secret(1)));
        int[][] seen = new int[6][32];
        var different = new HashSet<ScratchCode>();
        int many = 20_000;
        for (long i = 0; i < many; i++) {
            ScratchCode scratch = engine.scratch(engine.code(0, i));
            different.add(scratch);
            for (int place = 0; place < 6; place++) {
                seen[place][ItemCode.ALPHABET.indexOf(scratch.text().charAt(place))]++;
            }
        }
        // 20,000² / 2³¹ ≈ 0.2 pairs are expected by chance
        assertThat(different).hasSizeGreaterThan(many - 5);
        for (int[] place : seen) {
            for (int count : place) {
                assertThat(count).isBetween(500, 750);
            }
        }
    }

    @Test
    void without_the_key_of_its_version_a_code_has_none() {
        var engine = new CodeEngine(new CodeKey(INSTALLATION, 0, secret(1)));
        ItemCode later = new CodeEngine(new CodeKey(INSTALLATION, 1, secret(1))).code(1, 7);
        assertThatThrownBy(() -> engine.scratch(later))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7K3M9Q", "7k3 m9q", "７Ｋ３－Ｍ９Ｑ", " 7K3-M9Q "})
    void what_people_type_is_read(String typed) {
        assertThat(ScratchCode.read(typed)).hasValue(new ScratchCode("7K3M9Q"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7K3M9", "7K3M9QX", "7K3M9U", "7K3M9!", "<b>7K3", "荔枝荔枝荔枝"})
    void what_is_none_is_not_read(String typed) {
        assertThat(ScratchCode.read(typed)).isEmpty();
    }

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return secret;
    }
}
