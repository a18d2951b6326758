package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.JteViews;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.usecase.CountScans;
import cn.xinyuan.server.scan.usecase.LookUp;
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
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scan page and its JSON twin; the same page answers a GS1 Digital Link (GS1 Digital Link
 * Standard 1.2, URI syntax), whose serial is our code.
 */
@Controller
@AnyoneMayCall
class ScanController {

    private static final Logger LOG = LoggerFactory.getLogger(ScanController.class);
    private static final String COOKIE = "xinyuan_text";
    private static final Pattern ROBOT =
            Pattern.compile(
                    "bot\\b|bot/|spider|crawl|slurp|preview|facebookexternalhit|whatsapp|telegram"
                            + "|headlesschrome-link|monitor|uptime|curl-health",
                    Pattern.CASE_INSENSITIVE);

    private final LookUp lookUp;
    private final CountScans count;
    private final ScanWords words;
    private final JteViews views;
    private final JsonMapper json;
    private final Clock clock;
    private final String regionHeader;

    ScanController(
            LookUp lookUp,
            CountScans count,
            ScanWords words,
            JteViews views,
            JsonMapper json,
            Clock clock,
            @Value("${xinyuan.scan.region-header:}") String regionHeader) {
        this.lookUp = lookUp;
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

    @GetMapping({"/t/{code}", "/T/{code}", "/t/{code}/", "/T/{code}/"})
    void scan(@PathVariable String code, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(lookUp.find(code), request, response);
    }

    @GetMapping("/01/{gtin}/21/{serial}")
    void digitalLink(
            @PathVariable String gtin,
            @PathVariable String serial,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(lookUp.find(serial, gtin, null), request, response);
    }

    @GetMapping("/01/{gtin}/10/{lot}/21/{serial}")
    void digitalLinkWithLot(
            @PathVariable String gtin,
            @PathVariable String lot,
            @PathVariable String serial,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(lookUp.find(serial, gtin, lot), request, response);
    }

    /** A link that names no single unit: there is nothing to judge without the code. */
    @GetMapping({"/01/{gtin}", "/01/{gtin}/10/{lot}"})
    void digitalLinkWithoutSerial(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(lookUp.find(""), request, response);
    }

    private void answer(Finding finding, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean counts = finding.issued() != null && isAReader(request);
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
