package cn.xinyuan.server.access.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Browsers in which the owner of an account has signed in before. Guesses of strangers do not lock
 * them out, since their attempts are counted apart (OWASP Authentication Cheat Sheet, device
 * cookies). Knowing a device opens nothing: the password is asked for all the same.
 */
public interface Devices {

    /** A device that was not used for so long is a stranger's again. */
    Duration REMEMBERED = Duration.ofDays(180);

    /** Whether the owner of {@code account} signed in on {@code device} of late. */
    boolean knows(UUID account, Secret device, Instant now);

    /** The owner of {@code account} has just signed in on {@code device}. */
    void remember(UUID account, Secret device, Instant now);
}
