package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.EventType;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.usecase.AskEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The top-level resources of EPCIS 2.0, 12.3: what events are about, and their events. */
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
class EpcisResourcesApi {

    private static final String COLLECTION =
            "{collection:eventTypes|epcs|bizSteps|bizLocations|readPoints|dispositions}";

    private final AskEvents ask;
    private final EventPages pages;
    private final SignedIn signedIn;

    EpcisResourcesApi(AskEvents ask, EventPages pages, SignedIn signedIn) {
        this.ask = ask;
        this.pages = pages;
        this.signedIn = signedIn;
    }

    /** One of the collections: its kind, the fields an event bears a value under, its words. */
    private enum Kind {
        EVENT_TYPES("eventTypes", "type", List.of("type"), null),
        EPCS("epcs", "epc", SimpleEventQuery.anyEpc(), null),
        BIZ_STEPS("bizSteps", "bizStep", List.of("bizStep"), Vocabulary.BIZ_STEP),
        BIZ_LOCATIONS("bizLocations", "bizLocation", List.of("bizLocation"), null),
        READ_POINTS("readPoints", "readPoint", List.of("readPoint"), null),
        DISPOSITIONS("dispositions", "disposition", List.of("disposition"), Vocabulary.DISPOSITION);

        private final String path;
        private final String kind;
        private final List<String> fields;
        private final @Nullable Vocabulary vocabulary;

        Kind(String path, String kind, List<String> fields, @Nullable Vocabulary vocabulary) {
            this.path = path;
            this.kind = kind;
            this.fields = fields;
            this.vocabulary = vocabulary;
        }

        static Kind of(String path) {
            return Arrays.stream(values())
                    .filter(k -> k.path.equals(path))
                    .findFirst()
                    .orElseThrow(() -> EpcisRefusal.notFound("there is no such collection"));
        }

        /** The value in the form in which it is compared. */
        String canonical(String written, Names names) {
            if (vocabulary == null) {
                return Identifier.canonical(written);
            }
            String web = vocabulary.webUri(written);
            return web.equals(written) ? names.whole(written) : web;
        }

        String said(String canonical) {
            return vocabulary == null ? canonical : vocabulary.word(canonical).orElse(canonical);
        }

        boolean isOfTheStandard(String written) {
            return this == EVENT_TYPES
                    ? EventType.read(written).isPresent()
                    : vocabulary != null && vocabulary.word(written).isPresent();
        }
    }

    @AnyoneMayCall
    @RequestMapping(
            path = {"", "/", "/" + COLLECTION, "/" + COLLECTION + "/{value}"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discover() {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD");
    }

    @AnyoneMayCall
    @RequestMapping(path = "/" + COLLECTION + "/{value}/events", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvents() {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD");
    }

    @GetMapping({"", "/"})
    @Operation(summary = "The top-level resources")
    ResponseEntity<Object> resources(@Parameter(hidden = true) HttpServletRequest request) {
        return pages.collection(
                request,
                List.of(
                        "queries",
                        "capture",
                        "events",
                        "eventTypes",
                        "epcs",
                        "readPoints",
                        "bizLocations",
                        "dispositions",
                        "bizSteps"));
    }

    @GetMapping("/" + COLLECTION)
    @Operation(summary = "What events in sight are about: values of one kind, page by page")
    ResponseEntity<Object> values(
            @PathVariable String collection, @Parameter(hidden = true) HttpServletRequest request) {
        Kind kind = Kind.of(collection);
        if (kind == Kind.EVENT_TYPES) {
            return pages.collection(
                    request,
                    Arrays.stream(EventType.values()).map(EventType::label).sorted().toList());
        }
        return pages.values(request, kind.kind, kind.fields, kind::said);
    }

    @GetMapping("/" + COLLECTION + "/{value}")
    @Operation(summary = "The sub-resources of one value: its events")
    ResponseEntity<Object> value(
            @PathVariable String collection,
            @PathVariable String value,
            @Parameter(hidden = true) HttpServletRequest request) {
        known(Kind.of(collection), value, request);
        return pages.collection(request, List.of("events"));
    }

    @GetMapping("/" + COLLECTION + "/{value}/events")
    @Operation(
            summary = "The events of one value",
            description = "Narrowed by all parameters of the simple event query.")
    ResponseEntity<Object> events(
            @PathVariable String collection,
            @PathVariable String value,
            @Parameter(hidden = true) HttpServletRequest request) {
        Kind kind = Kind.of(collection);
        String canonical = known(kind, value, request);
        return pages.events(request, query -> query.andAnyOf(kind.fields, canonical));
    }

    private String known(Kind kind, String value, HttpServletRequest request) {
        Names names = Names.of(Negotiation.extensions(request));
        if (value.indexOf('\0') < 0 && value.length() <= 2_000) {
            if (kind == Kind.EVENT_TYPES && kind.isOfTheStandard(value)) {
                return EventType.read(value).orElseThrow().label();
            }
            String canonical = kind.canonical(value, names);
            if (kind.isOfTheStandard(value)
                    || ask.any(
                            signedIn.get(),
                            SimpleEventQuery.everything().andAnyOf(kind.fields, canonical))) {
                return canonical;
            }
        }
        throw EpcisRefusal.notFound(
                "no event in your sight bears this value; percent-encode a URI, slashes included");
    }

    /** A token holds no resources here, but it no longer leads anywhere. */
    @DeleteMapping("/nextPageToken/{token}")
    @Operation(summary = "End a page token before it expires")
    ResponseEntity<Object> release(@PathVariable String token) {
        pages.end(token);
        return ResponseEntity.noContent().headers(EpcisAnswers.versions()).build();
    }
}
