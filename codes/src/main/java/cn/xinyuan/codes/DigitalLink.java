package cn.xinyuan.codes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A GS1 key written as a web address (GS1 Digital Link Standard: URI Syntax 1.4; ISO/IEC 18975):
 * the primary key, its qualifiers in their order, and data attributes behind the {@code ?}.
 *
 * @param key the primary key first, then its qualifiers from coarse to fine
 * @param attributes what else the address says of the thing; it does not say which thing
 */
public record DigitalLink(List<Element> key, List<Element> attributes) {

    /** Where GS1 itself resolves; the canonical form names it. */
    public static final String GS1 = "https://id.gs1.org";

    private static final Pattern AUTHORITY =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]+])"
                            + "(?::([0-9]{1,5}))?");
    private static final Pattern BEHIND_AUTHORITY =
            Pattern.compile("[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern SHORT_GTIN = Pattern.compile("[0-9]{8}|[0-9]{12,13}");

    /** The words that stood for identifiers until version 1.1 of the standard. */
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("sscc", "00"),
                    Map.entry("gtin", "01"),
                    Map.entry("gdti", "253"),
                    Map.entry("gcn", "255"),
                    Map.entry("ginc", "401"),
                    Map.entry("gsin", "402"),
                    Map.entry("gln", "414"),
                    Map.entry("payto", "415"),
                    Map.entry("party", "417"),
                    Map.entry("grai", "8003"),
                    Map.entry("giai", "8004"),
                    Map.entry("itip", "8006"),
                    Map.entry("cpid", "8010"),
                    Map.entry("gmn", "8013"),
                    Map.entry("gsrnp", "8017"),
                    Map.entry("gsrn", "8018"),
                    Map.entry("cpv", "22"),
                    Map.entry("lot", "10"),
                    Map.entry("ser", "21"),
                    Map.entry("glnx", "254"),
                    Map.entry("cpsn", "8011"),
                    Map.entry("srin", "8019"),
                    Map.entry("refno", "8020"));

    /**
     * @throws IllegalArgumentException if the first is no primary key, a qualifier is not allowed
     *     or out of order, or something must not stand beside something else
     */
    public DigitalLink {
        key = List.copyOf(key);
        attributes = List.copyOf(attributes);
        List<Gs1Problem> wrong =
                key.isEmpty()
                        ? List.of(Gs1Problem.of(Rule.NO_PRIMARY_KEY, ""))
                        : problems(key, attributes);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong.getFirst().english());
        }
    }

    /** What is let pass although the standard does not want it written. */
    public enum Tolerance {
        /** GTINs of 8, 12 or 13 digits; they are widened to 14. */
        SHORT_GTINS,
        /** {@code /gtin/} in place of {@code /01/}, as in version 1.1 of the standard. */
        WORDS
    }

    /** What an address turned out to be. */
    public sealed interface Reading {

        /**
         * A Digital Link.
         *
         * @param stem the path before the primary key; empty when there is none
         */
        record Good(DigitalLink link, String stem) implements Reading {}

        /** Everything that is wrong; never empty. */
        record Bad(List<Gs1Problem> problems) implements Reading {}
    }

    /** A product, a lot of it, and one item of the lot. */
    public static DigitalLink of(Gtin gtin, @Nullable String lot, @Nullable String serial) {
        var key = new ArrayList<Element>();
        key.add(new Element("01", gtin.digits()));
        if (lot != null) {
            key.add(new Element("10", lot));
        }
        if (serial != null) {
            key.add(new Element("21", serial));
        }
        return new DigitalLink(key, List.of());
    }

    /** Reads a whole address on any host, strictly but for what is tolerated. */
    public static Reading examine(String uri, Tolerance... tolerated) {
        int scheme =
                Stream.of("https://", "HTTPS://", "http://", "HTTP://")
                        .filter(uri::startsWith)
                        .mapToInt(String::length)
                        .findFirst()
                        .orElse(-1);
        if (scheme < 0) {
            return bad(
                    Gs1Problem.of(
                            Rule.ILLEGAL_URI,
                            "",
                            "应以 https:// 开头",
                            "it should begin with https://"));
        }
        int end = scheme;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        var authority = AUTHORITY.matcher(uri.substring(scheme, end));
        if (!authority.matches() || authority.group(1) != null && tooHigh(authority.group(1))) {
            return bad(
                    new Gs1Problem(
                            Rule.ILLEGAL_URI, "", scheme + 1, "主机名不对", "no such host can be"));
        }
        String rest = uri.substring(end);
        int fragment = rest.indexOf('#');
        if (fragment >= 0) {
            rest = rest.substring(0, fragment);
        }
        int question = rest.indexOf('?');
        return examinePath(
                question < 0 ? rest : rest.substring(0, question),
                question < 0 ? null : rest.substring(question + 1),
                tolerated);
    }

    /**
     * Reads the path and the query of an address as they came, still escaped.
     *
     * @param query what stands behind the {@code ?}; null when there is none. Keys that are no
     *     identifiers are others' business
     */
    public static Reading examinePath(String path, @Nullable String query, Tolerance... tolerated) {
        var tolerance = EnumSet.noneOf(Tolerance.class);
        tolerance.addAll(Arrays.asList(tolerated));
        if (!BEHIND_AUTHORITY.matcher(path).matches()
                || query != null && !BEHIND_AUTHORITY.matcher(query).matches()) {
            return bad(
                    Gs1Problem.of(
                            Rule.ILLEGAL_URI,
                            "",
                            "这样的字符要写成 % 加两位十六进制数",
                            "write such a character as % and two hexadecimal digits"));
        }
        List<String> steps = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        if (!steps.isEmpty() && steps.getFirst().isEmpty()) {
            steps.removeFirst();
        }
        if (!steps.isEmpty() && steps.getLast().isEmpty()) {
            steps.removeLast();
        }
        int start = startOfKey(steps, tolerance);
        if (start < 0) {
            return bad(noKey(steps));
        }
        var problems = new ArrayList<Gs1Problem>();
        var key = new ArrayList<Element>();
        for (int i = start; i < steps.size(); i += 2) {
            String ai =
                    tolerance.contains(Tolerance.WORDS)
                            ? WORDS.getOrDefault(steps.get(i), steps.get(i))
                            : steps.get(i);
            take(ai, unescape(steps.get(i + 1), false), tolerance, key, problems);
        }
        var attributes = new ArrayList<Element>();
        readQuery(query, tolerance, attributes, problems);
        if (problems.isEmpty()) {
            problems.addAll(problems(key, attributes));
        }
        return problems.isEmpty()
                ? new Reading.Good(
                        new DigitalLink(key, attributes),
                        start == 0 ? "" : "/" + String.join("/", steps.subList(0, start)))
                : new Reading.Bad(problems);
    }

    /** Reads the path of an address, escaped as it came; empty when it is no Digital Link. */
    public static Optional<DigitalLink> read(String path) {
        return examinePath(path, null, Tolerance.SHORT_GTINS) instanceof Reading.Good good
                ? Optional.of(good.link())
                : Optional.empty();
    }

    /** The primary key. */
    public Element primary() {
        return key.getFirst();
    }

    /** The value of a qualifier or of the primary key; not of an attribute. */
    public Optional<String> value(String ai) {
        return key.stream().filter(e -> e.ai().equals(ai)).map(Element::value).findFirst();
    }

    /** The trade item, when the primary key is a GTIN. */
    public Optional<Gtin> gtin() {
        return value("01").map(Gtin::new);
    }

    /** Batch or lot number, AI (10). */
    public Optional<String> lot() {
        return value("10");
    }

    /** Serial number, AI (21). */
    public Optional<String> serial() {
        return value("21");
    }

    /**
     * This thing and what it is one of, from fine to coarse: the item, its lot, the product.
     * Without attributes.
     */
    public List<DigitalLink> upwards() {
        var levels = new ArrayList<DigitalLink>();
        for (int n = key.size(); n > 0; n--) {
            levels.add(new DigitalLink(key.subList(0, n), List.of()));
        }
        return levels;
    }

    /** The path, escaped, with the GTIN in 14 digits. */
    public String path() {
        var path = new StringBuilder();
        for (Element e : key) {
            path.append('/').append(e.ai()).append('/').append(escape(e.value()));
        }
        return path.toString();
    }

    /** Path and attributes below an address that ends without a slash. */
    public String at(String root) {
        var address = new StringBuilder(root).append(path());
        char before = '?';
        for (Element e : attributes.stream().sorted(Comparator.comparing(Element::ai)).toList()) {
            address.append(before).append(e.ai()).append('=').append(escape(e.value()));
            before = '&';
        }
        return address.toString();
    }

    /** The one form in which equal links are equal texts: at {@link #GS1}, attributes in order. */
    public String canonical() {
        return at(GS1);
    }

    /** The same data as a bar code carries them. */
    public ElementString elementString() {
        return new ElementString(Stream.concat(key.stream(), attributes.stream()).toList());
    }

    @Override
    public String toString() {
        return canonical();
    }

    /** Percent-encoded: everything but letters, digits and {@code - . _ ~} (RFC 3986). */
    static String escape(String value) {
        var text = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b >= '0' && b <= '9'
                    || b >= 'A' && b <= 'Z'
                    || b >= 'a' && b <= 'z'
                    || "-._~".indexOf(b) >= 0) {
                text.append((char) b);
            } else {
                text.append('%').append("%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    /** Null when a percent sign is not followed by two hexadecimal digits. */
    private static @Nullable String unescape(String text, boolean plusIsSpace) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(16 * high + low);
                i += 2;
            } else {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The rightmost primary key with an even number of steps behind it; -1 when there is none. */
    private static int startOfKey(List<String> steps, Set<Tolerance> tolerance) {
        for (int i = steps.size() - 2; i >= 0; i -= 2) {
            String step = steps.get(i);
            String ai = tolerance.contains(Tolerance.WORDS) ? WORDS.getOrDefault(step, step) : step;
            if (ApplicationIdentifier.find(ai)
                    .filter(ApplicationIdentifier::primaryKey)
                    .isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static Gs1Problem noKey(List<String> steps) {
        for (int i = 0; i + 1 < steps.size(); i++) {
            String ai = WORDS.get(steps.get(i).toLowerCase(Locale.ROOT));
            if (ai != null) {
                String right =
                        "/%s/%s"
                                .formatted(
                                        ai,
                                        ai.equals("01")
                                                ? widened(steps.get(i + 1))
                                                : steps.get(i + 1));
                return Gs1Problem.of(Rule.CONVENIENCE_WORD, "", "请写成 " + right, "write " + right);
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            String ai = steps.get(i);
            if (ApplicationIdentifier.find(ai)
                    .filter(ApplicationIdentifier::primaryKey)
                    .isPresent()) {
                return i + 1 == steps.size()
                        ? Gs1Problem.of(
                                Rule.NO_PRIMARY_KEY,
                                "",
                                "/" + ai + "/ 后面缺少号码",
                                "the number behind /" + ai + "/ is missing")
                        : Gs1Problem.of(
                                Rule.NO_PRIMARY_KEY,
                                "",
                                "每个应用标识符后面要跟一个值；值里的斜线写成 %2F",
                                "every identifier is followed by one value; write a slash in a"
                                        + " value as %2F");
            }
        }
        return Gs1Problem.of(Rule.NO_PRIMARY_KEY, "");
    }

    private static void readQuery(
            @Nullable String query,
            Set<Tolerance> tolerance,
            List<Element> attributes,
            List<Gs1Problem> problems) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("[&;]", -1)) {
            int equals = pair.indexOf('=');
            String name = unescape(equals < 0 ? pair : pair.substring(0, equals), true);
            if (name == null || !DIGITS.matcher(name).matches()) {
                continue;
            }
            Optional<ApplicationIdentifier> ai = ApplicationIdentifier.find(name);
            if (ai.isPresent() && !ai.get().attribute()) {
                problems.add(Gs1Problem.of(Rule.NOT_A_DATA_ATTRIBUTE, name));
            } else {
                take(
                        name,
                        unescape(equals < 0 ? "" : pair.substring(equals + 1), true),
                        tolerance,
                        attributes,
                        problems);
            }
        }
    }

    private static void take(
            String ai,
            @Nullable String value,
            Set<Tolerance> tolerance,
            List<Element> good,
            List<Gs1Problem> problems) {
        if (value == null) {
            problems.add(Gs1Problem.of(Rule.INVALID_PERCENT_SEQUENCE, ai));
            return;
        }
        String whole = value;
        if (ai.equals("01") && SHORT_GTIN.matcher(value).matches()) {
            if (!tolerance.contains(Tolerance.SHORT_GTINS)) {
                problems.add(
                        Gs1Problem.of(
                                Rule.SHORT_GTIN,
                                ai,
                                "请写成 " + widened(value),
                                "write " + widened(value)));
                return;
            }
            whole = widened(value);
        }
        List<Gs1Problem> wrong = Element.problems(ai, whole);
        problems.addAll(wrong);
        if (wrong.isEmpty()) {
            good.add(new Element(ai, whole));
        }
    }

    private static String widened(String gtin) {
        return SHORT_GTIN.matcher(gtin).matches() ? "0".repeat(14 - gtin.length()) + gtin : gtin;
    }

    private static List<Gs1Problem> problems(List<Element> key, List<Element> attributes) {
        var problems = new ArrayList<Gs1Problem>();
        ApplicationIdentifier primary = key.getFirst().identifier();
        if (!primary.primaryKey()) {
            return List.of(Gs1Problem.of(Rule.NO_PRIMARY_KEY, primary.ai()));
        }
        List<String> given = key.stream().skip(1).map(Element::ai).toList();
        boolean fits =
                given.isEmpty()
                        || primary.qualifiers().stream().anyMatch(row -> inOrder(given, row));
        if (!fits) {
            problems.add(misplaced(primary, given));
        }
        for (Element e : attributes) {
            if (!e.identifier().attribute()) {
                problems.add(Gs1Problem.of(Rule.NOT_A_DATA_ATTRIBUTE, e.ai()));
            }
        }
        problems.addAll(
                ElementString.together(Stream.concat(key.stream(), attributes.stream()).toList()));
        return problems;
    }

    private static boolean inOrder(List<String> given, List<String> row) {
        int at = 0;
        for (String ai : row) {
            if (at < given.size() && given.get(at).equals(ai)) {
                at++;
            }
        }
        return at == given.size();
    }

    private static Gs1Problem misplaced(ApplicationIdentifier primary, List<String> given) {
        String rows =
                primary.qualifiers().stream()
                        .map(row -> "/" + String.join("/…/", row) + "/…")
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
        String stranger =
                given.stream()
                        .filter(ai -> primary.qualifiers().stream().noneMatch(r -> r.contains(ai)))
                        .findFirst()
                        .orElse(null);
        String head = "/" + primary.ai() + "/…";
        return Gs1Problem.of(
                stranger == null ? Rule.QUALIFIER_OUT_OF_ORDER : Rule.QUALIFIER_NOT_ALLOWED,
                stranger == null ? given.getFirst() : stranger,
                rows.isEmpty() ? head + " 后面不跟限定符" : head + " 后面的顺序是 " + rows,
                rows.isEmpty()
                        ? "nothing follows " + head
                        : "behind " + head + " the order is " + rows);
    }

    private static boolean tooHigh(String port) {
        return Integer.parseInt(port) > 65535;
    }

    private static Reading bad(Gs1Problem problem) {
        return new Reading.Bad(List.of(problem));
    }
}
