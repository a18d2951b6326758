package cn.xinyuan.codes;

import java.util.Optional;

/**
 * The number of a trade item (GS1 General Specifications, section 2.1), always held as 14 digits.
 * Labels that print 8, 12 or 13 are widened with leading zeros on the way in, so equal items are
 * equal records.
 */
public record Gtin(String digits) {

    private static final int LENGTH = 14;

    /**
     * @throws IllegalArgumentException if these are not 14 digits with the right check digit
     */
    public Gtin {
        Mod10.demand("GTIN", digits, LENGTH);
    }

    /** Reads what a person typed or a scanner sent; empty when that is no GTIN. */
    public static Optional<Gtin> read(String text) {
        String digits = text.strip();
        if (!digits.matches("[0-9]{8}|[0-9]{12,14}")) {
            return Optional.empty();
        }
        String wide = "0".repeat(LENGTH - digits.length()) + digits;
        return Mod10.fits(wide) ? Optional.of(new Gtin(wide)) : Optional.empty();
    }

    /**
     * Puts the check digit behind a body.
     *
     * @param body 1 to 13 digits: company prefix and item reference, an indicator before them if
     *     any
     */
    public static Gtin withCheckDigit(String body) {
        if (!body.matches("[0-9]{1,13}")) {
            throw new IllegalArgumentException("the body of a GTIN has 1 to 13 digits: " + body);
        }
        String wide = "0".repeat(LENGTH - 1 - body.length()) + body;
        return new Gtin(wide + Mod10.digit(wide));
    }

    /** As it stands under a bar code: 13 digits where a leading zero allows it. */
    public String printed() {
        return digits.startsWith("0") ? digits.substring(1) : digits;
    }

    @Override
    public String toString() {
        return digits;
    }
}
