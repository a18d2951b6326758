package cn.xinyuan.server.laboratory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.laboratory.domain.DetectionLimits.Cell;
import cn.xinyuan.server.laboratory.domain.DetectionLimits.Empty;
import cn.xinyuan.server.laboratory.domain.DetectionLimits.Result;
import cn.xinyuan.server.laboratory.domain.DetectionLimits.Unclear;
import cn.xinyuan.server.standards.Standards.Value.Kind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionLimitsTest {

    private final DetectionLimits known = limits("0.01", "0.020");

    @ParameterizedTest
    @CsvSource({
        "0.12, FOUND, 0.12",
        "' 0.120 ', FOUND, 0.120",
        "0.020, FOUND, 0.020",
        "ND, NOT_DETECTED, 0.01",
        "n.d., NOT_DETECTED, 0.01",
        "未检出, NOT_DETECTED, 0.01",
        "未检出<0.005, NOT_DETECTED, 0.005",
        "<0.01, NOT_DETECTED, 0.01",
        "＜0.010, NOT_DETECTED, 0.010",
        "<LOQ, BELOW_LOQ, 0.020",
        "< loq, BELOW_LOQ, 0.020",
        "检出, BELOW_LOQ, 0.020",
        "低于定量限, BELOW_LOQ, 0.020",
        "<0.02, BELOW_LOQ, 0.02",
        "检出<0.05, BELOW_LOQ, 0.05"
    })
    void a_short_cell_is_read_by_the_limits_of_its_column(String text, Kind kind, String figure) {
        assertThat(known.read(text))
                .isEqualTo(new Result(new Written(kind, new BigDecimal(figure))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<0.03", "0.009", "0.015", "-1", "o.12", "0,12", "1e-3", "无", "<"})
    void what_would_have_to_be_guessed_is_unclear_and_says_how_to_write_it(String text) {
        assertThat(known.read(text))
                .isInstanceOfSatisfying(Unclear.class, u -> assertThat(u.how()).contains("请"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ND", "未检出", "<LOQ", "<0.01"})
    void without_limits_in_the_head_nothing_short_is_understood(String text) {
        assertThat(DetectionLimits.UNKNOWN.read(text)).isInstanceOf(Unclear.class);
    }

    @Test
    void an_empty_cell_was_not_tested() {
        Cell empty = new Empty();
        assertThat(known.read(" \u3000")).isEqualTo(empty);
    }

    @Test
    void the_limit_of_detection_lies_above_zero_and_below_that_of_quantification() {
        assertThatThrownBy(() -> limits("0.02", "0.02"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits("0", "0.02")).isInstanceOf(IllegalArgumentException.class);
    }

    private static DetectionLimits limits(String lod, String loq) {
        return new DetectionLimits(new BigDecimal(lod), new BigDecimal(loq));
    }
}
