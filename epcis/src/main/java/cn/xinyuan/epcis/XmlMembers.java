package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what the standard does not name into members of JSON that keep it. */
final class XmlMembers extends XmlStream {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,60}(\\.\\d{0,60})?|\\.\\d{1,60})([eE][+-]?\\d{1,3})?");

    /** Lists that were made here of elements with one name, not read as lists. */
    private final Set<ArrayNode> gathered = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Forgets the event before. */
    void begin() {
        gathered.clear();
        budget = new Budget();
    }

    XmlMembers(XMLStreamReader xml) {
        super(xml);
    }

    void members(ObjectNode into, String at, int depth)
            throws XMLStreamException, UnreadableDocument {
        children(
                at,
                (name, place) -> {
                    if (name.equals("extension") && Namespaces.standard(xml.getNamespaceURI())) {
                        members(into, place, depth);
                    } else {
                        member(into, place, depth);
                    }
                });
    }

    void member(ObjectNode into, String at, int depth) throws XMLStreamException {
        declarations();
        String name = names.member(xml.getNamespaceURI(), xml.getLocalName(), xml.getPrefix());
        add(into, name, value(at, depth));
    }

    /** Adds a value under a name; a second one makes a list of both, whatever the first was. */
    void add(ObjectNode into, String name, JsonNode value) {
        JsonNode there = into.get(name);
        if (there == null) {
            into.set(name, value);
        } else if (there instanceof ArrayNode list && gathered.contains(list)) {
            list.add(value);
        } else {
            gathered.add(into.putArray(name).add(there).add(value));
        }
    }

    /**
     * The value of an element: text, number or truth by its {@code xsi:type}, else an object; a
     * list when it is named so and holds nothing but its items.
     */
    JsonNode value(String at, int depth) throws XMLStreamException {
        spend();
        if (depth > Limits.DEEPEST) {
            throw unfit(
                    "nested deeper than " + Limits.DEEPEST + " levels",
                    "flatten the user extensions");
        }
        declarations();
        ObjectNode object = NODES.objectNode();
        String own = xml.getLocalName();
        String ownSpace = xml.getNamespaceURI();
        String type = null;
        boolean nil = false;
        boolean kept = "preserve".equals(xml.getAttributeValue(Namespaces.XML, "space"));
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String namespace = xml.getAttributeNamespace(i);
            String name = xml.getAttributeLocalName(i);
            if (Namespaces.INSTANCE.equals(namespace)) {
                if (name.equals("type")) {
                    type = schemaType(xml.getAttributeValue(i).strip());
                } else if (name.equals("nil")) {
                    nil = xml.getAttributeValue(i).strip().matches("true|1");
                }
            } else if (Namespaces.XML.equals(namespace)) {
                if (name.equals("lang")) {
                    object.put("@language", xml.getAttributeValue(i));
                }
            } else {
                attribute(object, i);
            }
        }
        StringBuilder text = new StringBuilder();
        boolean[] asItems = {own.endsWith("List") && object.isEmpty()};
        ArrayNode items = NODES.arrayNode();
        String itemName = own.endsWith("List") ? own.substring(0, own.length() - 4) : "";
        for (int event = step(); event != XMLStreamConstants.END_ELEMENT; event = step()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                declarations();
                String name =
                        names.member(xml.getNamespaceURI(), xml.getLocalName(), xml.getPrefix());
                asItems[0] &=
                        xml.getLocalName().equals(itemName)
                                && same(ownSpace, xml.getNamespaceURI());
                JsonNode inner = value(at, depth + 1);
                items.add(inner);
                add(object, name, inner);
            } else {
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
        }
        String written = kept ? text.toString() : text.toString().strip();
        if (asItems[0] && !items.isEmpty() && written.isEmpty()) {
            return items;
        }
        JsonNode inner = object.get("");
        if (inner != null && object.size() == 1 && written.isEmpty()) {
            return inner instanceof ArrayNode list && gathered.remove(list)
                    ? inner
                    : NODES.arrayNode().add(inner);
        }
        return finished(object, written, type, nil, items.isEmpty());
    }

    static JsonNode finished(
            ObjectNode object, String text, @Nullable String type, boolean nil, boolean leaf) {
        if (nil && text.isEmpty() && object.isEmpty()) {
            return NODES.nullNode();
        }
        if (!object.isEmpty()) {
            if (type != null && !type.startsWith("xsd:")) {
                object.put("@type", type);
            }
            if (!text.isEmpty()) {
                boolean valued = object.has("@language") && object.size() == 1;
                object.put(valued ? "@value" : "#text", text);
            }
            return object;
        }
        if (type == null || type.equals("xsd:string")) {
            return NODES.stringNode(text);
        }
        if (type.equals("xsd:anyType") && leaf && text.isEmpty()) {
            return object;
        }
        return switch (type) {
            case "xsd:boolean" -> truth(text);
            case "xsd:integer",
                    "xsd:int",
                    "xsd:long",
                    "xsd:short",
                    "xsd:decimal",
                    "xsd:double",
                    "xsd:float",
                    "xsd:nonNegativeInteger",
                    "xsd:positiveInteger" ->
                    number(text);
            default -> object.put("@type", type).put("@value", text);
        };
    }

    /** The type with the prefix that the document's context gives to its namespace. */
    String schemaType(String written) {
        int colon = written.indexOf(':');
        String prefix = colon < 0 ? "" : written.substring(0, colon);
        String namespace = xml.getNamespaceURI(prefix);
        String local = written.substring(colon + 1);
        if (Namespaces.SCHEMA.equals(namespace) || namespace == null && prefix.equals("xsd")) {
            return "xsd:" + local;
        }
        return namespace == null ? written : names.member(namespace, local, prefix);
    }

    void attribute(ObjectNode into, int index) throws XMLStreamException {
        String namespace = xml.getAttributeNamespace(index);
        if (Namespaces.INSTANCE.equals(namespace) || Namespaces.XML.equals(namespace)) {
            return;
        }
        spend();
        into.put(
                names.member(
                        namespace, xml.getAttributeLocalName(index), xml.getAttributePrefix(index)),
                xml.getAttributeValue(index));
    }

    static JsonNode number(String written) {
        String text = written.strip();
        if (!NUMBER.matcher(text).matches()) {
            return NODES.stringNode(text);
        }
        BigDecimal number = new BigDecimal(text);
        if (text.matches("[+-]?\\d+")) {
            return number.precision() < 10
                    ? NODES.numberNode(number.intValueExact())
                    : number.precision() < 19
                            ? NODES.numberNode(number.longValueExact())
                            : NODES.numberNode(number.toBigIntegerExact());
        }
        return NODES.numberNode(number);
    }

    static JsonNode truth(String written) {
        return switch (written.strip()) {
            case "true", "1" -> NODES.booleanNode(true);
            case "false", "0" -> NODES.booleanNode(false);
            default -> NODES.stringNode(written);
        };
    }

    static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }
}
