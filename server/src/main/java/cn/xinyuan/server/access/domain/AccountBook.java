package cn.xinyuan.server.access.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All accounts, and what was done to them. */
public interface AccountBook {

    Optional<Account> find(UUID id);

    Optional<WithHash> findByName(LoginName name);

    /** All accounts by name. */
    List<Account> all();

    /** Enabled supervisors whose district holds {@code district}, the closest first. */
    List<Account> supervisorsOf(String district);

    boolean isEmpty();

    /**
     * @return false if the name is taken
     */
    boolean add(Account account, String passwordHash);

    void setPassword(UUID account, String passwordHash, boolean mustChange);

    void setEnabled(UUID account, boolean enabled);

    /** Writes down what an administrator did. */
    void writeDown(Act act);

    /** Writes down that somebody came in, or tried to. */
    void writeDown(LogIn logIn);

    /** The newest log-ins of one account. */
    List<LogIn> logIns(UUID account, int atMost);

    /** Holds every other opening of the first account until this transaction ends. */
    void lockSetup();

    Optional<byte[]> setupHash();

    void setSetup(byte[] hash, Instant at);

    void clearSetup();

    /** An account with what its password is compared to. */
    record WithHash(Account account, String hash) {}

    /** What was done, by whom, to which account or key. */
    record Act(Instant at, UUID by, String what, @Nullable UUID account, @Nullable UUID key) {}

    /** One attempt; {@code account} is null where the name is nobody's: the name is not kept. */
    record LogIn(Instant at, @Nullable UUID account, String address, Way way, Outcome outcome) {}

    /** By which door. */
    enum Way {
        PAGE,
        BASIC,
        SETUP
    }

    /** How it ended. */
    enum Outcome {
        IN,
        WRONG,
        LOCKED,
        DISABLED
    }
}
