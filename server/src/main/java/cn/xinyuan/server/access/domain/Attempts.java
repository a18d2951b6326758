package cn.xinyuan.server.access.domain;

import java.time.Instant;
import java.util.Optional;

/** The memory of failed attempts by subject: a name or an address. */
public interface Attempts {

    /**
     * Counts an attempt as failed before the password is looked at, in one step, so that guesses
     * sent at once cannot slip past the count.
     *
     * @return when to try again if the subject is locked; the attempt is then not counted
     */
    Optional<Instant> begin(String subject, Lockout rule, Instant now);

    /**
     * The attempt was right after all; {@code forget} wipes the subject's count, else one is taken
     * back.
     */
    void right(String subject, boolean forget);
}
