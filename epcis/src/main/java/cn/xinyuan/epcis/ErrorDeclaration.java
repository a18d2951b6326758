package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says that an event captured before was wrong (EPCIS 2.0, 7.4.1.2). */
public record ErrorDeclaration(
        EpcisTime declarationTime,
        @Nullable String reason,
        List<String> correctiveEventIds,
        Map<String, JsonNode> others) {

    public ErrorDeclaration {
        correctiveEventIds = List.copyOf(correctiveEventIds);
        others = Members.copy(others);
    }
}
