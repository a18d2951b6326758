package cn.xinyuan.server.farming.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final LocalDate SPRAYED = LocalDate.of(2025, 4, 2);

    @Test
    void a_plot_that_was_never_sprayed_is_open() {
        assertThat(Gate.on(SPRAYED, List.of()).open()).isTrue();
    }

    @Test
    void the_gate_is_shut_from_the_spraying_until_the_interval_has_passed() {
        var records = List.of(spraying("4.5%高效氯氰菊酯", SPRAYED, 7, false));

        assertThat(Gate.on(SPRAYED.minusDays(1), records).open()).isTrue();
        assertThat(Gate.on(SPRAYED, records).open()).isFalse();
        assertThat(Gate.on(LocalDate.of(2025, 4, 8), records).open()).isFalse();
        assertThat(Gate.on(LocalDate.of(2025, 4, 9), records).open()).isTrue();
    }

    @Test
    void the_reason_names_day_product_interval_and_first_day() {
        var gate = Gate.on(SPRAYED, List.of(spraying("4.5%高效氯氰菊酯", SPRAYED, 7, false)));

        assertThat(gate.reasons()).containsExactly("4 月 2 日喷施 4.5%高效氯氰菊酯，间隔期 7 天，4 月 9 日起可采收");
    }

    @Test
    void the_longest_interval_decides_when_it_opens() {
        var gate =
                Gate.on(
                        SPRAYED.plusDays(1),
                        List.of(
                                spraying("A", SPRAYED, 3, false),
                                spraying("B", SPRAYED.plusDays(1), 28, false)));

        assertThat(gate.opensOn()).isEqualTo(LocalDate.of(2025, 5, 1));
        assertThat(gate.reasons()).hasSize(2);
    }

    @Test
    void a_corrected_record_no_longer_shuts_it() {
        assertThat(Gate.on(SPRAYED, List.of(spraying("A", SPRAYED, 7, true))).open()).isTrue();
    }

    private static FarmRecord spraying(
            String product, LocalDate day, int interval, boolean corrected) {
        return new FarmRecord(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Activity.SPRAYING,
                day,
                product,
                "1000x",
                "李四",
                "",
                day.plusDays(interval),
                null,
                null,
                corrected,
                Instant.parse("2025-04-02T08:00:00Z"));
    }
}
