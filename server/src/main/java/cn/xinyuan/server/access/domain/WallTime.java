package cn.xinyuan.server.access.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time on the wall, for sessions and lock-outs. The platform's {@link Clock} tells the day of
 * the business and may be turned back to play a past season; a lock must not open by that.
 */
public final class WallTime {

    private final InstantSource source;

    public WallTime(InstantSource source) {
        this.source = source;
    }

    public Instant now() {
        return source.instant();
    }
}
