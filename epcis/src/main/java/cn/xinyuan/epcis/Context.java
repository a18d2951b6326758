package cn.xinyuan.epcis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The {@code @context} of a document: kept as it came, read only for its prefixes, never fetched.
 */
public record Context(JsonNode json) {

    /** The address of the standard's own context. */
    public static final String STANDARD =
            "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    private static final Pattern PUBLISHED =
            Pattern.compile(
                    "https?://(ref\\.gs1\\.org/standards/epcis/([0-9.]+/)?epcis-context\\.jsonld"
                            + "|gs1\\.github\\.io/EPCIS/epcis-context\\.jsonld)");

    /** Whether an address is one under which the standard's own context is published. */
    static boolean isStandard(String address) {
        return PUBLISHED.matcher(address).matches();
    }

    /** The standard's context alone. */
    public static Context standard() {
        return new Context(JsonNodeFactory.instance.arrayNode().add(STANDARD));
    }

    /** The standard's context with one more prefix. */
    public static Context with(String prefix, String namespace) {
        var array = JsonNodeFactory.instance.arrayNode().add(STANDARD);
        array.addObject().put(prefix, namespace);
        return new Context(array);
    }

    /** Prefixes that the document declares itself, with their namespaces. */
    public Map<String, String> prefixes() {
        Map<String, String> found = new LinkedHashMap<>();
        collect(json, found);
        return found;
    }

    private static void collect(JsonNode node, Map<String, String> found) {
        if (node.isArray()) {
            node.forEach(n -> collect(n, found));
        } else if (node.isObject()) {
            node.forEachEntry(
                    (name, value) -> {
                        if (value.isString() && !name.startsWith("@")) {
                            found.put(name, value.stringValue());
                        }
                    });
        }
    }
}
