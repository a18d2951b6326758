package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.JteViews;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.usecase.CountScans;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a scan with the page or its JSON twin, and counts it: for {@code /t/CODE} and for a GS1
 * Digital Link whose serial is our code.
 */
@Component
class ScanAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ScanAnswers.class);
    private static final String COOKIE = "xinyuan_text";
    private static final Pattern ROBOT =
            Pattern.compile(
                    "bot\\b|bot/|spider|crawl|slurp|preview|facebookexternalhit|whatsapp|telegram"
                            + "|headlesschrome-link|monitor|uptime|curl-health",
                    Pattern.CASE_INSENSITIVE);

    private final CountScans count;
    private final ScanWords words;
    private final JteViews views;
    private final JsonMapper json;
    private final Clock clock;
    private final String regionHeader;

    ScanAnswers(
            CountScans count,
            ScanWords words,
            JteViews views,
            JsonMapper json,
            Clock clock,
            @Value("${xinyuan.scan.region-header:}") String regionHeader) {
        this.count = count;
        this.words = words;
        this.views = views;
        this.json = json;
        this.clock = clock;
        this.regionHeader = regionHeader;
        if (regionHeader.isEmpty()) {
            LOG.info(
                    "copies are not looked for by region: xinyuan.scan.region-header names no"
                            + " header");
        }
    }

    /**
     * Writes the answer.
     *
     * @param status 200 where the question was understood; a Digital Link of a thing that nobody
     *     knows is 404
     */
    void answer(
            Finding finding,
            HttpStatus status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean counts = finding.issued() != null && isAReader(request);
        response.setStatus(status.value());
        if (wantsJson(request)) {
            byte[] body = json.writeValueAsBytes(ScanJson.of(finding, words, counts, clock));
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else {
            boolean large = large(request, response);
            boolean english = "en".equals(request.getParameter("lang"));
            Utf8ByteOutput page =
                    views.render(
                            "scan/item",
                            Map.of("page", words.page(finding, english, large, counts)));
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(page.getContentLength());
            page.writeTo(response.getOutputStream());
        }
        if (counts) {
            count.later(finding.code(), region(request), token(request), clock.instant());
        }
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("application/json")
                && !accept.contains("text/html");
    }

    /** Robots, link previews and a second look at the same page (language, text size) are none. */
    private static boolean isAReader(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        String purpose =
                String.valueOf(request.getHeader("Sec-Purpose"))
                        + request.getHeader("Purpose")
                        + request.getHeader("X-Moz");
        return request.getMethod().equals("GET")
                && request.getParameter("font") == null
                && request.getParameter("lang") == null
                && !(agent != null && ROBOT.matcher(agent).find())
                && !purpose.toLowerCase(Locale.ROOT).contains("pre");
    }

    private @Nullable String region(HttpServletRequest request) {
        String region = regionHeader.isEmpty() ? null : request.getHeader(regionHeader);
        return region == null
                ? null
                // containers read header bytes as ISO 8859-1
                : new String(region.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Tells readers apart for a day; it is salted and hashed before it is kept. */
    private static String token(HttpServletRequest request) {
        return request.getRemoteAddr() + "|" + request.getHeader("User-Agent");
    }

    /** 大字版: the choice is kept in a cookie that the server sets. */
    private static boolean large(HttpServletRequest request, HttpServletResponse response) {
        String wish = request.getParameter("font");
        if (wish != null) {
            var cookie = new Cookie(COOKIE, wish.equals("l") ? "l" : "");
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Lax");
            cookie.setMaxAge(wish.equals("l") ? 365 * 24 * 3600 : 0);
            response.addCookie(cookie);
            return wish.equals("l");
        }
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue().equals("l");
                }
            }
        }
        return false;
    }
}
