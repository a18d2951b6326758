package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.ApiKeys.ApiKey;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.usecase.KeepAccounts;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The administrator's pages of accounts and keys. */
@Controller
@MayCall(Role.ADMINISTRATOR)
class AccountsController {

    private static final String ACCOUNTS = "/a/accounts";
    private static final String KEYS = "/a/keys";

    private final KeepAccounts keep;
    private final SignedIn signedIn;
    private final AccountWords words;
    private final Console console;

    AccountsController(KeepAccounts keep, SignedIn signedIn, AccountWords words, Console console) {
        this.keep = keep;
        this.signedIn = signedIn;
        this.words = words;
        this.console = console;
    }

    @GetMapping(ACCOUNTS)
    Object list() {
        List<Account> all = keep.all();
        return console.page(
                "access/accounts",
                ACCOUNTS,
                new AccountsPage(
                        all.stream()
                                .map(
                                        a ->
                                                new AccountsPage.Row(
                                                        ACCOUNTS + "/" + a.id(),
                                                        a.name().text(),
                                                        a.displayName(),
                                                        a.role().word(),
                                                        words.scope(a),
                                                        badge(a),
                                                        ChinaTime.minute(a.createdAt())))
                                .toList(),
                        all.stream().filter(Account::enabled).count()));
    }

    @GetMapping(ACCOUNTS + "/new")
    Object form() {
        return newPage(Form.empty());
    }

    @PostMapping(ACCOUNTS)
    Object open(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            String password = Secret.password();
            Account account = keep.openFor(signedIn.get(), read(form, password));
            return toldOnce(
                    request,
                    "账号已建好",
                    "请把用户名 "
                            + account.name().text()
                            + " 和下面的初始密码交给 "
                            + account.displayName()
                            + "，首次登录后会提示更换。",
                    "初始密码",
                    password,
                    ACCOUNTS + "/" + account.id(),
                    ACCOUNTS);
        } catch (Problems problems) {
            return newPage(Form.of(request, problems));
        }
    }

    @GetMapping(ACCOUNTS + "/{id}")
    Object one(@PathVariable UUID id) {
        return page(keep.get(id), Form.empty());
    }

    @PostMapping(ACCOUNTS + "/{id}/disable")
    Object disable(@PathVariable UUID id, HttpServletRequest request) {
        try {
            keep.disable(signedIn.get(), id);
            return "redirect:" + ACCOUNTS + "/" + id;
        } catch (Refused refused) {
            return page(keep.get(id), Form.of(request, refused));
        }
    }

    @PostMapping(ACCOUNTS + "/{id}/enable")
    Object enable(@PathVariable UUID id) {
        keep.enable(signedIn.get(), id);
        return "redirect:" + ACCOUNTS + "/" + id;
    }

    @PostMapping(ACCOUNTS + "/{id}/password")
    Object resetPassword(@PathVariable UUID id, HttpServletRequest request) {
        String password = keep.resetPassword(signedIn.get(), id);
        return toldOnce(
                request,
                "密码已重置",
                "原来的登录都已退出。请把新密码交给 " + keep.get(id).displayName() + "。",
                "新密码",
                password,
                ACCOUNTS + "/" + id,
                ACCOUNTS);
    }

    @GetMapping(KEYS)
    Object keys() {
        return keysPage(Form.empty());
    }

    @PostMapping(KEYS)
    Object makeKey(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String label,
            HttpServletRequest request) {
        try {
            UUID owner = uuid(account).orElseThrow(() -> Problems.of("account", "请选择密钥代表哪个账号。"));
            Secret secret = keep.makeKey(signedIn.get().account(), owner, label);
            return toldOnce(
                    request,
                    "密钥已建好",
                    "请求时带上 Authorization: Bearer 加这串密钥。平台只存它的摘要，以后不能再看。",
                    "接口密钥",
                    secret.text(),
                    KEYS,
                    KEYS);
        } catch (Problems problems) {
            return keysPage(Form.of(request, problems));
        } catch (Refused refused) {
            return keysPage(Form.of(request, refused));
        }
    }

    @PostMapping(KEYS + "/{id}/revoke")
    Object revokeKey(@PathVariable UUID id) {
        keep.revokeKey(signedIn.get(), id);
        return "redirect:" + KEYS;
    }

    private Object toldOnce(
            HttpServletRequest request,
            String title,
            String text,
            String what,
            String secret,
            String back,
            String active) {
        request.setAttribute(OnlyOnce.TOLD_ONCE, true);
        return console.page(
                "access/told", active, new ToldOncePage(title, text, what, secret, back, active));
    }

    private Object newPage(Form form) {
        return console.page(
                "access/account-new", ACCOUNTS, new NewAccountPage(roles(), words.parties(), form));
    }

    private Object page(Account account, Form form) {
        return console.page(
                "access/account",
                ACCOUNTS,
                new AccountPage(
                        ACCOUNTS + "/" + account.id(),
                        account.name().text(),
                        account.displayName(),
                        account.role().word(),
                        words.scope(account),
                        badge(account),
                        account.enabled(),
                        account.id().equals(signedIn.get().account()),
                        ChinaTime.minute(account.createdAt()),
                        form,
                        AccountWords.logIns(keep.logIns(account.id()))));
    }

    private Object keysPage(Form form) {
        return console.page(
                "access/keys",
                KEYS,
                new KeysPage(
                        keep.keys().stream().map(AccountsController::row).toList(),
                        keep.all().stream()
                                .filter(Account::enabled)
                                .map(
                                        a ->
                                                new Choice(
                                                        a.id().toString(),
                                                        a.name().text()
                                                                + "（"
                                                                + a.displayName()
                                                                + "，"
                                                                + a.role().word()
                                                                + "）"))
                                .toList(),
                        form));
    }

    private static KeysPage.Row row(ApiKey key) {
        return new KeysPage.Row(
                key.id().toString(),
                key.prefix() + "…",
                key.label(),
                key.accountName(),
                key.revokedAt() == null ? Badge.ACTIVE : Badge.VOIDED,
                key.revokedAt() == null,
                ChinaTime.minute(key.createdAt()),
                key.usedAt() == null ? "从未使用" : ChinaTime.minute(key.usedAt()));
    }

    private static Badge badge(Account account) {
        return account.enabled() ? Badge.ACTIVE : Badge.DISABLED;
    }

    private static List<Choice> roles() {
        return Arrays.stream(Role.values()).map(r -> new Choice(r.name(), r.word())).toList();
    }

    private static NewAccount read(Form form, String password) {
        Role role =
                Arrays.stream(Role.values())
                        .filter(r -> r.name().equals(form.value("role")))
                        .findFirst()
                        .orElseThrow(() -> Problems.of("role", "请选择角色。"));
        @Nullable UUID party = uuid(form.value("party")).orElse(null);
        Set<String> districts =
                Stream.of(form.value("districts").split("[\\s,，、;；]+"))
                        .filter(d -> !d.isEmpty())
                        .collect(Collectors.toSet());
        return new NewAccount(
                form.value("loginName"),
                form.value("displayName"),
                role,
                party,
                districts,
                password);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
