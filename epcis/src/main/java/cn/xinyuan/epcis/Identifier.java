package cn.xinyuan.epcis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goods, places and parties are called in events, brought to one form so that an EPC URN (EPC
 * Tag Data Standard 2.0, chapter 6) and a GS1 Digital Link URI (GS1 Digital Link 1.1.3) of the same
 * thing are equal.
 *
 * @param written as it stood in the event
 * @param canonical the constrained Digital Link URI at {@code https://id.gs1.org}: only the finest
 *     level, no attributes, GTINs with 14 digits; a URI that bears no GS1 key stays as written
 */
public record Identifier(String written, String canonical) {

    private static final String BASE = "https://id.gs1.org/";

    private static final Pattern URN =
            Pattern.compile("urn:epc:(id|class|idpat):([a-z]+):([0-9]{6,12})\\.(.+)");

    private static final Pattern URN_SCHEME =
            Pattern.compile(
                    "urn:epc:(id|class|idpat):(sgtin|lgtin|sscc|sgln|pgln|grai|giai|gsrn|gsrnp|gdti"
                            + "|cpi|sgcn|ginc|gsin|itip|upui):");

    private static final Pattern WEB =
            Pattern.compile("https?://[^/?#]+(/[^?#]*)(\\?[^#]*)?(#.*)?");

    private static final Map<String, String> SHORT_NAMES =
            Map.ofEntries(
                    Map.entry("gtin", "01"),
                    Map.entry("itip", "8006"),
                    Map.entry("cpid", "8010"),
                    Map.entry("gln", "414"),
                    Map.entry("party", "417"),
                    Map.entry("gsrnp", "8017"),
                    Map.entry("gsrn", "8018"),
                    Map.entry("gcn", "255"),
                    Map.entry("sscc", "00"),
                    Map.entry("gdti", "253"),
                    Map.entry("ginc", "401"),
                    Map.entry("gsin", "402"),
                    Map.entry("grai", "8003"),
                    Map.entry("giai", "8004"),
                    Map.entry("cpv", "22"),
                    Map.entry("lot", "10"),
                    Map.entry("ser", "21"));

    /** The GS1 keys with the form of their value, and how many digits end in a check digit. */
    private enum Key {
        SSCC("00", "\\d{18}", 18),
        GTIN("01", "\\d{14}", 14),
        GDTI("253", "\\d{13}.{0,17}", 13),
        GCN("255", "\\d{13}\\d{0,12}", 13),
        GINC("401", "\\d{4}.{0,26}", 0),
        GSIN("402", "\\d{17}", 17),
        GLN("414", "\\d{13}", 13),
        PARTY("417", "\\d{13}", 13),
        GRAI("8003", "\\d{14}.{0,16}", 14),
        GIAI("8004", "\\d{4}.{0,26}", 0),
        ITIP("8006", "\\d{18}", 14),
        CPID("8010", "\\d{4}.{0,26}", 0),
        GSRNP("8017", "\\d{18}", 18),
        GSRN("8018", "\\d{18}", 18);

        private final String ai;
        private final Pattern form;
        private final int checked;

        Key(String ai, String form, int checked) {
            this.ai = ai;
            this.form = Pattern.compile(form);
            this.checked = checked;
        }

        private static Optional<Key> of(String ai) {
            for (Key key : values()) {
                if (key.ai.equals(ai)) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }
    }

    /** Reads any URI; there is none that cannot be read. */
    public static Identifier of(String written) {
        return new Identifier(written, canonical(written));
    }

    /** The one form in which identifiers are compared. */
    public static String canonical(String written) {
        if (isPlain(written)) {
            return written;
        }
        if (written.startsWith("urn:epc:")) {
            return fromUrn(written).orElse(written);
        }
        if (written.startsWith("http")) {
            return fromLink(written).orElse(written);
        }
        return written;
    }

    /**
     * Whether it is canonical already in one of the commonest forms: a lot or an item of a GTIN, an
     * SSCC, a GLN with nothing that would have to be encoded. Told without a regular expression,
     * since a capture asks it of every identifier.
     */
    private static boolean isPlain(String written) {
        if (!written.startsWith(BASE)) {
            return false;
        }
        int at = BASE.length();
        if (written.startsWith("01/", at)) {
            int end = at + 17;
            if (!areDigits(written, at + 3, end)) {
                return false;
            }
            return written.length() == end
                    || (written.startsWith("/10/", end) || written.startsWith("/21/", end))
                            && isUnreserved(written, end + 4);
        }
        if (written.startsWith("00/", at)) {
            return written.length() == at + 21 && areDigits(written, at + 3, at + 21);
        }
        if (written.startsWith("414/", at)) {
            return areDigits(written, at + 4, at + 17)
                    && (written.length() == at + 17
                            || written.startsWith("/254/", at + 17)
                                    && isUnreserved(written, at + 22));
        }
        return false;
    }

    private static boolean areDigits(String text, int from, int to) {
        if (text.length() < to) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(String text, int from) {
        if (text.length() == from) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    c >= '0' && c <= '9'
                            || c >= 'A' && c <= 'Z'
                            || c >= 'a' && c <= 'z'
                            || c == '-'
                            || c == '_'
                            || c == '.';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** Whether this names a class or a lot, not a single thing. */
    public boolean isClass() {
        if (written.startsWith("urn:epc:class:") || written.startsWith("urn:epc:idpat:")) {
            return true;
        }
        if (!hasKey()) {
            return false;
        }
        String path = canonical.substring(BASE.length());
        if (path.startsWith("01/")) {
            return !path.startsWith("/21/", 17) && !path.startsWith("/235/", 17);
        }
        return path.startsWith("8003/") && path.length() == 5 + 14
                || path.startsWith("253/") && path.length() == 4 + 13
                || path.startsWith("255/") && path.length() == 4 + 13
                || path.startsWith("8006/") && !path.contains("/21/")
                || path.startsWith("8010/") && !path.contains("/8011/");
    }

    /** Whether this names a single thing, by a serial number. */
    public boolean isThing() {
        return written.startsWith("urn:epc:id:")
                || hasKey()
                        && (canonical.contains("/21/")
                                || canonical.contains("/235/")
                                || canonical.startsWith(BASE + "00/"));
    }

    /**
     * The EPC URN of a GS1 key (TDS 2.0, chapter 6 and 8). A Digital Link does not tell where its
     * company prefix ends; so one is needed that is known.
     */
    public Rendered urn(CompanyPrefixes known) {
        if (written.startsWith("urn:epc:")) {
            return Rendered.done(written);
        }
        if (!hasKey()) {
            return Rendered.kept(written, "it bears no GS1 key");
        }
        if (wrongCheckDigit().isPresent()) {
            return Rendered.kept(written, "its check digit is wrong, and an EPC URN has none");
        }
        return EpcUrn.of(canonical.substring(BASE.length()), known)
                .map(text -> text.isEmpty() ? badCharacters() : Rendered.done(text))
                .orElseGet(
                        () ->
                                Rendered.kept(
                                        written,
                                        "the length of the company prefix in it is not known"));
    }

    private Rendered badCharacters() {
        return Rendered.kept(written, "it holds characters that an EPC URN cannot bear");
    }

    /** The GS1 Digital Link URI of a GS1 key; one on another domain stays as written. */
    public Rendered digitalLink() {
        if (hasKey()) {
            return Rendered.done(written.startsWith("http") ? written : canonical);
        }
        return Rendered.kept(
                written,
                isMalformed() ? "it does not have the parts of its scheme" : "it bears no GS1 key");
    }

    /** The company prefix that an EPC URN shows; empty for other forms. */
    public Optional<String> companyPrefix() {
        Matcher matcher = URN.matcher(written);
        return matcher.matches() && !canonical.equals(written)
                ? Optional.of(matcher.group(3))
                : Optional.empty();
    }

    /**
     * An identifier in the form that was asked for.
     *
     * @param text in that form, or as written when there is none
     * @param reason why it stayed as written; null when it is in the form
     */
    public record Rendered(String text, @Nullable String reason) {

        private static Rendered done(String text) {
            return new Rendered(text, null);
        }

        private static Rendered kept(String text, String reason) {
            return new Rendered(text, reason);
        }
    }

    /** Whether this is written as an EPC URN whose parts do not fit its scheme. */
    public boolean isMalformed() {
        return written.startsWith("urn:epc:")
                && canonical.equals(written)
                && URN_SCHEME.matcher(written).lookingAt();
    }

    /** Whether the canonical form bears a GS1 key, rather than any other path of that domain. */
    private boolean hasKey() {
        if (isPlain(canonical)) {
            return true;
        }
        if (!canonical.startsWith(BASE)) {
            return false;
        }
        String[] parts = canonical.substring(BASE.length()).split("/", 3);
        return parts.length > 1
                && Key.of(parts[0])
                        .filter(k -> k.form.matcher(decode(parts[1])).matches())
                        .isPresent();
    }

    /** The lot or batch number (AI 10), decoded; empty when there is none. */
    public Optional<String> lot() {
        return part("/10/");
    }

    /** The GTIN with 14 digits; empty when there is none. */
    public Optional<String> gtin() {
        return canonical.startsWith(BASE + "01/") && hasKey()
                ? Optional.of(canonical.substring(BASE.length() + 3, BASE.length() + 17))
                : Optional.empty();
    }

    /** Whether the thing is an asset that carries unrelated goods in turn (GRAI, GIAI). */
    public boolean isReturnable() {
        return canonical.startsWith(BASE + "8003/") || canonical.startsWith(BASE + "8004/");
    }

    /**
     * The check digit that the GS1 key should have, when it has a wrong one. EPC URNs carry none.
     */
    public Optional<String> wrongCheckDigit() {
        if (written.startsWith("urn:") || !canonical.startsWith(BASE)) {
            return Optional.empty();
        }
        if (isPlain(canonical)) {
            int length = canonical.startsWith("01/", BASE.length()) ? 14 : 0;
            int from = BASE.length() + 3;
            if (length == 0) {
                boolean place = canonical.startsWith("414/", BASE.length());
                length = place ? 13 : 18;
                from += place ? 1 : 0;
            }
            char right = checkDigit(canonical.substring(from, from + length - 1));
            return canonical.charAt(from + length - 1) == right
                    ? Optional.empty()
                    : Optional.of(String.valueOf(right));
        }
        String[] parts = canonical.substring(BASE.length()).split("/", 3);
        return parts.length < 2
                ? Optional.empty()
                : Key.of(parts[0])
                        .filter(key -> key.checked > 0 && key.form.matcher(parts[1]).matches())
                        .flatMap(
                                key -> {
                                    char right = checkDigit(parts[1].substring(0, key.checked - 1));
                                    return parts[1].charAt(key.checked - 1) == right
                                            ? Optional.<String>empty()
                                            : Optional.of(String.valueOf(right));
                                });
    }

    /** The check digit of GS1 General Specifications 7.9.1. */
    static char checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    private Optional<String> part(String mark) {
        int at = canonical.indexOf(mark);
        return at < 0 || !canonical.startsWith(BASE)
                ? Optional.empty()
                : Optional.of(decode(canonical.substring(at + mark.length())));
    }

    private static Optional<String> fromUrn(String urn) {
        Matcher matcher = URN.matcher(urn);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String kind = matcher.group(1);
        String scheme = matcher.group(2);
        String prefix = matcher.group(3);
        String rest = matcher.group(4);
        boolean pattern = kind.equals("idpat");
        return switch (scheme) {
            case "sgtin", "lgtin", "upui", "itip" -> fromItem(scheme, prefix, rest, pattern);
            case "sscc" -> keyOf("00", prefix, rest, 17, true);
            case "gsrn" -> keyOf("8018", prefix, rest, 17, false);
            case "gsrnp" -> keyOf("8017", prefix, rest, 17, false);
            case "gsin" -> keyOf("402", prefix, rest, 16, false);
            case "pgln" -> keyOf("417", prefix, rest, 12, false);
            case "sgln" -> fromPlace(prefix, rest, pattern);
            case "grai" -> serialled("8003", "0", prefix, rest, pattern);
            case "gdti" -> serialled("253", "", prefix, rest, pattern);
            case "sgcn" -> serialled("255", "", prefix, rest, pattern);
            case "giai" -> Optional.of(BASE + "8004/" + prefix + encode(decode(rest)));
            case "ginc" -> Optional.of(BASE + "401/" + prefix + encode(decode(rest)));
            case "cpi" -> fromComponent(prefix, rest, pattern);
            default -> Optional.empty();
        };
    }

    private static Optional<String> fromItem(
            String scheme, String prefix, String rest, boolean pattern) {
        int dot = rest.indexOf('.');
        String item = dot < 0 ? rest : rest.substring(0, dot);
        String serial = dot < 0 ? "" : rest.substring(dot + 1);
        if (prefix.length() + item.length() != 13 || !digits(item)) {
            return Optional.empty();
        }
        String raw = item.substring(0, 1) + prefix + item.substring(1);
        String gtin = raw + checkDigit(raw);
        if (scheme.equals("itip")) {
            String[] parts = serial.split("\\.", 3);
            if (parts.length < 2 || !digits(parts[0] + parts[1])) {
                return Optional.empty();
            }
            String itip = BASE + "8006/" + gtin + parts[0] + parts[1];
            return Optional.of(
                    pattern || parts.length < 3 ? itip : itip + "/21/" + encode(decode(parts[2])));
        }
        if (pattern || serial.isEmpty() || serial.equals("*")) {
            return Optional.of(BASE + "01/" + gtin);
        }
        String ai =
                switch (scheme) {
                    case "lgtin" -> "10";
                    case "upui" -> "235";
                    default -> "21";
                };
        return Optional.of(BASE + "01/" + gtin + "/" + ai + "/" + encode(decode(serial)));
    }

    private static Optional<String> keyOf(
            String ai, String prefix, String rest, int length, boolean extensionFirst) {
        if (prefix.length() + rest.length() != length || !digits(rest)) {
            return Optional.empty();
        }
        String raw =
                extensionFirst ? rest.substring(0, 1) + prefix + rest.substring(1) : prefix + rest;
        return Optional.of(BASE + ai + "/" + raw + checkDigit(raw));
    }

    private static Optional<String> fromPlace(String prefix, String rest, boolean pattern) {
        int dot = rest.indexOf('.');
        String location = dot < 0 ? rest : rest.substring(0, dot);
        String extension = dot < 0 ? "0" : rest.substring(dot + 1);
        if (prefix.length() + location.length() != 12 || !digits(location)) {
            return Optional.empty();
        }
        String gln = prefix + location + checkDigit(prefix + location);
        return Optional.of(
                BASE
                        + "414/"
                        + gln
                        + (pattern || extension.equals("0")
                                ? ""
                                : "/254/" + encode(decode(extension))));
    }

    private static Optional<String> serialled(
            String ai, String lead, String prefix, String rest, boolean pattern) {
        int dot = rest.indexOf('.');
        String type = dot < 0 ? rest : rest.substring(0, dot);
        String serial = dot < 0 ? "" : rest.substring(dot + 1);
        if (prefix.length() + type.length() != 12 || !digits(type)) {
            return Optional.empty();
        }
        String raw = lead + prefix + type;
        return Optional.of(
                BASE
                        + ai
                        + "/"
                        + raw
                        + checkDigit(raw)
                        + (pattern || serial.equals("*") ? "" : encode(decode(serial))));
    }

    private static Optional<String> fromComponent(String prefix, String rest, boolean pattern) {
        int dot = rest.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String part = BASE + "8010/" + prefix + encode(decode(rest.substring(0, dot)));
        return Optional.of(
                pattern ? part : part + "/8011/" + encode(decode(rest.substring(dot + 1))));
    }

    private static Optional<String> fromLink(String uri) {
        Matcher matcher = WEB.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>(List.of(matcher.group(1).substring(1).split("/")));
        for (int i = 0; i + 1 < segments.size(); i++) {
            Optional<Key> key = Key.of(SHORT_NAMES.getOrDefault(segments.get(i), segments.get(i)));
            if (key.isPresent()) {
                Optional<String> link = link(key.get(), segments.subList(i + 1, segments.size()));
                if (link.isPresent()) {
                    return link;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> link(Key key, List<String> rest) {
        String value = decode(rest.getFirst());
        if (key == Key.GTIN && value.matches("\\d{8}|\\d{12}|\\d{13}")) {
            value = "0".repeat(14 - value.length()) + value;
        }
        if (!key.form.matcher(value).matches() || rest.size() % 2 == 0) {
            return Optional.empty();
        }
        String finest = "";
        int rank = 0;
        for (int i = 1; i + 1 < rest.size(); i += 2) {
            String ai = SHORT_NAMES.getOrDefault(rest.get(i), rest.get(i));
            int itsRank =
                    switch (ai) {
                        case "22" -> 0;
                        case "10" -> 1;
                        case "21", "235", "254", "8011" -> 2;
                        default -> -1;
                    };
            if (itsRank < 0) {
                return Optional.empty();
            }
            if (itsRank > rank) {
                rank = itsRank;
                finest = "/" + ai + "/" + encode(decode(rest.get(i + 1)));
            }
        }
        return Optional.of(BASE + key.ai + "/" + encode(value) + finest);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /**
     * Percent-encodes what table 7-1 of GS1 Digital Link wants encoded, and what no path may hold.
     */
    private static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c > ' ' && c < 0x7f && "\"!#%&()*+,/:?[]{}|\\^`<>".indexOf(c) < 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }
}
