package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Labels that were sent to a printer.
 *
 * @param reason why labels were printed that had been printed before; null the first time
 * @param release the official's release that allowed it, where one was needed
 */
public record Printed(
        UUID id,
        CodeRange range,
        PrintSetting setting,
        @Nullable String reason,
        @Nullable UUID release,
        UUID by,
        String byName,
        Instant at) {

    /** Whether one of the labels had been printed before. */
    public boolean again() {
        return reason != null;
    }
}
