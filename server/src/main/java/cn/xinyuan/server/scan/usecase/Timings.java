package cn.xinyuan.server.scan.usecase;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long things took, in steps of an eighth: small, and cheap to add to from many threads. */
public final class Timings {

    private static final int STEPS = 8;
    private static final int MOST = 64 * STEPS;

    private final AtomicLongArray counts = new AtomicLongArray(MOST);

    public void add(long nanos) {
        counts.incrementAndGet(step(Math.max(1, nanos)));
    }

    private static int step(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        long rest = power >= 3 ? nanos >>> power - 3 & 7 : nanos << 3 - power & 7;
        return power * STEPS + (int) rest;
    }

    /** The upper end of the step that holds the quantile; zero when nothing was timed. */
    public Duration quantile(double share) {
        long all = 0;
        for (int i = 0; i < MOST; i++) {
            all += counts.get(i);
        }
        long left = (long) Math.ceil(all * share);
        for (int i = 0; i < MOST && all > 0; i++) {
            left -= counts.get(i);
            if (left <= 0) {
                int power = i / STEPS;
                return Duration.ofNanos(
                        (long) (Math.scalb(1.0, power) * (1 + (i % STEPS + 1) / 8.0)));
            }
        }
        return Duration.ZERO;
    }
}
