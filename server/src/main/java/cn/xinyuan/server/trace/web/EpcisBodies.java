package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.EpcisXml;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.usecase.HowStrict;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is sent to be captured. */
@NullMarked
@Component
class EpcisBodies {

    /** Names the profile of {@link Strictness} that a client's document is judged by. */
    static final String STRICTNESS = "Xinyuan-Strictness";

    private final HowStrict howStrict;
    private final SignedIn signedIn;
    private final Clock clock;

    EpcisBodies(HowStrict howStrict, SignedIn signedIn, Clock clock) {
        this.howStrict = howStrict;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /**
     * One event alone, as a document of its own.
     *
     * @throws EpcisRefusal if it is too large, no event, or an event with faults
     */
    Reading event(HttpServletRequest request) throws IOException {
        boolean xml = Negotiation.isXml(request);
        byte[] body = bytes(request);
        Strictness strictness = strictness(request);
        if (xml) {
            return single(xml(body, strictness));
        }
        try {
            JsonNode root = EpcisJson.parse(body);
            if (!(root instanceof ObjectNode event)
                    || event.has("epcisBody")
                    || !event.path("type").isString()) {
                throw invalid(
                        List.of(
                                EpcisProblem.grave(
                                        "",
                                        "this is not one event",
                                        "send a single event such as an ObjectEvent; documents go"
                                                + " to /epcis/capture")));
            }
            return single(EpcisJson.read(document(event, request), strictness));
        } catch (UnreadableDocument unreadable) {
            throw invalid(unreadable.problems());
        }
    }

    private static ObjectNode document(ObjectNode event, HttpServletRequest request) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode root = nodes.objectNode();
        JsonNode context = event.remove("@context");
        var contexts = root.putArray("@context");
        if (context == null) {
            contexts.add(Context.STANDARD);
        } else if (context.isArray()) {
            context.forEach(contexts::add);
        } else {
            contexts.add(context);
        }
        Map<String, String> extensions = Negotiation.extensions(request);
        if (!extensions.isEmpty()) {
            ObjectNode more = contexts.addObject();
            extensions.forEach(more::put);
        }
        root.put("type", "EPCISDocument");
        root.put("schemaVersion", "2.0");
        root.putObject("epcisBody").putArray("eventList").add(event);
        return root;
    }

    private static Reading single(Reading reading) {
        if (!reading.whole()) {
            throw invalid(reading.problems());
        }
        if (reading.events().size() != 1) {
            throw invalid(
                    List.of(
                            EpcisProblem.grave(
                                    "",
                                    "there are " + reading.events().size() + " events in it",
                                    "send one event; documents of several go to"
                                            + " /epcis/capture")));
        }
        return reading;
    }

    /**
     * A document of events, in JSON or XML; a query document brings the events it answers.
     *
     * @throws EpcisRefusal if it is no document
     */
    Reading document(byte[] body, HttpServletRequest request) {
        boolean xml = Negotiation.isXml(request);
        Strictness strictness = strictness(request);
        Reading reading;
        if (xml) {
            reading = xml(body, strictness);
        } else {
            try {
                reading = EpcisJson.read(body, strictness);
            } catch (UnreadableDocument unreadable) {
                throw invalid(unreadable.problems());
            }
        }
        return reading;
    }

    private static Reading xml(byte[] body, Strictness strictness) {
        try {
            return EpcisXml.read(body, strictness);
        } catch (UnreadableDocument unreadable) {
            throw invalid(unreadable.problems());
        }
    }

    /** How strictly a client wants to be judged; else as the operator set it for the client. */
    private Strictness strictness(HttpServletRequest request) {
        String wanted = request.getHeader(STRICTNESS);
        if (wanted == null || wanted.isBlank()) {
            return howStrict.with(signedIn.get());
        }
        for (Strictness.Profile each : Strictness.Profile.values()) {
            if (each.name().equalsIgnoreCase(wanted.strip())) {
                return Strictness.of(each).at(clock);
            }
        }
        throw EpcisRefusal.notAcceptable(STRICTNESS + " is lenient, normal or strict");
    }

    /** Refuses the wish of a client whose document is judged later, when the wish is forgotten. */
    static void demandNoWish(HttpServletRequest request) {
        if (request.getHeader(STRICTNESS) != null) {
            throw EpcisRefusal.notAcceptable(
                    STRICTNESS
                            + " is for documents up to 2 MB; larger ones are judged as set for the"
                            + " client, so leave it out");
        }
    }

    /** All bytes of the body, up to the limit. */
    static byte[] bytes(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(EpcisAnswers.MOST_BYTES + 1);
        if (body.length > EpcisAnswers.MOST_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    static EpcisRefusal tooLarge() {
        return new EpcisRefusal(
                413,
                "CaptureLimitExceededException",
                "Capture payload too large",
                "send at most "
                        + EpcisAnswers.MOST_BYTES
                        + " bytes here; documents of many events go to /epcis/capture");
    }

    static EpcisRefusal invalid(List<EpcisProblem> problems) {
        List<EpcisProblem> grave = problems.stream().filter(EpcisProblem::grave).toList();
        List<Map<String, String>> places =
                grave.stream()
                        .limit(100)
                        .map(
                                p ->
                                        Map.of(
                                                "pointer", p.pointer(),
                                                "text", p.text(),
                                                "fix", p.fix()))
                        .toList();
        return new EpcisRefusal(
                400,
                "ValidationException",
                "The document cannot be captured",
                grave.getFirst()
                        + (grave.size() > 1 ? " (and " + (grave.size() - 1) + " more)" : "")
                        + ". Nothing was stored.",
                places);
    }
}
