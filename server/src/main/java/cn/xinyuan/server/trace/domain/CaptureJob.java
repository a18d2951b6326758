package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.EpcisProblem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * One captured document and what became of it (EPCIS 2.0, 8.2.7).
 *
 * @param finishedAt null while the document is still being worked off
 * @param proceed whether good events were kept although others were refused
 * @param captured events that are new
 * @param repeated events that were known already and changed nothing
 * @param unbalanced new events that do not balance and are marked
 * @param party the party it was captured for; null for an administrator
 */
@NullMarked
public record CaptureJob(
        UUID id,
        Instant createdAt,
        @Nullable Instant finishedAt,
        boolean proceed,
        boolean success,
        int captured,
        int repeated,
        int unbalanced,
        List<Fault> errors,
        List<Doubt> warnings,
        UUID account,
        @Nullable UUID party) {

    public CaptureJob {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Whether the document is still being worked off. */
    public boolean running() {
        return finishedAt == null;
    }

    /**
     * Why an event was refused.
     *
     * @param type the exception type of the standard, such as {@code
     *     epcisException:ValidationException}
     * @param pointer the place in the document, as JSON pointer
     */
    public record Fault(String type, String title, int status, String detail, String pointer) {

        /** An event that cannot be understood. */
        public static Fault invalid(EpcisProblem problem) {
            return new Fault(
                    "epcisException:ValidationException",
                    "The event cannot be understood",
                    400,
                    problem.text() + "; " + problem.fix(),
                    problem.pointer());
        }
    }

    /** What is doubtful about an event that was kept. */
    public record Doubt(String event, String pointer, String text) {}
}
