package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.codes.DigitalLink.Reading;
import cn.xinyuan.codes.DigitalLink.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitalLinkTest {

    @Test
    void every_address_of_the_vectors_is_read_as_gs1_reads_it() {
        int seen = 0;
        for (String[] row : Vectors.rows("gs1-syntax-engine/dl-parse.tsv", 4)) {
            var tolerated = new ArrayList<Tolerance>();
            String options = String.valueOf(row[3]);
            if (options.contains("permitConvenienceAlphas")) {
                tolerated.add(Tolerance.WORDS);
            }
            if (options.contains("PermitZeroSuppressedGTINinDLuris")) {
                tolerated.add(Tolerance.SHORT_GTINS);
            }
            Reading reading = DigitalLink.examine(row[1], tolerated.toArray(Tolerance[]::new));
            if (row[0].equals("true")) {
                assertThat(reading).as(row[1]).isInstanceOf(Reading.Good.class);
                assertThat(((Reading.Good) reading).link().elementString().withFnc1('^'))
                        .as(row[1])
                        .isEqualTo(row[2]);
            } else {
                assertThat(reading).as(row[1]).isInstanceOf(Reading.Bad.class);
            }
            seen++;
        }
        assertThat(seen).isEqualTo(59);
    }

    @Test
    void a_product_a_lot_and_an_item_have_their_levels() {
        DigitalLink item =
                DigitalLink.of(new Gtin("09521234543213"), "L250611-GW-03", "440981Q7M3K29F0T");
        assertThat(item.path())
                .isEqualTo("/01/09521234543213/10/L250611-GW-03/21/440981Q7M3K29F0T");
        assertThat(item.upwards())
                .extracting(DigitalLink::path)
                .containsExactly(
                        item.path(), "/01/09521234543213/10/L250611-GW-03", "/01/09521234543213");
        assertThat(DigitalLink.read(item.path())).contains(item);
    }

    @Test
    void the_canonical_form_is_one_for_all_spellings() {
        var tolerant = Tolerance.SHORT_GTINS;
        String canonical = "https://id.gs1.org/01/09521234543213/10/A%2FB?15=251231&3103=001250";
        for (String spelling :
                List.of(
                        "https://example.cn/some/shop/01/9521234543213/10/A%2fB/?3103=001250&15=251231",
                        "HTTP://EXAMPLE.CN:8080/01/09521234543213/10/%41%2FB?utm=x&15=251231;3103=001250#top",
                        canonical)) {
            assertThat(good(DigitalLink.examine(spelling, tolerant)).link().canonical())
                    .isEqualTo(canonical);
        }
        assertThat(good(DigitalLink.examine("https://a/x/y/01/09521234543213")).stem())
                .isEqualTo("/x/y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "https://a/01/09521234543214 | INCORRECT_CHECK_DIGIT | it should be 3",
                "https://a/01/9521234543213 | SHORT_GTIN | write 09521234543213",
                "https://a/gtin/9521234543213 | CONVENIENCE_WORD | write /01/09521234543213",
                "https://a/01/09521234543213/21/S/10/L | QUALIFIER_OUT_OF_ORDER | the order is"
                        + " /22/…/10/…/21/…, /235/…",
                "https://a/01/09521234543213/10/L/235/X | QUALIFIER_OUT_OF_ORDER | /235/…",
                "https://a/00/006141411234567890/10/L | QUALIFIER_NOT_ALLOWED | nothing follows",
                "https://a/01/09521234543213/254/X | QUALIFIER_NOT_ALLOWED | the order is",
                "https://a/01/09521234543213?21=S | NOT_A_DATA_ATTRIBUTE | must not stand",
                "https://a/01/09521234543213?9999=S | UNKNOWN_AI | no such",
                "https://a/01/09521234543213?17=251332 | ILLEGAL_MONTH | 01 to 12",
                "https://a/01/09521234543213?02=09521234543213&37=1 | EXCLUDED_AI | take out",
                "https://a/01/09521234543213?10=A+B | INVALID_CSET82_CHARACTER | character 2",
                "https://a/01/09521234543213/10/%4 | INVALID_PERCENT_SEQUENCE | two hexadecimal",
                "https://a/01/09521234543213/10/ | NO_PRIMARY_KEY | followed by one value",
                "https://a/01 | NO_PRIMARY_KEY | behind /01/ is missing",
                "https://a/products/7 | NO_PRIMARY_KEY | such as /01/",
                "https://u:p@a/01/09521234543213 | ILLEGAL_URI | host",
                "https://a:65536/01/09521234543213 | ILLEGAL_URI | host",
                "ftp://a/01/09521234543213 | ILLEGAL_URI | begin with https",
                "https://a/415/9521234543213 | REQUIRED_AI_MISSING | (8020)",
            })
    void what_is_wrong_is_said_with_how_to_mend_it(String uri, String rule, String words) {
        Reading reading = DigitalLink.examine(uri);
        assertThat(reading).as(uri).isInstanceOf(Reading.Bad.class);
        Gs1Problem first = ((Reading.Bad) reading).problems().getFirst();
        assertThat(first.rule().name()).isEqualTo(rule);
        if (!words.equals("no such")) {
            assertThat(first.english()).contains(words);
        }
        assertThat(first.chinese()).matches("(?s).*\\p{IsHan}.*");
    }

    @Test
    void every_primary_key_with_all_its_qualifiers_is_read_and_written() {
        int rows = 0;
        for (ApplicationIdentifier primary : ApplicationIdentifier.primaryKeys()) {
            var all = new ArrayList<>(primary.qualifiers());
            if (!primary.ai().equals("415")) {
                all.add(List.of());
            }
            for (List<String> row : all) {
                var path = new StringBuilder("/" + primary.ai() + "/" + EXAMPLES.get(primary.ai()));
                row.forEach(ai -> path.append("/" + ai + "/" + EXAMPLES.get(ai)));
                DigitalLink link = good(DigitalLink.examine("https://a" + path)).link();
                assertThat(link.path()).isEqualTo(path.toString());
                assertThat(DigitalLink.read(link.path())).contains(link);
                assertThat(ElementString.scanned(link.elementString().withFnc1('^')))
                        .isEqualTo(new ElementString.Reading.Good(link.elementString()));
                rows++;
            }
        }
        assertThat(rows).isEqualTo(26);
    }

    @Test
    void a_link_cannot_be_made_of_what_does_not_fit() {
        Element lot = new Element("10", "A");
        assertThatThrownBy(() -> new DigitalLink(List.of(lot), List.of()))
                .hasMessageContaining("no GS1 primary key");
        assertThatThrownBy(() -> new DigitalLink(List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_text_makes_the_reader_fail() {
        var random = new Random(18975);
        String[] bits = {
            "/",
            "01",
            "10",
            "21",
            "09521234543213",
            "%",
            "%2F",
            "?",
            "&",
            "=",
            "a",
            "\u8354",
            "(",
            ")",
            "^",
            "\u001d",
            "8006",
            "3103",
            "00",
            "https://",
            "gtin",
            "]d2",
            "\\(",
            ";",
            "#",
            ""
        };
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "https://a/" : "");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(bits[random.nextInt(bits.length)]);
            }
            Reading reading =
                    DigitalLink.examine(text.toString(), Tolerance.SHORT_GTINS, Tolerance.WORDS);
            if (reading instanceof Reading.Good good) {
                assertThat(good(DigitalLink.examine(good.link().canonical())).link().canonical())
                        .isEqualTo(good.link().canonical());
            }
            assertThat(ElementString.bracketed(text.toString())).isNotNull();
            assertThat(ElementString.scanned(text.toString())).isNotNull();
        }
    }

    private static final java.util.Map<String, String> EXAMPLES =
            java.util.Map.ofEntries(
                    java.util.Map.entry("00", "006141411234567890"),
                    java.util.Map.entry("01", "09521234543213"),
                    java.util.Map.entry("253", "9521234543213DOC-1"),
                    java.util.Map.entry("255", "9521234543213000123"),
                    java.util.Map.entry("401", "9521234ABC"),
                    java.util.Map.entry("402", "95212345678901235"),
                    java.util.Map.entry("414", "9521234543213"),
                    java.util.Map.entry("415", "9521234543213"),
                    java.util.Map.entry("417", "9521234543213"),
                    java.util.Map.entry("8003", "09521234543213CRATE-7"),
                    java.util.Map.entry("8004", "9521234SCALE-7"),
                    java.util.Map.entry("8006", "095212345432130102"),
                    java.util.Map.entry("8010", "9521234PART-7"),
                    java.util.Map.entry("8013", "1987654Ad4X4bL5ttr2310c2K"),
                    java.util.Map.entry("8017", "123456789012345675"),
                    java.util.Map.entry("8018", "123456789012345675"),
                    java.util.Map.entry("22", "2A"),
                    java.util.Map.entry("10", "L250611-GW-03"),
                    java.util.Map.entry("21", "440981Q7M3K29F0T"),
                    java.util.Map.entry("235", "TPX-1"),
                    java.util.Map.entry("254", "DOOR-7"),
                    java.util.Map.entry("7040", "1AB3"),
                    java.util.Map.entry("8011", "7"),
                    java.util.Map.entry("8019", "1"),
                    java.util.Map.entry("8020", "INVOICE-1"));

    private static Reading.Good good(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Good.class);
        return (Reading.Good) reading;
    }
}
