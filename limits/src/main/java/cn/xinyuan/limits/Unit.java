package cn.xinyuan.limits;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * A mass fraction. All units differ by powers of ten, so conversion moves the decimal point and
 * keeps the significant figures.
 */
public enum Unit {
    MG_PER_KG("mg/kg", -6),
    UG_PER_KG("µg/kg", -9),
    PERCENT("%", -2);

    private final String symbol;
    private final int exponent;

    Unit(String symbol, int exponent) {
        this.symbol = symbol;
        this.exponent = exponent;
    }

    /** As printed in a standard, such as {@code mg/kg}. */
    public String symbol() {
        return symbol;
    }

    /**
     * Reads what people write: {@code mg/kg}, {@code μg/kg} with either mu, {@code ug/kg}, {@code
     * ppm}, {@code ppb}, {@code %}, {@code g/100g}, in any case and with full-width signs. Empty
     * for anything else.
     */
    public static Optional<Unit> read(String text) {
        String plain =
                text.strip()
                        .replace(" ", "")
                        .replace('μ', 'u')
                        .replace('µ', 'u')
                        .replace('／', '/')
                        .replace('％', '%')
                        .toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "mg/kg", "ppm", "毫克/千克" -> Optional.of(MG_PER_KG);
            case "ug/kg", "ppb", "微克/千克" -> Optional.of(UG_PER_KG);
            case "%", "g/100g" -> Optional.of(PERCENT);
            default -> Optional.empty();
        };
    }

    /** The same content in another unit, with as many significant figures as before. */
    public BigDecimal to(Unit other, BigDecimal value) {
        if (this == other) {
            return value;
        }
        BigDecimal moved = value.scaleByPowerOfTen(exponent - other.exponent);
        return moved.scale() < 0 ? moved.setScale(0) : moved;
    }
}
