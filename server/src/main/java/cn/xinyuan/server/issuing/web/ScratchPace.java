package cn.xinyuan.server.issuing.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many hidden codes one address may try: enough for a village behind one address, too few to
 * guess at many items at once. Addresses are held in memory for an hour and written nowhere.
 */
@Component
class ScratchPace {

    /** Tries from one address within {@link #WINDOW}. */
    static final int MOST = 120;

    static final Duration WINDOW = Duration.ofHours(1);

    /** Addresses held at once; beyond it the quiet ones are let go. */
    private static final int MANY = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> tried = new HashMap<>();

    /** By the clock on the wall: the demo's season has its own. */
    @Autowired
    ScratchPace() {
        this(InstantSource.system());
    }

    ScratchPace(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a try; false if the address has tried enough for now. */
    synchronized boolean allows(String address) {
        Instant now = clock.instant();
        Instant since = now.minus(WINDOW);
        if (tried.size() > MANY) {
            tried.values().removeIf(times -> times.getLast().isBefore(since));
        }
        Deque<Instant> times = tried.computeIfAbsent(address, a -> new ArrayDeque<>());
        while (!times.isEmpty() && times.getFirst().isBefore(since)) {
            times.removeFirst();
        }
        if (times.size() >= MOST) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
