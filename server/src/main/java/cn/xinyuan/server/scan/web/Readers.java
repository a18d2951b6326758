package cn.xinyuan.server.scan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who asks: a person with a phone, or a machine that looks at links for somebody. */
final class Readers {

    /**
     * Robots and link previews by the names they give themselves. WeChat, QQ, DingTalk, Weibo and
     * Feishu fetch a link that is passed on before anyone opens it; search engines and monitors
     * follow links on their own.
     */
    private static final Pattern ROBOT =
            Pattern.compile(
                    "bot\\b|bot[/;-]|spider|crawl|slurp|preview|prefetch|monitor|uptime"
                            + "|headlesschrome-link|curl-health|facebookexternalhit|facebot"
                            + "|whatsapp|telegram|embedly|skypeuri|vkshare|wechatshare"
                            + "|qq-url-manager|qqlinkinfo|mail\\.qq|dingtalk.*(?:robot|link)"
                            + "|lark.*link|weibo.*link",
                    Pattern.CASE_INSENSITIVE);

    private Readers() {}

    /**
     * Whether a request is a scan by a person. Robots, link previews, prefetching ({@code
     * Sec-Purpose} of the Fetch standard and its forerunners {@code Purpose}, {@code X-Purpose},
     * {@code X-Moz}), HEAD and a second look at the same page (language, text size) are none.
     */
    static boolean isOne(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getParameter("font") == null
                && request.getParameter("lang") == null
                && !isAhead(request, "Sec-Purpose")
                && !isAhead(request, "Purpose")
                && !isAhead(request, "X-Purpose")
                && !isAhead(request, "X-Moz")
                && !isRobot(request.getHeader("User-Agent"));
    }

    private static boolean isAhead(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        return value != null && value.toLowerCase(Locale.ROOT).contains("pre");
    }

    static boolean isRobot(@Nullable String agent) {
        return agent != null && ROBOT.matcher(agent).find();
    }

    /** Tells readers apart for a day; it is salted and hashed before it is kept anywhere. */
    static String token(HttpServletRequest request) {
        return request.getRemoteAddr() + "|" + request.getHeader("User-Agent");
    }
}
