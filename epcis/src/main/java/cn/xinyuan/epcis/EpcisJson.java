package cn.xinyuan.epcis;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * EPCIS 2.0 JSON and JSON-LD, read and written without loss: members that the standard does not
 * name are kept as they came, numbers keep their digits. Duplicate members, text after the end,
 * nesting deeper than {@value #DEEPEST} and strings longer than {@value #LONGEST_STRING} characters
 * are refused.
 */
public final class EpcisJson {

    /** Levels of objects and arrays that a document may have. */
    public static final int DEEPEST = Limits.DEEPEST;

    /** Characters of one string. */
    public static final int LONGEST_STRING = Limits.LONGEST_TEXT;

    /** The format named by the JSON-LD media type. */
    public static final String MEDIA_TYPE = "application/ld+json";

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxStringLength(LONGEST_STRING)
                                                    .maxNumberLength(200)
                                                    .maxNameLength(2_000)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private static final JsonNodeFactory NODES = MAPPER.getNodeFactory();

    private EpcisJson() {}

    /**
     * Parses bytes into JSON under the limits above.
     *
     * @throws UnreadableDocument with the line and column of the first fault
     */
    public static JsonNode parse(byte[] bytes) throws UnreadableDocument {
        try {
            return notEmpty(MAPPER.readTree(bytes));
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** Parses a stream; the caller limits its length. */
    public static JsonNode parse(InputStream bytes) throws UnreadableDocument {
        try {
            return notEmpty(MAPPER.readTree(bytes));
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads an EPCIS document (or query document), event by event.
     *
     * @throws UnreadableDocument if it is no JSON or no EPCIS document
     */
    public static Reading read(byte[] bytes) throws UnreadableDocument {
        return read(parse(bytes));
    }

    /** Reads a document as strictly as asked. */
    public static Reading read(byte[] bytes, Strictness strictness) throws UnreadableDocument {
        return read(parse(bytes), strictness);
    }

    /**
     * Reads a stream of any length, keeping no more than one event in memory. Unlike a document
     * that is read in one piece, a stream must name {@code @context} and {@code type} before its
     * events.
     *
     * @return the document without its events, with the doubts about it
     * @throws UnreadableDocument if it is no JSON or no EPCIS document; events given before stand
     * @throws IOException if the stream breaks off
     */
    public static Reading read(InputStream bytes, Strictness strictness, DocumentSink sink)
            throws UnreadableDocument, IOException {
        return JsonStream.read(bytes, strictness, sink);
    }

    /** Reads a document that was parsed before. */
    public static Reading read(JsonNode root) throws UnreadableDocument {
        return read(root, Strictness.NORMAL);
    }

    /** Reads a document that was parsed before, as strictly as asked. */
    public static Reading read(JsonNode root, Strictness strictness) throws UnreadableDocument {
        if (!(root instanceof ObjectNode document)) {
            throw new UnreadableDocument(
                    List.of(
                            EpcisProblem.grave(
                                    "",
                                    "the root is " + NodeReader.kind(root) + ", not an object",
                                    "send {\"@context\": …, \"type\": \"EPCISDocument\", …}")));
        }
        Reading head = DocumentReader.head(document, strictness, place -> place);
        boolean single = document.path("epcisBody").has("event");
        String list =
                single
                        ? "/epcisBody/event"
                        : head.document().query() != null
                                ? "/epcisBody/queryResults/resultsBody/eventList"
                                : "/epcisBody/eventList";
        JsonNode events = single ? NODES.arrayNode().add(root.at(list)) : root.at(list);
        if (!events.isArray()) {
            throw new UnreadableDocument(
                    List.of(
                            EpcisProblem.grave(
                                    list,
                                    events.isMissingNode()
                                            ? "missing"
                                            : NodeReader.kind(events) + " instead of an array",
                                    "give an array of events")));
        }
        List<Reading.Item> items = new ArrayList<>();
        List<EpcisEvent> good = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Reading.Item item =
                    EventReader.event(
                            events.get(i),
                            single ? list : list + "/" + i,
                            strictness,
                            head.document().context());
            items.add(item);
            if (item instanceof Reading.Understood understood) {
                good.add(understood.event());
            }
        }
        List<EpcisProblem> warnings = new ArrayList<>(head.warnings());
        if (items.isEmpty()) {
            noEvents(warnings, list, strictness);
        }
        return new Reading(head.document().with(good), items, warnings);
    }

    static void noEvents(List<EpcisProblem> to, String place, Strictness strictness) {
        if (strictness.of(Check.NO_EVENTS) != Severity.PASS) {
            to.add(
                    new EpcisProblem(
                            place, false, "no events", Check.NO_EVENTS.fix(), Check.NO_EVENTS));
        }
    }

    /** Reads one event; {@code pointer} is its place, for the problems. */
    public static Reading.Item readEvent(JsonNode event, String pointer) {
        return readEvent(event, pointer, Strictness.NORMAL, Context.standard());
    }

    /** Reads one event as strictly as asked; {@code context} explains its prefixes. */
    public static Reading.Item readEvent(
            JsonNode event, String pointer, Strictness strictness, Context context) {
        return EventReader.event(event, pointer, strictness, context);
    }

    /** Writes a document. */
    public static ObjectNode write(EpcisDocument document) {
        ObjectNode root = NODES.objectNode();
        root.set("@context", document.context().json().deepCopy());
        QueryResults query = document.query();
        root.put("type", query == null ? "EPCISDocument" : "EPCISQueryDocument");
        root.put("schemaVersion", document.schemaVersion());
        if (document.creationDate() != null) {
            root.put("creationDate", document.creationDate().text());
        }
        document.others().forEach((name, value) -> root.set(name, value.deepCopy()));
        ObjectNode body =
                root.remove("epcisBody") instanceof ObjectNode given ? given : NODES.objectNode();
        root.set("epcisBody", body);
        ArrayNode list;
        if (query == null) {
            list = body.putArray("eventList");
        } else {
            ObjectNode results = body.putObject("queryResults");
            results.put("queryName", query.queryName());
            put(results, "subscriptionID", query.subscriptionId());
            list = results.putObject("resultsBody").putArray("eventList");
        }
        document.events().forEach(e -> list.add(write(e)));
        return root;
    }

    /** Writes an event. */
    public static ObjectNode write(EpcisEvent event) {
        ObjectNode out = NODES.objectNode();
        out.put("type", event.type().label());
        Common common = event.common();
        put(out, "eventID", common.eventId());
        out.put("eventTime", common.eventTime().text());
        out.put("eventTimeZoneOffset", common.eventTimeZoneOffset());
        if (common.recordTime() != null) {
            out.put("recordTime", common.recordTime().text());
        }
        if (common.errorDeclaration() != null) {
            out.set("errorDeclaration", write(common.errorDeclaration()));
        }
        List<String> certificates = common.certificationInfo();
        if (certificates.size() == 1) {
            out.put("certificationInfo", certificates.getFirst());
        } else {
            strings(out, "certificationInfo", certificates);
        }
        switch (event) {
            case ObjectEvent e -> {
                out.put("action", e.action().name());
                strings(out, "epcList", e.epcs());
                quantities(out, "quantityList", e.quantities());
                members(out, "ilmd", e.ilmd());
            }
            case AggregationEvent e -> {
                out.put("action", e.action().name());
                put(out, "parentID", e.parentId());
                strings(out, "childEPCs", e.childEpcs());
                quantities(out, "childQuantityList", e.childQuantities());
            }
            case AssociationEvent e -> {
                out.put("action", e.action().name());
                put(out, "parentID", e.parentId());
                strings(out, "childEPCs", e.childEpcs());
                quantities(out, "childQuantityList", e.childQuantities());
            }
            case TransactionEvent e -> {
                out.put("action", e.action().name());
                put(out, "parentID", e.parentId());
                strings(out, "epcList", e.epcs());
                quantities(out, "quantityList", e.quantities());
            }
            case TransformationEvent e -> {
                strings(out, "inputEPCList", e.inputEpcs());
                quantities(out, "inputQuantityList", e.inputs());
                strings(out, "outputEPCList", e.outputEpcs());
                quantities(out, "outputQuantityList", e.outputs());
                put(out, "transformationID", e.transformationId());
                members(out, "ilmd", e.ilmd());
            }
        }
        put(out, "bizStep", common.bizStep());
        put(out, "disposition", common.disposition());
        PersistentDisposition lasting = common.persistentDisposition();
        if (lasting != null) {
            ObjectNode node = out.putObject("persistentDisposition");
            strings(node, "set", lasting.set());
            strings(node, "unset", lasting.unset());
            lasting.others().forEach((name, value) -> node.set(name, value.deepCopy()));
        }
        place(out, "readPoint", common.readPoint());
        place(out, "bizLocation", common.bizLocation());
        if (!common.bizTransactions().isEmpty()) {
            ArrayNode list = out.putArray("bizTransactionList");
            for (BizTransaction each : common.bizTransactions()) {
                ObjectNode node = list.addObject();
                put(node, "type", each.type());
                node.put("bizTransaction", each.id());
                each.others().forEach((name, value) -> node.set(name, value.deepCopy()));
            }
        }
        parties(out, "source", common.sources());
        parties(out, "destination", common.destinations());
        if (!common.sensorElements().isEmpty()) {
            ArrayNode list = out.putArray("sensorElementList");
            common.sensorElements().forEach(e -> list.add(e.deepCopy()));
        }
        common.others().forEach((name, value) -> out.set(name, value.deepCopy()));
        return out;
    }

    /** An event that stands alone: its text, with the context that explains its prefixes. */
    public static String text(EpcisEvent event, Context context) {
        ObjectNode json = write(event);
        json.set("@context", context.json().deepCopy());
        return text(json);
    }

    /** The text of JSON, as bytes are stored and sent. */
    public static String text(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }

    private static ObjectNode write(ErrorDeclaration error) {
        ObjectNode node = NODES.objectNode();
        node.put("declarationTime", error.declarationTime().text());
        put(node, "reason", error.reason());
        strings(node, "correctiveEventIDs", error.correctiveEventIds());
        error.others().forEach((name, value) -> node.set(name, value.deepCopy()));
        return node;
    }

    private static void put(ObjectNode out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }

    private static void strings(ObjectNode out, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = out.putArray(name);
            values.forEach(list::add);
        }
    }

    private static void quantities(ObjectNode out, String name, List<Quantity> values) {
        if (values.isEmpty()) {
            return;
        }
        ArrayNode list = out.putArray(name);
        for (Quantity each : values) {
            ObjectNode node = list.addObject();
            node.put("epcClass", each.epcClass());
            BigDecimal amount = each.quantity();
            if (amount != null) {
                node.put("quantity", amount);
            }
            put(node, "uom", each.uom());
            each.others().forEach((key, value) -> node.set(key, value.deepCopy()));
        }
    }

    private static void members(ObjectNode out, String name, Map<String, JsonNode> members) {
        if (!members.isEmpty()) {
            ObjectNode node = out.putObject(name);
            members.forEach((key, value) -> node.set(key, value.deepCopy()));
        }
    }

    private static void place(ObjectNode out, String name, @Nullable Place place) {
        if (place != null) {
            ObjectNode node = out.putObject(name);
            node.put("id", place.id());
            place.others().forEach((key, value) -> node.set(key, value.deepCopy()));
        }
    }

    private static void parties(ObjectNode out, String name, List<Party> parties) {
        if (parties.isEmpty()) {
            return;
        }
        ArrayNode list = out.putArray(name + "List");
        for (Party each : parties) {
            ObjectNode node = list.addObject();
            node.put("type", each.type());
            node.put(name, each.id());
            each.others().forEach((key, value) -> node.set(key, value.deepCopy()));
        }
    }

    private static JsonNode notEmpty(@Nullable JsonNode root) throws UnreadableDocument {
        if (root == null || root.isMissingNode()) {
            throw nothing();
        }
        return root;
    }

    static UnreadableDocument nothing() {
        return new UnreadableDocument(
                List.of(
                        EpcisProblem.grave(
                                "", "nothing was sent", "send an EPCIS document as JSON")));
    }

    private static UnreadableDocument unreadable(JacksonException e) {
        return unreadable(e, e.getLocation());
    }

    static UnreadableDocument unreadable(JacksonException e, @Nullable TokenStreamLocation at) {
        List<EpcisProblem> problems = new ArrayList<>();
        String where =
                at == null || at.getLineNr() < 1
                        ? ""
                        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String said = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            boolean deep = said.contains("depth");
            problems.add(
                    EpcisProblem.grave(
                            "",
                            deep
                                    ? "nested deeper than " + DEEPEST + " levels" + where
                                    : "a string, name or number is too long" + where,
                            deep
                                    ? "flatten the user extensions"
                                    : "keep strings under "
                                            + LONGEST_STRING
                                            + " characters and numbers under 200 digits"));
        } else if (said.startsWith("Duplicate")) {
            String name = said.replaceAll("(?s).*?[\"'](.*?)[\"'].*", "$1");
            problems.add(
                    EpcisProblem.grave(
                            "",
                            "the member \"" + name + "\" stands twice in one object" + where,
                            "keep one of them"));
        } else if (said.contains("UTF-8") || said.contains("UTF-32")) {
            problems.add(
                    EpcisProblem.grave(
                            "", "the bytes are no UTF-8" + where, "send UTF-8 (RFC 8259, 8.1)"));
        } else {
            problems.add(
                    EpcisProblem.grave(
                            "",
                            "this is not well-formed JSON" + where,
                            "send UTF-8 JSON (RFC 8259) and nothing after it"));
        }
        return new UnreadableDocument(problems);
    }
}
