package cn.xinyuan.codes;

import cn.xinyuan.codes.ApplicationIdentifier.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the GS1 Barcode Syntax Dictionary, which stands beside this class with its licence. */
final class SyntaxDictionary {

    private static final Pattern ENTRY =
            Pattern.compile("([0-9]{2,4})(?:-([0-9]{2,4}))?\\s+(?:([*?]+)\\s+)?(.+)");
    private static final Pattern PART =
            Pattern.compile("(\\[)?([NXYZ])(\\.\\.)?([0-9]{1,2})]?((?:,[a-z0-9]+)*)");

    static final Map<String, ApplicationIdentifier> TABLE = read();

    static final List<ApplicationIdentifier> PRIMARY_KEYS =
            TABLE.values().stream().filter(ApplicationIdentifier::primaryKey).toList();

    private SyntaxDictionary() {}

    private static Map<String, ApplicationIdentifier> read() {
        try (InputStream in =
                SyntaxDictionary.class.getResourceAsStream("gs1-syntax-dictionary.txt")) {
            if (in == null) {
                throw new IllegalStateException("the table of application identifiers is missing");
            }
            var table = new TreeMap<String, ApplicationIdentifier>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .forEach(l -> entry(l, table));
            return Collections.unmodifiableMap(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void entry(String line, Map<String, ApplicationIdentifier> table) {
        int hash = line.indexOf(" #");
        String title = hash < 0 ? "" : line.substring(hash + 2).strip();
        Matcher entry = ENTRY.matcher((hash < 0 ? line : line.substring(0, hash)).strip());
        if (!entry.matches()) {
            throw new IllegalStateException("not an entry: " + line);
        }
        String flags = entry.group(3) == null ? "" : entry.group(3);
        var parts = new ArrayList<Part>();
        var companions = new ArrayList<List<Set<String>>>();
        var strangers = new ArrayList<String>();
        var qualifiers = new ArrayList<List<String>>();
        boolean key = false;
        for (String word : entry.group(4).split("\\s+", -1)) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            switch (name) {
                case "req" ->
                        companions.add(
                                commas(value).stream()
                                        .<Set<String>>map(
                                                g ->
                                                        new LinkedHashSet<>(
                                                                Arrays.asList(g.split("\\+", -1))))
                                        .toList());
                case "ex" -> strangers.addAll(commas(value));
                case "dlpkey" -> {
                    key = true;
                    for (String row : value.split("\\|", -1)) {
                        if (!row.isEmpty()) {
                            qualifiers.add(commas(row));
                        }
                    }
                }
                default -> parts.add(part(word));
            }
        }
        String last = entry.group(2) == null ? entry.group(1) : entry.group(2);
        int digits = entry.group(1).length();
        for (int n = Integer.parseInt(entry.group(1)); n <= Integer.parseInt(last); n++) {
            String ai = ("%0" + digits + "d").formatted(n);
            table.put(
                    ai,
                    new ApplicationIdentifier(
                            ai,
                            flags.contains("*"),
                            flags.contains("?"),
                            List.copyOf(parts),
                            List.copyOf(companions),
                            List.copyOf(strangers),
                            key,
                            List.copyOf(qualifiers),
                            title));
        }
    }

    private static Part part(String word) {
        Matcher part = PART.matcher(word);
        if (!part.matches()) {
            throw new IllegalStateException("not a part of a value: " + word);
        }
        int most = Integer.parseInt(part.group(4));
        List<String> linters =
                part.group(5).isEmpty() ? List.of() : commas(part.group(5).substring(1));
        linters.forEach(Linter::named);
        return new Part(
                CharacterSet.of(part.group(2).charAt(0)),
                part.group(3) == null ? most : 1,
                most,
                part.group(1) != null,
                linters);
    }

    private static List<String> commas(String text) {
        return List.of(text.split(",", -1));
    }
}
