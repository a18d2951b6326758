package cn.xinyuan.codes;

import cn.xinyuan.codes.ApplicationIdentifier.Part;
import cn.xinyuan.codes.DigitalLink.Reading;
import cn.xinyuan.codes.DigitalLink.Tolerance;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Digital Link in few characters (GS1 Digital Link Standard: Compression): bits in file-safe base
 * 64, either in place of the whole path, or behind a primary key that stays readable.
 *
 * <p>An identifier is its digits, four bits each, or eight bits for a usual group of identifiers. A
 * number is binary; text says in three bits how it is written (digits, hexadecimal, base 64 or
 * seven-bit characters). Lengths that vary stand before the value.
 *
 * @param link what it says
 * @param others pairs of others that were compressed with it, {@code key=value} in plain text
 */
public record CompressedLink(DigitalLink link, List<String> others) {

    private static final String BASE_64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String LOWER_HEX = "0123456789abcdef";
    private static final String UPPER_HEX = "0123456789ABCDEF";
    private static final int MOST = 1_000;

    /** What may be compressed has at least eight bits for a key and something behind them. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{4," + MOST + "}");

    /** Usual groups in the order of the standard. */
    private static final Map<String, List<String>> GROUPS = groups();

    /** The same in the order in which the toolkit of GS1 writes them; two of them differ. */
    private static final Map<String, List<String>> SORTED =
            GROUPS.entrySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey,
                                    e -> e.getValue().stream().sorted().toList()));

    public CompressedLink {
        others = List.copyOf(others);
    }

    /** Whether the last step of a path may be compressed; cheap, and often wrong. */
    public static boolean mayBe(String path) {
        String word = lastStep(path);
        return WORD.matcher(word).matches() && before(path, word).isPresent();
    }

    /**
     * Reads the path of an address, escaped as it came: {@code /WORD}, or {@code /01/GTIN/WORD}.
     *
     * @return empty when it is no compressed link, or not one of good data
     */
    public static Optional<CompressedLink> read(String path) {
        String word = lastStep(path);
        Optional<List<Element>> readable = before(path, word);
        if (!WORD.matcher(word).matches() || readable.isEmpty()) {
            return Optional.empty();
        }
        return read(word, readable.get(), GROUPS).or(() -> read(word, readable.get(), SORTED));
    }

    private static Optional<CompressedLink> read(
            String word, List<Element> readable, Map<String, List<String>> groups) {
        var found = new LinkedHashMap<String, String>();
        readable.forEach(e -> found.put(e.ai(), e.value()));
        var others = new ArrayList<String>();
        return expand(word, groups, found, others)
                ? ordered(found).map(link -> new CompressedLink(link, others))
                : Optional.empty();
    }

    /** The shortest word that this class can make of a link, without a slash. */
    public static String write(DigitalLink link) {
        var values = new LinkedHashMap<String, String>();
        link.key().forEach(e -> values.put(e.ai(), e.value()));
        link.attributes().stream()
                .sorted(Comparator.comparing(Element::ai))
                .forEach(e -> values.put(e.ai(), e.value()));
        var bits = new StringBuilder();
        GROUPS.entrySet().stream()
                .filter(g -> values.keySet().containsAll(g.getValue()))
                // where standard and toolkit disagree about the order, the group is left alone
                .filter(g -> g.getValue().equals(SORTED.get(g.getKey())))
                .max(
                        Comparator.<Map.Entry<String, List<String>>>comparingInt(
                                        g -> g.getValue().size())
                                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .ifPresent(
                        g -> {
                            bits.append(binary(Integer.parseInt(g.getKey(), 16), 8));
                            g.getValue().forEach(ai -> bits.append(value(ai, values.remove(ai))));
                        });
        values.forEach(
                (ai, value) -> {
                    ai.chars().forEach(d -> bits.append(binary(d - '0', 4)));
                    bits.append(value(ai, value));
                });
        while (bits.length() % 6 != 0) {
            bits.append('0');
        }
        var word = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 6) {
            word.append(BASE_64.charAt(Integer.parseInt(bits.substring(i, i + 6), 2)));
        }
        return word.toString();
    }

    /** One piece of a value as it is compressed: digits or text, of a known length or not. */
    private record Piece(boolean digits, boolean known, int most) {}

    /**
     * The pieces of a value: digits that follow each other are one number, everything from the
     * first text on is one text.
     */
    private static List<Piece> pieces(ApplicationIdentifier ai) {
        var pieces = new ArrayList<Piece>();
        for (Part part : ai.parts()) {
            boolean digits = part.set() == CharacterSet.NUMERIC;
            boolean known = part.least() == part.most() && !part.optional();
            Piece last = pieces.isEmpty() ? null : pieces.getLast();
            boolean joins =
                    last != null
                            && (digits ? last.digits() && last.known() == known : !last.digits());
            if (last != null && joins) {
                pieces.removeLast();
                pieces.add(new Piece(digits, last.known() && known, last.most() + part.most()));
            } else {
                pieces.add(new Piece(digits, known, part.most()));
            }
        }
        return pieces;
    }

    // --- out

    private static String value(String ai, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("no value of (" + ai + ")");
        }
        var bits = new StringBuilder();
        int from = 0;
        for (Piece piece : pieces(ApplicationIdentifier.find(ai).orElseThrow())) {
            int to = Math.min(value.length(), from + piece.most());
            String part = value.substring(from, to);
            from = to;
            if (piece.digits()) {
                if (!piece.known()) {
                    bits.append(binary(part.length(), lengthBits(piece.most())));
                }
                bits.append(number(part));
            } else {
                Writing writing = Writing.shortest(part);
                bits.append(binary(writing.ordinal(), 3));
                if (!piece.known()) {
                    bits.append(binary(part.length(), lengthBits(piece.most())));
                }
                bits.append(writing.bits(part));
            }
        }
        return bits.toString();
    }

    private static String number(String digits) {
        String bits = digits.isEmpty() ? "" : new BigInteger(digits).toString(2);
        return "0".repeat(numberBits(digits.length()) - bits.length()) + bits;
    }

    private static String binary(int number, int width) {
        String bits = Integer.toBinaryString(number);
        return "0".repeat(width - bits.length()) + bits;
    }

    /** How text is written, in the order of the numbers that say so. */
    private enum Writing {
        DIGITS("0123456789", 0),
        SMALL_HEX(LOWER_HEX, 4),
        LARGE_HEX(UPPER_HEX, 4),
        SAFE_64(BASE_64, 6),
        SEVEN_BITS("", 7);

        private final String alphabet;
        private final int width;

        Writing(String alphabet, int width) {
            this.alphabet = alphabet;
            this.width = width;
        }

        static Writing shortest(String text) {
            for (Writing writing : values()) {
                if (writing == SEVEN_BITS
                        || text.chars().allMatch(c -> writing.alphabet.indexOf(c) >= 0)) {
                    return writing;
                }
            }
            return SEVEN_BITS;
        }

        String bits(String text) {
            if (this == DIGITS) {
                return number(text);
            }
            var bits = new StringBuilder();
            text.chars()
                    .forEach(
                            c ->
                                    bits.append(
                                            binary(
                                                    this == SEVEN_BITS ? c : alphabet.indexOf(c),
                                                    width)));
            return bits.toString();
        }

        @Nullable String text(Bits bits, int length) {
            if (this == DIGITS) {
                return bits.number(length);
            }
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                int c = bits.take(width);
                if (c < 0) {
                    return null;
                }
                text.append(this == SEVEN_BITS ? (char) c : alphabet.charAt(c));
            }
            return text.toString();
        }
    }

    // --- in

    /** The bits of a word, taken from the left. */
    private static final class Bits {
        private final String bits;
        private int at;

        Bits(String word) {
            var all = new StringBuilder(6 * word.length());
            word.chars().forEach(c -> all.append(binary(BASE_64.indexOf(c), 6)));
            this.bits = all.toString();
        }

        int left() {
            return bits.length() - at;
        }

        /** Up to 30 bits as a number; -1 when there are not so many. */
        int take(int width) {
            if (left() < width) {
                return -1;
            }
            at += width;
            return width == 0 ? 0 : Integer.parseInt(bits.substring(at - width, at), 2);
        }

        /** A number of so many digits, zeros before it; null when it has more. */
        @Nullable String number(int digits) {
            int width = numberBits(digits);
            if (left() < width) {
                return null;
            }
            at += width;
            String number = new BigInteger(bits.substring(at - width, at), 2).toString();
            if (digits == 0) {
                return number.equals("0") ? "" : null;
            }
            return number.length() > digits ? null : "0".repeat(digits - number.length()) + number;
        }
    }

    private static boolean expand(
            String word,
            Map<String, List<String>> groups,
            Map<String, String> found,
            List<String> others) {
        var bits = new Bits(word);
        while (bits.left() > 8) {
            int first = bits.take(8);
            String two = "%02X".formatted(first);
            List<String> group = groups.get(two);
            boolean good;
            if (group != null) {
                good = group.stream().allMatch(ai -> take(ai, bits, found));
            } else if (two.startsWith("F")) {
                good = takeOther(first & 15, bits, others);
            } else {
                Optional<String> ai = identifier(two, bits);
                good = ai.isPresent() && take(ai.get(), bits, found);
            }
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> identifier(String two, Bits bits) {
        String ai = two;
        while (ai.length() <= 4) {
            if (ApplicationIdentifier.find(ai).isPresent()) {
                return Optional.of(ai);
            }
            int digit = bits.take(4);
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            ai += digit;
        }
        return Optional.empty();
    }

    private static boolean take(String name, Bits bits, Map<String, String> found) {
        var value = new StringBuilder();
        for (Piece piece : pieces(ApplicationIdentifier.find(name).orElseThrow())) {
            String part;
            if (piece.digits()) {
                int length = piece.known() ? piece.most() : bits.take(lengthBits(piece.most()));
                part = length < 0 || length > piece.most() ? null : bits.number(length);
            } else {
                int writing = bits.take(3);
                int length = piece.known() ? piece.most() : bits.take(lengthBits(piece.most()));
                part =
                        writing < 0
                                        || writing >= Writing.values().length
                                        || length < 0
                                        || length > piece.most()
                                ? null
                                : Writing.values()[writing].text(bits, length);
            }
            if (part == null) {
                return false;
            }
            value.append(part);
        }
        String before = found.putIfAbsent(name, value.toString());
        return before == null || before.contentEquals(value);
    }

    /** A pair of others: seven bits of length and a name in base 64, then a text. */
    private static boolean takeOther(int fourBits, Bits bits, List<String> others) {
        int three = bits.take(3);
        if (three < 0) {
            return false;
        }
        String name = Writing.SAFE_64.text(bits, fourBits << 3 | three);
        int writing = bits.take(3);
        int length = bits.take(7);
        if (name == null || writing < 0 || writing >= Writing.values().length || length < 0) {
            return false;
        }
        String value = Writing.values()[writing].text(bits, length);
        if (value == null) {
            return false;
        }
        others.add(name + "=" + value);
        return true;
    }

    private static Optional<DigitalLink> ordered(Map<String, String> found) {
        for (String ai : found.keySet()) {
            ApplicationIdentifier key = ApplicationIdentifier.find(ai).orElseThrow();
            if (!key.primaryKey()) {
                continue;
            }
            for (List<String> row :
                    key.qualifiers().isEmpty() ? List.of(List.<String>of()) : key.qualifiers()) {
                Optional<DigitalLink> link = link(ai, row, found);
                if (link.isPresent()) {
                    return link;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<DigitalLink> link(
            String primary, List<String> row, Map<String, String> found) {
        var path =
                new StringBuilder(
                        "/" + primary + "/" + DigitalLink.escape(found.getOrDefault(primary, "")));
        Set<String> left = new HashSet<>(found.keySet());
        left.remove(primary);
        for (String ai : row) {
            if (left.remove(ai)) {
                path.append('/').append(ai).append('/');
                path.append(DigitalLink.escape(found.getOrDefault(ai, "")));
            }
        }
        String query =
                left.stream()
                        .sorted()
                        .map(ai -> ai + "=" + DigitalLink.escape(found.getOrDefault(ai, "")))
                        .reduce((a, b) -> a + "&" + b)
                        .orElse(null);
        return DigitalLink.examinePath(path.toString(), query) instanceof Reading.Good good
                ? Optional.of(good.link())
                : Optional.empty();
    }

    private static String lastStep(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** The readable primary key before the word; an empty list when there is none. */
    private static Optional<List<Element>> before(String path, String word) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String head = plain.substring(0, plain.length() - word.length());
        if (head.isEmpty() || head.equals("/")) {
            return Optional.of(List.of());
        }
        return DigitalLink.examinePath(head, null, Tolerance.SHORT_GTINS)
                        instanceof Reading.Good(DigitalLink link, String stem)
                ? Optional.of(link.key()).filter(k -> k.size() == 1)
                : Optional.empty();
    }

    private static int lengthBits(int most) {
        return (int) Math.ceil(Math.log(most) / Math.log(2) + 0.01);
    }

    private static int numberBits(int digits) {
        return (int) Math.ceil(digits * Math.log(10) / Math.log(2) + 0.01);
    }

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        String table =
                """
                0A 01 22
                0B 01 10
                0C 01 21
                0D 01 17
                0E 01 7003
                0F 01 30
                1A 01 10 21 17
                1B 01 15
                1C 01 11
                1D 01 16
                1E 01 91
                1F 01 10 15
                9A 8010 8011
                9B 8017 8019
                9C 8018 8019
                9D 414 254
                """;
        table.lines()
                .map(l -> List.of(l.split(" ", -1)))
                .forEach(l -> groups.put(l.getFirst(), l.subList(1, l.size())));
        for (int i = 0; i < 6; i++) {
            groups.put("2" + "ABCDEF".charAt(i), List.of("01", "310" + i));
            groups.put("3" + "ABCDEF".charAt(i), List.of("01", "320" + i));
        }
        for (int i = 0; i < 10; i++) {
            groups.put("A" + i, List.of("01", "392" + i));
            groups.put("C" + i, List.of("255", "390" + i));
        }
        for (int i = 0; i < 4; i++) {
            groups.put("C" + "ABCD".charAt(i), List.of("255", "394" + i));
        }
        return groups;
    }
}
