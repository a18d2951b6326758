package cn.xinyuan.server.scan.web;

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
 * How many complaints one address may send: enough for a market hall behind one address, too few to
 * bury the officers' desk. Addresses are held in memory for an hour and written nowhere.
 */
@Component
class ComplaintPace {

    /** Complaints from one address within {@link #WINDOW}. */
    static final int MOST = 60;

    static final Duration WINDOW = Duration.ofHours(1);

    /** Addresses held at once; beyond it the quiet ones are let go. */
    private static final int MANY = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> sent = new HashMap<>();

    /** By the clock on the wall: the demo's season has its own. */
    @Autowired
    ComplaintPace() {
        this(InstantSource.system());
    }

    ComplaintPace(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a complaint; false if the address has sent enough for now. */
    synchronized boolean allows(String address) {
        Instant now = clock.instant();
        Instant since = now.minus(WINDOW);
        if (sent.size() > MANY) {
            sent.values().removeIf(times -> times.getLast().isBefore(since));
        }
        Deque<Instant> times = sent.computeIfAbsent(address, a -> new ArrayDeque<>());
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
