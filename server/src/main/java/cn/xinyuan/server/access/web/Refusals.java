package cn.xinyuan.server.access.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import org.springframework.http.MediaType;

/** How the door says no: problem+json (RFC 9457) to machines, a page to people. */
final class Refusals {

    /** Longer addresses are not come back to: encoded, they would not fit into a header. */
    private static final int LONGEST_NEXT = 1000;

    private Refusals() {}

    /** Machines are those who call the APIs, ask for JSON or show credentials in a header. */
    static boolean isMachine(HttpServletRequest request) {
        String path = request.getRequestURI();
        String accept = request.getHeader("Accept");
        return path.startsWith("/api/")
                || isEpcis(request)
                || request.getHeader("Authorization") != null
                || (accept != null && accept.contains("json") && !accept.contains("text/html"));
    }

    /** The EPCIS interface names its refusals as its standard does. */
    private static boolean isEpcis(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/epcis") || path.startsWith("/epcis/");
    }

    static void notSignedIn(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isMachine(request)) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"xinyuan\"");
            problem(
                    response,
                    type(request),
                    401,
                    "not-signed-in",
                    "请先登录",
                    "请带上 Authorization: Bearer 密钥，或先登录。");
            return;
        }
        String target = "/login";
        if (request.getMethod().equals("GET")) {
            String query = request.getQueryString();
            String next = request.getRequestURI() + (query == null ? "" : "?" + query);
            if (next.length() <= LONGEST_NEXT) {
                target += "?next=" + URLEncoder.encode(next, UTF_8);
            }
        }
        response.setStatus(303);
        response.setHeader("Location", target);
    }

    static void wrongRole(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problem(response, type(request), 403, "wrong-role", "没有权限", "您的角色不能做这件事。");
    }

    private static String type(HttpServletRequest request) {
        return isEpcis(request) ? "epcisException:SecurityException" : "about:blank";
    }

    static void problem(
            HttpServletResponse response, int status, String rule, String title, String detail)
            throws IOException {
        problem(response, "about:blank", status, rule, title, detail);
    }

    private static void problem(
            HttpServletResponse response,
            String type,
            int status,
            String rule,
            String title,
            String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(UTF_8);
        String body =
                """
                {"type":"%s","title":"%s","status":%d,"detail":"%s","rule":"%s"}
                """
                        .formatted(type, quoted(title), status, quoted(detail), quoted(rule));
        response.getOutputStream().write(body.strip().getBytes(UTF_8));
    }

    private static String quoted(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                out.append('\\').append((char) c);
                            } else if (c < 0x20) {
                                out.append("\\u%04x".formatted(c));
                            } else {
                                out.append((char) c);
                            }
                        });
        return out.toString();
    }
}
