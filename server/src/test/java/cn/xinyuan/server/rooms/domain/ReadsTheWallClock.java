package cn.xinyuan.server.rooms.domain;

import java.time.Instant;

/** Breaks the rule that time comes in from outside, so that the rule is seen to bite. */
public class ReadsTheWallClock {
    public Instant when() {
        return Instant.now();
    }
}
