package cn.xinyuan.server.supervision.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    @Test
    void an_urgent_alert_of_a_friday_is_due_on_monday() {
        assertThat(Level.HIGH.deadline(LocalDate.of(2025, 6, 13)))
                .isEqualTo(LocalDate.of(2025, 6, 16));
    }

    @Test
    void three_work_days_skip_the_weekend() {
        assertThat(Level.MEDIUM.deadline(LocalDate.of(2025, 6, 12)))
                .isEqualTo(LocalDate.of(2025, 6, 17));
    }

    @Test
    void nothing_is_closed_before_somebody_checked_again() {
        assertThat(AlertState.HANDLED.next()).doesNotContain(AlertState.CLOSED);
        assertThat(AlertState.RECHECKED.next()).containsExactly(AlertState.CLOSED);
    }

    @Test
    void no_state_is_an_island() {
        var reached = EnumSet.of(AlertState.FOUND);
        while (reached.addAll(reached.stream().flatMap(s -> s.next().stream()).toList())) {}

        assertThat(reached).containsExactlyInAnyOrder(AlertState.values());
    }
}
