package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a document says beside its events. */
final class DocumentReader {

    private DocumentReader() {}

    /**
     * @param root the document; its event list may be left out
     * @param place the place of a pointer as it is told
     * @return the document without events
     * @throws UnreadableDocument if it is none, or breaks what the strictness refuses
     */
    static Reading head(ObjectNode root, Strictness strictness, UnaryOperator<String> place)
            throws UnreadableDocument {
        JsonNode context = root.get("@context");
        JsonNode declared = context == null ? JsonNodeFactory.instance.arrayNode() : context;
        Findings findings = new Findings(strictness, new Context(declared));
        NodeReader in = new NodeReader(root, "", findings);
        boolean query = type(in);
        String version = version(in);
        EpcisTime created = in.time("creationDate", false);
        if (!root.has("creationDate") && !query) {
            in.found(Check.NO_CREATION_DATE, "/creationDate", "missing");
        }
        context(in, context);
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        QueryResults results = body(in, query, others);
        in.taken.addAll(List.of("@context", "epcisBody", "schemaVersion", "creationDate"));
        for (Map.Entry<String, JsonNode> each : in.rest().entrySet()) {
            others.set(each.getKey(), each.getValue());
        }
        List<EpcisProblem> problems =
                findings.all().stream().map(p -> p.at(place.apply(p.pointer()))).toList();
        if (findings.grave()) {
            throw new UnreadableDocument(problems);
        }
        Map<String, JsonNode> kept = new java.util.LinkedHashMap<>();
        others.forEachEntry(kept::put);
        EpcisDocument document =
                new EpcisDocument(
                        new Context(declared),
                        version == null ? "2.0" : version,
                        created,
                        List.of(),
                        kept,
                        results);
        return new Reading(document, List.of(), problems);
    }

    private static boolean type(NodeReader in) {
        String type = in.text("type", true);
        boolean query = "EPCISQueryDocument".equals(type);
        if (type != null && !query && !"EPCISDocument".equals(type)) {
            in.found(
                    Check.WRONG_KIND,
                    "/type",
                    "\"" + NodeReader.shorten(type) + "\" is no EPCIS document",
                    "write \"EPCISDocument\"; wrap a single event in one");
        }
        return query;
    }

    private static @Nullable String version(NodeReader in) {
        String version = in.text("schemaVersion", false);
        if (version == null) {
            if (!in.node.has("schemaVersion")) {
                in.found(Check.NO_VERSION, "/schemaVersion", "missing");
            }
        } else if (!version.equals("2") && !version.startsWith("2.")) {
            in.found(
                    Check.WRONG_KIND,
                    "/schemaVersion",
                    "version \"" + NodeReader.shorten(version) + "\" is not read here",
                    "send EPCIS 2.0");
        }
        return version;
    }

    private static void context(NodeReader in, @Nullable JsonNode context) {
        if (context == null) {
            in.found(Check.NO_CONTEXT, "/@context", "missing");
            return;
        }
        Iterable<JsonNode> parts = context.isArray() ? context : List.of(context);
        int i = 0;
        for (JsonNode part : parts) {
            String at = "/@context" + (context.isArray() ? "/" + i++ : "");
            if (part.isString()) {
                if (!Context.isStandard(part.stringValue())) {
                    in.found(
                            Check.FOREIGN_CONTEXT,
                            at,
                            NodeReader.shorten(part.stringValue()) + " is not fetched");
                }
            } else if (!part.isObject()) {
                in.found(
                        Check.WRONG_KIND,
                        at,
                        NodeReader.kind(part) + " instead of an address or an object");
            }
        }
    }

    private static @Nullable QueryResults body(NodeReader in, boolean query, ObjectNode others) {
        JsonNode body = in.node.get("epcisBody");
        if (body == null) {
            in.found(
                    Check.MISSING,
                    "/epcisBody",
                    "missing",
                    "put the events into epcisBody.eventList");
            return null;
        }
        if (!body.isObject()) {
            in.found(
                    Check.WRONG_KIND,
                    "/epcisBody",
                    NodeReader.kind(body) + " instead of an object",
                    "give an object");
            return null;
        }
        ObjectNode more = ((ObjectNode) body).deepCopy();
        more.remove(List.of("eventList", "event", "queryResults"));
        if (!more.isEmpty()) {
            others.set("epcisBody", more);
        }
        if (!query) {
            return null;
        }
        JsonNode results = body.path("queryResults");
        return new QueryResults(
                results.path("queryName").asString("SimpleEventQuery"),
                results.path("subscriptionID").isString()
                        ? results.path("subscriptionID").stringValue()
                        : null);
    }
}
