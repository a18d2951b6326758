package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.ApiKeys.ApiKey;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.usecase.KeepAccounts;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and keys, for the administrator's machines. */
@RestController
@RequestMapping("/api/v1")
@MayCall(Role.ADMINISTRATOR)
class AccountsApi {

    private final KeepAccounts keep;
    private final SignedIn signedIn;

    AccountsApi(KeepAccounts keep, SignedIn signedIn) {
        this.keep = keep;
        this.signedIn = signedIn;
    }

    @GetMapping("/accounts")
    List<AccountView> accounts() {
        return keep.all().stream().map(AccountView::of).toList();
    }

    @GetMapping("/accounts/{id}")
    AccountView account(@PathVariable UUID id) {
        return AccountView.of(keep.get(id));
    }

    /** Opens an account with a first password, told in the answer and nowhere else. */
    @PostMapping("/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    Opened open(@RequestBody Opening asked, HttpServletRequest request) {
        if (asked.role() == null) {
            throw Problems.of("role", "请选择角色。");
        }
        String password = Secret.password();
        Account account =
                keep.openFor(
                        signedIn.get(),
                        new NewAccount(
                                asked.loginName() == null ? "" : asked.loginName(),
                                asked.displayName() == null ? "" : asked.displayName(),
                                asked.role(),
                                asked.party(),
                                asked.districts() == null ? Set.of() : asked.districts(),
                                password));
        request.setAttribute(OnlyOnce.TOLD_ONCE, true);
        return new Opened(AccountView.of(account), password);
    }

    @PostMapping("/accounts/{id}/disable")
    AccountView disable(@PathVariable UUID id) {
        keep.disable(signedIn.get(), id);
        return AccountView.of(keep.get(id));
    }

    @PostMapping("/accounts/{id}/enable")
    AccountView enable(@PathVariable UUID id) {
        keep.enable(signedIn.get(), id);
        return AccountView.of(keep.get(id));
    }

    @PostMapping("/accounts/{id}/password")
    Opened resetPassword(@PathVariable UUID id, HttpServletRequest request) {
        String password = keep.resetPassword(signedIn.get(), id);
        request.setAttribute(OnlyOnce.TOLD_ONCE, true);
        return new Opened(AccountView.of(keep.get(id)), password);
    }

    @GetMapping("/keys")
    List<ApiKey> keys() {
        return keep.keys();
    }

    /** Makes a key; the token is told in the answer and nowhere else. */
    @PostMapping("/keys")
    @ResponseStatus(HttpStatus.CREATED)
    MadeKey makeKey(@RequestBody KeyWish wish, HttpServletRequest request) {
        if (wish.account() == null) {
            throw Problems.of("account", "请写明密钥代表哪个账号。");
        }
        Secret secret =
                keep.makeKey(
                        signedIn.get().account(),
                        wish.account(),
                        wish.label() == null ? "" : wish.label());
        request.setAttribute(OnlyOnce.TOLD_ONCE, true);
        return new MadeKey(secret.prefix(), secret.text());
    }

    @PostMapping("/keys/{id}/revoke")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeKey(@PathVariable UUID id) {
        keep.revokeKey(signedIn.get(), id);
    }

    record Opening(
            @Nullable String loginName,
            @Nullable String displayName,
            @Nullable Role role,
            @Nullable UUID party,
            @Nullable Set<String> districts) {}

    record Opened(AccountView account, String password) {}

    record KeyWish(@Nullable UUID account, @Nullable String label) {}

    record MadeKey(String prefix, String token) {}

    record AccountView(
            UUID id,
            String loginName,
            String displayName,
            Role role,
            @Nullable UUID party,
            Set<String> districts,
            boolean enabled,
            Instant createdAt) {
        static AccountView of(Account a) {
            return new AccountView(
                    a.id(),
                    a.name().text(),
                    a.displayName(),
                    a.role(),
                    a.party(),
                    a.districts(),
                    a.enabled(),
                    a.createdAt());
        }
    }
}
