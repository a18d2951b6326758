package cn.xinyuan.epcis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The problems of one event, or of the head of a document, weighed by a strictness. */
final class Findings {

    /** Problems told of one event; the rest is counted. */
    static final int MOST = 1_000;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Set<String> SCHEMES =
            Set.of("http", "https", "urn", "ni", "tag", "did", "sbdh");

    private final Strictness strictness;
    private final Map<String, String> prefixes;
    private final List<EpcisProblem> all = new ArrayList<>();
    private boolean grave;

    Findings(Strictness strictness, Context context) {
        this.strictness = strictness;
        this.prefixes = context.prefixes();
    }

    void add(Check check, String place, String text, String fix) {
        Severity severity = strictness.of(check);
        if (severity == Severity.PASS) {
            return;
        }
        boolean refuses = severity == Severity.REFUSE;
        if (all.size() < MOST || refuses && !grave) {
            all.add(new EpcisProblem(place, refuses, text, fix, check));
        }
        grave |= refuses;
    }

    boolean grave() {
        return grave;
    }

    List<EpcisProblem> all() {
        return List.copyOf(all);
    }

    List<EpcisProblem> graveOnes() {
        return all.stream().filter(EpcisProblem::grave).toList();
    }

    /** Whether a time is none in which food was traced. */
    boolean absurd(EpcisTime time) {
        Instant at = time.at();
        return at.isBefore(FIRST)
                || at.isAfter(strictness.clock().instant().plus(Duration.ofDays(3653)));
    }

    /** Whether a time lies more than a day ahead. */
    boolean ahead(EpcisTime time) {
        return time.at().isAfter(strictness.clock().instant().plus(Duration.ofDays(1)));
    }

    /** Whether a prefix is declared, the standard's own, or the scheme of an IRI. */
    boolean declared(String prefix, String rest) {
        return prefixes.containsKey(prefix)
                || Namespaces.STANDARD.containsKey(prefix)
                || SCHEMES.contains(prefix)
                || rest.startsWith("//");
    }

    /** Takes up the prefixes that an event declares for itself. */
    void declare(Context own) {
        prefixes.putAll(own.prefixes());
    }
}
