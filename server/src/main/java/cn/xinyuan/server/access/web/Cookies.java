package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.domain.Devices;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The three cookies: that of the session, that of a form shown to a stranger (the sign-in form), to
 * which its CSRF token is bound, and that of a browser in which an owner has signed in before
 * (which opens nothing, but is not locked out by the guesses of others). All HttpOnly,
 * SameSite=Lax, and Secure over https.
 */
final class Cookies {

    private static final String SESSION = "xinyuan_session";
    private static final String FORM = "xinyuan_form";
    private static final String DEVICE = "xinyuan_device";

    private Cookies() {}

    static Optional<Secret> session(HttpServletRequest request) {
        return read(request, SESSION);
    }

    static Optional<Secret> form(HttpServletRequest request) {
        return read(request, FORM);
    }

    static Optional<Secret> device(HttpServletRequest request) {
        return read(request, DEVICE);
    }

    static void setSession(
            HttpServletRequest request, HttpServletResponse response, Secret secret) {
        set(request, response, SESSION, secret.text(), Sessions.LONGEST);
    }

    static void clearSession(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, SESSION, "", Duration.ZERO);
    }

    static void setForm(HttpServletRequest request, HttpServletResponse response, Secret secret) {
        set(request, response, FORM, secret.text(), Duration.ofHours(12));
    }

    static void setDevice(HttpServletRequest request, HttpServletResponse response, Secret secret) {
        set(request, response, DEVICE, secret.text(), Devices.REMEMBERED);
    }

    private static Optional<Secret> read(HttpServletRequest request, String name) {
        Cookie @Nullable [] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name) && cookie.getValue().length() >= 40) {
                return Optional.of(new Secret(cookie.getValue()));
            }
        }
        return Optional.empty();
    }

    private static void set(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            String value,
            Duration age) {
        ResponseCookie cookie =
                ResponseCookie.from(name, value)
                        .path("/")
                        .httpOnly(true)
                        .sameSite("Lax")
                        .secure(request.isSecure())
                        .maxAge(age)
                        .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
