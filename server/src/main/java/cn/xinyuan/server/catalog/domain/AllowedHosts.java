package cn.xinyuan.server.catalog.domain;

import java.util.List;
import java.util.Locale;

/**
 * Hosts outside the platform to which it may lead people, as the operator lists them: a name stands
 * for itself, {@code *.} before it for everything below it.
 */
public record AllowedHosts(List<String> names) {

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME =
            "(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*\\.[a-z][a-z0-9-]*[a-z0-9]";

    /**
     * @throws IllegalArgumentException if a name is no host name of at least two labels; addresses
     *     in figures and {@code *} alone are none
     */
    public AllowedHosts {
        names =
                names.stream()
                        .map(n -> n.strip().toLowerCase(Locale.ROOT))
                        .filter(n -> !n.isEmpty())
                        .toList();
        for (String name : names) {
            if (!name.matches(NAME)) {
                throw new IllegalArgumentException(
                        "xinyuan.links.allowed-hosts: '"
                                + name
                                + "' is no host name such as shop.example.com or *.example.com");
            }
        }
    }

    /** Whether links may lead to this host, which is in lower case. */
    public boolean allow(String host) {
        return names.stream()
                .anyMatch(
                        n ->
                                n.startsWith("*.")
                                        ? host.endsWith(n.substring(1))
                                                && host.length() > n.length() - 1
                                        : host.equals(n));
    }
}
