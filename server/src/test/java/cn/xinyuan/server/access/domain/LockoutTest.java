package cn.xinyuan.server.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockoutTest {

    @Test
    void mistyping_a_few_times_costs_nothing() {
        assertThat(Lockout.OF_NAME.after(4)).isZero();
    }

    @Test
    void then_every_failure_doubles_the_wait() {
        assertThat(Lockout.OF_NAME.after(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Lockout.OF_NAME.after(6)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Lockout.OF_NAME.after(8)).isEqualTo(Duration.ofSeconds(240));
    }

    @Test
    void the_wait_has_a_ceiling_however_long_one_guesses() {
        assertThat(Lockout.OF_NAME.after(1_000_000)).isEqualTo(Duration.ofHours(1));
    }
}
