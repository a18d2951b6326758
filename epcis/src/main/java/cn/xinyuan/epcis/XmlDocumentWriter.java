package cn.xinyuan.epcis;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a document of any length event by event; made by {@link EpcisXml#begin}. The stream stays
 * open.
 */
public final class XmlDocumentWriter {

    private static final String EVENTS = "urn:epcglobal:epcis:xsd:2";
    private static final String QUERY = "urn:epcglobal:epcis-query:xsd:2";

    private final XmlText out;
    private final XmlWriter writer;
    private final EpcisDocument head;

    /** Members of the header that the schema has no room for there; they follow the body. */
    private final ObjectNode late = JsonNodeFactory.instance.objectNode();

    XmlDocumentWriter(OutputStream to, EpcisDocument head) throws IOException {
        this.out = new XmlText(to);
        this.head = head;
        this.writer = new XmlWriter(out, head.context());
        begin();
    }

    private void begin() throws IOException {
        QueryResults query = head.query();
        out.start(query == null ? "epcis:EPCISDocument" : "epcisq:EPCISQueryDocument");
        if (query == null) {
            out.declare("epcis", EVENTS);
        } else {
            out.declare("epcisq", QUERY);
        }
        writer.declarations();
        out.attribute("schemaVersion", "2.0");
        EpcisTime created = head.creationDate();
        String creation =
                created == null
                        ? EpcisTime.of(Instant.now(), ZoneOffset.UTC).text()
                        : created.text();
        out.attribute("creationDate", creation);
        boolean three =
                List.of("sender", "receiver", "instanceIdentifier").stream()
                        .allMatch(n -> text(n) != null);
        for (Map.Entry<String, JsonNode> each : head.others().entrySet()) {
            boolean inHeader =
                    three
                            && List.of("sender", "receiver", "instanceIdentifier")
                                    .contains(each.getKey());
            if (each.getValue().isString() && !each.getKey().contains(":") && !inHeader) {
                out.attribute(XmlName.encoded(each.getKey()), each.getValue().asString(""));
            }
        }
        header(three, creation);
        out.start("EPCISBody");
        if (query != null) {
            out.start("epcisq:QueryResults");
            out.element("queryName", query.queryName());
            if (query.subscriptionId() != null) {
                out.element("subscriptionID", query.subscriptionId());
            }
            out.start("resultsBody");
        }
        out.start("EventList");
    }

    private @org.jspecify.annotations.Nullable String text(String name) {
        JsonNode value = head.others().get(name);
        return value == null || !value.isString() ? null : value.asString("");
    }

    private void header(boolean three, String creation) throws IOException {
        JsonNode header = head.others().get("epcisHeader");
        ObjectNode members =
                header instanceof ObjectNode given
                        ? given.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        JsonNode business = members.remove("sbdh:StandardBusinessDocumentHeader");
        if (business == null && three) {
            business =
                    XmlHeader.businessHeader(
                            String.valueOf(text("sender")),
                            String.valueOf(text("receiver")),
                            String.valueOf(text("instanceIdentifier")),
                            creation);
        }
        JsonNode data = members.remove("epcisMasterData");
        if (business == null && data == null && members.isEmpty()) {
            return;
        }
        out.start("EPCISHeader");
        writer.textsAsAttributes(members).forEach(members::remove);
        members.forEachEntry(late::set);
        if (business != null) {
            writer.businessHeader(business);
        }
        if (data != null) {
            out.start("extension").start("EPCISMasterData").start("VocabularyList");
            for (JsonNode each : data.path("vocabularyList")) {
                vocabulary(each);
            }
            out.end();
            writer.rest(data, List.of("vocabularyList"));
            out.end();
            out.end();
        }
        out.end();
    }

    private void vocabulary(JsonNode vocabulary) throws IOException {
        out.start("Vocabulary").attribute("type", vocabulary.path("type").asString(""));
        JsonNode elements = vocabulary.path("vocabularyElementList");
        if (!elements.isEmpty()) {
            out.start("VocabularyElementList");
            for (JsonNode each : elements) {
                out.start("VocabularyElement").attribute("id", each.path("id").asString(""));
                for (JsonNode attribute : each.path("attributes")) {
                    out.start("attribute").attribute("id", attribute.path("id").asString(""));
                    writer.content(attribute.path("attribute"));
                    out.end();
                }
                JsonNode children = each.path("children");
                if (!children.isEmpty()) {
                    out.start("children");
                    for (JsonNode child : children) {
                        out.element("id", child.asString(""));
                    }
                    out.end();
                }
                writer.rest(each, List.of("id", "attributes", "children"));
                out.end();
            }
            out.end();
        }
        writer.rest(vocabulary, List.of("type", "vocabularyElementList"));
        out.end();
    }

    /** The next event; {@code context} explains its prefixes. */
    public void event(EpcisEvent event, Context context) throws IOException {
        writer.event(event, context);
    }

    /** Ends the document and flushes it. */
    public void end() throws IOException {
        out.end();
        if (head.query() != null) {
            out.end();
            out.end();
        }
        JsonNode body = head.others().get("epcisBody");
        if (body != null) {
            writer.rest(body, List.of());
        }
        out.end();
        List<String> done = new ArrayList<>(List.of("epcisHeader", "epcisBody"));
        ObjectNode others = late.deepCopy();
        head.others().forEach(others::set);
        others.properties().stream()
                .filter(e -> e.getValue().isString() && !e.getKey().contains(":"))
                .forEach(e -> done.add(e.getKey()));
        writer.rest(others, done);
        out.end();
        out.flush();
    }
}
