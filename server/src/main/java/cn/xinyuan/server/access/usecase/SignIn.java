package cn.xinyuan.server.access.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook;
import cn.xinyuan.server.access.domain.AccountBook.LogIn;
import cn.xinyuan.server.access.domain.AccountBook.Outcome;
import cn.xinyuan.server.access.domain.AccountBook.Way;
import cn.xinyuan.server.access.domain.AccountBook.WithHash;
import cn.xinyuan.server.access.domain.Attempts;
import cn.xinyuan.server.access.domain.Devices;
import cn.xinyuan.server.access.domain.Lockout;
import cn.xinyuan.server.access.domain.LoginName;
import cn.xinyuan.server.access.domain.PasswordRule;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.SignInOutcome;
import cn.xinyuan.server.access.domain.WallTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Somebody shows a name and a password. Name and address are counted before the password is looked
 * at; a name that nobody bears is counted, and costs, like any other. Who comes in a browser that
 * the owner has used before is counted apart, so that nobody can lock an owner out by guessing.
 */
@Component
public class SignIn {

    private static final UUID NOBODY = new UUID(0, 0);

    private final AccountBook accounts;
    private final Attempts attempts;
    private final Devices devices;
    private final Argon2 argon2;
    private final WallTime time;

    /**
     * Attempts on one name take turns, so that many right ones at once do not look like guessing.
     */
    private final ReentrantLock[] turns = new ReentrantLock[64];

    SignIn(AccountBook accounts, Attempts attempts, Devices devices, Argon2 argon2, WallTime time) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.devices = devices;
        this.argon2 = argon2;
        this.time = time;
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new ReentrantLock();
        }
    }

    /**
     * @param device the secret of the browser, if it showed one; remembered when the password is
     *     right
     */
    public SignInOutcome attempt(
            String typedName, String password, String address, Way way, @Nullable Secret device) {
        Optional<LoginName> name = LoginName.read(typedName);
        String subject = "name " + name.map(LoginName::text).orElseGet(() -> shortened(typedName));
        ReentrantLock turn = turns[Math.floorMod(subject.hashCode(), turns.length)];
        turn.lock();
        try {
            return inTurn(name, subject, password, address, way, device);
        } finally {
            turn.unlock();
        }
    }

    private SignInOutcome inTurn(
            Optional<LoginName> name,
            String byName,
            String password,
            String address,
            Way way,
            @Nullable Secret device) {
        Instant now = time.now();
        Optional<WithHash> found = name.flatMap(accounts::findByName);
        UUID account = found.map(f -> f.account().id()).orElse(null);

        // asked for a name that nobody bears too, so that it takes as long
        boolean known =
                device != null && devices.knows(account == null ? NOBODY : account, device, now);
        String subject = known && device != null ? "device " + shortened(device.text()) : byName;
        String fromAddress = "address " + address;
        Optional<Instant> locked =
                (known
                                ? Optional.<Instant>empty()
                                : attempts.begin(fromAddress, Lockout.OF_ADDRESS, now))
                        .or(() -> attempts.begin(subject, Lockout.OF_NAME, now));
        if (locked.isPresent()) {
            accounts.writeDown(new LogIn(now, account, address, way, Outcome.LOCKED));
            return new SignInOutcome.Locked(locked.get());
        }
        if (!matches(password, found)) {
            accounts.writeDown(new LogIn(now, account, address, way, Outcome.WRONG));
            return new SignInOutcome.Wrong();
        }
        attempts.right(subject, true);
        if (!known) {
            attempts.right(fromAddress, false);
        }
        Account right = found.orElseThrow().account();
        if (!right.enabled()) {
            accounts.writeDown(new LogIn(now, account, address, way, Outcome.DISABLED));
            return new SignInOutcome.Disabled();
        }
        if (device != null) {
            devices.remember(right.id(), device, now);
        }
        accounts.writeDown(new LogIn(now, account, address, way, Outcome.IN));
        return new SignInOutcome.In(right);
    }

    private boolean matches(String password, Optional<WithHash> found) {
        String tried =
                password.length() > PasswordRule.LONGEST
                        ? password.substring(0, PasswordRule.LONGEST + 1)
                        : password;
        if (found.isEmpty()) {
            argon2.matchesNothing(tried);
            return false;
        }
        return argon2.matches(tried, found.get().hash());
    }

    private static String shortened(String typed) {
        return HexFormat.of().formatHex(Secret.sha256(typed.getBytes(UTF_8)), 0, 16);
    }
}
