package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.CompanyPrefixes;
import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.EpcisXml;
import cn.xinyuan.epcis.Rendering;
import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts events into an EPCIS query document (EPCIS 2.0, 10). */
@NullMarked
@Component
public class QueryDocuments {

    private final Clock clock;
    private final CompanyPrefixes prefixes;

    QueryDocuments(Clock clock, EpcisSettings settings) {
        this.clock = clock;
        this.prefixes = new CompanyPrefixes(settings.companyPrefixes());
    }

    /** How identifiers are said (header GS1-EPC-Format). */
    public enum EpcFormat {
        DIGITAL_LINK("Always_GS1_Digital_Link"),
        EPC_URN("Always_EPC_URN"),
        AS_WRITTEN("Never_Translates");

        private final String header;

        EpcFormat(String header) {
            this.header = header;
        }

        /** As the header puts it. */
        public String header() {
            return header;
        }

        /** The format of a header that was written by {@link #header}. */
        static EpcFormat of(String header) {
            return java.util.Arrays.stream(values())
                    .filter(f -> f.header.equals(header))
                    .findFirst()
                    .orElse(DIGITAL_LINK);
        }
    }

    /** An identifier in the wanted form. */
    public String said(String identifier, EpcFormat format) {
        return format == EpcFormat.EPC_URN ? rendering(format).identifier(identifier) : identifier;
    }

    /** One event alone, with its context. */
    public ObjectNode event(Stored stored, EpcFormat format) {
        ObjectNode event = said(stored, format);
        if (!event.has("@context")) {
            event.set("@context", parse(stored.context()));
        }
        return event;
    }

    /**
     * A query document.
     *
     * @param queryName the name of the query that was asked
     * @param subscription whose report it is; null for an answer
     */
    public ObjectNode document(
            String queryName,
            @Nullable String subscription,
            List<Stored> events,
            EpcFormat format) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ArrayNode contexts = nodes.arrayNode();
        ArrayNode list = nodes.arrayNode();
        Map<String, String> declared = new HashMap<>();
        for (Stored each : events) {
            ObjectNode event = said(each, format);
            JsonNode context = parse(each.context());
            Map<String, String> own = new Context(context).prefixes();
            boolean clash =
                    own.entrySet().stream()
                            .anyMatch(
                                    e ->
                                            !declared.getOrDefault(e.getKey(), e.getValue())
                                                    .equals(e.getValue()));
            if (clash) {
                if (!event.has("@context")) {
                    event.set("@context", context);
                }
            } else {
                declared.putAll(own);
                merge(contexts, context);
            }
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
        if (subscription != null) {
            results.put("subscriptionID", subscription);
        }
        results.put("queryName", queryName);
        results.putObject("resultsBody").set("eventList", list);
        return root;
    }

    /**
     * A document as XML.
     *
     * @param cbvFormat as the header GS1-CBV-XML-Format puts it
     */
    public static String xml(ObjectNode document, String cbvFormat) {
        boolean urns = cbvFormat.equals("Always_URN");
        if (urns || cbvFormat.equals("Always_Web_URI")) {
            Rendering words =
                    new Rendering(
                            Rendering.Identifiers.AS_WRITTEN,
                            urns ? Rendering.Words.URN : Rendering.Words.WEB_URI,
                            new CompanyPrefixes());
            if (document.at("/epcisBody/queryResults/resultsBody/eventList")
                    instanceof ArrayNode events) {
                for (int i = 0; i < events.size(); i++) {
                    events.set(i, words.json((ObjectNode) events.get(i)).event());
                }
            }
        }
        try {
            return EpcisXml.write(EpcisJson.read(document, Strictness.LENIENT).document());
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }

    private Rendering rendering(EpcFormat format) {
        return new Rendering(
                switch (format) {
                    case DIGITAL_LINK -> Rendering.Identifiers.DIGITAL_LINK;
                    case EPC_URN -> Rendering.Identifiers.URN;
                    case AS_WRITTEN -> Rendering.Identifiers.AS_WRITTEN;
                },
                Rendering.Words.AS_WRITTEN,
                prefixes);
    }

    private ObjectNode said(Stored stored, EpcFormat format) {
        ObjectNode event = (ObjectNode) parse(stored.body());
        event.put("eventID", stored.eventId());
        event.put("recordTime", EpcisTime.of(stored.recordTime(), ZoneOffset.UTC).text());
        return rendering(format).json(event).event();
    }

    private static void merge(ArrayNode into, JsonNode context) {
        Iterable<JsonNode> parts = context.isArray() ? context : List.of(context);
        for (JsonNode part : parts) {
            boolean there = false;
            for (JsonNode known : into) {
                there |= known.equals(part);
            }
            if (!there && (part.isString() || !part.isEmpty())) {
                into.add(part);
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return EpcisJson.parse(text.getBytes(UTF_8));
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }
}
