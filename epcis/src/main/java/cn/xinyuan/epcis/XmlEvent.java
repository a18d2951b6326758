package cn.xinyuan.epcis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of XML; remembers where its members stood, since {@code extension} and {@code
 * baseExtension}, in which EPCIS 1 wrapped what came later, are taken off.
 */
final class XmlEvent {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> TEXTS =
            Set.of(
                    "eventTime",
                    "recordTime",
                    "eventTimeZoneOffset",
                    "eventID",
                    "action",
                    "parentID",
                    "transformationID");

    private static final Map<String, String> LISTS =
            Map.of(
                    "epcList", "epc",
                    "childEPCs", "epc",
                    "inputEPCList", "epc",
                    "outputEPCList", "epc",
                    "quantityList", "quantityElement",
                    "childQuantityList", "quantityElement",
                    "inputQuantityList", "quantityElement",
                    "outputQuantityList", "quantityElement");

    private static final Set<String> SINGLE =
            Set.of(
                    "bizStep",
                    "disposition",
                    "readPoint",
                    "bizLocation",
                    "bizTransactionList",
                    "sourceList",
                    "destinationList",
                    "sensorElementList",
                    "persistentDisposition",
                    "errorDeclaration",
                    "ilmd",
                    "epcClass",
                    "quantity");

    private static final Set<String> READ_AS_NUMBERS =
            Set.of("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue");

    private final XmlMembers in;
    private final Strictness strictness;
    private final String at;
    private final ObjectNode node = NODES.objectNode();
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<EpcisProblem> found = new ArrayList<>();

    XmlEvent(XmlMembers in, Strictness strictness, String at) {
        this.in = in;
        this.strictness = strictness;
        this.at = at;
    }

    Reading.Item read(String type) throws XMLStreamException, UnreadableDocument {
        int depth = in.depth();
        in.declarations();
        boolean quantity = type.equals("QuantityEvent");
        node.put("type", quantity ? "ObjectEvent" : typeName(type));
        try {
            for (int i = 0; i < in.xml.getAttributeCount(); i++) {
                in.attribute(node, i);
            }
            fields(at);
        } catch (XmlStream.TooMany _) {
            in.skipTo(depth);
            return EventReader.tooLarge(at);
        }
        if (quantity) {
            fromQuantityEvent();
        }
        return judged();
    }

    private String typeName(String local) {
        return in.names.member(in.xml.getNamespaceURI(), local, in.xml.getPrefix());
    }

    private Reading.Item judged() {
        Reading.Item item = EventReader.event(node, "", strictness, in.names.context());
        return switch (item) {
            case Reading.Understood good -> {
                List<EpcisProblem> warnings = placed(good.warnings());
                yield found.isEmpty()
                        ? new Reading.Understood(at, good.event(), warnings)
                        : new Reading.Refused(at, found);
            }
            case Reading.Refused bad -> {
                List<EpcisProblem> all = new ArrayList<>(found);
                all.addAll(placed(bad.problems()));
                yield new Reading.Refused(at, all);
            }
        };
    }

    private List<EpcisProblem> placed(List<EpcisProblem> list) {
        return list.stream().map(p -> p.at(XmlPlace.of(at, places, p.pointer()))).toList();
    }

    private void fields(String parent) throws XMLStreamException, UnreadableDocument {
        in.children(
                parent,
                (name, place) -> {
                    if (!Namespaces.standard(in.xml.getNamespaceURI())) {
                        in.member(node, place, 2);
                        return;
                    }
                    if (name.equals("extension") || name.equals("baseExtension")) {
                        fields(place);
                        return;
                    }
                    places.put(name, place);
                    if (!seen.add(name) && isSingle(name)) {
                        found.add(
                                new EpcisProblem(
                                        place,
                                        true,
                                        "<" + name + "> stands twice in one event",
                                        Check.TWICE.fix(),
                                        Check.TWICE));
                    }
                    field(name, place);
                });
    }

    /** Whether the standard has one of these at most; strangers' elements may be many. */
    private static boolean isSingle(String name) {
        return TEXTS.contains(name) || LISTS.containsKey(name) || SINGLE.contains(name);
    }

    private void field(String name, String place) throws XMLStreamException, UnreadableDocument {
        if (TEXTS.contains(name)) {
            node.put(name, in.text());
            return;
        }
        String item = LISTS.get(name);
        if (item != null) {
            list(name, place, item);
            return;
        }
        switch (name) {
            case "certificationInfo" -> in.add(node, name, NODES.stringNode(in.text()));
            case "bizStep" -> node.put(name, Vocabulary.BIZ_STEP.fromUrn(in.text()));
            case "disposition" -> node.put(name, Vocabulary.DISPOSITION.fromUrn(in.text()));
            case "epcClass" -> node.put(name, in.text());
            case "quantity" -> node.set(name, XmlMembers.number(in.text()));
            case "bizTransactionList" ->
                    typed(name, place, "bizTransaction", Vocabulary.BIZ_TRANSACTION_TYPE);
            case "sourceList" -> typed(name, place, "source", Vocabulary.SOURCE_DESTINATION_TYPE);
            case "destinationList" ->
                    typed(name, place, "destination", Vocabulary.SOURCE_DESTINATION_TYPE);
            case "readPoint", "bizLocation" -> place(name, place);
            case "persistentDisposition" -> persistent(name, place);
            case "errorDeclaration" -> error(node.putObject(name), place);
            case "sensorElementList" -> sensors(node.putArray(name), place);
            case "ilmd" -> {
                ObjectNode ilmd = node.putObject(name);
                for (int i = 0; i < in.xml.getAttributeCount(); i++) {
                    in.attribute(ilmd, i);
                }
                in.members(ilmd, place, 3);
            }
            default -> in.member(node, place, 2);
        }
    }

    private void list(String name, String place, String item)
            throws XMLStreamException, UnreadableDocument {
        ArrayNode list = node.putArray(name);
        in.children(
                place,
                (inner, there) -> {
                    in.spend();
                    if (!inner.equals(item)) {
                        stranger(inner, there, name);
                    } else if (item.equals("epc")) {
                        list.add(in.text());
                    } else {
                        list.add(quantity(there));
                    }
                });
    }

    private ObjectNode quantity(String at) throws XMLStreamException, UnreadableDocument {
        ObjectNode element = NODES.objectNode();
        in.children(
                at,
                (name, place) -> {
                    switch (name) {
                        case "epcClass", "uom" -> element.put(name, in.text());
                        case "quantity" -> {
                            boolean nil =
                                    "true"
                                            .equals(
                                                    in.xml.getAttributeValue(
                                                            Namespaces.INSTANCE, "nil"));
                            String written = in.text();
                            if (!nil || !written.isEmpty()) {
                                element.set(name, XmlMembers.number(written));
                            }
                        }
                        default -> in.member(element, place, 4);
                    }
                });
        return element;
    }

    private void typed(String name, String place, String item, Vocabulary words)
            throws XMLStreamException, UnreadableDocument {
        ArrayNode list = node.putArray(name);
        in.children(
                place,
                (inner, there) -> {
                    in.spend();
                    if (!inner.equals(item)) {
                        stranger(inner, there, name);
                        return;
                    }
                    ObjectNode one = list.addObject();
                    for (int i = 0; i < in.xml.getAttributeCount(); i++) {
                        if (in.xml.getAttributeLocalName(i).equals("type")
                                && Namespaces.standard(in.xml.getAttributeNamespace(i))) {
                            one.put("type", words.fromUrn(in.xml.getAttributeValue(i).strip()));
                        } else {
                            in.attribute(one, i);
                        }
                    }
                    one.put(item, in.text());
                });
    }

    private void place(String name, String place) throws XMLStreamException, UnreadableDocument {
        ObjectNode point = node.putObject(name);
        placeChildren(point, place);
    }

    private void placeChildren(ObjectNode point, String place)
            throws XMLStreamException, UnreadableDocument {
        in.children(
                place,
                (inner, there) -> {
                    if (inner.equals("id") && Namespaces.standard(in.xml.getNamespaceURI())) {
                        point.put("id", in.text());
                    } else if (inner.equals("extension")
                            && Namespaces.standard(in.xml.getNamespaceURI())) {
                        placeChildren(point, there);
                    } else {
                        in.member(point, there, 3);
                    }
                });
    }

    private void persistent(String name, String place)
            throws XMLStreamException, UnreadableDocument {
        ObjectNode states = node.putObject(name);
        in.children(
                place,
                (inner, there) -> {
                    if (inner.equals("set") || inner.equals("unset")) {
                        if (!states.has(inner)) {
                            states.putArray(inner);
                        }
                        ((ArrayNode) states.get(inner))
                                .add(Vocabulary.DISPOSITION.fromUrn(in.text()));
                    } else {
                        in.member(states, there, 3);
                    }
                });
    }

    private void error(ObjectNode declaration, String place)
            throws XMLStreamException, UnreadableDocument {
        in.children(
                place,
                (inner, there) -> {
                    boolean ours = Namespaces.standard(in.xml.getNamespaceURI());
                    if (ours && inner.equals("declarationTime")) {
                        declaration.put(inner, in.text());
                    } else if (ours && inner.equals("reason")) {
                        declaration.put(inner, Vocabulary.ERROR_REASON.fromUrn(in.text()));
                    } else if (ours && inner.equals("correctiveEventIDs")) {
                        ArrayNode ids = declaration.putArray(inner);
                        in.children(
                                there,
                                (_, _) -> {
                                    in.spend();
                                    ids.add(in.text());
                                });
                    } else if (ours && inner.equals("extension")) {
                        error(declaration, there);
                    } else {
                        in.member(declaration, there, 3);
                    }
                });
    }

    private void sensors(ArrayNode list, String place)
            throws XMLStreamException, UnreadableDocument {
        in.children(
                place,
                (inner, there) -> {
                    in.spend();
                    if (inner.equals("extension")) {
                        sensors(list, there);
                    } else if (inner.equals("sensorElement")) {
                        sensor(list.addObject(), there);
                    } else {
                        stranger(inner, there, "sensorElementList");
                    }
                });
    }

    private void sensor(ObjectNode element, String place)
            throws XMLStreamException, UnreadableDocument {
        in.children(
                place,
                (inner, there) -> {
                    boolean ours = Namespaces.standard(in.xml.getNamespaceURI());
                    if (ours && inner.equals("sensorMetadata")) {
                        reading(element.putObject(inner), there);
                    } else if (ours && inner.equals("sensorReport")) {
                        if (!element.has(inner)) {
                            element.putArray(inner);
                        }
                        reading(((ArrayNode) element.get(inner)).addObject(), there);
                    } else if (ours && inner.equals("extension")) {
                        sensor(element, there);
                    } else {
                        in.member(element, there, 4);
                    }
                });
    }

    private void reading(ObjectNode into, String place)
            throws XMLStreamException, UnreadableDocument {
        in.declarations();
        for (int i = 0; i < in.xml.getAttributeCount(); i++) {
            in.spend();
            String namespace = in.xml.getAttributeNamespace(i);
            String name = in.xml.getAttributeLocalName(i);
            String value = in.xml.getAttributeValue(i).strip();
            if (!Namespaces.standard(namespace)) {
                in.attribute(into, i);
            } else if (READ_AS_NUMBERS.contains(name)) {
                into.set(name, XmlMembers.number(value));
            } else if (name.equals("booleanValue")) {
                into.set(name, XmlMembers.truth(value));
            } else if (name.equals("type")) {
                into.put(name, Vocabulary.MEASUREMENT.fromCurie(value));
            } else if (name.equals("exception")) {
                into.put(name, Vocabulary.SENSOR_ALERT.fromCurie(value));
            } else if (name.equals("component")) {
                into.put(name, Vocabulary.COMPONENT.fromCurie(value));
            } else {
                into.put(XmlName.decoded(name), value);
            }
        }
        in.children(place, (_, there) -> in.member(into, there, 5));
    }

    private void stranger(String name, String place, String list) throws XMLStreamException {
        found.add(
                new EpcisProblem(
                        place,
                        true,
                        "<" + name + "> has no place in " + list,
                        Check.MISPLACED.fix(),
                        Check.MISPLACED));
        in.skipTo(in.depth());
    }

    private void fromQuantityEvent() {
        node.put("action", "OBSERVE");
        ObjectNode element = node.putArray("quantityList").addObject();
        JsonNode epcClass = node.remove("epcClass");
        JsonNode quantity = node.remove("quantity");
        if (epcClass != null) {
            element.set("epcClass", epcClass);
        }
        if (quantity != null) {
            element.set("quantity", quantity);
        }
    }
}
