package cn.xinyuan.server.access.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook.Way;
import cn.xinyuan.server.access.domain.ApiKeys;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.Sessions;
import cn.xinyuan.server.access.domain.SignInOutcome;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.access.usecase.SignIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who comes: by the {@code Authorization} header if there is one (then no cookie counts),
 * else by the session cookie. Wrong credentials are answered here; none at all pass on as a
 * stranger.
 */
final class Doorkeeper extends OncePerRequestFilter {

    private final Sessions sessions;
    private final ApiKeys keys;
    private final SignIn signIn;
    private final WallTime time;

    Doorkeeper(Sessions sessions, ApiKeys keys, SignIn signIn, WallTime time) {
        this.sessions = sessions;
        this.keys = keys;
        this.signIn = signIn;
        this.time = time;
    }

    /** The error page too should know who reads it. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header == null || isErrorPage(request)) {
            Cookies.session(request)
                    .flatMap(secret -> sessions.accountOf(secret, time.now()))
                    .ifPresent(Doorkeeper::admit);
        } else if (!admitted(header, request, response)) {
            return;
        }
        rest.doFilter(request, response);
    }

    private boolean admitted(
            String header, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int space = header.indexOf(' ');
        String scheme = header.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT);
        String credentials = header.substring(space + 1).strip();
        if (scheme.equals("bearer")) {
            Optional<Account> account = keys.accountOf(new Secret(credentials), time.now());
            account.ifPresent(Doorkeeper::admit);
            if (account.isEmpty()) {
                response.setHeader(
                        "WWW-Authenticate", "Bearer realm=\"xinyuan\", error=\"invalid_token\"");
                Refusals.problem(response, 401, "wrong-key", "密钥无效", "密钥不对、已作废，或账号已停用。");
            }
            return account.isPresent();
        }
        if (scheme.equals("basic")) {
            return admittedByPassword(credentials, request, response);
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"xinyuan\"");
        Refusals.problem(response, 401, "unknown-scheme", "认证方式不支持", "只支持 Bearer 和 Basic。");
        return false;
    }

    private boolean admittedByPassword(
            String credentials, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String @Nullable [] pair = nameAndPassword(credentials);
        if (pair == null) {
            Refusals.problem(response, 401, "wrong-password", "登录失败", "Basic 认证的格式不对。");
            return false;
        }
        // A browser that remembers the password sends it along to whatever another site asks for.
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site")) && changes(request)) {
            Refusals.problem(response, 403, "cross-site", "来自其他网站的请求", "请改用 Bearer 密钥。");
            return false;
        }
        SignInOutcome outcome =
                signIn.attempt(pair[0], pair[1], request.getRemoteAddr(), Way.BASIC, null);
        switch (outcome) {
            case SignInOutcome.In in -> {
                admit(in.account());
                return true;
            }
            case SignInOutcome.Locked locked -> {
                long seconds = retryAfter(locked.until(), time.now());
                response.setHeader("Retry-After", Long.toString(seconds));
                Refusals.problem(response, 429, "locked", "尝试次数过多", "请在 " + seconds + " 秒之后再试。");
            }
            case SignInOutcome.Wrong wrong -> {
                response.setHeader("WWW-Authenticate", "Basic realm=\"xinyuan\"");
                Refusals.problem(response, 401, "wrong-password", "登录失败", "用户名或密码不对。");
            }
            case SignInOutcome.Disabled disabled ->
                    Refusals.problem(response, 403, "account-disabled", "账号已停用", "请找管理员。");
        }
        return false;
    }

    static long retryAfter(Instant until, Instant now) {
        return Math.max(1, Duration.between(now, until).toSeconds() + 1);
    }

    static boolean changes(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
            default -> true;
        };
    }

    private static String @Nullable [] nameAndPassword(String credentials) {
        try {
            String plain = new String(Base64.getDecoder().decode(credentials), UTF_8);
            int colon = plain.indexOf(':');
            return colon < 0
                    ? null
                    : new String[] {plain.substring(0, colon), plain.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void admit(Account account) {
        SecurityContextHolder.setContext(
                new SecurityContextImpl(new VisitorAuthentication(account.visitor())));
    }

    private static boolean isErrorPage(HttpServletRequest request) {
        return request.getDispatcherType() == jakarta.servlet.DispatcherType.ERROR;
    }
}
