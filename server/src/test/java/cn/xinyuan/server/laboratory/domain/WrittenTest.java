package cn.xinyuan.server.laboratory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.standards.Standards.Value.Kind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class WrittenTest {

    @Test
    void a_figure_keeps_its_significant_digits() {
        assertThat(Written.read(" 0.420 "))
                .contains(new Written(Kind.FOUND, new BigDecimal("0.420")));
        assertThat(Written.read("０.４２")).contains(new Written(Kind.FOUND, new BigDecimal("0.42")));
        assertThat(Written.read("检出 0.42"))
                .contains(new Written(Kind.FOUND, new BigDecimal("0.42")));
    }

    @Test
    void not_detected_is_read_in_every_usual_spelling() {
        for (String text :
                new String[] {
                    "未检出<0.01",
                    "未检出（<0.01）",
                    "未检出(0.01)",
                    "ND<0.01",
                    "nd (0.01)",
                    "N.D.<0.01",
                    "未检出 LOD 0.01",
                    "ND＜0.01",
                    "未检出（检出限0.01）"
                }) {
            assertThat(Written.read(text))
                    .as(text)
                    .contains(new Written(Kind.NOT_DETECTED, new BigDecimal("0.01")));
        }
    }

    @Test
    void detected_below_quantification_is_another_thing() {
        for (String text :
                new String[] {"检出<0.05", "<LOQ 0.05", "<定量限0.05", "低于定量限0.05", "LOQ<0.05"}) {
            assertThat(Written.read(text))
                    .as(text)
                    .contains(new Written(Kind.BELOW_LOQ, new BigDecimal("0.05")));
        }
    }

    @Test
    void what_may_mean_two_things_is_not_guessed() {
        for (String text :
                new String[] {
                    "<0.01", "ND", "未检出", "-0.4", "0,42", "合格", "", "1e3", "0.1 mg/kg", "🍒"
                }) {
            assertThat(Written.read(text)).as(text).isEmpty();
        }
    }

    @Test
    void the_words_of_a_value_are_read_as_the_same_value() {
        for (Kind kind : Kind.values()) {
            Value value = new Value("毒死蜱", kind, new BigDecimal("0.050"), "mg/kg");
            assertThat(Written.read(Written.words(value)))
                    .contains(new Written(kind, new BigDecimal("0.050")));
        }
    }
}
