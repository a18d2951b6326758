package cn.xinyuan.epcis;

import javax.xml.stream.XMLStreamException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the header: the standard business document header and master data. */
final class XmlHeader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final XmlMembers in;

    XmlHeader(XmlMembers in) {
        this.in = in;
    }

    void read(ObjectNode head, String at) throws XMLStreamException, UnreadableDocument {
        ObjectNode header = NODES.objectNode();
        for (int i = 0; i < in.xml.getAttributeCount(); i++) {
            in.attribute(header, i);
        }
        children(head, header, at);
        if (!header.isEmpty()) {
            head.set("epcisHeader", header);
        }
    }

    private void children(ObjectNode head, ObjectNode header, String at)
            throws XMLStreamException, UnreadableDocument {
        in.children(
                at,
                (name, place) -> {
                    switch (name) {
                        case "extension" -> children(head, header, place);
                        case "EPCISMasterData" -> {
                            ObjectNode data = header.putObject("epcisMasterData");
                            in.children(
                                    place,
                                    (inner, there) -> {
                                        if (inner.equals("VocabularyList")) {
                                            vocabularies(data, there);
                                        } else {
                                            in.member(data, there, 3);
                                        }
                                    });
                        }
                        case "StandardBusinessDocumentHeader" ->
                                businessHeader(head, header, place);
                        default -> in.member(header, place, 2);
                    }
                });
    }

    /**
     * The business document header becomes the three members that JSON has for it when it says no
     * more than they do; otherwise it is kept whole under the name of its schema.
     */
    private void businessHeader(ObjectNode head, ObjectNode header, String at)
            throws XMLStreamException {
        if (!Namespaces.SBDH.equals(in.xml.getNamespaceURI())) {
            in.member(header, at, 2);
            return;
        }
        JsonNode whole = in.value(at, 3);
        String sender = whole.at("/sbdh:Sender/sbdh:Identifier").asString("");
        String receiver = whole.at("/sbdh:Receiver/sbdh:Identifier").asString("");
        String instance =
                whole.at("/sbdh:DocumentIdentification/sbdh:InstanceIdentifier").asString("");
        if (whole.equals(
                businessHeader(
                        sender, receiver, instance, head.path("creationDate").asString("")))) {
            head.put("sender", sender);
            head.put("receiver", receiver);
            head.put("instanceIdentifier", instance);
        } else {
            header.set("sbdh:StandardBusinessDocumentHeader", whole);
        }
    }

    /** The least header that names both ends and the document (EPCIS 2.0, 9.2). */
    static ObjectNode businessHeader(
            String sender, String receiver, String instance, String created) {
        ObjectNode whole = NODES.objectNode();
        whole.put("sbdh:HeaderVersion", "1.0");
        whole.putObject("sbdh:Sender").put("sbdh:Identifier", sender);
        whole.putObject("sbdh:Receiver").put("sbdh:Identifier", receiver);
        whole.putObject("sbdh:DocumentIdentification")
                .put("sbdh:Standard", "EPCglobal")
                .put("sbdh:TypeVersion", "1.0")
                .put("sbdh:InstanceIdentifier", instance)
                .put("sbdh:Type", "Events")
                .put("sbdh:CreationDateAndTime", created);
        return whole;
    }

    void vocabularies(ObjectNode data, String at) throws XMLStreamException, UnreadableDocument {
        ArrayNode list = data.putArray("vocabularyList");
        in.children(
                at,
                (name, place) -> {
                    ObjectNode vocabulary = list.addObject();
                    in.spend();
                    put(vocabulary, "type");
                    ArrayNode elements = NODES.arrayNode();
                    in.children(
                            place,
                            (inner, there) -> {
                                if (inner.equals("VocabularyElementList")) {
                                    in.children(
                                            there, (_, e) -> elements.add(vocabularyElement(e)));
                                } else {
                                    in.member(vocabulary, there, 5);
                                }
                            });
                    vocabulary.set("vocabularyElementList", elements);
                });
    }

    private ObjectNode vocabularyElement(String at) throws XMLStreamException, UnreadableDocument {
        ObjectNode element = NODES.objectNode();
        in.spend();
        put(element, "id");
        ArrayNode attributes = NODES.arrayNode();
        in.children(
                at,
                (name, place) -> {
                    switch (name) {
                        case "attribute" -> {
                            ObjectNode attribute = attributes.addObject();
                            put(attribute, "id");
                            String id = in.xml.getAttributeValue(null, "id");
                            JsonNode value = in.value(place, 7);
                            if (value instanceof ObjectNode object && id != null) {
                                object.remove("id");
                            }
                            attribute.set(
                                    "attribute",
                                    value instanceof ObjectNode o && o.size() == 1 && o.has("#text")
                                            ? o.get("#text")
                                            : value);
                        }
                        case "children" -> {
                            ArrayNode ids = element.putArray("children");
                            in.children(place, (_, _) -> ids.add(in.text()));
                        }
                        case "extension" -> in.members(element, place, 7);
                        default -> in.member(element, place, 7);
                    }
                });
        if (!attributes.isEmpty()) {
            element.set("attributes", attributes);
        }
        return element;
    }

    private void put(ObjectNode into, String name) {
        String value = in.xml.getAttributeValue(null, name);
        if (value != null) {
            into.put(name, value.strip());
        }
    }
}
