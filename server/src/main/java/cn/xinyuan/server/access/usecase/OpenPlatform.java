package cn.xinyuan.server.access.usecase;

import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.access.SetUp;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook;
import cn.xinyuan.server.access.domain.AccountBook.LogIn;
import cn.xinyuan.server.access.domain.AccountBook.Outcome;
import cn.xinyuan.server.access.domain.AccountBook.Way;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An empty platform is opened by whoever holds the one-time link that was printed on its console.
 * The link dies when the first account is opened, and a new start makes a new one.
 */
@Component
public class OpenPlatform implements SetUp {

    private final AccountBook accounts;
    private final KeepAccounts keep;
    private final WallTime time;

    OpenPlatform(AccountBook accounts, KeepAccounts keep, WallTime time) {
        this.accounts = accounts;
        this.keep = keep;
        this.time = time;
    }

    @Override
    @Transactional
    public Optional<String> newLink() {
        accounts.lockSetup();
        if (!accounts.isEmpty()) {
            accounts.clearSetup();
            return Optional.empty();
        }
        var secret = Secret.random();
        accounts.setSetup(secret.hash(), time.now());
        return Optional.of("/setup?token=" + secret.text());
    }

    public boolean opens(String token) {
        return accounts.setupHash()
                        .filter(hash -> MessageDigest.isEqual(hash, new Secret(token).hash()))
                        .isPresent()
                && accounts.isEmpty();
    }

    /**
     * The first administrator, who sees everything.
     *
     * @throws NotFound if the token is not that of the link, or the platform was opened before
     */
    @Transactional
    public Account open(
            String token, String loginName, String displayName, String password, String address) {
        accounts.lockSetup();
        if (!opens(token)) {
            throw new NotFound("这个链接已经用过，或不是最近一次启动打印的");
        }
        var visitor =
                keep.open(
                        new NewAccount(
                                loginName,
                                displayName,
                                Role.ADMINISTRATOR,
                                null,
                                Set.of(""),
                                password));
        accounts.clearSetup();
        accounts.writeDown(
                new LogIn(time.now(), visitor.account(), address, Way.SETUP, Outcome.IN));
        return keep.get(visitor.account());
    }
}
