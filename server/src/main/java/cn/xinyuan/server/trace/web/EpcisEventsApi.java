package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.usecase.EpcisQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The query interface of EPCIS 2.0, 12.7: captured events, each reader within its sight. */
@NullMarked
@RestController
@RequestMapping("/epcis")
@Tag(name = "EPCIS", description = "GS1 EPCIS 2.0")
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.LABORATORY,
    Role.CLERK,
    Role.FARMER,
    Role.RETAILER,
    Role.ASSOCIATION
})
class EpcisEventsApi {

    private final EpcisQueries queries;
    private final SignedIn signedIn;
    private final Clock clock;

    EpcisEventsApi(EpcisQueries queries, SignedIn signedIn, Clock clock) {
        this.queries = queries;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @AnyoneMayCall
    @RequestMapping(path = "/events", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvents() {
        return EpcisAnswers.discovery("OPTIONS, GET");
    }

    @AnyoneMayCall
    @RequestMapping(path = "/events/{*id}", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvent(@PathVariable String id) {
        return EpcisAnswers.discovery("OPTIONS, GET");
    }

    @GetMapping("/events")
    @Operation(
            summary = "Query captured events",
            description =
                    "Simple event query with eventType, GE_eventTime, LT_eventTime, MATCH_anyEPC,"
                            + " MATCH_anyEPCClass, EQ_bizStep, EQ_action, EQ_eventID, perPage and"
                            + " nextPageToken; several values are separated by commas.")
    ResponseEntity<Object> events(@Parameter(hidden = true) HttpServletRequest request) {
        EpcisQueryReader.Asked asked;
        try {
            asked = EpcisQueryReader.read(request.getParameterMap());
        } catch (EpcisQueryReader.BadParameter bad) {
            return bad.answer();
        }
        List<Stored> found = queries.events(signedIn.get(), asked.query());
        List<Stored> page = found.stream().limit(asked.perPage()).toList();
        HttpHeaders headers = EpcisAnswers.versions();
        if (found.size() > page.size()) {
            headers.set(HttpHeaders.LINK, next(request, asked, page.getLast().seq()));
            headers.set(
                    "GS1-Next-Page-Token-Expires",
                    clock.instant()
                            .plus(Duration.ofDays(1))
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
        return answer(page, headers);
    }

    /**
     * An id holds colons and, as event hash, slashes; the hash may be given by its digits alone.
     */
    @GetMapping("/events/{*id}")
    @Operation(summary = "One captured event, by its id or its event hash")
    ResponseEntity<Object> event(@PathVariable String id) {
        String asked = id.startsWith("/") ? id.substring(1) : id;
        if (asked.indexOf('\0') >= 0) {
            return EpcisAnswers.notFound("there is no such event");
        }
        return queries.event(signedIn.get(), asked)
                .map(event -> answer(List.of(event), EpcisAnswers.versions()))
                .orElseGet(() -> EpcisAnswers.notFound("there is no such event"));
    }

    private ResponseEntity<Object> answer(List<Stored> events, HttpHeaders headers) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ArrayNode contexts = nodes.arrayNode();
        ArrayNode list = nodes.arrayNode();
        Map<String, String> prefixes = new java.util.HashMap<>();
        for (Stored each : events) {
            ObjectNode event = (ObjectNode) parse(each.body());
            JsonNode context = parse(each.context());
            Map<String, String> own = new Context(context).prefixes();
            boolean clash =
                    own.entrySet().stream()
                            .anyMatch(
                                    e ->
                                            !prefixes.getOrDefault(e.getKey(), e.getValue())
                                                    .equals(e.getValue()));
            if (clash) {
                if (!event.has("@context")) {
                    event.set("@context", context);
                }
            } else {
                prefixes.putAll(own);
                merge(contexts, context);
            }
            event.put("eventID", each.eventId());
            event.put("recordTime", EpcisTime.of(each.recordTime(), ZoneOffset.UTC).text());
            list.add(event);
        }
        if (contexts.isEmpty()) {
            contexts.add(Context.STANDARD);
        }
        ObjectNode root = nodes.objectNode();
        root.set("@context", contexts);
        root.put("type", "EPCISQueryDocument");
        root.put("schemaVersion", "2.0");
        root.put("creationDate", EpcisTime.of(clock.instant(), ZoneOffset.UTC).text());
        ObjectNode results = root.putObject("epcisBody").putObject("queryResults");
        results.put("queryName", "SimpleEventQuery");
        results.putObject("resultsBody").set("eventList", list);
        return ResponseEntity.ok()
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(EpcisJson.text(root).getBytes(StandardCharsets.UTF_8));
    }

    private static void merge(ArrayNode into, JsonNode context) {
        Iterable<JsonNode> parts = context.isArray() ? context : List.of(context);
        for (JsonNode part : parts) {
            boolean there = false;
            for (JsonNode known : into) {
                there |= known.equals(part);
            }
            if (!there && !part.isEmpty() || part.isString() && !there) {
                into.add(part);
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return EpcisJson.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }

    private static String next(
            HttpServletRequest request, EpcisQueryReader.Asked asked, long last) {
        String same =
                request.getParameterMap().entrySet().stream()
                        .filter(e -> !e.getKey().equals("nextPageToken"))
                        .flatMap(
                                e ->
                                        java.util.Arrays.stream(e.getValue())
                                                .map(v -> encode(e.getKey()) + "=" + encode(v)))
                        .collect(Collectors.joining("&"));
        return "</epcis/events?"
                + (same.isEmpty() ? "" : same + "&")
                + "nextPageToken="
                + PageToken.write(asked.text(), last)
                + ">; rel=\"next\"";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
