package cn.xinyuan.epcis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Members of a JSON object that are kept as they came, in their order. */
final class Members {

    private Members() {}

    static Map<String, JsonNode> copy(Map<String, JsonNode> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put(name, value.deepCopy()));
        return Collections.unmodifiableMap(copy);
    }
}
