package cn.xinyuan.epcis;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A business document that an event belongs to; the type as written, null when not given. */
public record BizTransaction(@Nullable String type, String id, Map<String, JsonNode> others) {

    public BizTransaction {
        others = Members.copy(others);
    }

    public BizTransaction(String type, String id) {
        this(type, id, Map.of());
    }
}
