package cn.xinyuan.epcis.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Amounts in different units compare (UN/CEFACT recommendation 20). */
class MeasureTest {

    @Test
    void the_same_amount_is_equal_in_every_unit() {
        same("25", "CEL", "298.15", "KEL");
        same("77", "FAH", "25", "CEL");
        same("1", "TNE", "1000", "KGM");
        same("1", "LBR", "453.59237", "GRM");
        same("36", "KMH", "10", "MTS");
        same("1", "BAR", "100", "KPA");
        same("1", "HUR", "3600", "SEC");
        same("1", "KWH", "3.6", "3B");
        same("12.1", "A93", "0.0121", "KMQ");
    }

    @Test
    void units_of_different_kinds_and_unknown_ones_are_their_own() {
        assertThat(Measure.of(BigDecimal.ONE, "KGM").unit())
                .isNotEqualTo(Measure.of(BigDecimal.ONE, "MTR").unit());
        assertThat(Measure.of(BigDecimal.ONE, "XYZ")).isEqualTo(new Measure(BigDecimal.ONE, "XYZ"));
        assertThat(Measure.of(BigDecimal.TEN, null)).isEqualTo(new Measure(BigDecimal.TEN, ""));
    }

    @Test
    void a_difference_has_no_zero_point() {
        assertThat(Measure.difference(new BigDecimal("0.1"), "CEL"))
                .isEqualTo(Measure.difference(new BigDecimal("0.18"), "FAH"));
    }

    private static void same(String one, String unit, String other, String otherUnit) {
        assertThat(Measure.of(new BigDecimal(one), unit))
                .isEqualTo(Measure.of(new BigDecimal(other), otherUnit));
    }
}
