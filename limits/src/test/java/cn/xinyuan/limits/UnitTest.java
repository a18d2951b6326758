package cn.xinyuan.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class UnitTest {

    @Test
    void conversion_keeps_the_significant_figures() {
        assertThat(Unit.UG_PER_KG.to(Unit.MG_PER_KG, new BigDecimal("420")))
                .isEqualTo(new BigDecimal("0.420"));
        assertThat(Unit.MG_PER_KG.to(Unit.UG_PER_KG, new BigDecimal("0.42")))
                .isEqualTo(new BigDecimal("420"));
        assertThat(Unit.PERCENT.to(Unit.MG_PER_KG, new BigDecimal("0.5")))
                .isEqualTo(new BigDecimal("5000"));
    }

    @Test
    void both_letters_mu_and_the_lazy_u_are_read() {
        assertThat(Unit.read("µg/kg")).contains(Unit.UG_PER_KG);
        assertThat(Unit.read("μg/kg")).contains(Unit.UG_PER_KG);
        assertThat(Unit.read("ug/KG")).contains(Unit.UG_PER_KG);
        assertThat(Unit.read(" mg／kg ")).contains(Unit.MG_PER_KG);
        assertThat(Unit.read("％")).contains(Unit.PERCENT);
    }

    @Test
    void an_unknown_unit_is_not_guessed() {
        assertThat(Unit.read("mg")).isEmpty();
        assertThat(Unit.read("")).isEmpty();
    }
}
