package cn.xinyuan.server.scan.web;

import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.codes.Gs1Problem;
import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.JteViews;
import cn.xinyuan.server.scan.domain.Entry;
import cn.xinyuan.server.scan.web.LinkAnswerPage.Way;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The three ways in which a Digital Link leads nowhere, as a page for browsers and as problem+json
 * (RFC 9457) for everyone else. Each says what to do.
 */
@Component
class LinkAnswers {

    /** The stable names of the three, as {@code rule} and in {@code type}. */
    enum Kind {
        BAD("bad-digital-link", 400),
        UNKNOWN("unknown-item", 404),
        NO_SUCH_LINK("no-such-link-type", 404);

        private final String rule;
        private final int status;

        Kind(String rule, int status) {
            this.rule = rule;
            this.status = status;
        }

        String rule() {
            return rule;
        }

        int status() {
            return status;
        }
    }

    private final Console console;
    private final JteViews views;
    private final JsonMapper json;

    LinkAnswers(Console console, JteViews views, JsonMapper json) {
        this.console = console;
        this.views = views;
        this.json = json;
    }

    /** The address breaks a rule of GS1. */
    void bad(List<Gs1Problem> problems, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Say say = say(request);
        String title = say.in("标签上的网址写得不对", "The address on the label is not right");
        String text =
                say.in(
                        "请对照标签核对网址；若标签就是这样印的，请联系生产主体改正。",
                        "Compare the address with the label; if it is printed so, the producer"
                                + " has to mend it.");
        if (wantsPage(request)) {
            page(
                    response,
                    new LinkAnswerPage(
                            Kind.BAD.status(),
                            title,
                            text,
                            problems.stream().map(p -> words(p, say)).toList(),
                            List.of()));
            return;
        }
        Map<String, Object> body = body(Kind.BAD, title, words(problems.getFirst(), say), request);
        body.put(
                "problems",
                problems.stream()
                        .map(
                                p -> {
                                    var one = new LinkedHashMap<String, Object>();
                                    one.put("field", p.ai());
                                    one.put("rule", p.rule().name());
                                    one.put("place", p.place());
                                    one.put("text", p.chinese());
                                    one.put("textEn", p.english());
                                    return one;
                                })
                        .toList());
        problem(response, Kind.BAD, body);
    }

    /** The address is good, and the platform does not know the thing. */
    void unknown(DigitalLink link, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Say say = say(request);
        String title = say.in("本平台没有登记这个编号", "This platform does not know the number");
        String content = link.elementString().bracketed();
        String text =
                say.in(
                        content + " 的写法没有错，但产品、批次或编号没有在这里登记，或者彼此不符。请逐位核对标签。",
                        content
                                + " is written correctly, but product, lot or serial is not registered"
                                + " here, or they do not belong together. Compare the label.");
        if (wantsPage(request)) {
            page(
                    response,
                    new LinkAnswerPage(Kind.UNKNOWN.status(), title, text, List.of(), List.of()));
        } else {
            problem(response, Kind.UNKNOWN, body(Kind.UNKNOWN, title, text, request));
        }
    }

    /** The thing is known, and has no link of the type that was asked for. */
    void noSuchLink(
            DigitalLink link,
            Entry entry,
            String asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Say say = say(request);
        String title = say.in("没有这种链接", "There is no such link");
        String shown = asked.length() > 100 ? asked.substring(0, 100) + "…" : asked;
        String text =
                say.in(
                        "“" + shown + "”在这里没有登记；有的类型见下。",
                        "No link of type “" + shown + "” is registered; these are.");
        if (wantsPage(request)) {
            page(
                    response,
                    new LinkAnswerPage(
                            Kind.NO_SUCH_LINK.status(),
                            title,
                            text,
                            List.of(),
                            entry.types().stream()
                                    .filter(t -> t != LinkType.DEFAULT_LINK_MULTI)
                                    .map(
                                            t ->
                                                    new Way(
                                                            link.path() + "?linkType=" + t.curie(),
                                                            say.in(t.chinese(), t.english())
                                                                    + " · "
                                                                    + t.curie()))
                                    .toList()));
            return;
        }
        Map<String, Object> body = body(Kind.NO_SUCH_LINK, title, text, request);
        body.put("linkTypes", entry.types().stream().map(LinkType::curie).toList());
        body.put("linkset", link.path() + "?linkType=linkset");
        problem(response, Kind.NO_SUCH_LINK, body);
    }

    private static String words(Gs1Problem problem, Say say) {
        return say.in(problem.chinese(), problem.english());
    }

    private void page(HttpServletResponse response, LinkAnswerPage page) throws IOException {
        Utf8ByteOutput drawn =
                views.render("scan/link", Map.of("shell", console.shell(""), "page", page));
        response.setStatus(page.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(drawn.getContentLength());
        drawn.writeTo(response.getOutputStream());
    }

    private void problem(HttpServletResponse response, Kind kind, Map<String, Object> body)
            throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(kind.status());
        response.setContentType("application/problem+json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static Map<String, Object> body(
            Kind kind, String title, String text, HttpServletRequest request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:xinyuan:problem:" + kind.rule());
        body.put("title", title);
        body.put("status", kind.status());
        body.put("detail", text);
        body.put("instance", request.getRequestURI());
        body.put("rule", kind.rule());
        return body;
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static Say say(HttpServletRequest request) {
        return new Say("en".equals(request.getParameter("lang")));
    }
}
