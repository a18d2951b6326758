package cn.xinyuan.limits;

import static cn.xinyuan.limits.Unit.MG_PER_KG;
import static cn.xinyuan.limits.Unit.PERCENT;
import static cn.xinyuan.limits.Unit.UG_PER_KG;
import static cn.xinyuan.limits.Verdict.FAIL;
import static cn.xinyuan.limits.Verdict.INCONCLUSIVE;
import static cn.xinyuan.limits.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.xinyuan.limits.Limit.Absent;
import cn.xinyuan.limits.Limit.AtLeast;
import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Limit.Between;
import cn.xinyuan.limits.Limit.NotToBeUsed;
import cn.xinyuan.limits.Reading.BelowQuantification;
import cn.xinyuan.limits.Reading.Found;
import cn.xinyuan.limits.Reading.NotDetected;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTest {

    private final AtMost cyhalothrin = new AtMost(new BigDecimal("0.1"), MG_PER_KG);

    @Test
    void the_litchi_of_the_provincial_sampling_of_2023_fails() {
        Finding finding = cyhalothrin.judge(found("0.42"));
        assertThat(finding.verdict()).isEqualTo(FAIL);
        assertThat(finding.reason()).contains("0.42 mg/kg").contains("≤0.1 mg/kg");
    }

    @Test
    void exactly_the_limit_meets_it_however_many_zeros_are_written() {
        assertThat(cyhalothrin.judge(found("0.1")).verdict()).isEqualTo(PASS);
        assertThat(cyhalothrin.judge(found("0.100")).verdict()).isEqualTo(PASS);
    }

    @Test
    void by_full_value_a_thousandth_too_much_is_too_much() {
        assertThat(cyhalothrin.judge(found("0.101")).verdict()).isEqualTo(FAIL);
    }

    @Test
    void by_rounded_value_it_is_rounded_half_to_even_first() {
        AtMost limit = new AtMost(new BigDecimal("0.2"), MG_PER_KG);
        assertThat(limit.judge(found("0.25"), Comparison.ROUNDED_VALUE).verdict()).isEqualTo(PASS);
        assertThat(limit.judge(found("0.251"), Comparison.ROUNDED_VALUE).verdict()).isEqualTo(FAIL);
        assertThat(limit.judge(found("0.25"), Comparison.FULL_VALUE).verdict()).isEqualTo(FAIL);
    }

    @Test
    void not_detected_by_a_method_finer_than_the_limit_passes() {
        assertThat(cyhalothrin.judge(nothing("0.01")).verdict()).isEqualTo(PASS);
        assertThat(cyhalothrin.judge(nothing("0.1")).verdict()).isEqualTo(PASS);
    }

    @Test
    void not_detected_by_a_method_coarser_than_the_limit_decides_nothing() {
        Finding finding = cyhalothrin.judge(nothing("0.2"));
        assertThat(finding.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(finding.reason()).contains("不能判定");
    }

    @Test
    void a_trace_below_quantification_passes_only_if_even_the_loq_would() {
        assertThat(cyhalothrin.judge(trace("0.05", "0.02")).verdict()).isEqualTo(PASS);
        assertThat(cyhalothrin.judge(trace("0.3", "0.05")).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(cyhalothrin.judge(trace("0.3", "0.2")).verdict()).isEqualTo(FAIL);
        assertThat(
                        cyhalothrin
                                .judge(
                                        new BelowQuantification(
                                                new BigDecimal("0.3"), null, MG_PER_KG))
                                .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void micrograms_are_judged_by_milligrams() {
        assertThat(cyhalothrin.judge(new Found(new BigDecimal("100"), UG_PER_KG)).verdict())
                .isEqualTo(PASS);
        assertThat(cyhalothrin.judge(new Found(new BigDecimal("100.1"), UG_PER_KG)).verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void at_least_wants_enough() {
        AtLeast solids = new AtLeast(new BigDecimal("16"), PERCENT);
        assertThat(solids.judge(new Found(new BigDecimal("16.0"), PERCENT)).verdict())
                .isEqualTo(PASS);
        assertThat(solids.judge(new Found(new BigDecimal("15.9"), PERCENT)).verdict())
                .isEqualTo(FAIL);
        assertThat(solids.judge(new NotDetected(new BigDecimal("0.1"), PERCENT)).verdict())
                .isEqualTo(FAIL);
        assertThat(solids.judge(new NotDetected(new BigDecimal("20"), PERCENT)).verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void between_fails_on_either_side() {
        Between water = new Between(new BigDecimal("18"), new BigDecimal("25"), PERCENT);
        assertThat(water.judge(new Found(new BigDecimal("18"), PERCENT)).verdict()).isEqualTo(PASS);
        assertThat(water.judge(new Found(new BigDecimal("17.9"), PERCENT)).verdict())
                .isEqualTo(FAIL);
        assertThat(water.judge(new Found(new BigDecimal("25.1"), PERCENT)).verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void absent_means_that_even_a_trace_fails_and_that_the_method_must_see_far_enough() {
        Absent absent = new Absent(new BigDecimal("0.01"), MG_PER_KG);
        assertThat(absent.judge(trace("0.02", "0.01")).verdict()).isEqualTo(FAIL);
        assertThat(absent.judge(nothing("0.01")).verdict()).isEqualTo(PASS);
        assertThat(absent.judge(nothing("0.05")).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(absent.judge(found("0")).verdict()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void any_residue_of_a_banned_substance_fails() {
        assertThat(new NotToBeUsed().judge(found("0.001")).verdict()).isEqualTo(FAIL);
        assertThat(new NotToBeUsed().judge(nothing("0.01")).verdict()).isEqualTo(PASS);
    }

    @Test
    void the_worst_indicator_decides_and_nothing_judged_is_no_pass() {
        assertThat(Verdict.worst(List.of(PASS, INCONCLUSIVE, PASS))).isEqualTo(INCONCLUSIVE);
        assertThat(Verdict.worst(List.of(PASS, FAIL, INCONCLUSIVE))).isEqualTo(FAIL);
        assertThat(Verdict.worst(List.of())).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void a_content_is_never_negative_and_a_detection_limit_never_zero() {
        assertThatIllegalArgumentException().isThrownBy(() -> found("-0.1"));
        assertThatIllegalArgumentException().isThrownBy(() -> nothing("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> trace("0.01", "0.02"));
    }

    private static Reading found(String value) {
        return new Found(new BigDecimal(value), MG_PER_KG);
    }

    private static Reading nothing(String lod) {
        return new NotDetected(new BigDecimal(lod), MG_PER_KG);
    }

    private static Reading trace(String loq, String lod) {
        return new BelowQuantification(new BigDecimal(loq), new BigDecimal(lod), MG_PER_KG);
    }
}
