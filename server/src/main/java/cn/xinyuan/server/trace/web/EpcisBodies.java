package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.UnreadableDocument;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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

    /**
     * One event alone, as a document of its own.
     *
     * @throws EpcisRefusal if it is too large, no event, or an event with faults
     */
    Reading event(HttpServletRequest request) throws IOException {
        boolean xml = Negotiation.isXml(request);
        byte[] body = bytes(request);
        if (xml) {
            throw new EpcisRefusal(
                    415,
                    "UnsupportedMediaTypeException",
                    "Unsupported media type",
                    "send one event as application/json; documents of several events go to"
                            + " /epcis/capture");
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
            return whole(EpcisJson.read(document(event, request)));
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

    private static Reading whole(Reading reading) {
        if (!reading.whole()) {
            throw invalid(reading.problems());
        }
        if (reading.document().events().isEmpty()) {
            throw invalid(
                    List.of(EpcisProblem.grave("", "there is no event in it", "send one event")));
        }
        return reading;
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
                        + " bytes and "
                        + EpcisAnswers.MOST_EVENTS
                        + " events at once");
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
