package cn.xinyuan.epcis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The namespaces of one XML document under one prefix each, as JSON-LD needs them. XML may bind a
 * prefix anew on any element; here a prefix that is taken is replaced by {@code ns1}, {@code ns2} …
 */
final class Namespaces {

    static final String MASTER_DATA = "urn:epcglobal:cbv:mda";
    static final String SBDH =
            "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String XML = "http://www.w3.org/XML/1998/namespace";

    /** What the standard's own context declares; XML writes the first without the last colon. */
    static final Map<String, String> STANDARD =
            Map.of(
                    "cbvmda", MASTER_DATA,
                    "gs1", "https://gs1.org/voc/",
                    "cbv", "https://ref.gs1.org/cbv/",
                    "epcis", "https://ref.gs1.org/epcis/",
                    "rdfs", "http://www.w3.org/2000/01/rdf-schema#",
                    "owl", "http://www.w3.org/2002/07/owl#",
                    "xsd", "http://www.w3.org/2001/XMLSchema#",
                    "dcterms", "http://purl.org/dc/terms/");

    private static final Set<String> NEVER_A_PREFIX = Set.of("http", "https", "urn", "xml", "xsi");

    private final Map<String, String> byPrefix = new LinkedHashMap<>();
    private final Map<String, String> byNamespace = new HashMap<>();
    private @Nullable Context context;

    /** Whether names of this namespace are the standard's own. */
    static boolean standard(@Nullable String namespace) {
        return namespace == null
                || namespace.isEmpty()
                || namespace.startsWith("urn:epcglobal:epcis:xsd:")
                || namespace.startsWith("urn:epcglobal:epcis-query:xsd:")
                || namespace.startsWith("urn:epcglobal:epcis-masterdata:xsd:");
    }

    /** Whether this is the namespace of CBV 2.0, chapter 9, in either spelling. */
    static boolean isMasterData(@Nullable String namespace) {
        return namespace != null
                && (namespace.equals(MASTER_DATA) || namespace.equals(MASTER_DATA + ":"));
    }

    /** Whether this is no more than a prefix and its colon: what JSON-LD takes for a scheme. */
    static boolean isScheme(String namespace) {
        return namespace.length() > 1
                && namespace.indexOf(':') == namespace.length() - 1
                && namespace.indexOf('/') < 0;
    }

    /** Takes up a declaration, so that values such as {@code ex:speed} can be read with it. */
    void declare(@Nullable String prefix, @Nullable String namespace) {
        if (prefix == null
                || prefix.isEmpty()
                || namespace == null
                || standard(namespace)
                || namespace.equals(INSTANCE)
                || namespace.equals(SCHEMA)
                || namespace.equals(SBDH)
                || namespace.equals(XML)
                || NEVER_A_PREFIX.contains(prefix)) {
            return;
        }
        prefix(prefix, namespace);
    }

    /** The name of a member of JSON for a name of XML. */
    String member(@Nullable String namespace, String local, @Nullable String wished) {
        String name = XmlName.decoded(local);
        if (namespace == null || standard(namespace)) {
            return name;
        }
        return prefix(wished == null ? "" : wished, namespace) + ":" + name;
    }

    private String prefix(String wished, String namespace) {
        if (isMasterData(namespace)) {
            return "cbvmda";
        }
        if (namespace.equals(SBDH) && !wished.equals("sbdh")) {
            return prefix("sbdh", namespace);
        }
        if (isScheme(namespace)) {
            return namespace.substring(0, namespace.length() - 1);
        }
        String known = byNamespace.get(namespace);
        if (known != null) {
            return known;
        }
        if (namespace.equals(STANDARD.get(wished))) {
            return wished;
        }
        String free = wished;
        int number = 0;
        while (free.isEmpty()
                || NEVER_A_PREFIX.contains(free)
                || byPrefix.containsKey(free)
                || STANDARD.containsKey(free)) {
            free = "ns" + ++number;
        }
        byPrefix.put(free, namespace);
        byNamespace.put(namespace, free);
        context = null;
        return free;
    }

    /** The standard's context and every prefix that was met. */
    Context context() {
        Context made = context;
        if (made == null) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode().add(Context.STANDARD);
            byPrefix.forEach((prefix, name) -> list.addObject().put(prefix, name));
            made = new Context(list);
            context = made;
        }
        return made;
    }
}
