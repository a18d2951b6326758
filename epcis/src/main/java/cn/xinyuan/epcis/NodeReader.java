package cn.xinyuan.epcis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One object of JSON, whose members are taken out one by one; names every problem by its place. */
class NodeReader {

    static final int LONGEST_URI = 600;

    final JsonNode node;
    final String pointer;
    final Findings findings;
    final Set<String> taken = new LinkedHashSet<>();

    NodeReader(JsonNode node, String pointer, Findings findings) {
        this.node = node;
        this.pointer = pointer;
        this.findings = findings;
    }

    String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    void found(Check check, String place, String text) {
        findings.add(check, place, text, check.fix());
    }

    void found(Check check, String place, String text, String fix) {
        findings.add(check, place, text, fix);
    }

    @Nullable NodeReader object(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            found(
                    Check.WRONG_KIND,
                    at(name),
                    kind(value) + " instead of an object",
                    "give an object");
            return null;
        }
        if (value.isEmpty()) {
            found(Check.EMPTY_LIST, at(name), "an object without members");
            return null;
        }
        taken.add(name);
        return new NodeReader(value, at(name), findings);
    }

    List<JsonNode> list(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            found(
                    Check.WRONG_KIND,
                    at(name),
                    kind(value) + " instead of an array",
                    "give an array");
            return List.of();
        }
        if (value.isEmpty()) {
            found(Check.EMPTY_LIST, at(name), "an empty list");
            return List.of();
        }
        taken.add(name);
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }

    <T> List<T> objects(String name, Function<NodeReader, @Nullable T> read) {
        List<JsonNode> items = list(name);
        List<T> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String place = at(name) + "/" + i;
            if (!items.get(i).isObject()) {
                found(
                        Check.WRONG_KIND,
                        place,
                        kind(items.get(i)) + " instead of an object",
                        "give an object");
                continue;
            }
            T one = read.apply(new NodeReader(items.get(i), place, findings));
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    List<String> uris(String name) {
        return uris(name, (_, _) -> {});
    }

    /** The URIs of a list, each with its place shown to {@code judge} as well. */
    List<String> uris(String name, BiConsumer<Identifier, String> judge) {
        List<JsonNode> items = list(name);
        List<String> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String place = at(name) + "/" + i;
            Identifier one = checkUri(items.get(i), place);
            if (one != null) {
                all.add(one.written());
                judge.accept(one, place);
            }
        }
        if (new HashSet<>(all).size() < all.size()) {
            found(Check.NAMED_TWICE, at(name), "names something twice");
        }
        return all;
    }

    List<String> words(String name, Vocabulary vocabulary) {
        List<JsonNode> items = list(name);
        List<String> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String one = checkWord(items.get(i), at(name) + "/" + i, vocabulary);
            if (one != null) {
                all.add(one);
            }
        }
        if (new HashSet<>(all).size() < all.size()) {
            found(Check.NAMED_TWICE, at(name), "names something twice");
        }
        return all;
    }

    @Nullable String word(String name, Vocabulary vocabulary) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        taken.add(name);
        return checkWord(value, at(name), vocabulary);
    }

    private @Nullable String checkWord(JsonNode value, String place, Vocabulary vocabulary) {
        String written = checkText(value, place);
        if (written == null) {
            return null;
        }
        if (!written.contains(":") && !vocabulary.knows(written)) {
            found(Check.WORD, place, "\"" + shorten(written) + "\" is no word of CBV 2.0");
            return null;
        }
        if (written.contains(":") && !isUri(written)) {
            found(
                    Check.URI_FORM,
                    place,
                    "\"" + shorten(written) + "\" is no URI",
                    "write a URI without spaces");
            return null;
        }
        if (vocabulary.claims(written)) {
            found(
                    Check.WORD_UNDER_GS1,
                    place,
                    "\"" + shorten(written) + "\" is no word of CBV 2.0, but bears its prefix");
        }
        return written;
    }

    @Nullable String uri(String name, boolean required) {
        Identifier found = identifier(name, required);
        return found == null ? null : found.written();
    }

    @Nullable Identifier identifier(String name, boolean required) {
        JsonNode value = node.get(name);
        if (value == null) {
            if (required) {
                found(Check.MISSING, at(name), "missing");
            }
            return null;
        }
        taken.add(name);
        return checkUri(value, at(name));
    }

    private @Nullable Identifier checkUri(JsonNode value, String place) {
        String written = checkText(value, place);
        if (written == null) {
            return null;
        }
        Identifier identifier = Identifier.of(written);
        if (written.length() > LONGEST_URI || identifier.canonical().length() > LONGEST_URI) {
            found(
                    Check.URI_LENGTH,
                    place,
                    "\"" + shorten(written) + "\" is longer than any identifier");
            return null;
        }
        if (!isUri(written)) {
            found(Check.URI_FORM, place, "\"" + shorten(written) + "\" is no URI");
            return null;
        }
        identifier
                .wrongCheckDigit()
                .ifPresent(
                        right ->
                                found(
                                        Check.CHECK_DIGIT,
                                        place,
                                        "the check digit of " + shorten(written) + " is wrong",
                                        "it should be " + right));
        if (identifier.isMalformed()) {
            found(
                    Check.EPC_FORM,
                    place,
                    shorten(written) + " does not have the parts of its scheme");
        }
        return identifier;
    }

    /** A scheme, a colon, and something after it without white space (RFC 3986, 3). */
    static boolean isUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i < colon) {
                boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
                boolean later = c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-';
                if (!letter && (i == 0 || !later)) {
                    return false;
                }
            } else if (c == ' ' || c >= '\t' && c <= '\r') {
                return false;
            }
        }
        return true;
    }

    @Nullable EpcisTime time(String name, boolean required) {
        String written = text(name, required);
        if (written == null) {
            return null;
        }
        EpcisTime time = EpcisTime.read(written).orElse(null);
        if (time == null) {
            found(Check.TIME_FORM, at(name), "\"" + shorten(written) + "\" is no time with a zone");
        } else if (findings.absurd(time)) {
            found(Check.TIME_ABSURD, at(name), written + " is not of these times");
        }
        return time;
    }

    @Nullable String text(String name, boolean required) {
        JsonNode value = node.get(name);
        if (value == null) {
            if (required) {
                found(Check.MISSING, at(name), "missing");
            }
            return null;
        }
        taken.add(name);
        return checkText(value, at(name));
    }

    @Nullable String checkText(JsonNode value, String place) {
        if (!value.isString()) {
            found(
                    Check.WRONG_KIND,
                    place,
                    kind(value) + " instead of a string",
                    "put it into quotation marks");
            return null;
        }
        String written = value.stringValue();
        return clean(written, place) ? written : null;
    }

    /** Whether a text holds no NUL; tells other characters that no document can bear. */
    private boolean clean(String text, String place) {
        int bad = badCharacter(text);
        if (bad < 0) {
            return true;
        }
        if (text.indexOf('\0') >= 0) {
            found(Check.NUL_CHARACTER, place, "holds a NUL character");
            return false;
        }
        found(
                Check.CONTROL_CHARACTER,
                place,
                String.format("holds the character U+%04X", (int) text.charAt(bad)));
        return true;
    }

    private static int badCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** What was not taken, as it came; its texts and the prefixes of its names are looked at. */
    Map<String, JsonNode> rest() {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        node.forEachEntry(
                (name, value) -> {
                    if (!taken.contains(name)) {
                        others.put(name, value);
                        if (!name.equals("@context")) {
                            inspect(name, value, at(name));
                        }
                    }
                });
        return others;
    }

    /** Looks through a member that is kept as it came. */
    void inspect(String name, JsonNode value, String place) {
        int colon = name.indexOf(':');
        if (colon > 0 && !findings.declared(name.substring(0, colon), name.substring(colon + 1))) {
            found(
                    Check.UNDECLARED_PREFIX,
                    place,
                    "the prefix \"" + shorten(name.substring(0, colon)) + "\" is not declared");
        }
        clean(name, place);
        inspect(value, place);
    }

    private void inspect(JsonNode value, String place) {
        if (value.isString()) {
            clean(value.stringValue(), place);
        } else if (value.isObject()) {
            NodeReader inner = new NodeReader(value, place, findings);
            value.forEachEntry((name, each) -> inner.inspect(name, each, inner.at(name)));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                inspect(value.get(i), place + "/" + i);
            }
        }
    }

    static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case BINARY, MISSING -> "nothing";
        };
    }
}
