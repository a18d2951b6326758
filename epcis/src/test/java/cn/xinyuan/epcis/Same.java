package cn.xinyuan.epcis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What two forms of a document must have in common: names by their namespaces instead of prefixes,
 * words of the vocabulary by their Web URIs; a list of one is its item and an empty one is none, as
 * JSON-LD has it.
 */
final class Same {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Same() {}

    static List<JsonNode> of(Reading reading) {
        List<JsonNode> events = new ArrayList<>();
        for (EpcisEvent event : reading.document().events()) {
            Map<String, String> prefixes =
                    new LinkedHashMap<>(reading.document().context().prefixes());
            ObjectNode json = EpcisJson.write(event);
            JsonNode own = json.remove("@context");
            if (own != null) {
                prefixes.putAll(new Context(own).prefixes());
            }
            events.add(plain("", json, prefixes));
        }
        return events;
    }

    private static JsonNode plain(String name, JsonNode node, Map<String, String> prefixes) {
        if (node instanceof ObjectNode object) {
            ObjectNode out = NODES.objectNode();
            object.forEachEntry(
                    (key, value) -> {
                        JsonNode inner = plain(key, value, prefixes);
                        if (!inner.isMissingNode()) {
                            out.set(expanded(key, prefixes), inner);
                        }
                    });
            return out;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode out = NODES.arrayNode();
            array.forEach(each -> out.add(plain(name, each, prefixes)));
            return out.isEmpty() ? NODES.missingNode() : out.size() == 1 ? out.get(0) : out;
        }
        if (node.isNumber()) {
            return NODES.numberNode(node.decimalValue().stripTrailingZeros());
        }
        if (!node.isString()) {
            return node;
        }
        String text = node.stringValue().strip();
        return NODES.stringNode(
                switch (name) {
                    case "bizStep" -> Vocabulary.BIZ_STEP.webUri(text);
                    case "disposition", "set", "unset" -> Vocabulary.DISPOSITION.webUri(text);
                    case "reason" -> Vocabulary.ERROR_REASON.webUri(text);
                    case "component" -> Vocabulary.COMPONENT.webUri(text);
                    case "exception" -> Vocabulary.SENSOR_ALERT.webUri(text);
                    case "type" ->
                            Vocabulary.MEASUREMENT.webUri(
                                    Vocabulary.BIZ_TRANSACTION_TYPE.webUri(
                                            Vocabulary.SOURCE_DESTINATION_TYPE.webUri(text)));
                    default -> text;
                });
    }

    private static String expanded(String key, Map<String, String> prefixes) {
        int colon = key.indexOf(':');
        if (colon < 1) {
            return key;
        }
        String prefix = key.substring(0, colon);
        String namespace = prefixes.getOrDefault(prefix, Namespaces.STANDARD.get(prefix));
        String name = namespace == null ? key : namespace + "|" + key.substring(colon + 1);
        return name.replace("urn:epcglobal:cbv:mda:|", "urn:epcglobal:cbv:mda|");
    }
}
