package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.JteViews;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Finding.Why;
import cn.xinyuan.server.scan.domain.Regions;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.usecase.CountScans;
import cn.xinyuan.server.scan.usecase.Timings;
import cn.xinyuan.server.scan.web.CutAnswer.Slot;
import cn.xinyuan.server.scan.web.CutAnswers.Form;
import cn.xinyuan.server.scan.web.CutAnswers.Kind;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Codes codes;
    private final CountScans count;
    private final ScanWords words;
    private final CutAnswers cut;
    private final JteViews views;
    private final JsonMapper json;
    private final Clock clock;
    private final Regions regions;
    private final String regionHeader;
    private final Timings timings = new Timings();
    private volatile Asked asked = new Asked(0, "");

    /** A second in words: thousands of scans share it. */
    private record Asked(long second, String words) {}

    ScanAnswers(
            Codes codes,
            CountScans count,
            ScanWords words,
            CutAnswers cut,
            JteViews views,
            JsonMapper json,
            Clock clock,
            Regions regions,
            @Value("${xinyuan.scan.region-header:}") String regionHeader) {
        this.codes = codes;
        this.count = count;
        this.words = words;
        this.cut = cut;
        this.views = views;
        this.json = json;
        this.clock = clock;
        this.regions = regions;
        this.regionHeader = regionHeader;
        if (regionHeader.isEmpty() && !regions.hasNets()) {
            LOG.info(
                    "copies are not looked for by region: neither xinyuan.scan.region-header nor"
                            + " xinyuan.scan.region-table is set");
        }
    }

    /** Whether anything says in which region a reader is. */
    boolean knowsRegions() {
        return !regionHeader.isEmpty() || regions.hasNets();
    }

    /** How long answers took since the start, from the handler's begin on. */
    Duration took(double share) {
        return timings.quantile(share);
    }

    /** Notes how long an answer took that began at an instant of the JVM's own clock. */
    void took(long began) {
        timings.add(System.nanoTime() - began);
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
        Optional<Tag> tag = tag(finding);
        boolean counts = false;
        Instant now = clock.instant();
        Finding shown = finding;
        if (tag.isPresent() && Readers.isOne(request)) {
            counts = finding.issued() != null;
            var before = count.scanned(tag.get(), region(request), Readers.token(request), now);
            if (counts && before.isPresent()) {
                shown = finding.with(before.get());
            }
        }
        response.setStatus(status.value());
        if (wantsJson(request)) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            send(json(shown, counts, now), request, response);
        } else {
            boolean large = large(request, response);
            boolean english = "en".equals(request.getParameter("lang"));
            response.setContentType("text/html;charset=UTF-8");
            send(page(shown, english, large, counts, now), request, response);
        }
    }

    /** A genuine tag is counted, whether the database is there or not. */
    private Optional<Tag> tag(Finding finding) {
        Issued issued = finding.issued();
        if (issued != null) {
            return Optional.of(new Tag(issued.code(), issued.batch(), issued.serial()));
        }
        return finding.why() == Why.DATABASE_AWAY
                ? codes.open(finding.typed().text())
                : Optional.empty();
    }

    /** Asks a machine to wait a moment; people never come so fast. */
    void tooFast(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader("Retry-After", "1");
        byte[] body;
        if (wantsJson(request)) {
            response.setContentType("application/problem+json");
            body =
                    bytes(
                            """
                            {"type":"about:blank","title":"查询太快","status":429,"detail":"More than 50 \
                            scans a second came from this address: wait a second. Up to 1,000 codes a \
                            call are checked by POST /api/v1/codes/check with a key."}\
                            """);
        } else {
            response.setContentType("text/html;charset=UTF-8");
            body =
                    bytes(
                            """
                            <!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">\
                            <meta name="viewport" content="width=device-width,initial-scale=1">\
                            <title>查询太快</title></head><body><h1>查询太快，请稍等一秒再扫</h1>\
                            <p>同一网络的查询超过每秒 50 次，编号没有问题，请重试。</p>\
                            <p lang="en">Too many scans from one network at once. Nothing is wrong with \
                            the code: please try again in a second.</p></body></html>
                            """);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** An answer in either form; made when it is known which. */
    private sealed interface Body {
        record Whole(byte[] bytes) implements Body {}

        record Cut(CutAnswer answer, Map<Slot, byte[]> words) implements Body {}
    }

    private static void send(Body body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] bytes;
        switch (body) {
            case Body.Whole whole -> bytes = whole.bytes();
            case Body.Cut c when acceptsGzip(request) -> {
                bytes = c.answer().gzip(c.words());
                response.setHeader("Content-Encoding", "gzip");
                response.addHeader("Vary", "accept-encoding");
            }
            case Body.Cut c -> {
                bytes = c.answer().plain(c.words());
                response.addHeader("Vary", "accept-encoding");
            }
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        String accepts = request.getHeader("Accept-Encoding");
        return accepts != null && accepts.contains("gzip") && !accepts.contains("gzip;q=0");
    }

    private Body json(Finding f, boolean counts, Instant now) {
        if (!isCut(f)) {
            return new Body.Whole(json.writeValueAsBytes(ScanJson.of(f, words, counts, now)));
        }
        CutAnswer answer =
                cut.get(
                        new Kind(f.story(), f.why(), Form.JSON),
                        () ->
                                json.writeValueAsString(
                                        ScanJson.of(pattern(f), words, true, now)
                                                .with(
                                                        Long.parseLong(Slot.SCANS.mark()),
                                                        f.issued() == null
                                                                ? null
                                                                : Instant.parse(
                                                                        Slot.FIRST
                                                                                .mark()
                                                                                .replace(
                                                                                        "\"",
                                                                                        "")))));
        Map<Slot, byte[]> own = CutAnswer.words(f.code());
        var counted = f.counted();
        long scans = (counted == null ? 0 : counted.scans()) + (counts ? 1 : 0);
        Instant first = counted != null ? counted.first() : counts ? now : null;
        own.put(Slot.SCANS, bytes(String.valueOf(scans)));
        own.put(Slot.FIRST, bytes(first == null ? "null" : "\"" + first + "\""));
        return new Body.Cut(answer, own);
    }

    private Body page(Finding f, boolean english, boolean large, boolean counts, Instant now) {
        String second = asked(now);
        if (!isCut(f)) {
            return new Body.Whole(
                    render(words.page(f, english, large, counts, now, second))
                            .getBytes(StandardCharsets.UTF_8));
        }
        CutAnswer answer =
                cut.get(
                        new Kind(f.story(), f.why(), Form.of(english, large)),
                        () -> render(words.pattern(pattern(f), english, large, now)));
        Map<Slot, byte[]> own = CutAnswer.words(f.code());
        own.put(Slot.COUNT, bytes(words.count(f, english, counts, now)));
        own.put(Slot.ASKED, bytes(second));
        return new Body.Cut(answer, own);
    }

    /** Whether only code and count tell it from others, which includes codes of nobody. */
    private static boolean isCut(Finding f) {
        return f.isLikeItsNeighbours()
                || f.issued() == null
                        && f.typed().isWellFormed()
                        && (f.why() == Why.NO_SUCH_CODE || f.why() == Why.DATABASE_AWAY);
    }

    /** The same with marks in place of the code and the scans. */
    private static Finding pattern(Finding f) {
        Issued i = f.issued();
        TypedCode mark = new TypedCode(Slot.CODE.mark());
        return new Finding(
                mark,
                f.state(),
                f.why(),
                i == null
                        ? null
                        : new Issued(
                                Slot.CODE.mark(),
                                i.batch(),
                                i.serial(),
                                i.party(),
                                i.product(),
                                i.licence(),
                                i.season(),
                                null),
                f.product(),
                f.producer(),
                f.licence(),
                f.lot(),
                f.recall(),
                f.certificate(),
                f.reports(),
                f.coverage(),
                f.route(),
                null,
                f.story());
    }

    private String render(ScanPage page) {
        return new String(
                views.render("scan/item", Map.of("page", page)).toByteArray(),
                StandardCharsets.UTF_8);
    }

    private String asked(Instant now) {
        Asked last = asked;
        if (last.second() != now.getEpochSecond()) {
            last =
                    new Asked(
                            now.getEpochSecond(),
                            ZonedDateTime.ofInstant(now, ChinaTime.ZONE).format(SECOND));
            asked = last;
        }
        return last.words();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("application/json")
                && !accept.contains("text/html");
    }

    /** What the operator's header says, else what the operator's table says of the address. */
    private @Nullable String region(HttpServletRequest request) {
        String region = regionHeader.isEmpty() ? null : request.getHeader(regionHeader);
        if (region == null || region.isEmpty()) {
            return regions.of(request.getRemoteAddr()).orElse(null);
        }
        // containers read header bytes as ISO 8859-1
        return new String(region.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
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
