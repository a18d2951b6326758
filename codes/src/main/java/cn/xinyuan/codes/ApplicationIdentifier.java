package cn.xinyuan.codes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application identifier of GS1: what its value looks like and what may stand beside it. The
 * table is the GS1 Barcode Syntax Dictionary.
 *
 * @param ai two to four digits
 * @param fixedLength whether its length is known beforehand, so that no FNC1 follows it
 * @param attribute whether it may stand behind the {@code ?} of a Digital Link
 * @param parts what the value is made of, in order; only the last may vary in length
 * @param companions of each list one group must be there as a whole
 * @param strangers what must not stand beside it; {@code n} is any digit
 * @param primaryKey whether it may begin a Digital Link
 * @param qualifiers the rows of qualifiers that may follow it in a Digital Link, one row at a time,
 *     each in its order, any of them left out
 * @param title such as BATCH/LOT
 */
public record ApplicationIdentifier(
        String ai,
        boolean fixedLength,
        boolean attribute,
        List<Part> parts,
        List<List<Set<String>>> companions,
        List<String> strangers,
        boolean primaryKey,
        List<List<String>> qualifiers,
        String title) {

    /**
     * One part of a value.
     *
     * @param least fewest characters, when the part is there
     * @param most most characters
     */
    public record Part(
            CharacterSet set, int least, int most, boolean optional, List<String> linters) {

        Fault look(String text) {
            Fault characters = set.look(text);
            if (characters.rule() != null) {
                return characters;
            }
            for (String name : linters) {
                Fault fault = Linter.named(name).look(text);
                if (fault.rule() != null) {
                    return fault;
                }
            }
            return Fault.NONE;
        }
    }

    /** The identifier of this number; empty when GS1 has none. */
    public static Optional<ApplicationIdentifier> find(String ai) {
        return Optional.ofNullable(SyntaxDictionary.TABLE.get(ai));
    }

    /** All of them, in the order of their digits. */
    public static Collection<ApplicationIdentifier> all() {
        return SyntaxDictionary.TABLE.values();
    }

    /** Those that may begin a Digital Link. */
    public static List<ApplicationIdentifier> primaryKeys() {
        return SyntaxDictionary.PRIMARY_KEYS;
    }

    static String titleOf(String ai) {
        return find(ai).map(a -> " " + a.title()).orElse("");
    }

    /** The fewest characters of a value. */
    public int least() {
        return parts.stream().filter(p -> !p.optional()).mapToInt(Part::least).sum();
    }

    /** The most characters of a value. */
    public int most() {
        return parts.stream().mapToInt(Part::most).sum();
    }

    /** Everything that is wrong with a value, at most one fault of each part; empty when good. */
    public List<Gs1Problem> problems(String value) {
        var found = new ArrayList<Gs1Problem>();
        int from = 0;
        for (Part part : parts) {
            int left = value.length() - from;
            if (left == 0 && part.optional()) {
                break;
            }
            if (left < part.least()) {
                add(found, firstBadCharacter(part, value, from), from);
                found.add(length(Rule.TOO_SHORT, value));
                return found;
            }
            int to = from + Math.min(left, part.most());
            add(found, part.look(value.substring(from, to)), from);
            from = to;
        }
        if (from < value.length()) {
            found.add(length(Rule.TOO_LONG, value));
        }
        return found;
    }

    private static Fault firstBadCharacter(Part part, String value, int from) {
        return part.set().look(value.substring(from));
    }

    private void add(List<Gs1Problem> found, Fault fault, int from) {
        Rule rule = fault.rule();
        if (rule != null) {
            found.add(
                    new Gs1Problem(
                            rule,
                            ai,
                            fault.place() == 0 ? 0 : from + fault.place(),
                            fault.hint(),
                            fault.hintInEnglish()));
        }
    }

    private Gs1Problem length(Rule rule, String value) {
        int least = least();
        int most = most();
        return Gs1Problem.of(
                rule,
                ai,
                "有 %d 位，应为 %s 位"
                        .formatted(value.length(), least == most ? least : least + " 至 " + most),
                "it has %d characters and should have %s"
                        .formatted(value.length(), least == most ? least : least + " to " + most));
    }

    /** What must accompany this identifier and does not, or stands beside it and must not. */
    List<Gs1Problem> problemsBeside(Set<String> others) {
        var found = new ArrayList<Gs1Problem>();
        for (List<Set<String>> oneOf : companions) {
            boolean met =
                    oneOf.stream()
                            .anyMatch(
                                    group ->
                                            group.stream()
                                                    .allMatch(
                                                            p ->
                                                                    others.stream()
                                                                            .anyMatch(
                                                                                    o ->
                                                                                            matches(
                                                                                                    p,
                                                                                                    o))));
            if (!met && others.stream().noneMatch(this::qualifies)) {
                String wanted =
                        oneOf.stream()
                                .map(
                                        g ->
                                                "("
                                                        + String.join(
                                                                ")+(", g.stream().sorted().toList())
                                                        + ")")
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("");
                found.add(
                        Gs1Problem.of(
                                Rule.REQUIRED_AI_MISSING,
                                ai,
                                "须有其一：" + wanted,
                                "one of these is needed: " + wanted));
            }
        }
        for (String other : others) {
            if (!other.equals(ai) && strangers.stream().anyMatch(p -> matches(p, other))) {
                found.add(
                        Gs1Problem.of(
                                Rule.EXCLUDED_AI,
                                ai,
                                "请去掉 (" + ai + ") 或 (" + other + ")",
                                "take out (" + ai + ") or (" + other + ")"));
            }
        }
        return found;
    }

    /**
     * A primary key is company enough for its own qualifiers: the dictionary asks for (01) beside
     * (22), and lets (22) follow (8006) all the same.
     */
    private boolean qualifies(String key) {
        return find(key).stream()
                .anyMatch(k -> k.qualifiers().stream().anyMatch(r -> r.contains(ai)));
    }

    private static boolean matches(String pattern, String ai) {
        if (pattern.length() != ai.length()) {
            return false;
        }
        for (int i = 0; i < ai.length(); i++) {
            if (pattern.charAt(i) != 'n' && pattern.charAt(i) != ai.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
