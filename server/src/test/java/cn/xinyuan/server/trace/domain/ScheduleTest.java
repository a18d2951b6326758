package cn.xinyuan.server.trace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a standing query is asked (EPCIS 2.0, 8.2.5.3). */
class ScheduleTest {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Instant START = Instant.parse("2026-02-27T10:00:30Z");

    @Test
    void an_hour_and_a_minute_are_once_a_day_in_the_time_of_the_place() {
        assertThat(times(Map.of("hour", "1", "minute", "5"), 2))
                .containsExactly("2026-02-27T17:05:00Z", "2026-02-28T17:05:00Z");
    }

    @Test
    void what_is_finer_is_the_first_and_what_is_coarser_every_one() {
        assertThat(times(Map.of("minute", "0,30"), 3))
                .containsExactly(
                        "2026-02-27T10:30:00Z", "2026-02-27T11:00:00Z", "2026-02-27T11:30:00Z");
        assertThat(times(Map.of("second", "0/30"), 3))
                .containsExactly(
                        "2026-02-27T10:01:00Z", "2026-02-27T10:01:30Z", "2026-02-27T10:02:00Z");
        assertThat(times(Map.of("month", "3"), 2))
                .containsExactly("2026-02-28T16:00:00Z", "2027-02-28T16:00:00Z");
    }

    @Test
    void ranges_and_days_of_the_week_begin_with_monday() {
        assertThat(times(Map.of("dayOfWeek", "[1-2]", "hour", "8"), 3))
                .containsExactly(
                        "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "2026-03-09T00:00:00Z");
        assertThat(times(Map.of("dayOfMonth", "31", "hour", "8"), 2))
                .containsExactly("2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z");
    }

    @Test
    void a_day_that_never_comes_has_no_time() {
        assertThat(Schedule.read(Map.of("month", "2", "dayOfMonth", "30")).next(START, CHINA))
                .isEmpty();
        assertThat(Schedule.read(Map.of("month", "2", "dayOfMonth", "29")).next(START, CHINA))
                .contains(Instant.parse("2028-02-28T16:00:00Z"));
    }

    @Test
    void what_is_no_field_or_no_value_is_refused() {
        for (Map<String, String> wrong :
                List.of(
                        Map.<String, String>of(),
                        Map.of("fortnight", "1"),
                        Map.of("hour", "24"),
                        Map.of("hour", "5-1"),
                        Map.of("minute", "a"),
                        Map.of("second", "0/0"),
                        Map.of("dayOfWeek", "0"))) {
            assertThatThrownBy(() -> Schedule.read(wrong))
                    .as(wrong.toString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> times(Map<String, String> fields, int count) {
        List<String> times = new ArrayList<>();
        Instant at = START;
        for (int i = 0; i < count; i++) {
            at = Schedule.read(fields).next(at, CHINA).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }
}
