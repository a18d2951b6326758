package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a report with who wrote and who released it.
 *
 * @param reason why it replaces the version before; null for the first
 * @param superseded whether a later version was entered over a draft, or released over this one
 */
public record WrittenReport(
        Report report,
        @Nullable String reason,
        UUID enteredBy,
        String enteredByName,
        Instant enteredAt,
        @Nullable UUID releasedBy,
        @Nullable String releasedByName,
        @Nullable Instant releasedAt,
        boolean superseded) {

    public Stage stage() {
        if (superseded) {
            return Stage.SUPERSEDED;
        }
        return releasedAt == null ? Stage.ENTERED : Stage.RELEASED;
    }
}
