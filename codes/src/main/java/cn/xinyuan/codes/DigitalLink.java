package cn.xinyuan.codes;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a GS1 Digital Link address (GS1 Digital Link Standard: URI Syntax 1.3): {@code
 * /01/GTIN}, then optionally {@code /10/LOT} and {@code /21/SERIAL} in this order.
 *
 * @param lot batch or lot number, AI (10): 1 to 20 characters of the GS1 set 82; null when absent
 * @param serial serial number, AI (21): 1 to 20 characters of the GS1 set 82; null when absent
 */
public record DigitalLink(Gtin gtin, @Nullable String lot, @Nullable String serial) {

    private static final Pattern PATH =
            Pattern.compile("/01/([0-9]{8,14})(?:/10/([^/?#]+))?(?:/21/([^/?#]+))?/?");
    private static final Pattern SET_82 =
            Pattern.compile("[!\"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,20}");

    /**
     * @throws IllegalArgumentException if lot or serial cannot be written in GS1 keys
     */
    public DigitalLink {
        if (lot != null && !SET_82.matcher(lot).matches()) {
            throw new IllegalArgumentException("not a lot number of GS1: " + lot);
        }
        if (serial != null && !SET_82.matcher(serial).matches()) {
            throw new IllegalArgumentException("not a serial number of GS1: " + serial);
        }
    }

    /** Reads the path of an address, escaped as it came; empty when it is no Digital Link. */
    public static Optional<DigitalLink> read(String path) {
        var found = PATH.matcher(path);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            String lot = unescape(found.group(2));
            String serial = unescape(found.group(3));
            return Gtin.read(found.group(1)).map(gtin -> new DigitalLink(gtin, lot, serial));
        } catch (IllegalArgumentException notOfGs1) {
            return Optional.empty();
        }
    }

    /** The path, escaped, with the GTIN in 14 digits. */
    public String path() {
        return "/01/"
                + gtin.digits()
                + (lot == null ? "" : "/10/" + escape(lot))
                + (serial == null ? "" : "/21/" + escape(serial));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static @Nullable String unescape(@Nullable String text) {
        return text == null
                ? null
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
