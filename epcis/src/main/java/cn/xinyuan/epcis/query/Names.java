package cn.xinyuan.epcis.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prefixes and what they stand for; a name of somebody's own vocabulary is compared by its whole
 * URI.
 */
public final class Names {

    private static final Map<String, String> STANDARD =
            Map.of(
                    "cbv", "https://ref.gs1.org/cbv/",
                    "cbvmda", "urn:epcglobal:cbv:mda:",
                    "epcis", "https://ref.gs1.org/epcis/",
                    "gs1", "https://gs1.org/voc/");

    private final Map<String, String> prefixes;

    private Names(Map<String, String> prefixes) {
        this.prefixes = prefixes;
    }

    /** The standard's own prefixes and these. */
    public static Names of(Map<String, String> declared) {
        Map<String, String> all = new LinkedHashMap<>(STANDARD);
        all.putAll(declared);
        return new Names(all);
    }

    /** The whole name behind {@code prefix:local}; a name without a known prefix stays. */
    public String whole(String name) {
        return find(name).orElse(name);
    }

    /**
     * The whole name; empty for a prefix that nobody declared. A URI with {@code #} or {@code //}
     * is whole already; {@code namespace#local} is how EPCIS 1.2 wrote it.
     */
    public Optional<String> find(String name) {
        int colon = name.indexOf(':');
        if (colon <= 0) {
            return Optional.of(name);
        }
        String namespace = prefixes.get(name.substring(0, colon));
        if (namespace != null) {
            return Optional.of(namespace + name.substring(colon + 1));
        }
        boolean whole =
                name.indexOf('#') > 0 || name.startsWith("//", colon + 1) || name.startsWith("urn");
        return whole ? Optional.of(name.replace("/#", "/")) : Optional.empty();
    }
}
