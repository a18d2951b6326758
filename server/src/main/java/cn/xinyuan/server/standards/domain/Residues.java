package cn.xinyuan.server.standards.domain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which substances a residue definition takes in. A limit of GB 2763 stands for a definition, such
 * as 氯氟氰菊酯和高效氯氟氰菊酯, of which the first substance is the one whose isomers are measured together.
 */
public final class Residues {

    private final Map<String, List<String>> members = new LinkedHashMap<>();
    private final Map<String, String> definitionOf = new LinkedHashMap<>();

    /**
     * @param members definition to its substances, the first named first
     */
    public Residues(Map<String, List<String>> members) {
        members.forEach(
                (definition, names) -> {
                    List<String> plain = names.stream().map(Residues::plain).toList();
                    this.members.put(plain(definition), plain);
                    plain.forEach(name -> definitionOf.put(name, plain(definition)));
                });
    }

    /** The substances named in a definition; empty if the text is no definition but a name. */
    public static List<String> named(String definition) {
        var names = new ArrayList<String>();
        for (String name : definition.split("[和及、]", -1)) {
            if (!name.isBlank()) {
                names.add(plain(name));
            }
        }
        return names.size() > 1 ? names : List.of();
    }

    /** What a result for the substance is judged as: its definition, or itself. */
    public String indicator(String substance) {
        String plain = plain(substance);
        return members.containsKey(plain) ? plain : definitionOf.getOrDefault(plain, plain);
    }

    /**
     * Whether a test for {@code tested} says something about {@code used}: the same substance, or
     * the definition (or its first substance, whose isomers are measured together) that takes in
     * {@code used}. A test for one isomer alone says nothing about the mixture.
     */
    public boolean covers(String tested, String used) {
        String test = plain(tested);
        String use = plain(used);
        if (test.equals(use)) {
            return true;
        }
        String definition = definitionOf.get(use);
        return definition != null
                && (test.equals(definition)
                        || test.equals(members.getOrDefault(definition, List.of("")).getFirst()));
    }

    /** A substance's name without blanks and in ordinary width. */
    static String plain(String substance) {
        return Normalizer.normalize(substance, Normalizer.Form.NFKC).replaceAll("\\s", "");
    }
}
