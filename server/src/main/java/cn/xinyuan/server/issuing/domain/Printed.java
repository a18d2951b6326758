package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Labels that were sent to a printer.
 *
 * @param position where on the first sheet, 1 to 24, row by row
 * @param rightMm how far the whole print is moved to the right, in millimetres; downMm likewise
 * @param reason why labels were printed that had been printed before; null the first time
 */
public record Printed(
        UUID id,
        CodeRange range,
        int position,
        BigDecimal rightMm,
        BigDecimal downMm,
        @Nullable String reason,
        UUID by,
        String byName,
        Instant at) {}
