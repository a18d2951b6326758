package cn.xinyuan.server.licensing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An on-site check (现场核查) for an application: a list of clauses, each looked at on the spot.
 *
 * @param round 1 for the first visit of a case; a later one follows unmet clauses
 * @param scheme the list it goes by, such as {@code 信-荔枝-现场/1}; a concluded visit keeps the wording
 *     it was made by
 * @param conclusion null as long as nobody has been there
 */
public record Visit(
        UUID id,
        UUID application,
        int round,
        String scheme,
        List<Clause> clauses,
        Instant openedAt,
        @Nullable Conclusion conclusion) {

    public Visit {
        clauses = List.copyOf(clauses);
    }

    /** One thing to look at; {@code code} is its number in the scheme, such as {@code B2}. */
    public record Clause(String code, String group, String text) {}

    /** What was found of one clause. */
    public enum Answer {
        MET,
        UNMET,
        NOT_APPLICABLE
    }

    /**
     * The answer to a clause; {@code note} says what was seen, and is empty only when it is met.
     */
    public record Finding(String clause, Answer answer, String note) {}

    /**
     * What came of it, for good.
     *
     * @param inspector name of the officer, as signed
     * @param host name of whoever was there for the producer, as signed
     */
    public record Conclusion(
            List<Finding> findings, String inspector, String host, UUID by, Instant at) {

        public Conclusion {
            findings = List.copyOf(findings);
        }

        public long count(Answer answer) {
            return findings.stream().filter(f -> f.answer() == answer).count();
        }
    }

    public boolean isOpen() {
        return conclusion == null;
    }

    /** Whether somebody has been there and nothing is left to be mended. */
    public boolean isPassed() {
        return conclusion != null && conclusion.count(Answer.UNMET) == 0;
    }

    /** Every clause with the same answer, as it is ticked at one go. */
    public List<Finding> all(Answer answer) {
        return clauses.stream().map(c -> new Finding(c.code(), answer, "")).toList();
    }
}
