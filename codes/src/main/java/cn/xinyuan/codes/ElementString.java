package cn.xinyuan.codes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content of a GS1 bar code: application identifiers with their values, in the order in which
 * they stand.
 */
public record ElementString(List<Element> elements) {

    /** What scanners send for FNC1 within a message: the group separator. */
    public static final char GROUP_SEPARATOR = '\u001d';

    /** What the scanner says of the bar code before its content (ISO/IEC 15424). */
    private static final Pattern SYMBOLOGY = Pattern.compile("](?:C1|e0|d2|Q3|J1)");

    /**
     * @throws IllegalArgumentException if the same identifier comes twice with different values, or
     *     what must or must not stand together does not or does
     */
    public ElementString {
        elements = List.copyOf(elements);
        List<Gs1Problem> wrong = together(elements);
        if (elements.isEmpty() || !wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    wrong.isEmpty() ? "no element" : wrong.getFirst().english());
        }
    }

    /** What a text turned out to be. */
    public sealed interface Reading {

        /** Good data. */
        record Good(ElementString content) implements Reading {}

        /** Everything that is wrong; never empty. */
        record Bad(List<Gs1Problem> problems) implements Reading {}
    }

    /** Reads {@code (01)09521234543213(10)A-1}; a bracket in a value is written {@code \(}. */
    public static Reading bracketed(String text) {
        var found = new ArrayList<Raw>();
        int at = 0;
        while (at < text.length()) {
            int close = text.indexOf(')', at);
            if (text.charAt(at) != '(' || close < 0) {
                return bad(new Gs1Problem(Rule.BRACKETS_MALFORMED, "", at + 1, "", ""));
            }
            String ai = text.substring(at + 1, close);
            if (!ai.matches("[0-9]{2,4}")) {
                return bad(new Gs1Problem(Rule.BRACKETS_MALFORMED, "", at + 2, "", ""));
            }
            var value = new StringBuilder();
            int i = close + 1;
            for (; i < text.length() && text.charAt(i) != '('; i++) {
                if (text.startsWith("\\(", i)) {
                    i++;
                }
                value.append(text.charAt(i));
            }
            found.add(new Raw(ai, value.toString()));
            at = i;
        }
        return found.isEmpty() ? bad(Gs1Problem.of(Rule.BRACKETS_MALFORMED, "")) : of(found);
    }

    /**
     * Reads what a scanner sends: an optional symbology identifier or FNC1, then identifiers and
     * values without brackets, FNC1 behind every value of unknown length. FNC1 is the group
     * separator, or {@code ^} where a person wrote it.
     */
    public static Reading scanned(String text) {
        String plain = text.replace('^', GROUP_SEPARATOR);
        var symbology = SYMBOLOGY.matcher(plain);
        int at = symbology.lookingAt() ? symbology.end() : 0;
        if (at < plain.length() && plain.charAt(at) == GROUP_SEPARATOR) {
            at++;
        }
        var found = new ArrayList<Raw>();
        while (at < plain.length()) {
            Optional<ApplicationIdentifier> ai = beginning(plain, at);
            if (ai.isEmpty()) {
                String seen = plain.substring(at, Math.min(plain.length(), at + 4));
                return bad(
                        new Gs1Problem(
                                Rule.FNC1_MALFORMED,
                                "",
                                at + 1,
                                "“" + seen + "”不是应用标识符的开头",
                                "no application identifier begins '" + seen + "'"));
            }
            int from = at + ai.get().ai().length();
            int end = plain.indexOf(GROUP_SEPARATOR, from);
            if (end < 0) {
                end = plain.length();
            }
            if (ai.get().fixedLength()) {
                end = Math.min(end, from + ai.get().most());
            }
            found.add(new Raw(ai.get().ai(), plain.substring(from, end)));
            at = end < plain.length() && plain.charAt(end) == GROUP_SEPARATOR ? end + 1 : end;
        }
        return found.isEmpty() ? bad(Gs1Problem.of(Rule.FNC1_MALFORMED, "")) : of(found);
    }

    /** In brackets, as it is printed below a bar code. */
    public String bracketed() {
        var text = new StringBuilder();
        for (Element e : elements) {
            text.append('(').append(e.ai()).append(')').append(e.value().replace("(", "\\("));
        }
        return text.toString();
    }

    /**
     * As a bar code carries it: FNC1 first, then behind every value of unknown length but the last.
     *
     * @param fnc1 {@link #GROUP_SEPARATOR}, or another character that no value has
     */
    public String withFnc1(char fnc1) {
        var text = new StringBuilder();
        boolean due = true;
        for (Element e : elements) {
            if (due) {
                text.append(fnc1);
            }
            text.append(e.ai()).append(e.value());
            due = !e.identifier().fixedLength();
        }
        return text.toString();
    }

    /** The value of an identifier. */
    public Optional<String> value(String ai) {
        return elements.stream().filter(e -> e.ai().equals(ai)).map(Element::value).findFirst();
    }

    @Override
    public String toString() {
        return bracketed();
    }

    /** What came in, before anybody looked at it. */
    record Raw(String ai, String value) {}

    private static Optional<ApplicationIdentifier> beginning(String text, int at) {
        for (int length = 2; length <= 4 && at + length <= text.length(); length++) {
            var found = ApplicationIdentifier.find(text.substring(at, at + length));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Reading of(List<Raw> found) {
        var problems = new ArrayList<Gs1Problem>();
        var elements = new ArrayList<Element>();
        for (Raw raw : found) {
            List<Gs1Problem> wrong = Element.problems(raw.ai(), raw.value());
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                elements.add(new Element(raw.ai(), raw.value()));
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(together(elements));
        }
        return problems.isEmpty()
                ? new Reading.Good(new ElementString(elements))
                : new Reading.Bad(problems);
    }

    /** What is wrong with good elements beside each other. */
    static List<Gs1Problem> together(List<Element> elements) {
        var problems = new ArrayList<Gs1Problem>();
        Map<String, String> values = new LinkedHashMap<>();
        for (Element e : elements) {
            String before = values.putIfAbsent(e.ai(), e.value());
            if (before != null && !before.equals(e.value())) {
                problems.add(Gs1Problem.of(Rule.DUPLICATE_AI, e.ai()));
            }
        }
        for (String ai : values.keySet()) {
            problems.addAll(
                    ApplicationIdentifier.find(ai).orElseThrow().problemsBeside(values.keySet()));
        }
        return problems;
    }

    private static Reading bad(Gs1Problem problem) {
        return new Reading.Bad(List.of(problem));
    }
}
