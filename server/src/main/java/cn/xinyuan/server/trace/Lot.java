package cn.xinyuan.server.trace;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lot as it stands now.
 *
 * @param number such as L250611-GW-03, unique on the platform; what a label shows
 * @param maker the party that made the lot
 * @param kilograms what the lot held when it was made
 * @param packs sales units when made; 0 for bulk
 * @param product the product of a packing lot; null for bulk lots
 * @param held why the lot is held; null when it is free
 */
public record Lot(
        UUID id,
        String number,
        Kind kind,
        UUID maker,
        String category,
        String variety,
        String grade,
        @Nullable UUID product,
        BigDecimal kilograms,
        long packs,
        LocalDate day,
        String district,
        @Nullable String held) {

    /** How a lot came to be. FOREIGN lots are known from captured events only. */
    public enum Kind {
        HARVEST,
        MERGED,
        SORTED,
        PACKED,
        SPLIT,
        FOREIGN
    }
}
