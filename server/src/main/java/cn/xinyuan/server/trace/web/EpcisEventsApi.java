package cn.xinyuan.server.trace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.usecase.AskEvents;
import cn.xinyuan.server.trace.usecase.CaptureEvents;
import cn.xinyuan.server.trace.usecase.QueryDocuments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Events as resources (EPCIS 2.0, 12.7), each reader within its sight. */
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

    private static final String EXAMPLE =
            """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
             "type": "ObjectEvent", "eventTime": "2025-06-12T09:30:00+08:00",
             "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "receiving",
             "quantityList": [
               {"epcClass": "https://id.gs1.org/01/09521234000013/10/L250611-01",
                "quantity": 250, "uom": "KGM"}]}
            """;

    private final AskEvents ask;
    private final CaptureEvents capture;
    private final QueryDocuments documents;
    private final EventPages pages;
    private final EpcisBodies bodies;
    private final SignedIn signedIn;

    EpcisEventsApi(
            AskEvents ask,
            CaptureEvents capture,
            QueryDocuments documents,
            EventPages pages,
            EpcisBodies bodies,
            SignedIn signedIn) {
        this.ask = ask;
        this.capture = capture;
        this.documents = documents;
        this.pages = pages;
        this.bodies = bodies;
        this.signedIn = signedIn;
    }

    @AnyoneMayCall
    @RequestMapping(path = "/events", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvents() {
        return EpcisAnswers.captureDiscovery("OPTIONS, GET, HEAD, POST");
    }

    @AnyoneMayCall
    @RequestMapping(path = "/events/{*id}", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverEvent(@PathVariable String id) {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD");
    }

    @GetMapping("/events")
    @Operation(
            summary = "Query events",
            description =
                    "All parameters of the simple event query (EPCIS 2.0, 8.2.7.1), perPage and"
                            + " nextPageToken; several values are separated by |.")
    ResponseEntity<Object> events(@Parameter(hidden = true) HttpServletRequest request) {
        return pages.events(request, UnaryOperator.identity());
    }

    /**
     * An id holds colons and, as event hash, slashes, which are percent-encoded; the hash may be
     * given by its digits alone.
     */
    @GetMapping("/events/{*id}")
    @Operation(summary = "One event, by its id or its event hash")
    ResponseEntity<Object> event(
            @PathVariable String id, @Parameter(hidden = true) HttpServletRequest request) {
        String asked = id.startsWith("/") ? id.substring(1) : id;
        return find(asked)
                .map(event -> pages.event(request, event))
                .orElseThrow(
                        () ->
                                EpcisRefusal.notFound(
                                        "there is no such event; percent-encode its id, slashes"
                                                + " included"));
    }

    private Optional<Stored> find(String id) {
        return id.indexOf('\0') >= 0 ? Optional.empty() : ask.event(signedIn.get(), id);
    }

    @MayCall({Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER})
    @PostMapping("/events")
    @Operation(
            summary = "Capture one event at once",
            description = "It is kept, or refused with the reason, when the answer arrives.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object"),
                            examples = @ExampleObject(EXAMPLE)))
    ResponseEntity<Object> post(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Negotiation.versions(request);
        Reading reading = bodies.event(request);
        Visitor by = signedIn.get();
        EpcisEvent event = reading.document().events().getFirst();
        CaptureJob job = capture.capture(by, reading, false);
        String given = event.common().eventId();
        String id = given == null ? EventHash.of(event, reading.document().context()) : given;
        HttpHeaders headers = EpcisAnswers.versions();
        headers.set(HttpHeaders.LOCATION, "/epcis/events/" + EventPages.encode(id));
        if (!job.success()) {
            CaptureJob.Fault fault = job.errors().getFirst();
            throw new EpcisRefusal(
                    fault.status(),
                    fault.type().replace("epcisException:", ""),
                    fault.title(),
                    fault.detail(),
                    job.errors());
        }
        if (given != null && job.repeated() > 0) {
            ResponseEntity<Object> known =
                    EpcisAnswers.problem(
                            request,
                            409,
                            "ResourceAlreadyExistsException",
                            "This very event is known",
                            given
                                    + " is kept with the same content already; nothing is left to"
                                    + " do, Location names it",
                            java.util.List.of());
            HttpHeaders both = new HttpHeaders(known.getHeaders());
            both.set(HttpHeaders.LOCATION, headers.getFirst(HttpHeaders.LOCATION));
            return ResponseEntity.status(409).headers(both).body(known.getBody());
        }
        Stored stored =
                find(id).orElseThrow(() -> new IllegalStateException("captured, but not there"));
        return ResponseEntity.status(HttpStatus.CREATED)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        EpcisJson.text(documents.event(stored, QueryDocuments.EpcFormat.AS_WRITTEN))
                                .getBytes(UTF_8));
    }
}
