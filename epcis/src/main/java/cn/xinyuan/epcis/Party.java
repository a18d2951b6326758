package cn.xinyuan.epcis;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One end of a transfer, in a source or a destination list.
 *
 * @param type what it is to the goods, such as {@code owning_party}, as written
 * @param id the party or place, as written
 */
public record Party(String type, String id, Map<String, JsonNode> others) {

    public Party {
        others = Members.copy(others);
    }

    public Party(String type, String id) {
        this(type, id, Map.of());
    }
}
