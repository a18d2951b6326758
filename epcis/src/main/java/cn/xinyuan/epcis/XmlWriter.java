package cn.xinyuan.epcis;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON of events as XML of EPCIS 2.0, in the order that its schema wants. */
final class XmlWriter {

    private static final List<String> COMMON =
            List.of(
                    "eventTime",
                    "recordTime",
                    "eventTimeZoneOffset",
                    "eventID",
                    "errorDeclaration");

    private static final Map<EventType, List<String>> ORDER =
            Map.of(
                    EventType.OBJECT,
                    List.of("epcList", "action", "why", "quantityList", "parties", "ilmd"),
                    EventType.AGGREGATION,
                    List.of(
                            "parentID",
                            "childEPCs",
                            "action",
                            "why",
                            "childQuantityList",
                            "parties"),
                    EventType.TRANSACTION,
                    List.of(
                            "bizTransactionList",
                            "parentID",
                            "epcList",
                            "action",
                            "why",
                            "quantityList",
                            "parties"),
                    EventType.TRANSFORMATION,
                    List.of(
                            "inputEPCList",
                            "inputQuantityList",
                            "outputEPCList",
                            "outputQuantityList",
                            "transformationID",
                            "why",
                            "parties",
                            "ilmd"),
                    EventType.ASSOCIATION,
                    List.of(
                            "parentID",
                            "childEPCs",
                            "childQuantityList",
                            "action",
                            "why",
                            "parties"));

    private static final List<String> WHY =
            List.of("bizStep", "disposition", "readPoint", "bizLocation", "bizTransactionList");

    private static final List<String> PARTIES =
            List.of("sourceList", "destinationList", "sensorElementList", "persistentDisposition");

    private static final Set<String> EPC_LISTS =
            Set.of("epcList", "childEPCs", "inputEPCList", "outputEPCList");

    private final XmlText out;
    private final Map<String, String> declared;
    private final Map<String, String> given = new HashMap<>();
    private Map<String, String> prefixes;

    XmlWriter(XmlText out, Context context) {
        this.out = out;
        this.declared = context.prefixes();
        this.prefixes = declared;
    }

    /** Declares what the context declares, on the element that was started. */
    void declarations() throws IOException {
        for (Map.Entry<String, String> each : prefixes.entrySet()) {
            if (usable(each.getKey())) {
                out.declare(each.getKey(), each.getValue());
            }
        }
    }

    private static boolean usable(String prefix) {
        return !prefix.isEmpty()
                && prefix.equals(XmlName.encoded(prefix))
                && !prefix.toLowerCase(java.util.Locale.ROOT).startsWith("xml")
                && !Set.of("xsi", "xsd", "epcis", "epcisq").contains(prefix);
    }

    /** Writes an event; its own context and the one of its document explain its prefixes. */
    void event(EpcisEvent event, Context context) throws IOException {
        ObjectNode node = EpcisJson.write(event);
        Map<String, String> own = new LinkedHashMap<>(context.prefixes());
        JsonNode inner = node.get("@context");
        if (inner != null) {
            own.putAll(new Context(inner).prefixes());
        }
        prefixes = own;
        out.start(event.type().label());
        declarations();
        List<String> done = new ArrayList<>(List.of("type", "@context"));
        attributes(node, event.type(), done);
        for (String name : COMMON) {
            field(node, name, done);
        }
        certificates(node.get("certificationInfo"), done);
        for (String name : ORDER.getOrDefault(event.type(), List.of())) {
            List<String> group =
                    name.equals("why") ? WHY : name.equals("parties") ? PARTIES : List.of(name);
            for (String each : group) {
                field(node, each, done);
            }
        }
        rest(node, done);
        out.end();
        prefixes = declared;
    }

    /** Plain members that no schema names, such as a comment, stay attributes of the event. */
    private void attributes(ObjectNode node, EventType type, List<String> done) throws IOException {
        List<String> known = new ArrayList<>(COMMON);
        known.add("certificationInfo");
        known.addAll(WHY);
        known.addAll(PARTIES);
        known.addAll(ORDER.getOrDefault(type, List.of()));
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            String name = each.getKey();
            if (each.getValue().isString()
                    && !name.contains(":")
                    && !known.contains(name)
                    && !done.contains(name)) {
                out.attribute(XmlName.encoded(name), each.getValue().asString());
                done.add(name);
            }
        }
    }

    private void certificates(@Nullable JsonNode value, List<String> done) throws IOException {
        done.add("certificationInfo");
        if (value == null) {
            return;
        }
        if (value.isArray()) {
            for (JsonNode each : value) {
                out.element("certificationInfo", each.asString(""));
            }
        } else {
            out.element("certificationInfo", value.asString(""));
        }
    }

    private void field(ObjectNode node, String name, List<String> done) throws IOException {
        JsonNode value = node.get(name);
        if (value == null || done.contains(name)) {
            return;
        }
        done.add(name);
        if (value.isObject() && value.isEmpty() && !name.equals("ilmd")) {
            return;
        }
        switch (name) {
            case "bizStep" -> out.element(name, Vocabulary.BIZ_STEP.fromBare(value.asString("")));
            case "disposition" ->
                    out.element(name, Vocabulary.DISPOSITION.fromBare(value.asString("")));
            case "readPoint", "bizLocation" -> place(name, value);
            case "errorDeclaration" -> error(value);
            case "bizTransactionList" ->
                    typed(name, "bizTransaction", value, Vocabulary.BIZ_TRANSACTION_TYPE);
            case "sourceList" -> typed(name, "source", value, Vocabulary.SOURCE_DESTINATION_TYPE);
            case "destinationList" ->
                    typed(name, "destination", value, Vocabulary.SOURCE_DESTINATION_TYPE);
            case "sensorElementList" -> sensors(value);
            case "persistentDisposition" -> persistent(value);
            case "ilmd" -> {
                out.start(name);
                rest(value, List.of());
                out.end();
            }
            default -> {
                if (EPC_LISTS.contains(name)) {
                    out.start(name);
                    for (JsonNode each : value) {
                        out.element("epc", each.asString(""));
                    }
                    out.end();
                } else if (name.endsWith("QuantityList") || name.equals("quantityList")) {
                    quantities(name, value);
                } else {
                    out.element(name, value.asString(""));
                }
            }
        }
    }

    private void quantities(String name, JsonNode list) throws IOException {
        out.start(name);
        for (JsonNode each : list) {
            out.start("quantityElement");
            out.element("epcClass", each.path("epcClass").asString(""));
            JsonNode amount = each.get("quantity");
            if (amount != null) {
                out.element("quantity", amount.decimalValue().toPlainString());
            }
            JsonNode uom = each.get("uom");
            if (uom != null) {
                out.element("uom", uom.asString(""));
            }
            rest(each, List.of("epcClass", "quantity", "uom"));
            out.end();
        }
        out.end();
    }

    private void typed(String name, String item, JsonNode list, Vocabulary words)
            throws IOException {
        if (list.isEmpty()) {
            return;
        }
        out.start(name);
        for (JsonNode each : list) {
            out.start(item);
            JsonNode type = each.get("type");
            if (type != null) {
                out.attribute("type", words.fromBare(type.asString("")));
            }
            scalars(each, List.of("type", item));
            out.text(each.path(item).asString(""));
            out.end();
        }
        out.end();
    }

    private void place(String name, JsonNode place) throws IOException {
        out.start(name);
        out.element("id", place.path("id").asString(""));
        rest(place, List.of("id"));
        out.end();
    }

    private void error(JsonNode declaration) throws IOException {
        out.start("errorDeclaration");
        out.element("declarationTime", declaration.path("declarationTime").asString(""));
        JsonNode reason = declaration.get("reason");
        if (reason != null) {
            out.element("reason", Vocabulary.ERROR_REASON.fromBare(reason.asString("")));
        }
        JsonNode ids = declaration.get("correctiveEventIDs");
        if (ids != null) {
            out.start("correctiveEventIDs");
            for (JsonNode each : ids) {
                out.element("correctiveEventID", each.asString(""));
            }
            out.end();
        }
        rest(declaration, List.of("declarationTime", "reason", "correctiveEventIDs"));
        out.end();
    }

    private void persistent(JsonNode states) throws IOException {
        out.start("persistentDisposition");
        for (String name : List.of("unset", "set")) {
            for (JsonNode each : states.path(name)) {
                out.element(name, Vocabulary.DISPOSITION.fromBare(each.asString("")));
            }
        }
        rest(states, List.of("set", "unset"));
        out.end();
    }

    private void sensors(JsonNode list) throws IOException {
        if (list.isEmpty()) {
            return;
        }
        out.start("sensorElementList");
        for (JsonNode element : list) {
            out.start("sensorElement");
            JsonNode metadata = element.get("sensorMetadata");
            if (metadata != null) {
                reading("sensorMetadata", metadata);
            }
            for (JsonNode report : element.path("sensorReport")) {
                reading("sensorReport", report);
            }
            rest(element, List.of("sensorMetadata", "sensorReport"));
            out.end();
        }
        out.end();
    }

    /** All members as attributes, since the schema lets no elements in; objects stay elements. */
    private void reading(String name, JsonNode reading) throws IOException {
        out.start(name);
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : reading.properties()) {
            if (each.getValue().isContainer() || each.getValue().isNull()) {
                continue;
            }
            String value = scalar(each.getValue());
            written.add(each.getKey());
            attribute(
                    each.getKey(),
                    switch (each.getKey()) {
                        case "type" -> Vocabulary.MEASUREMENT.curieOfBare(value);
                        case "exception" -> Vocabulary.SENSOR_ALERT.curieOfBare(value);
                        case "component" -> Vocabulary.COMPONENT.curieOfBare(value);
                        default -> value;
                    });
        }
        rest(reading, written);
        out.end();
    }

    private void attribute(String key, String value) throws IOException {
        Name name = name(key);
        if (name.prefix().isEmpty()) {
            out.attribute(name.local(), value);
        } else {
            out.declare(name.prefix(), name.namespace());
            out.attribute(name.qualified(), value);
        }
    }

    private void scalars(JsonNode node, List<String> done) throws IOException {
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!done.contains(each.getKey()) && !each.getValue().isContainer()) {
                attribute(each.getKey(), scalar(each.getValue()));
            }
        }
    }

    /** The schema's header has room for attributes of others, but not for their elements. */
    List<String> textsAsAttributes(JsonNode node) throws IOException {
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (each.getValue().isString()) {
                attribute(each.getKey(), each.getValue().asString(""));
                done.add(each.getKey());
            }
        }
        return done;
    }

    // members that the standard does not name

    /** Every member but those done before; plain ones inside {@code extension}. */
    void rest(JsonNode node, List<String> done) throws IOException {
        List<Map.Entry<String, JsonNode>> plain = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (done.contains(each.getKey())) {
                continue;
            }
            if (each.getKey().contains(":")) {
                member(each.getKey(), each.getValue());
            } else if (!(each.getValue().isContainer() && each.getValue().isEmpty())) {
                plain.add(each);
            }
        }
        if (!plain.isEmpty()) {
            out.start("extension");
            for (Map.Entry<String, JsonNode> each : plain) {
                member(each.getKey(), each.getValue());
            }
            out.end();
        }
    }

    /** A member as an element, a list as many or, when named so, as a list of its items. */
    void member(String key, JsonNode value) throws IOException {
        if (!value.isArray()) {
            element(name(key), value);
            return;
        }
        if (value.isEmpty()) {
            return;
        }
        Name name = name(key);
        if (name.local().length() > 4 && name.local().endsWith("List")) {
            open(name);
            Name item = name.item();
            for (JsonNode each : value) {
                element(item, each);
            }
            out.end();
        } else if (value.size() == 1 && value.get(0).isArray()) {
            element(name, value);
        } else {
            for (JsonNode each : value) {
                element(name, each);
            }
        }
    }

    private void open(Name name) throws IOException {
        out.start(name.qualified());
        if (!name.prefix().isEmpty()) {
            out.declare(name.prefix(), name.namespace());
        }
    }

    private void element(Name name, JsonNode value) throws IOException {
        open(name);
        switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> {
                if (value.isEmpty()) {
                    schemaType("xsd:anyType");
                }
                for (JsonNode each : value) {
                    element(Name.OF_AN_INNER_ITEM, each);
                }
            }
            case NULL, MISSING -> instance("nil", "true");
            case NUMBER -> {
                String text = scalar(value);
                schemaType(
                        text.matches("-?\\d+")
                                ? "xsd:integer"
                                : text.contains("E") ? "xsd:double" : "xsd:decimal");
                out.text(text);
            }
            case BOOLEAN -> {
                schemaType("xsd:boolean");
                out.text(scalar(value));
            }
            case STRING, BINARY, POJO -> text(value.asString(""));
        }
        out.end();
    }

    private void text(String text) throws IOException {
        if (!text.equals(text.strip())) {
            out.attribute("xml:space", "preserve");
        }
        out.text(text);
    }

    private void object(JsonNode object) throws IOException {
        if (object.isEmpty()) {
            schemaType("xsd:anyType");
            return;
        }
        JsonNode value = object.get("@value");
        JsonNode type = object.get("@type");
        if (value != null && !value.isContainer() && object.size() == 2) {
            if (type != null && type.asString("").matches("xsd:[A-Za-z]+")) {
                schemaType(type.asString(""));
                text(scalar(value));
                return;
            }
            JsonNode language = object.get("@language");
            if (language != null && language.isString()) {
                out.attribute("xml:lang", language.asString(""));
                text(scalar(value));
                return;
            }
        }
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            String key = each.getKey();
            if (each.getValue().isString()
                    && !key.contains(":")
                    && !key.equals("#text")
                    && !key.startsWith("xml")) {
                out.attribute(XmlName.encoded(key), each.getValue().asString(""));
                done.add(key);
            }
        }
        JsonNode text = object.get("#text");
        if (text != null && text.isString()) {
            text(text.asString(""));
            done.add("#text");
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!done.contains(each.getKey())) {
                member(each.getKey(), each.getValue());
            }
        }
    }

    /** The content of a master data attribute: text as it is, what is more as elements. */
    void content(JsonNode value) throws IOException {
        if (value.isObject()) {
            object(value);
        } else if (value.isArray()) {
            for (JsonNode each : value) {
                content(each);
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            out.text(scalar(value));
        }
    }

    /** The standard business document header, under the prefix that its schema is known by. */
    void businessHeader(JsonNode header) throws IOException {
        prefixes = new LinkedHashMap<>(declared);
        prefixes.put("sbdh", Namespaces.SBDH);
        element(name("sbdh:StandardBusinessDocumentHeader"), header);
        prefixes = declared;
    }

    private void schemaType(String type) throws IOException {
        out.declare("xsd", Namespaces.SCHEMA);
        instance("type", type);
    }

    private void instance(String name, String value) throws IOException {
        out.declare("xsi", Namespaces.INSTANCE);
        out.attribute("xsi:" + name, value);
    }

    private static String scalar(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) > 60 ? number.toString() : plain(number);
        }
        return value.asString("");
    }

    private static String plain(BigDecimal number) {
        return number.scale() < 0 ? number.toString() : number.toPlainString();
    }

    // names

    private record Name(String prefix, String namespace, String local) {

        /** Items of a list within a list have no name: the empty one, as XML can write it. */
        static final Name OF_AN_INNER_ITEM = new Name("", "", XmlName.encoded(""));

        String qualified() {
            return prefix.isEmpty() ? local : prefix + ":" + local;
        }

        Name item() {
            return new Name(prefix, namespace, local.substring(0, local.length() - 4));
        }
    }

    /**
     * The XML name for a member of JSON: by its declared prefix, else by the standard's own; an
     * undeclared prefix is the scheme of an IRI, as JSON-LD has it.
     */
    private Name name(String key) {
        int colon = key.indexOf(':');
        if (colon <= 0 || colon == key.length() - 1) {
            return new Name("", "", XmlName.encoded(key));
        }
        String prefix = key.substring(0, colon);
        String local = key.substring(colon + 1);
        String namespace = local.startsWith("//") ? null : prefixes.get(prefix);
        if (namespace == null && local.startsWith("//")) {
            int cut = Math.max(key.lastIndexOf('/'), key.lastIndexOf('#')) + 1;
            prefix = "";
            namespace = key.substring(0, cut);
            local = key.substring(cut);
        } else if (namespace == null) {
            namespace = Namespaces.STANDARD.getOrDefault(prefix, prefix + ":");
        }
        if (namespace.equals(Namespaces.MASTER_DATA + ":")) {
            namespace = Namespaces.MASTER_DATA;
        }
        if (!usable(prefix)) {
            prefix = given.computeIfAbsent(namespace, _ -> "ns" + (given.size() + 1));
        }
        return new Name(prefix, namespace, XmlName.encoded(local));
    }
}
