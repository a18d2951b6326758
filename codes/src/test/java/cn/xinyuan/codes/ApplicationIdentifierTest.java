package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationIdentifierTest {

    @Test
    void the_table_knows_the_sixteen_primary_keys_with_their_qualifiers() {
        assertThat(ApplicationIdentifier.primaryKeys())
                .extracting(ApplicationIdentifier::ai)
                .containsExactly(
                        "00", "01", "253", "255", "401", "402", "414", "415", "417", "8003", "8004",
                        "8006", "8010", "8013", "8017", "8018");
        assertThat(ai("01").qualifiers())
                .containsExactly(List.of("22", "10", "21"), List.of("235"));
        assertThat(ai("414").qualifiers()).containsExactly(List.of("254"), List.of("7040"));
        assertThat(ai("00").qualifiers()).isEmpty();
        assertThat(ApplicationIdentifier.all()).hasSizeGreaterThan(500);
    }

    @Test
    void a_range_of_the_dictionary_is_an_identifier_for_each_number() {
        assertThat(ai("3103").title()).isEqualTo("NET WEIGHT (kg)");
        assertThat(ApplicationIdentifier.find("3106")).isEmpty();
        assertThat(ai("3103").fixedLength()).isTrue();
        assertThat(ai("10").fixedLength()).isFalse();
        assertThat(ai("21").attribute()).isFalse();
        assertThat(ai("17").attribute()).isTrue();
    }

    @Test
    void every_linter_agrees_with_the_vectors_of_gs1() {
        int seen = 0;
        for (String[] row : Vectors.rows("gs1-syntax-engine/ai-linters.tsv", 2)) {
            if (row[1].contains("COUPON")) {
                continue; // offers of North American coupons are not read here
            }
            var found = new ArrayList<String>();
            for (ElementString.Raw raw : raw(row[0])) {
                Element.problems(raw.ai(), raw.value()).forEach(p -> found.add(p.rule().name()));
            }
            String due = row[1].replace("GS1_LINTER_", "");
            if (due.equals("OK")) {
                assertThat(found).as(row[0]).isEmpty();
            } else {
                assertThat(found).as(row[0]).contains(due);
            }
            seen++;
        }
        assertThat(seen).isEqualTo(45);
    }

    @Test
    void a_problem_says_where_and_what_would_be_right() {
        Gs1Problem wrong = Element.problems("01", "09521234543214").getFirst();
        assertThat(wrong.chinese()).isEqualTo("(01) GTIN 第 14 位：校验位不对，请对照标签核对；应为 3");
        assertThat(wrong.english())
                .isEqualTo(
                        "(01) GTIN, character 14: the check digit does not fit; compare the label;"
                                + " it should be 3");
        assertThat(Element.problems("10", "").getFirst().english())
                .isEqualTo(
                        "(10) BATCH/LOT: too short; it has 0 characters and should have 1 to 20");
        assertThat(Element.problems("10", "A荔B"))
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.rule()).isEqualTo(Rule.INVALID_CSET82_CHARACTER);
                            assertThat(p.place()).isEqualTo(2);
                        });
        assertThat(Element.problems("3999", "1"))
                .extracting(Gs1Problem::rule)
                .containsExactly(Rule.UNKNOWN_AI);
        assertThatThrownBy(() -> new Element("01", "09521234543214"))
                .hasMessageContaining("should be 3");
    }

    @Test
    void every_rule_has_words_in_both_languages() {
        for (Rule rule : Rule.values()) {
            assertThat(rule.chinese()).as(rule.name()).matches("(?s).*\\p{IsHan}.*");
            assertThat(rule.english()).as(rule.name()).doesNotMatch("(?s).*\\p{IsHan}.*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // GS1 General Specifications, section 7.9.5
        "8013, 1987654Ad4X4bL5ttr2310c2K, ''",
        "8013, 1987654Ad4X4bL5ttr2310c2L, INCORRECT_CHECK_PAIR",
        "8014, 1987654Ad4X4bL5ttr2310c2K, ''",
        "8007, GB82WEST12345698765432, ''",
        "8007, GB82WEST12345698765433, INCORRECT_IBAN_CHECKSUM",
        "17, 240229, ''",
        "17, 230229, ILLEGAL_DAY",
        "17, 240200, ''",
        "7006, 240200, ILLEGAL_DAY",
        "7250, 19000229, ILLEGAL_DAY",
        "7003, 2406142359, ''",
        "7007, 240614240615, ''",
        "7007, 24061424061, TOO_SHORT",
        "8008, 24061423, ''",
        "8008, 2406142359, ''",
        "8008, 240614235960, ILLEGAL_SECOND",
        "423, 156392, ''",
        "423, 156000, NOT_ISO3166",
        "7030, 999ABC, ''",
        "4307, CN, ''",
        "3932, 156000100, ''",
        "3932, 157000100, NOT_ISO4217",
        "8011, 0, ''",
        "8006, 095212345432130102, ''",
        "4331, 000185-, ''",
        "4331, 000185, ''",
        "8030, dGVzdA1==, ''",
        "8030, dGVzdA==, INVALID_CSET64_PADDING",
        "4300, ABC%20D, ''",
        "7241, 11, INVALID_MEDIA_TYPE",
        "7241, 80, ''",
        "7041, pk, INVALID_PACKAGE_TYPE",
        "7041, PK, ''",
        "253, 9521234543213, ''",
        "00, 00614141123456789, TOO_SHORT",
        "00, 0061414112345678900, TOO_LONG",
    })
    void a_value_is_judged_by_each_of_its_parts(String ai, String value, String due) {
        assertThat(Element.problems(ai, value))
                .extracting(p -> p.rule().name())
                .isEqualTo(due.isEmpty() ? List.of() : List.of(due));
    }

    @Test
    void the_countries_are_those_of_iso_3166() {
        assertThat(IsoCodes.COUNTRY_LETTERS).isEqualTo(Set.of(Locale.getISOCountries()));
        assertThat(IsoCodes.COUNTRY_NUMBERS).hasSameSizeAs(IsoCodes.COUNTRY_LETTERS);
    }

    @Test
    void the_currencies_are_known_to_others_too() {
        Set<String> known =
                Currency.getAvailableCurrencies().stream()
                        .map(Currency::getNumericCodeAsString)
                        .collect(Collectors.toSet());
        // the Java platform does not know the Uruguayan index unit of wages
        assertThat(IsoCodes.CURRENCY_NUMBERS.stream().filter(c -> !known.contains(c)))
                .containsExactly("927");
        assertThat(IsoCodes.CURRENCY_NUMBERS).contains("156", "978", "344", "446");
    }

    /** The vectors break a rule of one value each, so they are cut here without the reader. */
    private static List<ElementString.Raw> raw(String bracketed) {
        var found = new ArrayList<ElementString.Raw>();
        for (String part : bracketed.substring(1).split("\\((?=[0-9]{2,4}\\))", -1)) {
            int close = part.indexOf(')');
            found.add(new ElementString.Raw(part.substring(0, close), part.substring(close + 1)));
        }
        return found;
    }

    private static ApplicationIdentifier ai(String ai) {
        return ApplicationIdentifier.find(ai).orElseThrow();
    }
}
