package cn.xinyuan.epcis;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GS1 company prefixes whose length is known: given by their owners, or learnt from EPC URNs. A
 * Digital Link can be written as EPC URN only with one of them.
 */
public final class CompanyPrefixes {

    private final Set<String> known = new HashSet<>();
    private final Map<String, Integer> lengths;

    /** None known yet. */
    public CompanyPrefixes() {
        this(Map.of());
    }

    /**
     * Those that follow from their first digits; the longest matching entry counts.
     *
     * @param lengths how many digits a company prefix has, 6 to 12, by its first digits
     */
    public CompanyPrefixes(Map<String, Integer> lengths) {
        this.lengths = Map.copyOf(lengths);
    }

    /** The same, to learn more without telling this one. */
    CompanyPrefixes copy() {
        CompanyPrefixes copy = new CompanyPrefixes(lengths);
        copy.known.addAll(known);
        return copy;
    }

    /** Those given: 6 to 12 digits each. */
    public CompanyPrefixes(Collection<String> prefixes) {
        this(Map.of());
        prefixes.forEach(this::add);
    }

    /**
     * Takes one up.
     *
     * @throws IllegalArgumentException if it is no 6 to 12 digits
     */
    public void add(String prefix) {
        if (!prefix.matches("[0-9]{6,12}")) {
            throw new IllegalArgumentException("no company prefix: " + prefix);
        }
        known.add(prefix);
    }

    /** Learns from an identifier when it is an EPC URN. */
    public void learn(String identifier) {
        Identifier.of(identifier).companyPrefix().ifPresent(known::add);
    }

    /** The longest known prefix that the digits begin with. */
    Optional<String> of(String digits) {
        for (int length = Math.min(12, digits.length()); length >= 6; length--) {
            String prefix = digits.substring(0, length);
            if (known.contains(prefix)) {
                return Optional.of(prefix);
            }
        }
        for (int i = Math.min(12, digits.length()); i > 0; i--) {
            Integer length = lengths.get(digits.substring(0, i));
            if (length != null) {
                return length >= 6 && length <= digits.length()
                        ? Optional.of(digits.substring(0, length))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
