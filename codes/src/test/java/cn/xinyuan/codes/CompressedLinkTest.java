package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedLinkTest {

    /** The example of GS1's own compression toolkit. */
    private static final String EXAMPLE = "AQnYUc1gmiERBhQ0ytiyZuAGOLc1TQ";

    private static final String READABLE =
            "https://id.gs1.org/01/05412345000013/10/ABC%26%2B123?7003=1903061658";

    @Test
    void the_example_of_gs1_is_read() {
        for (String path : List.of("/" + EXAMPLE, "/" + EXAMPLE + "/")) {
            assertThat(CompressedLink.read(path).orElseThrow().link().canonical())
                    .isEqualTo(READABLE);
        }
    }

    @Test
    void pairs_of_others_come_along() {
        CompressedLink read =
                CompressedLink.read("/AQnYUc1gmiERBhQ0ytiyZuAGOLc1TXhXsaXbQKHFuaprwUmrBX6g")
                        .orElseThrow();
        assertThat(read.link().canonical()).isEqualTo(READABLE);
        assertThat(read.others()).containsExactly("expdt=1903061658", "k1=v1");
    }

    @Test
    void a_primary_key_may_stay_readable() {
        DigitalLink rest =
                CompressedLink.read("/01/05412345000013/" + EXAMPLE).orElseThrow().link();
        assertThat(rest.canonical()).isEqualTo(READABLE);
        assertThat(CompressedLink.read("/01/09521234543213/" + EXAMPLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                READABLE,
                "https://id.gs1.org/01/09521234543213",
                "https://id.gs1.org/01/09521234543213/10/L250611-GW-03/21/440981Q7M3K29F0T",
                "https://id.gs1.org/01/09521234543213/10/L250611/21/1?17=251231",
                "https://id.gs1.org/01/09521234543213/22/2A/10/000123/21/0",
                "https://id.gs1.org/01/09521234543213/235/TPX-1",
                "https://id.gs1.org/01/09521234543213/21/abcdef0123",
                "https://id.gs1.org/01/09521234543213/21/%22%25%26%2F",
                "https://id.gs1.org/01/09521234543213?3922=0199&30=07&15=251231",
                "https://id.gs1.org/00/006141411234567890?4307=CN&4324=2512312359&4330=000185-",
                "https://id.gs1.org/00/006141411234567890?4309=18000000003600000000",
                "https://id.gs1.org/253/9521234543213",
                "https://id.gs1.org/253/9521234543213DOC-1",
                "https://id.gs1.org/255/9521234543213000123?3902=0050",
                "https://id.gs1.org/401/9521234ABC",
                "https://id.gs1.org/402/95212345678901235",
                "https://id.gs1.org/414/9521234543213/254/DOOR-7",
                "https://id.gs1.org/415/9521234543213/8020/INVOICE-1",
                "https://id.gs1.org/417/9521234543213/7040/1AB3",
                "https://id.gs1.org/8003/09521234543213CRATE-7",
                "https://id.gs1.org/8004/9521234SCALE-7/7040/1AB3",
                "https://id.gs1.org/8006/095212345432130102/22/2A/10/L/21/S",
                "https://id.gs1.org/8010/9521234PART-7/8011/7",
                "https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K",
                "https://id.gs1.org/8017/123456789012345675/8019/1",
                "https://id.gs1.org/8018/123456789012345675/8019/0000000001",
                "https://id.gs1.org/01/09521234543213?7007=250611250612&7030=156ABC&423=156392",
            })
    void what_is_compressed_is_the_same_again(String address) {
        DigitalLink link = ((DigitalLink.Reading.Good) DigitalLink.examine(address)).link();
        String word = CompressedLink.write(link);
        assertThat(word).matches("[A-Za-z0-9_-]+");
        CompressedLink again = CompressedLink.read("/" + word).orElseThrow();
        assertThat(again.link().canonical()).isEqualTo(link.canonical());
        assertThat(again.link().key()).isEqualTo(link.key());
        assertThat(again.others()).isEmpty();
        assertThat(word.length()).isLessThan(address.length() - DigitalLink.GS1.length());
    }

    @Test
    void a_usual_group_of_identifiers_takes_eight_bits() {
        DigitalLink lot = DigitalLink.of(new Gtin("09521234543213"), "ABC", null);
        // 8 bits of group, 47 of GTIN, 3 + 5 + 3 x 4 of lot
        assertThat(CompressedLink.write(lot)).hasSize((8 + 47 + 20 + 5) / 6);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "/",
        "/t",
        "/catalog",
        "/actuator",
        "/01/05412345000013",
        "/%41QnYUc1g",
        "/AAAAAAAA",
        "/____________"
    })
    void what_is_not_compressed_is_not_read_as_such(String path) {
        assertThat(CompressedLink.read(path)).isEmpty();
    }

    @Test
    void no_word_makes_the_reader_fail() {
        var random = new Random(18975);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var read = new ArrayList<CompressedLink>();
        for (int i = 0; i < 10_000; i++) {
            var word = new StringBuilder();
            for (int n = 4 + random.nextInt(40); n > 0; n--) {
                word.append(alphabet.charAt(random.nextInt(64)));
            }
            CompressedLink.read("/" + word).ifPresent(read::add);
        }
        // whatever was read is good data
        assertThat(read).allMatch(c -> DigitalLink.read(c.link().path()).isPresent());
    }
}
