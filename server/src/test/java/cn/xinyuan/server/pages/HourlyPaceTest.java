package cn.xinyuan.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HourlyPaceTest {

    private static final int MOST = 60;

    private Instant now = Instant.parse("2026-06-11T08:00:00Z");
    private final HourlyPace pace = new HourlyPace(MOST, () -> now);

    @Test
    void one_address_cannot_bury_the_desk_and_another_is_not_kept_waiting() {
        for (int i = 0; i < MOST; i++) {
            assertThat(pace.allows("192.0.2.1")).isTrue();
        }
        assertThat(pace.allows("192.0.2.1")).isFalse();
        assertThat(pace.allows("192.0.2.2")).isTrue();
    }

    @Test
    void after_an_hour_it_may_again() {
        for (int i = 0; i < MOST; i++) {
            pace.allows("192.0.2.1");
        }
        now = now.plus(HourlyPace.WINDOW).minusSeconds(1);
        assertThat(pace.allows("192.0.2.1")).isFalse();
        now = now.plusSeconds(2);
        assertThat(pace.allows("192.0.2.1")).isTrue();
    }
}
