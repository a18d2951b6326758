package cn.xinyuan.epcis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Members of a user's own vocabulary as plain words. */
public final class Facts {

    private Facts() {}

    /** The texts as JSON strings, in alphabetical order of their names. */
    public static Map<String, JsonNode> of(Map<String, String> texts) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        f ->
                                members.put(
                                        f.getKey(),
                                        JsonNodeFactory.instance.stringNode(f.getValue())));
        return members;
    }

    /** A plain value of a vocabulary, under whatever prefix the document declares for it. */
    public static Optional<String> find(
            Map<String, JsonNode> members, Context context, String namespace, String name) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> prefix : context.prefixes().entrySet()) {
            if (prefix.getValue().equals(namespace)) {
                JsonNode value = members.get(prefix.getKey() + ":" + name);
                if (value != null && value.isValueNode() && !value.isNull()) {
                    return Optional.of(value.asString());
                }
            }
        }
        return Optional.empty();
    }
}
