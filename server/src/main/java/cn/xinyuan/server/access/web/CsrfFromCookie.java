package cn.xinyuan.server.access.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.access.domain.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * The CSRF token is a hash of the secret cookie, so it needs no store and changes with the session.
 * A stranger's site can neither read the cookie nor compute the token.
 */
final class CsrfFromCookie implements CsrfTokenRepository {

    private static final String FRESH = CsrfFromCookie.class.getName();

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        var secret = Secret.random();
        request.setAttribute(FRESH, secret);
        return token(secret);
    }

    @Override
    public void saveToken(
            @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(FRESH) instanceof Secret fresh) {
            Cookies.setForm(request, response, fresh);
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        Optional<Secret> cookie = Cookies.session(request).or(() -> Cookies.form(request));
        return cookie.isEmpty() ? null : token(cookie.get());
    }

    private static CsrfToken token(Secret secret) {
        byte[] hash = Secret.sha256(("csrf " + secret.text()).getBytes(UTF_8));
        return new DefaultCsrfToken(
                "X-CSRF-TOKEN",
                "_csrf",
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }
}
