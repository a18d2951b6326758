package cn.xinyuan.server.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A clock that can be put back to a day of the season. While it is put back it moves on by one
 * second a reading, so that what happens later is written later; afterwards it is the system's.
 */
final class SeasonClock extends Clock {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final AtomicReference<@Nullable Instant> turnedTo = new AtomicReference<>();

    /** It is {@code hour} o'clock on a day of the season, or later if it was later already. */
    void is(LocalDate day, int hour) {
        Instant wanted = day.atTime(LocalTime.of(hour, 0)).atZone(CHINA).toInstant();
        turnedTo.accumulateAndGet(
                wanted, (now, to) -> now == null || to == null || now.isBefore(to) ? to : now);
    }

    /** The season is over: from now on it is the present. */
    void isThePresent() {
        turnedTo.set(null);
    }

    @Override
    public Instant instant() {
        Instant now = turnedTo.getAndUpdate(at -> at == null ? null : at.plusSeconds(1));
        return now == null ? Instant.now() : now;
    }

    @Override
    public ZoneId getZone() {
        return CHINA;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new Zoned(this, zone);
    }

    private static final class Zoned extends Clock {
        private final Clock clock;
        private final ZoneId zone;

        private Zoned(Clock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Zoned(clock, other);
        }
    }
}
