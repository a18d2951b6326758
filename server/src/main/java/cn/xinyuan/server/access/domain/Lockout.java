package cn.xinyuan.server.access.domain;

import java.time.Duration;

/**
 * How long to wait after so many failures in a row. The first few cost nothing, since people
 * mistype; from then on each failure doubles the wait, up to a ceiling.
 *
 * @param free failures that cost nothing
 * @param first the wait after the first failure that costs
 * @param longest the ceiling
 * @param forgottenAfter a quiet time after which the count starts again
 */
public record Lockout(int free, Duration first, Duration longest, Duration forgottenAfter) {

    /** For guesses at one name, whether an account bears it or not. */
    public static final Lockout OF_NAME =
            new Lockout(5, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(24));

    /** For guesses from one address: wider, since a whole county office may sit behind one. */
    public static final Lockout OF_ADDRESS =
            new Lockout(100, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(1));

    public Duration after(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - free, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
