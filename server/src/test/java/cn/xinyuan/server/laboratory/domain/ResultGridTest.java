package cn.xinyuan.server.laboratory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.laboratory.domain.ResultGrid.Column;
import cn.xinyuan.server.laboratory.domain.ResultGrid.Mistake;
import cn.xinyuan.server.laboratory.domain.ResultGrid.Row;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResultGridTest {

    private final ResultGrid grid =
            new ResultGrid(
                    List.of(
                            new Column("毒死蜱", "mg/kg", DetectionLimits.UNKNOWN),
                            new Column("嘧菌酯", "mg/kg", new DetectionLimits(BigDecimal.ONE, null)),
                            new Column("除虫脲", "mg/kg", DetectionLimits.UNKNOWN)),
                    List.of(
                            new Row(new UUID(0, 1), List.of("", "ND", "0.5")),
                            new Row(new UUID(0, 2), List.of("ND", "x", "0.5")),
                            new Row(new UUID(0, 3), List.of("", " ", ""))));

    @Test
    void a_row_says_its_filled_cells_or_where_it_is_wrong() {
        assertThat(grid.read(0).values())
                .containsExactly(
                        new Value("嘧菌酯", Value.Kind.NOT_DETECTED, BigDecimal.ONE, "mg/kg"),
                        new Value("除虫脲", Value.Kind.FOUND, new BigDecimal("0.5"), "mg/kg"));
        assertThat(grid.read(0).mistakes()).isEmpty();
        assertThat(grid.read(1).mistakes()).extracting(Mistake::column).containsExactly(0, 1);
        assertThat(grid.rows().get(2).blank()).isTrue();
        assertThat(grid.rows().get(1).blank()).isFalse();
    }

    @Test
    void the_place_of_a_value_leads_back_to_its_column() {
        assertThat(grid.columnOf(0, 0)).isEqualTo(1);
        assertThat(grid.columnOf(0, 1)).isEqualTo(2);
        assertThatThrownBy(() -> grid.columnOf(0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        assertThatThrownBy(
                        () ->
                                new ResultGrid(
                                        grid.columns(),
                                        List.of(new Row(new UUID(0, 4), List.of("1")))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
