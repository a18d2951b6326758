package cn.xinyuan.codes;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.ElementString.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementStringTest {

    @Test
    void what_stands_below_a_bar_code_and_what_a_scanner_sends_are_the_same() {
        ElementString printed =
                good(ElementString.bracketed("(01)09521234543213(10)L-1(17)251231"));
        String sent = "]d201095212345432131" + "0L-1\u001d17251231";
        assertThat(good(ElementString.scanned(sent))).isEqualTo(printed);
        assertThat(printed.withFnc1('^')).isEqualTo("^010952123454321310L-1^17251231");
        assertThat(good(ElementString.scanned(printed.withFnc1('^')))).isEqualTo(printed);
        assertThat(good(ElementString.scanned(printed.withFnc1(ElementString.GROUP_SEPARATOR))))
                .isEqualTo(printed);
        assertThat(printed.bracketed()).isEqualTo("(01)09521234543213(10)L-1(17)251231");
        assertThat(printed.value("10")).contains("L-1");
    }

    @Test
    void a_bracket_in_a_value_is_not_the_next_identifier() {
        ElementString odd = good(ElementString.bracketed("(01)09521234543213(10)A\\(21)B"));
        assertThat(odd.value("10")).contains("A(21)B");
        assertThat(good(ElementString.bracketed(odd.bracketed()))).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource({
        "(10)A, REQUIRED_AI_MISSING",
        "(01)09521234543213(02)09521234543213(37)2, EXCLUDED_AI",
        "(01)09521234543213(3103)000123(3102)000123, EXCLUDED_AI",
        "(01)09521234543213(250)X, REQUIRED_AI_MISSING",
        "(01)09521234543213(10)A(10)B, DUPLICATE_AI",
        "(01)09521234543214, INCORRECT_CHECK_DIGIT",
        "01)09521234543213, BRACKETS_MALFORMED",
        "(01 09521234543213, BRACKETS_MALFORMED",
        "(1)1, BRACKETS_MALFORMED",
        "'', BRACKETS_MALFORMED",
        "(98765)1, BRACKETS_MALFORMED",
    })
    void what_cannot_be_together_is_refused(String text, String rule) {
        assertThat(bad(ElementString.bracketed(text)))
                .extracting(p -> p.rule().name())
                .contains(rule);
    }

    @Test
    void a_missing_companion_is_named() {
        assertThat(bad(ElementString.bracketed("(01)09521234543213(250)X")).getFirst().english())
                .contains("one of these is needed: (01)+(21), (03)+(21), (21)+(8006)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^", "0", "^05123", "]d2"})
    void what_is_no_bar_code_data_is_refused(String text) {
        assertThat(bad(ElementString.scanned(text)))
                .extracting(Gs1Problem::rule)
                .containsExactly(Rule.FNC1_MALFORMED);
    }

    @Test
    void good_pairs_are_good() {
        good(ElementString.bracketed("(01)09521234543213(21)S1(250)X"));
        good(ElementString.bracketed("(01)95012345678903(3103)000123"));
        good(ElementString.bracketed("(00)006141411234567890(02)09521234543213(37)12"));
    }

    private static ElementString good(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Good.class);
        return ((Reading.Good) reading).content();
    }

    private static List<Gs1Problem> bad(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad) reading).problems();
    }
}
