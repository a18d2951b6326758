package cn.xinyuan.server.catalog.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address outside the platform to which a reader may be sent: https, a host by name, the usual
 * port, nobody's log-in in it, and nothing that browsers read otherwise than we do.
 *
 * @param text in ASCII, the host in lower case
 * @param host in lower case
 */
public record OutsideAddress(String text, String host) {

    /** The longest address, in characters. */
    public static final int MOST = 500;

    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");
    private static final Pattern PLAIN = Pattern.compile("[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+");

    /** Empty when this is no such address. */
    public static Optional<OutsideAddress> read(String typed) {
        String text = typed.strip();
        if (text.length() > MOST || text.contains("\\") || text.contains("{")) {
            return Optional.empty();
        }
        try {
            String ascii = new URI(text).toASCIIString();
            URI uri = new URI(ascii);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            boolean good =
                    "https".equalsIgnoreCase(uri.getScheme())
                            && uri.getRawUserInfo() == null
                            && (uri.getPort() == -1 || uri.getPort() == 443)
                            && HOST.matcher(host).matches()
                            && PLAIN.matcher(ascii).matches()
                            && ascii.length() <= MOST;
            return good
                    ? Optional.of(
                            new OutsideAddress(
                                    "https://"
                                            + host
                                            + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                                            + (uri.getRawQuery() == null
                                                    ? ""
                                                    : "?" + uri.getRawQuery())
                                            + (uri.getRawFragment() == null
                                                    ? ""
                                                    : "#" + uri.getRawFragment()),
                                    host))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
