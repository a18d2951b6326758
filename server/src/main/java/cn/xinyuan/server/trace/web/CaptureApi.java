package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.usecase.CaptureEvents;
import cn.xinyuan.server.trace.usecase.EpcisQueries;
import cn.xinyuan.server.trace.usecase.KeepMasterData;
import cn.xinyuan.server.trace.usecase.ReceiveDocuments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The capture interface of EPCIS 2.0, 12.6. */
@NullMarked
@RestController
@RequestMapping("/epcis")
@Tag(name = "EPCIS", description = "GS1 EPCIS 2.0")
class CaptureApi {

    private static final String EXAMPLE =
            """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
             "type": "EPCISDocument", "schemaVersion": "2.0",
             "creationDate": "2025-06-12T10:00:00+08:00",
             "epcisBody": {"eventList": [
               {"type": "ObjectEvent", "eventID": "urn:uuid:0c1f5f0e-7b7c-4d6c-9d1e-2f3a4b5c6d7e",
                "eventTime": "2025-06-12T09:30:00+08:00", "eventTimeZoneOffset": "+08:00",
                "action": "OBSERVE", "bizStep": "receiving", "disposition": "in_progress",
                "readPoint": {"id": "https://id.gs1.org/414/9521234000013"},
                "quantityList": [
                  {"epcClass": "https://id.gs1.org/01/09521234000013/10/L250611-01",
                   "quantity": 250, "uom": "KGM"}]}]}}
            """;

    /** Bytes of a document that is captured while its sender waits. */
    private static final int AT_ONCE = 2 << 20;

    private final CaptureEvents capture;
    private final ReceiveDocuments documents;
    private final EpcisQueries queries;
    private final KeepMasterData masterData;
    private final EpcisBodies bodies;
    private final EventPages pages;
    private final SignedIn signedIn;

    CaptureApi(
            CaptureEvents capture,
            ReceiveDocuments documents,
            EpcisQueries queries,
            KeepMasterData masterData,
            EpcisBodies bodies,
            EventPages pages,
            SignedIn signedIn) {
        this.capture = capture;
        this.documents = documents;
        this.queries = queries;
        this.masterData = masterData;
        this.bodies = bodies;
        this.pages = pages;
        this.signedIn = signedIn;
    }

    @AnyoneMayCall
    @RequestMapping(path = "/capture", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverCapture() {
        return EpcisAnswers.captureDiscovery("OPTIONS, GET, HEAD, POST");
    }

    @AnyoneMayCall
    @RequestMapping(path = "/capture/{id}", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> discoverJob(@PathVariable String id) {
        return EpcisAnswers.discovery("OPTIONS, GET, HEAD");
    }

    @MayCall({Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER})
    @PostMapping("/capture")
    @Operation(
            summary = "Capture an EPCIS document",
            description =
                    "All or nothing unless GS1-Capture-Error-Behaviour is proceed. Of a document of"
                            + " up to 2 MiB the job is finished when the answer arrives; a larger"
                            + " one is on disk then and worked off in the background. The body may"
                            + " be packed with gzip.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(type = "object"),
                        examples = @ExampleObject(EXAMPLE)),
                @Content(mediaType = "application/ld+json", schema = @Schema(type = "object")),
                @Content(mediaType = "application/xml", schema = @Schema(type = "string"))
            })
    ResponseEntity<Object> post(
            @Parameter(hidden = true) HttpServletRequest request,
            @RequestHeader(name = "GS1-Capture-Error-Behaviour", required = false)
                    @Nullable String behaviour)
            throws IOException {
        Negotiation.versions(request);
        boolean xml = Negotiation.isXml(request);
        boolean proceed;
        switch (behaviour == null ? "rollback" : behaviour.strip().toLowerCase(Locale.ROOT)) {
            case "rollback", "all" -> proceed = false;
            case "proceed" -> proceed = true;
            default -> {
                return EpcisAnswers.problem(
                        400,
                        "ValidationException",
                        "Unknown error behaviour",
                        "GS1-Capture-Error-Behaviour is rollback or proceed",
                        List.of());
            }
        }
        String packed = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean gzip = packed != null && packed.strip().equalsIgnoreCase("gzip");
        if (packed != null && !gzip && !packed.strip().equalsIgnoreCase("identity")) {
            throw new EpcisRefusal(
                    415,
                    "UnsupportedMediaTypeException",
                    "Unsupported content encoding",
                    "send the document as it is, or packed with gzip");
        }
        try {
            Unzipped body = Unzipped.of(request.getInputStream(), gzip, EpcisAnswers.MOST_CAPTURED);
            byte[] begun = body.readNBytes(AT_ONCE + 1);
            if (begun.length <= AT_ONCE) {
                return capture(bodies.document(begun, request), proceed);
            }
            EpcisBodies.demandNoWish(request);
            return accepted(
                    documents.receive(signedIn.get(), begun, body, xml, proceed).id(), proceed);
        } catch (Unzipped.TooMuch tooMuch) {
            throw new EpcisRefusal(
                    413,
                    "CaptureLimitExceededException",
                    "Capture payload too large",
                    tooMuch.getMessage() + "; send several documents");
        } catch (ZipException | EOFException broken) {
            throw new EpcisRefusal(
                    400,
                    "ValidationException",
                    "The body cannot be unpacked",
                    "it is no whole gzip stream; pack the document again");
        }
    }

    private ResponseEntity<Object> capture(Reading reading, boolean proceed) {
        if (!proceed && !reading.whole()) {
            throw EpcisBodies.invalid(reading.problems());
        }
        CaptureJob job = capture.capture(signedIn.get(), reading, proceed);
        if (job.success() || proceed) {
            masterData.keep(signedIn.get(), reading.document());
        }
        return accepted(job.id(), proceed);
    }

    private static ResponseEntity<Object> accepted(UUID job, boolean proceed) {
        HttpHeaders headers = EpcisAnswers.versions();
        headers.set(HttpHeaders.LOCATION, "/epcis/capture/" + job);
        headers.set("GS1-Capture-Error-Behaviour", proceed ? "proceed" : "rollback");
        return ResponseEntity.status(HttpStatus.ACCEPTED).headers(headers).build();
    }

    @MayCall({Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER})
    @GetMapping("/capture")
    @Operation(summary = "Capture jobs, newest first")
    ResponseEntity<Object> jobs(
            @RequestParam(required = false) @Nullable String perPage,
            @Parameter(hidden = true) HttpServletRequest request) {
        Negotiation.versions(request);
        int most = Math.min(EpcisQueryReader.perPage(perPage), 100);
        PageToken from = pages.token(request, "jobs");
        List<CaptureJob> jobs =
                queries.jobs(signedIn.get(), most + 1, (int) Math.min(from.told(), 1_000_000));
        HttpHeaders headers = EpcisAnswers.versions();
        if (jobs.size() > most) {
            pages.next(request, "jobs", new PageToken(from.at(), "", from.told() + most), headers);
        }
        return ResponseEntity.ok()
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(jobs.stream().limit(most).map(CaptureApi::json).toList());
    }

    @MayCall({Role.ADMINISTRATOR, Role.CLERK, Role.RETAILER})
    @GetMapping("/capture/{id}")
    @Operation(summary = "What became of a captured document")
    ResponseEntity<Object> job(@PathVariable String id) {
        UUID known;
        try {
            known = UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            return EpcisAnswers.notFound("there is no such capture job");
        }
        return queries.job(signedIn.get(), known)
                .map(
                        job ->
                                ResponseEntity.ok()
                                        .headers(EpcisAnswers.versions())
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .body((Object) json(job)))
                .orElseGet(() -> EpcisAnswers.notFound("there is no such capture job"));
    }

    private static Map<String, Object> json(CaptureJob job) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("captureID", job.id().toString());
        body.put("createdAt", job.createdAt().toString());
        if (job.finishedAt() != null) {
            body.put("finishedAt", job.finishedAt().toString());
        }
        body.put("running", job.running());
        body.put("success", job.success());
        body.put("captureErrorBehaviour", job.proceed() ? "proceed" : "rollback");
        body.put("errors", job.errors());
        body.put("warnings", job.warnings());
        body.put("captured", job.captured());
        body.put("repeated", job.repeated());
        body.put("unbalanced", job.unbalanced());
        return body;
    }
}
