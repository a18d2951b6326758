package cn.xinyuan.server.access.usecase;

import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook;
import cn.xinyuan.server.access.domain.AccountBook.Act;
import cn.xinyuan.server.access.domain.ApiKeys;
import cn.xinyuan.server.access.domain.ApiKeys.ApiKey;
import cn.xinyuan.server.access.domain.Attempts;
import cn.xinyuan.server.access.domain.LoginName;
import cn.xinyuan.server.access.domain.PasswordRule;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.Sessions;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts are opened, disabled and given new passwords; keys are made and revoked. */
@Component
public class KeepAccounts implements Accounts {

    private final AccountBook accounts;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Argon2 argon2;
    private final WallTime time;

    KeepAccounts(
            AccountBook accounts,
            ApiKeys keys,
            Sessions sessions,
            Attempts attempts,
            Argon2 argon2,
            WallTime time) {
        this.accounts = accounts;
        this.keys = keys;
        this.sessions = sessions;
        this.attempts = attempts;
        this.argon2 = argon2;
        this.time = time;
    }

    @Override
    @Transactional
    public Visitor open(NewAccount account) {
        return opened(account, false).visitor();
    }

    /** An administrator opens an account; the password is to be replaced by its owner. */
    @Transactional
    public Account openFor(Visitor by, NewAccount asked) {
        Account account = opened(asked, true);
        accounts.writeDown(new Act(time.now(), by.account(), "open", account.id(), null));
        return account;
    }

    private Account opened(NewAccount asked, boolean mustChange) {
        var problems = new ArrayList<Problem>();
        Optional<LoginName> name = LoginName.read(asked.loginName());
        if (name.isEmpty()) {
            problems.add(new Problem("loginName", "用户名要 3 至 32 个小写字母、数字、点、横线或下划线，以字母或数字开头。"));
        } else {
            PasswordRule.problem("password", asked.password(), name.get()).ifPresent(problems::add);
        }
        String displayName = asked.displayName().strip();
        if (displayName.isEmpty() || displayName.length() > 60) {
            problems.add(new Problem("displayName", "请填写姓名，最多 60 个字。"));
        }
        if (asked.role().isOfficial()) {
            if (asked.party() != null) {
                problems.add(new Problem("party", "管理和监管角色不代表任何主体，请留空。"));
            }
            if (asked.districts().isEmpty()) {
                problems.add(new Problem("districts", "请填写管辖区划代码，例如 4409 是全市，440981 是高州市。"));
            }
        } else {
            if (asked.party() == null) {
                problems.add(new Problem("party", "这个角色要代表一个主体，请选择。"));
            }
            if (!asked.districts().isEmpty()) {
                problems.add(new Problem("districts", "这个角色按主体授权，不填区划。"));
            }
        }
        for (String district : asked.districts()) {
            if (!district.matches("[0-9]{0,12}")) {
                problems.add(new Problem("districts", "区划代码只有数字：" + district));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        var account =
                new Account(
                        UUID.randomUUID(),
                        name.orElseThrow(),
                        displayName,
                        asked.role(),
                        asked.party(),
                        asked.districts(),
                        mustChange,
                        true,
                        time.now());
        if (!accounts.add(account, argon2.hash(asked.password()))) {
            throw Problems.of("loginName", "这个用户名已经有人用了，请换一个。");
        }
        return account;
    }

    @Override
    public Optional<Visitor> findByName(String loginName) {
        return LoginName.read(loginName)
                .flatMap(accounts::findByName)
                .map(found -> found.account().visitor());
    }

    @Override
    public Optional<Visitor> findEnabled(UUID account) {
        return accounts.find(account).filter(Account::enabled).map(Account::visitor);
    }

    @Override
    public Optional<String> officerFor(String district) {
        return accounts.supervisorsOf(district).stream().map(Account::displayName).findFirst();
    }

    /** All accounts, for the administrator. */
    public List<Account> all() {
        return accounts.all();
    }

    /** An account, for its owner and the administrator. */
    public Account get(UUID id) {
        return accounts.find(id).orElseThrow(() -> new NotFound("没有这个账号"));
    }

    public List<AccountBook.LogIn> logIns(UUID account) {
        return accounts.logIns(account, 20);
    }

    /** The account is shut at once: its sessions end and its keys open nothing. */
    @Transactional
    public void disable(Visitor by, UUID id) {
        Account account = get(id);
        if (account.id().equals(by.account())) {
            throw new Refused("own-account", "不能停用自己的账号，请由另一位管理员办理。");
        }
        accounts.setEnabled(id, false);
        sessions.closeAllOf(id);
        accounts.writeDown(new Act(time.now(), by.account(), "disable", id, null));
    }

    @Transactional
    public void enable(Visitor by, UUID id) {
        get(id);
        accounts.setEnabled(id, true);
        accounts.writeDown(new Act(time.now(), by.account(), "enable", id, null));
    }

    /**
     * Gives an account a new password, ends its sessions and lifts its lock-out.
     *
     * @return the password, to be handed over once
     */
    @Transactional
    public String resetPassword(Visitor by, UUID id) {
        Account account = get(id);
        String password = Secret.password();
        accounts.setPassword(id, argon2.hash(password), true);
        sessions.closeAllOf(id);
        attempts.right("name " + account.name().text(), true);
        accounts.writeDown(new Act(time.now(), by.account(), "reset-password", id, null));
        return password;
    }

    /** The owner replaces the password; every session ends but the caller opens a new one. */
    @Transactional
    public void changePassword(UUID id, String fresh) {
        Account account = get(id);
        PasswordRule.problem("fresh", fresh, account.name())
                .ifPresent(
                        problem -> {
                            throw new Problems(List.of(problem));
                        });
        accounts.setPassword(id, argon2.hash(fresh), false);
        sessions.closeAllOf(id);
        accounts.writeDown(new Act(time.now(), id, "change-password", id, null));
    }

    @Override
    @Transactional
    public String newKey(UUID account, String label) {
        return makeKey(account, account, label).text();
    }

    /** A key that acts as {@code account}; the secret is told once. */
    @Transactional
    public Secret makeKey(UUID by, UUID account, String label) {
        String name = label.strip();
        if (name.isEmpty() || name.length() > 60) {
            throw Problems.of("label", "请写明密钥给谁、做什么用，最多 60 个字。");
        }
        if (!get(account).enabled()) {
            throw new Refused("account-disabled", "账号已停用，不能再发密钥。");
        }
        var secret = Secret.apiKey();
        UUID id = UUID.randomUUID();
        keys.add(id, account, name, secret, by, time.now());
        accounts.writeDown(new Act(time.now(), by, "make-key", account, id));
        return secret;
    }

    public List<ApiKey> keys() {
        return keys.all();
    }

    @Transactional
    public void revokeKey(Visitor by, UUID id) {
        if (!keys.revoke(id, time.now())) {
            throw new NotFound("没有这个密钥，或已经作废");
        }
        accounts.writeDown(new Act(time.now(), by.account(), "revoke-key", null, id));
    }
}
