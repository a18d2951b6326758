package cn.xinyuan.epcis;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A read point or business location: its URI as written, and members the standard does not name.
 */
public record Place(String id, Map<String, JsonNode> others) {

    public Place {
        others = Members.copy(others);
    }

    public Place(String id) {
        this(id, Map.of());
    }
}
