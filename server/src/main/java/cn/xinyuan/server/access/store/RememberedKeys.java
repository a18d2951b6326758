package cn.xinyuan.server.access.store;

import cn.xinyuan.server.access.domain.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whose API key it is, remembered for less than a second, since machines send hundreds of requests
 * in one. What is decided on this node shows in the next request; on other nodes within that
 * second.
 */
@Component
class RememberedKeys {

    private static final Duration LONGEST = Duration.ofMillis(900);
    private static final int MOST = 10_000;

    private final Map<String, Remembered> keys = new ConcurrentHashMap<>();
    private final AtomicLong decisions = new AtomicLong();

    private record Remembered(Account account, Instant at, long decisions) {}

    /** To be asked before the database is read, and handed to {@code remember}. */
    long decisions() {
        return decisions.get();
    }

    Optional<Account> accountOf(byte[] hash, Instant now) {
        return Optional.ofNullable(keys.get(HexFormat.of().formatHex(hash)))
                .filter(known -> known.decisions() == decisions.get())
                .filter(known -> !now.isBefore(known.at()))
                .filter(known -> known.at().plus(LONGEST).isAfter(now))
                .map(Remembered::account);
    }

    void remember(byte[] hash, Account account, Instant now, long decisionsBefore) {
        if (keys.size() >= MOST) {
            keys.clear();
        }
        keys.put(HexFormat.of().formatHex(hash), new Remembered(account, now, decisionsBefore));
    }

    /**
     * Something was decided about keys or accounts: at once, and once more when it is committed.
     */
    void forget() {
        decisions.incrementAndGet();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            decisions.incrementAndGet();
                        }
                    });
        }
    }
}
