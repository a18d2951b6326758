package cn.xinyuan.server.parties;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of land that bears one crop of one variety.
 *
 * @param number such as 根子-03, unique within the party
 * @param party the cooperative or firm that sells the harvest
 * @param farmer the person who works it; null where the party does so itself
 * @param areaMu area in mu (1 mu = 2000/3 m²)
 * @param crop product category, such as {@code litchi}
 * @param district nine-digit town code
 */
public record Plot(
        UUID id,
        UUID base,
        String number,
        UUID party,
        @Nullable UUID farmer,
        BigDecimal areaMu,
        String crop,
        String variety,
        String district) {

    /** Area in square metres, rounded to two decimals. */
    public BigDecimal areaSquareMetres() {
        return areaMu.multiply(BigDecimal.valueOf(2000))
                .divide(BigDecimal.valueOf(3), 2, RoundingMode.HALF_UP);
    }
}
