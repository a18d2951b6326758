package cn.xinyuan.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often one address may do something that needs no sign-in. Addresses are held in memory for an
 * hour and written nowhere. Goes by the clock on the wall: the demo's season has its own.
 */
public final class HourlyPace {

    /** For how long a time counts. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** Addresses held at once; beyond it the quiet ones are let go. */
    private static final int MANY = 10_000;

    private final int most;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> done = new HashMap<>();

    /**
     * @param most times within {@link #WINDOW}
     */
    public HourlyPace(int most) {
        this(most, InstantSource.system());
    }

    HourlyPace(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Counts once more; false, uncounted, if the address has had enough for now. */
    public synchronized boolean allows(String address) {
        Instant now = clock.instant();
        Instant since = now.minus(WINDOW);
        if (done.size() > MANY) {
            done.values().removeIf(times -> times.isEmpty() || times.getLast().isBefore(since));
        }
        Deque<Instant> times = done.computeIfAbsent(address, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && times.getFirst().isBefore(since)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
