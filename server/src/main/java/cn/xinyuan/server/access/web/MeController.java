package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook.Way;
import cn.xinyuan.server.access.domain.Sessions;
import cn.xinyuan.server.access.domain.SignInOutcome;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.access.usecase.KeepAccounts;
import cn.xinyuan.server.access.usecase.SignIn;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** One's own account: what it may see, the password, the last log-ins. */
@Controller
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.LABORATORY,
    Role.CLERK,
    Role.FARMER,
    Role.RETAILER,
    Role.ASSOCIATION
})
class MeController {

    private final KeepAccounts keep;
    private final SignIn signIn;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final AccountWords words;
    private final WallTime time;
    private final Console console;

    MeController(
            KeepAccounts keep,
            SignIn signIn,
            Sessions sessions,
            SignedIn signedIn,
            AccountWords words,
            WallTime time,
            Console console) {
        this.keep = keep;
        this.signIn = signIn;
        this.sessions = sessions;
        this.signedIn = signedIn;
        this.words = words;
        this.time = time;
        this.console = console;
    }

    @GetMapping("/me")
    Object me(@RequestParam(defaultValue = "false") boolean changed) {
        return page(changed, Form.empty());
    }

    @PostMapping("/me/password")
    Object password(
            @RequestParam(defaultValue = "") String passwordOld,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String passwordAgain,
            HttpServletRequest request,
            HttpServletResponse response) {
        Account account = keep.get(signedIn.get().account());
        try {
            if (!password.equals(passwordAgain)) {
                throw Problems.of("passwordAgain", "两次输入的新密码不一样。");
            }
            var outcome =
                    signIn.attempt(
                            account.name().text(),
                            passwordOld,
                            request.getRemoteAddr(),
                            Way.PAGE,
                            Cookies.device(request).orElse(null));
            if (outcome instanceof SignInOutcome.Locked) {
                throw Problems.of("passwordOld", "尝试次数过多，请稍后再试。");
            }
            if (!(outcome instanceof SignInOutcome.In)) {
                throw Problems.of("passwordOld", "现在的密码不对。");
            }
            keep.changePassword(account.id(), password);
            Cookies.setSession(
                    request,
                    response,
                    sessions.open(account.id(), request.getRemoteAddr(), time.now()));
            return "redirect:/me?changed=true";
        } catch (Problems problems) {
            return page(false, Form.of(request, problems));
        }
    }

    /** The same for machines. */
    @GetMapping("/api/v1/me")
    @ResponseBody
    Me whoAmI() {
        Account account = keep.get(signedIn.get().account());
        return new Me(
                account.id(),
                account.name().text(),
                account.displayName(),
                account.role(),
                account.party(),
                account.districts());
    }

    record Me(
            UUID account,
            String loginName,
            String name,
            Role role,
            @Nullable UUID party,
            Set<String> districts) {}

    private Object page(boolean changed, Form form) {
        Account account = keep.get(signedIn.get().account());
        return console.page(
                "access/me",
                "/me",
                new MePage(
                        account.name().text(),
                        account.displayName(),
                        account.role().word(),
                        words.scope(account),
                        switch (account.role()) {
                            case ADMINISTRATOR, CLERK, RETAILER -> true;
                            default -> false;
                        },
                        account.mustChange(),
                        changed,
                        form,
                        AccountWords.logIns(keep.logIns(account.id()))));
    }
}
