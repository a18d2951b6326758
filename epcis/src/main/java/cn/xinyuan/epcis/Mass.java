package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Units of mass (UN/CEFACT recommendation 20), converted exactly. */
public final class Mass {

    /** The international avoirdupois pound, exact by the agreement of 1959. */
    public static final BigDecimal KILOGRAMS_PER_POUND = new BigDecimal("0.45359237");

    private static final Map<String, BigDecimal> KILOGRAMS =
            Map.of(
                    "KGM", BigDecimal.ONE,
                    "GRM", new BigDecimal("0.001"),
                    "MGM", new BigDecimal("0.000001"),
                    "DTN", new BigDecimal("100"),
                    "TNE", new BigDecimal("1000"),
                    "LBR", KILOGRAMS_PER_POUND,
                    "ONZ", new BigDecimal("0.028349523125"),
                    "STN", new BigDecimal("907.18474"));

    private Mass() {}

    /** Whether a unit measures mass. */
    public static boolean isUnit(@Nullable String uom) {
        return uom != null && KILOGRAMS.containsKey(uom);
    }

    /** The amount in kilograms, exact; empty when the unit measures something else. */
    public static Optional<BigDecimal> kilograms(BigDecimal amount, @Nullable String uom) {
        if (uom == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(KILOGRAMS.get(uom)).map(amount::multiply).map(Mass::plain);
    }

    private static BigDecimal plain(BigDecimal kilograms) {
        BigDecimal stripped = kilograms.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
