package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.DemoLogIns;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook.Way;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.Sessions;
import cn.xinyuan.server.access.domain.SignInOutcome;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.access.usecase.OpenPlatform;
import cn.xinyuan.server.access.usecase.SignIn;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Nav;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The way in and out for people, and the first way in of an empty platform. */
@Controller
@AnyoneMayCall
class LogInController {

    /**
     * An address of ours: a path without empty, dot or parameter segments, then perhaps a query; no
     * backslashes, no control characters.
     */
    private static final Pattern OURS =
            Pattern.compile(
                    "(?![^?]*//)(?![^?]*/\\.)/[\\x21-\\x3a\\x3c-\\x3e\\x40-\\x5b\\x5d-\\x7e]*"
                            + "(\\?[\\x21-\\x5b\\x5d-\\x7e]*)?");

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ChinaTime.ZONE);

    private final SignIn signIn;
    private final OpenPlatform platform;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final WallTime time;
    private final Console console;
    private final ObjectProvider<DemoLogIns> demo;

    LogInController(
            SignIn signIn,
            OpenPlatform platform,
            Sessions sessions,
            SignedIn signedIn,
            WallTime time,
            Console console,
            ObjectProvider<DemoLogIns> demo) {
        this.signIn = signIn;
        this.platform = platform;
        this.sessions = sessions;
        this.signedIn = signedIn;
        this.time = time;
        this.console = console;
        this.demo = demo;
    }

    @GetMapping("/login")
    Object form(@RequestParam(defaultValue = "") String next) {
        if (signedIn.find().isPresent()) {
            return "redirect:" + target(next, Nav.home(signedIn.get().role()));
        }
        return page(next, Form.empty(), HttpStatus.OK);
    }

    @PostMapping("/login")
    Object logIn(
            @RequestParam(defaultValue = "") String loginName,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.of(request);
        if (loginName.isBlank() || password.isEmpty()) {
            var problems = new Problems.Collector();
            problems.require(!loginName.isBlank(), "loginName", "请填写用户名。");
            problems.require(!password.isEmpty(), "password", "请填写密码。");
            return page(next, with(form, problems), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Secret device = Cookies.device(request).orElseGet(Secret::random);
        return switch (signIn.attempt(
                loginName, password, request.getRemoteAddr(), Way.PAGE, device)) {
            case SignInOutcome.In in -> {
                Cookies.setDevice(request, response, device);
                open(in.account(), request, response);
                yield in.account().mustChange()
                        ? "redirect:/me#password"
                        : "redirect:" + target(next, Nav.home(in.account().role()));
            }
            case SignInOutcome.Wrong wrong ->
                    page(next, no(form, "用户名或密码不对。"), HttpStatus.UNPROCESSABLE_CONTENT);
            case SignInOutcome.Disabled disabled ->
                    page(next, no(form, "这个账号已停用，请找管理员。"), HttpStatus.FORBIDDEN);
            case SignInOutcome.Locked locked -> {
                response.setHeader(
                        "Retry-After",
                        Long.toString(Doorkeeper.retryAfter(locked.until(), time.now())));
                String text = "尝试次数过多，请在 " + SECOND.format(locked.until()) + " 之后再试。";
                yield page(next, no(form, text), HttpStatus.TOO_MANY_REQUESTS);
            }
        };
    }

    @PostMapping("/logout")
    String logOut(HttpServletRequest request, HttpServletResponse response) {
        Cookies.session(request).ifPresent(sessions::close);
        Cookies.clearSession(request, response);
        return "redirect:/login";
    }

    @GetMapping("/setup")
    Object setUp(@RequestParam(defaultValue = "") String token) {
        if (!platform.opens(token)) {
            throw new NotFound("set-up link");
        }
        return console.page("access/setup", "", new SetUpPage(token, Form.empty()));
    }

    @PostMapping("/setup")
    Object setUp(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String loginName,
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String passwordAgain,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            if (!password.equals(passwordAgain)) {
                throw Problems.of("passwordAgain", "两次输入的密码不一样。");
            }
            Account account =
                    platform.open(token, loginName, displayName, password, request.getRemoteAddr());
            open(account, request, response);
            return "redirect:" + Nav.home(account.role());
        } catch (Problems problems) {
            return console.page(
                    "access/setup", "", new SetUpPage(token, Form.of(request, problems)));
        }
    }

    private void open(Account account, HttpServletRequest request, HttpServletResponse response) {
        Cookies.session(request).ifPresent(sessions::close);
        Cookies.setSession(
                request,
                response,
                sessions.open(account.id(), request.getRemoteAddr(), time.now()));
    }

    private ModelAndView page(String next, Form form, HttpStatus status) {
        DemoLogIns logIns = demo.getIfAvailable();
        ModelAndView view =
                console.page(
                        "access/login",
                        "",
                        new LogInPage(
                                target(next, ""),
                                form,
                                logIns == null ? List.of() : logIns.list()));
        view.setStatus(status);
        return view;
    }

    private static Form no(Form form, String text) {
        return new Form(form.typed(), List.of(new Problem("", text)));
    }

    private static Form with(Form form, Problems.Collector problems) {
        try {
            problems.throwIfAny();
            return form;
        } catch (Problems found) {
            return new Form(form.typed(), found.list());
        }
    }

    /** Only an address of ours; else where the role starts its day. */
    static String target(String next, String otherwise) {
        return OURS.matcher(next).matches()
                        && !next.startsWith("/login")
                        && !next.startsWith("/logout")
                ? next
                : otherwise;
    }
}
