package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.query.QueryRefused;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.domain.EventArchive.Cursor;
import cn.xinyuan.server.trace.domain.Schedule;
import cn.xinyuan.server.trace.domain.StandingQueries.Named;
import cn.xinyuan.server.trace.domain.StandingQueries.Subscription;
import cn.xinyuan.server.trace.usecase.NamedQueries;
import cn.xinyuan.server.trace.usecase.NamedQueries.NotPossible;
import cn.xinyuan.server.trace.usecase.NamedQueries.Wish;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Named queries and subscriptions (EPCIS 2.0, 12.8 and 12.9), each owner's alone. */
@NullMarked
@RestController
@RequestMapping("/epcis/queries")
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
class EpcisNamedQueriesApi {

    private static final String QUERY =
            """
            {"name": "shipped", "query": {"eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping"]}}
            """;

    private static final String SUBSCRIPTION =
            """
            {"dest": "https://client.example.com/events", "signatureToken": "13df38d8275b13f05704",
             "stream": true}
            """;

    private final NamedQueries queries;
    private final EventPages pages;
    private final EpcisSockets sockets;
    private final SignedIn signedIn;

    EpcisNamedQueriesApi(
            NamedQueries queries, EventPages pages, EpcisSockets sockets, SignedIn signedIn) {
        this.queries = queries;
        this.pages = pages;
        this.sockets = sockets;
        this.signedIn = signedIn;
    }

    @AnyoneMayCall
    @RequestMapping(
            path = {"", "/{name}/subscriptions"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discover() {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD, POST");
    }

    @AnyoneMayCall
    @RequestMapping(
            path = {"/{name}", "/{name}/subscriptions/{id}"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverOne() {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD, DELETE");
    }

    @AnyoneMayCall
    @RequestMapping(path = "/{name}/events", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvents() {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD");
    }

    @PostMapping
    @Operation(
            summary = "Name a query",
            description = "Parameters as in GET /epcis/events, as JSON; seen by its owner alone.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object"),
                            examples = @ExampleObject(QUERY)))
    ResponseEntity<Object> name(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Negotiation.versions(request);
        JsonNode body = body(request);
        String name = body.path("name").isString() ? body.path("name").stringValue() : "";
        if (name.isBlank() || name.length() > 200 || name.indexOf('\0') >= 0) {
            throw invalid("name is a text of 1 to 200 characters");
        }
        if (!body.path("query").isObject()) {
            throw invalid(
                    "query is an object of parameters, such as {\"EQ_bizStep\": [\"shipping\"]}");
        }
        boolean made;
        try {
            made = queries.name(signedIn.get(), name, body.path("query"));
        } catch (QueryRefused no) {
            throw new EpcisRefusal(
                    400,
                    "QueryValidationException",
                    "A query parameter is not understood",
                    no.parameter() + " " + no.why());
        }
        if (!made) {
            throw new EpcisRefusal(
                    409,
                    "ResourceAlreadyExistsException",
                    "A query of this name exists",
                    "choose another name, or delete /epcis/queries/"
                            + EventPages.encode(name)
                            + " first");
        }
        HttpHeaders headers = EpcisAnswers.versions();
        headers.set(HttpHeaders.LOCATION, "/epcis/queries/" + EventPages.encode(name));
        return ResponseEntity.status(HttpStatus.CREATED).headers(headers).build();
    }

    @GetMapping
    @Operation(summary = "One's own named queries")
    ResponseEntity<Object> all(@Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        int perPage = EpcisQueryReader.perPage(request.getParameter("perPage"));
        PageToken from = pages.token(request, "queries");
        List<Named> found = queries.all(signedIn.get(), from.at().position(), perPage + 1);
        HttpHeaders headers = EpcisAnswers.versions();
        List<Named> page = found;
        if (found.size() > perPage) {
            page = found.subList(0, perPage);
            Cursor at = new Cursor(page.getLast().made(), null, Long.MAX_VALUE, 0);
            pages.next(request, "queries", new PageToken(at, "", from.told() + perPage), headers);
        }
        return json(headers, page.stream().map(EpcisNamedQueriesApi::said).toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "What a named query asks")
    ResponseEntity<Object> one(
            @PathVariable String name, @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        return json(EpcisAnswers.versions(), said(named(name)));
    }

    @DeleteMapping("/{name}")
    @Operation(summary = "Forget a named query; its subscribers hear no more")
    ResponseEntity<Object> forget(
            @PathVariable String name, @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        if (!queries.remove(signedIn.get(), name)) {
            throw noSuchQuery();
        }
        return ResponseEntity.noContent().headers(EpcisAnswers.versions()).build();
    }

    /** As pages of events; or, when the client asks to upgrade, as a web socket of reports. */
    @GetMapping("/{name}/events")
    @Operation(
            summary = "The events that a named query finds",
            description =
                    "With Upgrade: websocket and stream=true or the fields of a schedule, new"
                            + " events are sent as they come.")
    @Nullable ResponseEntity<Object> events(
            @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) {
        Negotiation wanted = Negotiation.of(request);
        Named named = named(name);
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            try {
                sockets.open(request, response, signedIn.get(), named, wanted);
            } catch (NotPossible no) {
                throw refused(no);
            }
            return null;
        }
        return pages.events(request, wanted, NamedQueries.query(named), named.name());
    }

    @PostMapping("/{name}/subscriptions")
    @Operation(
            summary = "Subscribe to a named query by webhook",
            description =
                    "Reports are posted to dest as query documents, signed with HMAC-SHA-256 in"
                            + " GS1-Signature when a signatureToken is given.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object"),
                            examples = @ExampleObject(SUBSCRIPTION)))
    ResponseEntity<Object> subscribe(
            @PathVariable String name, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Negotiation.versions(request);
        Negotiation.epcFormat(request);
        Named named = named(name);
        Wish wish = wish(body(request), request);
        Subscription made;
        try {
            made = queries.subscribe(signedIn.get(), named, wish);
        } catch (NotPossible no) {
            throw refused(no);
        }
        HttpHeaders headers = EpcisAnswers.versions();
        headers.set(
                HttpHeaders.LOCATION,
                "/epcis/queries/" + EventPages.encode(name) + "/subscriptions/" + made.id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(said(named, made));
    }

    @GetMapping("/{name}/subscriptions")
    @Operation(summary = "The subscriptions of a named query")
    ResponseEntity<Object> subscriptions(
            @PathVariable String name, @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        Named named = named(name);
        int perPage = EpcisQueryReader.perPage(request.getParameter("perPage"));
        PageToken from = pages.token(request, "subscriptions of " + named.id());
        List<Subscription> found =
                queries.subscriptions(named, (int) Math.min(from.told(), 10_000), perPage + 1);
        HttpHeaders headers = EpcisAnswers.versions();
        if (found.size() > perPage) {
            pages.next(
                    request,
                    "subscriptions of " + named.id(),
                    new PageToken(from.at(), "", from.told() + perPage),
                    headers);
        }
        return json(headers, found.stream().limit(perPage).map(s -> said(named, s)).toList());
    }

    @GetMapping("/{name}/subscriptions/{id}")
    @Operation(summary = "One subscription, and when it was told last")
    ResponseEntity<Object> subscription(
            @PathVariable String name,
            @PathVariable String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        Named named = named(name);
        try {
            return json(
                    EpcisAnswers.versions(), said(named, queries.subscription(named, uuid(id))));
        } catch (NotFound _) {
            throw EpcisRefusal.notFound("there is no such subscription");
        }
    }

    @DeleteMapping("/{name}/subscriptions/{id}")
    @Operation(summary = "Hear no more")
    ResponseEntity<Object> unsubscribe(
            @PathVariable String name,
            @PathVariable String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        if (!queries.unsubscribe(named(name), uuid(id))) {
            throw EpcisRefusal.notFound("there is no such subscription");
        }
        return ResponseEntity.noContent().headers(EpcisAnswers.versions()).build();
    }

    private Named named(String name) {
        return queries.find(signedIn.get(), name).orElseThrow(EpcisNamedQueriesApi::noSuchQuery);
    }

    private static EpcisRefusal noSuchQuery() {
        return new EpcisRefusal(
                404,
                "NoSuchNameException",
                "Resource not found",
                "you have no query of this name; GET /epcis/queries lists yours");
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw EpcisRefusal.notFound("there is no such subscription");
        }
    }

    static EpcisRefusal refused(NotPossible no) {
        return new EpcisRefusal(
                400,
                no.exception(),
                "This cannot be subscribed to",
                String.valueOf(no.getMessage()));
    }

    private static EpcisRefusal invalid(String why) {
        return new EpcisRefusal(400, "ValidationException", "The request is not understood", why);
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        if (Negotiation.isXml(request)) {
            throw new EpcisRefusal(
                    415,
                    "UnsupportedMediaTypeException",
                    "Unsupported media type",
                    "queries and subscriptions are sent as application/json");
        }
        try {
            JsonNode body = EpcisJson.parse(EpcisBodies.bytes(request));
            if (!body.isObject()) {
                throw invalid("send a JSON object");
            }
            return body;
        } catch (UnreadableDocument unreadable) {
            throw invalid(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Wish wish(JsonNode body, HttpServletRequest request) {
        if (!body.path("dest").isString()) {
            throw invalid("dest is the address that reports are posted to");
        }
        String dest = body.path("dest").stringValue();
        if (dest.length() > 2_000 || !dest.matches("[\\x21-\\x7e]+")) {
            throw invalid("dest is an address without spaces, of at most 2000 characters");
        }
        JsonNode secret = body.path("signatureToken");
        if (!secret.isMissingNode() && (!secret.isString() || secret.stringValue().isEmpty())) {
            throw invalid("signatureToken is a text that only you and this repository know");
        }
        Map<String, String> schedule = new LinkedHashMap<>();
        body.path("schedule").forEachEntry((field, value) -> schedule.put(field, value.asString()));
        for (String flag : List.of("stream", "reportIfEmpty")) {
            if (body.has(flag) && !body.path(flag).isBoolean()) {
                throw invalid(flag + " is true or false");
            }
        }
        if (body.has("schedule") && schedule.isEmpty()) {
            throw new EpcisRefusal(
                    400,
                    "SubscriptionControlsException",
                    "This cannot be subscribed to",
                    "schedule has one or more of the fields "
                            + String.join(", ", Schedule.fields()));
        }
        String format = request.getHeader("GS1-EPC-Format");
        return new Wish(
                dest,
                secret.isString() ? secret.stringValue() : null,
                body.path("stream").asBoolean(false),
                schedule,
                body.path("reportIfEmpty").asBoolean(false),
                time(body.path("initialRecordTime").asString("")),
                Negotiation.epcFormat(
                                format == null || format.isBlank()
                                        ? "Always_GS1_Digital_Link"
                                        : format.strip())
                        .header());
    }

    /** A time with a zone; null for nothing. */
    static @Nullable Instant time(String text) {
        return text.isBlank()
                ? null
                : EpcisTime.read(text.replace(' ', '+'))
                        .orElseThrow(
                                () ->
                                        new EpcisRefusal(
                                                400,
                                                "SubscriptionControlsException",
                                                "This cannot be subscribed to",
                                                "initialRecordTime is a time like"
                                                        + " 2026-04-17T09:26:42+08:00"))
                        .at();
    }

    private static Map<String, Object> said(Named named) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("name", named.name());
        said.put("query", NamedQueries.json(named));
        return said;
    }

    private static Map<String, Object> said(Named named, Subscription subscription) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("subscriptionID", subscription.id().toString());
        said.put("queryName", named.name());
        said.put("dest", subscription.dest());
        said.put("createdAt", subscription.createdAt().toString());
        Instant notified = subscription.lastNotifiedAt();
        if (notified != null) {
            said.put("lastNotifiedAt", notified.toString());
        }
        if (subscription.stream()) {
            said.put("stream", true);
        } else {
            said.put("schedule", subscription.schedule());
            said.put("reportIfEmpty", subscription.reportIfEmpty());
        }
        if (subscription.initialTime().isAfter(Instant.EPOCH)) {
            said.put("initialRecordTime", subscription.initialTime().toString());
        }
        said.put("minRecordTime", subscription.minRecordTime().toString());
        said.put("epcFormat", subscription.epcFormat());
        if (subscription.failures() > 0) {
            said.put("failures", subscription.failures());
            said.put("lastFailure", String.valueOf(subscription.lastFailure()));
            said.put("nextAttemptAt", subscription.nextAt().toString());
        }
        return said;
    }

    private static ResponseEntity<Object> json(HttpHeaders headers, Object body) {
        return ResponseEntity.ok()
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
