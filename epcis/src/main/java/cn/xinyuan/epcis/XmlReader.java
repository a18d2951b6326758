package cn.xinyuan.epcis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns XML of EPCIS 2.0, 1.2, 1.1 and 1.0 into the JSON of EPCIS 2.0, event by event, so that one
 * reader judges both. {@code extension} and {@code baseExtension}, in which EPCIS 1 wrapped what
 * came later, are taken off; a {@code QuantityEvent} becomes the object event that EPCIS 1.1, 7.4.4
 * makes equal to it.
 */
final class XmlReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final XmlMembers in;
    private final XmlHeader header;
    private final Strictness strictness;
    private final DocumentSink sink;
    private final ObjectNode head = NODES.objectNode();
    private @Nullable String body;
    private boolean headGiven;
    private int events;

    private XmlReader(XMLStreamReader xml, Strictness strictness, DocumentSink sink) {
        this.in = new XmlMembers(xml);
        this.header = new XmlHeader(in);
        this.strictness = strictness;
        this.sink = sink;
    }

    static Reading read(InputStream bytes, Strictness strictness, DocumentSink sink)
            throws UnreadableDocument, IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty("jdk.xml.elementAttributeLimit", "1000");
        XMLStreamReader xml = null;
        try {
            xml = factory.createXMLStreamReader(XmlSource.open(bytes));
            return new XmlReader(xml, strictness, sink).document();
        } catch (XMLStreamException | XmlSource.Unfit | CharacterCodingException e) {
            throw unreadable(e, xml);
        }
    }

    private static UnreadableDocument unreadable(Exception e, @Nullable XMLStreamReader xml)
            throws IOException {
        String where = xml == null ? "" : where(xml);
        for (Throwable cause = e; cause != null; cause = deeper(cause)) {
            if (cause instanceof XmlSource.Unfit unfit) {
                return XmlStream.refusal("", unfit.getMessage() + where, unfit.fix());
            }
            if (cause instanceof CharacterCodingException) {
                return XmlStream.refusal(
                        "",
                        "the bytes are no characters of the encoding that was named" + where,
                        "send UTF-8, and say so in the XML declaration");
            }
            if (cause instanceof IOException broken) {
                throw broken;
            }
        }
        if (e instanceof XmlStream.TooMany) {
            return XmlStream.refusal(
                    "",
                    "the header holds more than " + Limits.MOST_VALUES + " values" + where,
                    "send master data in pieces");
        }
        if (String.valueOf(e.getMessage()).contains("JAXP0001")) {
            return XmlStream.refusal(
                    "",
                    "a name, or the number of attributes, is beyond all limits" + where,
                    "use short names and no more than "
                            + Limits.MOST_ATTRIBUTES
                            + " attributes on one element");
        }
        return XmlStream.refusal(
                "",
                "this is not well-formed XML" + where,
                "send XML 1.0 with its namespaces declared, without entities of its own");
    }

    private static @Nullable Throwable deeper(Throwable e) {
        return e instanceof XMLStreamException x && x.getNestedException() != null
                ? x.getNestedException()
                : e.getCause();
    }

    private static String where(XMLStreamReader xml) {
        return " at line "
                + xml.getLocation().getLineNumber()
                + ", column "
                + xml.getLocation().getColumnNumber();
    }

    // document

    private Reading document() throws XMLStreamException, UnreadableDocument {
        int type = in.xml.getEventType();
        while (type != XMLStreamConstants.START_ELEMENT) {
            type = in.step();
        }
        String root = in.xml.getLocalName();
        String namespace = in.xml.getNamespaceURI();
        boolean known =
                switch (root) {
                    case "EPCISDocument", "EPCISQueryDocument", "EPCISMasterDataDocument" -> true;
                    default -> false;
                };
        if (!known || namespace == null || !namespace.startsWith("urn:epcglobal:epcis")) {
            throw XmlStream.refusal(
                    "/*",
                    "the root is " + root + " of " + namespace + ", no EPCIS document",
                    "send <epcis:EPCISDocument xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\" …>");
        }
        attributes("/*", "EPCISMasterDataDocument".equals(root) ? "EPCISDocument" : root);
        in.children(
                "/*",
                (name, at) -> {
                    switch (name) {
                        case "EPCISHeader" -> header.read(head, at);
                        case "EPCISBody" -> {
                            body = at;
                            body(at);
                        }
                        case "extension" -> in.members(head, at, 1);
                        default -> in.member(head, at, 1);
                    }
                });
        while (in.xml.getEventType() != XMLStreamConstants.END_DOCUMENT) {
            in.step();
        }
        giveHead();
        List<EpcisProblem> problems = new ArrayList<>();
        Reading whole = head(XmlReader::path);
        problems.addAll(whole.warnings());
        if (events == 0 && strictness.of(Check.NO_EVENTS) != Severity.PASS) {
            problems.add(
                    new EpcisProblem(
                            body == null ? "/*" : body,
                            false,
                            "no events",
                            Check.NO_EVENTS.fix(),
                            Check.NO_EVENTS));
        }
        return new Reading(whole.document(), List.of(), problems);
    }

    private Reading head(UnaryOperator<String> place) throws UnreadableDocument {
        ObjectNode whole = head.deepCopy();
        whole.set("@context", in.names.context().json());
        return DocumentReader.head(whole, strictness, place);
    }

    private void attributes(String at, String type) throws UnreadableDocument, XMLStreamException {
        in.declarations();
        head.put("type", type);
        for (int i = 0; i < in.xml.getAttributeCount(); i++) {
            String local = in.xml.getAttributeLocalName(i);
            String value = in.xml.getAttributeValue(i);
            switch (local) {
                case "schemaVersion" -> {
                    if (!value.strip().matches("1\\.[0-2]|2(\\.[0-9]+)?")) {
                        throw XmlStream.refusal(
                                at + "/@schemaVersion",
                                "version \"" + value + "\" is not read here",
                                "send EPCIS 2.0, or 1.2");
                    }
                    head.put("schemaVersion", "2.0");
                }
                case "creationDate" -> head.put("creationDate", value);
                default -> in.attribute(head, i);
            }
        }
        if (!head.has("schemaVersion")) {
            throw XmlStream.refusal(
                    at + "/@schemaVersion", "missing", "add schemaVersion=\"2.0\" to the root");
        }
    }

    private void giveHead() throws UnreadableDocument {
        if (!headGiven) {
            headGiven = true;
            sink.head(head(XmlReader::path).document());
        }
    }

    private static String path(String pointer) {
        return "/*"
                + switch (pointer) {
                    case "/schemaVersion" -> "/@schemaVersion";
                    case "/creationDate" -> "/@creationDate";
                    case "/epcisBody" -> "/EPCISBody";
                    default -> pointer;
                };
    }

    private void body(String at) throws XMLStreamException, UnreadableDocument {
        head.putObject("epcisBody");
        in.children(
                at,
                (name, place) -> {
                    switch (name) {
                        case "EventList" -> events(place);
                        case "VocabularyList" ->
                                header.vocabularies(
                                        head.withObject("epcisHeader")
                                                .withObject("epcisMasterData"),
                                        place);
                        case "QueryResults" -> results(place);
                        case "extension" -> in.members(head.withObject("epcisBody"), place, 2);
                        default -> in.member(head.withObject("epcisBody"), place, 2);
                    }
                });
    }

    private void results(String at) throws XMLStreamException, UnreadableDocument {
        ObjectNode results = head.withObject("epcisBody").putObject("queryResults");
        in.children(
                at,
                (name, place) -> {
                    switch (name) {
                        case "queryName", "subscriptionID" -> results.put(name, in.text());
                        case "resultsBody" ->
                                in.children(
                                        place,
                                        (inner, there) -> {
                                            switch (inner) {
                                                case "EventList" -> events(there);
                                                case "VocabularyList" ->
                                                        header.vocabularies(
                                                                head.withObject("epcisHeader")
                                                                        .withObject(
                                                                                "epcisMasterData"),
                                                                there);
                                                default -> in.member(results, there, 4);
                                            }
                                        });
                        default -> in.member(results, place, 3);
                    }
                });
    }

    private void events(String at) throws XMLStreamException, UnreadableDocument {
        in.children(
                at,
                (name, place) -> {
                    if (name.equals("extension")) {
                        events(place);
                    } else {
                        giveHead();
                        in.begin();
                        Reading.Item item = new XmlEvent(in, strictness, place).read(name);
                        in.begin();
                        events++;
                        sink.event(item, in.names.context());
                    }
                });
    }
}
