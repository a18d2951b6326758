package cn.xinyuan.server.access.usecase;

import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes, one lane. At most two hashes are computed at a time,
 * so that a flood of attempts cannot take all memory and processors.
 */
@Component
class Argon2 {

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Semaphore turns = new Semaphore(2, true);

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return encoder.encode(password);
        } finally {
            turns.release();
        }
    }

    boolean matches(String password, String hash) {
        turns.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            turns.release();
        }
    }

    /** Costs what {@link #matches} costs; for names that nobody bears. */
    void matchesNothing(String password) {
        hash(password);
    }
}
