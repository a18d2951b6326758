package cn.xinyuan.server.trace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EndedTokens;
import cn.xinyuan.server.trace.usecase.AskEvents;
import cn.xinyuan.server.trace.usecase.EpcisSettings;
import cn.xinyuan.server.trace.usecase.QueryDocuments;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers with events or values, page by page (EPCIS 2.0, 12.4). */
@NullMarked
@Component
class EventPages {

    private final AskEvents ask;
    private final QueryDocuments documents;
    private final SignedIn signedIn;
    private final EpcisSettings settings;
    private final EndedTokens ended;
    private final Clock clock;

    EventPages(
            AskEvents ask,
            QueryDocuments documents,
            SignedIn signedIn,
            EpcisSettings settings,
            EndedTokens ended,
            Clock clock) {
        this.ask = ask;
        this.documents = documents;
        this.signedIn = signedIn;
        this.settings = settings;
        this.ended = ended;
        this.clock = clock;
    }

    /** The query of the request, narrowed by what the resource stands for. */
    ResponseEntity<Object> events(
            HttpServletRequest request, UnaryOperator<SimpleEventQuery> narrowed) {
        Negotiation wanted = Negotiation.of(request);
        SimpleEventQuery query =
                narrowed.apply(EpcisQueryReader.read(request.getParameterMap(), wanted.names()));
        return events(request, wanted, query, "SimpleEventQuery");
    }

    ResponseEntity<Object> events(
            HttpServletRequest request,
            Negotiation wanted,
            SimpleEventQuery query,
            String queryName) {
        int perPage = EpcisQueryReader.perPage(request.getParameter("perPage"));
        String asked = request.getRequestURI() + "?" + query.text();
        PageToken from = token(request, asked);
        AskEvents.Page page = ask.page(signedIn.get(), query, from.at(), from.told(), perPage);
        HttpHeaders headers = headers(wanted);
        if (page.next() != null) {
            next(
                    request,
                    asked,
                    new PageToken(page.next(), "", from.told() + page.events().size()),
                    headers);
        }
        return write(
                wanted,
                headers,
                documents.document(queryName, null, page.events(), wanted.epcFormat()));
    }

    /** One event. */
    ResponseEntity<Object> event(HttpServletRequest request, Stored event) {
        Negotiation wanted = Negotiation.of(request);
        return write(
                wanted,
                headers(wanted),
                documents.document("SimpleEventQuery", null, List.of(event), wanted.epcFormat()));
    }

    /**
     * A collection of values that events in sight bear.
     *
     * @param fields under which an event may bear the value
     * @param said how a value is written
     */
    ResponseEntity<Object> values(
            HttpServletRequest request,
            String kind,
            List<String> fields,
            UnaryOperator<String> said) {
        Negotiation wanted = Negotiation.of(request);
        int perPage = EpcisQueryReader.perPage(request.getParameter("perPage"));
        String asked = request.getRequestURI();
        PageToken from = token(request, asked);
        List<String> found = ask.values(signedIn.get(), kind, fields, from.last(), perPage + 1);
        HttpHeaders headers = headers(wanted);
        List<String> page = found;
        if (found.size() > perPage) {
            page = found.subList(0, perPage);
            next(
                    request,
                    asked,
                    new PageToken(from.at(), page.getLast(), from.told() + page.size()),
                    headers);
        }
        return collection(
                headers,
                page.stream().map(said).map(v -> documents.said(v, wanted.epcFormat())).toList());
    }

    ResponseEntity<Object> collection(HttpServletRequest request, List<String> members) {
        return collection(headers(Negotiation.of(request)), members);
    }

    private static ResponseEntity<Object> collection(HttpHeaders headers, List<String> members) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("@context", cn.xinyuan.epcis.Context.STANDARD);
        root.put("type", "Collection");
        ArrayNode list = root.putArray("member");
        members.forEach(list::add);
        return ResponseEntity.ok()
                .headers(headers)
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body(EpcisJson.text(root).getBytes(UTF_8));
    }

    private static ResponseEntity<Object> write(
            Negotiation wanted, HttpHeaders headers, ObjectNode document) {
        byte[] body =
                wanted.xml()
                        ? QueryDocuments.xml(document, wanted.cbvFormat()).getBytes(UTF_8)
                        : EpcisJson.text(document).getBytes(UTF_8);
        if (wanted.xml()) {
            headers.set("GS1-CBV-XML-Format", wanted.cbvFormat());
        }
        return ResponseEntity.ok().headers(headers).contentType(wanted.media()).body(body);
    }

    static HttpHeaders headers(Negotiation wanted) {
        HttpHeaders headers = EpcisAnswers.versions();
        headers.set("GS1-EPC-Format", wanted.epcFormat().header());
        headers.set(HttpHeaders.VARY, "Accept, GS1-EPC-Format, GS1-CBV-XML-Format");
        return headers;
    }

    PageToken token(HttpServletRequest request, String asked) {
        String given = request.getParameter("nextPageToken");
        if (given == null) {
            return PageToken.START;
        }
        return PageToken.read(asked, given, clock.instant())
                .filter(_ -> !ended.isEnded(PageToken.digest(given)))
                .orElseThrow(
                        () ->
                                new EpcisRefusal(
                                        400,
                                        "NextPageTokenException",
                                        "The page token does not hold",
                                        "nextPageToken was not given out for this question, or has"
                                                + " expired; ask for the first page again, without"
                                                + " it"));
    }

    /**
     * Ends a token before its time.
     *
     * @throws EpcisRefusal if it is none
     */
    void end(String token) {
        Instant now = clock.instant();
        Instant until =
                PageToken.expiry(token)
                        .orElseThrow(
                                () ->
                                        new EpcisRefusal(
                                                400,
                                                "NextPageTokenException",
                                                "This is no page token",
                                                "give the nextPageToken that stood in the header"
                                                        + " Link of an answer"));
        Instant most = now.plus(settings.tokenLife());
        if (until.isAfter(now)) {
            ended.end(PageToken.digest(token), until.isAfter(most) ? most : until, now);
        }
    }

    void next(HttpServletRequest request, String asked, PageToken token, HttpHeaders headers) {
        Instant expires =
                clock.instant().plus(settings.tokenLife()).truncatedTo(ChronoUnit.SECONDS);
        String same =
                request.getParameterMap().entrySet().stream()
                        .filter(e -> !e.getKey().equals("nextPageToken"))
                        .flatMap(
                                e ->
                                        Arrays.stream(e.getValue())
                                                .map(v -> encode(e.getKey()) + "=" + encode(v)))
                        .collect(Collectors.joining("&"));
        headers.set(
                HttpHeaders.LINK,
                "<"
                        + request.getRequestURI()
                        + "?"
                        + (same.isEmpty() ? "" : same + "&")
                        + "nextPageToken="
                        + token.write(asked, expires)
                        + ">; rel=\"next\"");
        headers.set("GS1-Next-Page-Token-Expires", expires.toString());
    }

    /** Percent-encoded, as one segment of a path or one value of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
