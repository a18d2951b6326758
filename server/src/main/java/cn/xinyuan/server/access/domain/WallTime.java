package cn.xinyuan.server.access.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time on the wall, for sessions and lock-outs. The platform's {@link Clock} tells the day of
 * the business and may be turned back to play a past season; a lock must not open by that.
 */
public final class WallTime {

    private final InstantSource source;

    public WallTime(InstantSource source) {
        this.source = source;
    }

    /** To the microsecond, as the database keeps it: what was stored is never later than now. */
    public Instant now() {
        return source.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
