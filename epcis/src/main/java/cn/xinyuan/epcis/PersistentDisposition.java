package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Lasting states that begin or end with an event (EPCIS 2.0, 7.3.5.6). */
public record PersistentDisposition(
        List<String> set, List<String> unset, Map<String, JsonNode> others) {

    public PersistentDisposition {
        set = List.copyOf(set);
        unset = List.copyOf(unset);
        others = Members.copy(others);
    }
}
