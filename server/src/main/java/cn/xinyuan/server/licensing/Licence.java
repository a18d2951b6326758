package cn.xinyuan.server.licensing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A licence to use the mark.
 *
 * @param number such as 信-4409-2025-0137
 * @param yearlyKg the quantity that may carry the mark in one season, in kilograms
 */
public record Licence(
        UUID id,
        String number,
        UUID party,
        UUID product,
        LocalDate from,
        LocalDate until,
        BigDecimal yearlyKg,
        Standing standing,
        @Nullable String reason) {

    /** Where a licence stands. EXPIRED follows from the day, it is not a decision. */
    public enum Standing {
        IN_FORCE,
        SUSPENDED,
        REVOKED,
        EXPIRED
    }
}
