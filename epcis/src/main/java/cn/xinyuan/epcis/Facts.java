package cn.xinyuan.epcis;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Members of a user's own vocabulary, made from plain words. */
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
}
