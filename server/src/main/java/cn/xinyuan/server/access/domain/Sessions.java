package cn.xinyuan.server.access.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Browsers that are signed in. They outlive a restart, and end at once when the account is disabled
 * or its password changes.
 */
public interface Sessions {

    /** Without a request for so long, the session is over. */
    Duration IDLE = Duration.ofHours(12);

    /** Whatever happens, the session is over after this. */
    Duration LONGEST = Duration.ofDays(14);

    Secret open(UUID account, String address, Instant now);

    Optional<Account> accountOf(Secret session, Instant now);

    void close(Secret session);

    void closeAllOf(UUID account);
}
