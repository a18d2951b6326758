package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MassBalanceTest {

    @Test
    void a_pound_is_exactly_its_legal_part_of_a_kilogram() {
        assertThat(Mass.kilograms(new BigDecimal("25000"), "LBR"))
                .contains(new BigDecimal("11339.80925"));
    }

    @Test
    void outputs_within_the_inputs_hold_and_the_rest_is_loss() {
        assertThat(MassBalance.of(event("100", "LBR", "45", "KGM")))
                .isEqualTo(
                        new MassBalance.Holds(
                                new BigDecimal("45.359237"),
                                new BigDecimal("45"),
                                new BigDecimal("0.359237")));
    }

    @Test
    void a_gram_more_out_than_in_exceeds() {
        assertThat(MassBalance.of(event("1", "TNE", "1000001", "GRM")))
                .isInstanceOfSatisfying(
                        MassBalance.Exceeds.class,
                        e -> assertThat(e.by()).isEqualByComparingTo("0.001"));
    }

    @Test
    void cases_cannot_be_weighed() {
        assertThat(MassBalance.of(event("25000", "LBR", "500", "CS")))
                .isInstanceOfSatisfying(
                        MassBalance.Unmeasured.class,
                        u -> assertThat(u.because()).singleElement().asString().contains("CS"));
        assertThat(MassBalance.of(event("1", "KGM", "1", null)))
                .isInstanceOf(MassBalance.Unmeasured.class);
    }

    @Test
    void a_transformation_uses_its_inputs_and_makes_its_outputs() {
        assertThat(Movement.of(event("100", "LBR", "500", "CS")))
                .containsExactly(
                        new Movement(
                                "urn:x:in", "KGM", BigDecimal.ZERO, new BigDecimal("45.359237")),
                        new Movement("urn:x:out", "CS", new BigDecimal("500"), BigDecimal.ZERO));
    }

    private static TransformationEvent event(
            String in, @Nullable String inUnit, String out, @Nullable String outUnit) {
        return new TransformationEvent(
                Common.at(new EpcisTime("2025-06-11T08:00:00+08:00"), null),
                List.of(),
                List.of(new Quantity("urn:x:in", new BigDecimal(in), inUnit)),
                List.of(),
                List.of(new Quantity("urn:x:out", new BigDecimal(out), outUnit)),
                null,
                Map.of());
    }
}
