package cn.xinyuan.codes;

import java.util.Optional;

/** The number of a shipped unit: 18 digits (GS1 General Specifications, section 2.2). */
public record Sscc(String digits) {

    private static final int LENGTH = 18;

    /**
     * @throws IllegalArgumentException if these are not 18 digits with the right check digit
     */
    public Sscc {
        Mod10.demand("SSCC", digits, LENGTH);
    }

    /** Reads what a person typed or a scanner sent; empty when that is no SSCC. */
    public static Optional<Sscc> read(String text) {
        String digits = text.strip();
        return Mod10.areDigits(digits, LENGTH) && Mod10.fits(digits)
                ? Optional.of(new Sscc(digits))
                : Optional.empty();
    }

    /** Puts the check digit behind 17 digits: extension, company prefix, serial reference. */
    public static Sscc withCheckDigit(String body) {
        if (!Mod10.areDigits(body, LENGTH - 1)) {
            throw new IllegalArgumentException("the body of an SSCC has 17 digits: " + body);
        }
        return new Sscc(body + Mod10.digit(body));
    }

    @Override
    public String toString() {
        return digits;
    }
}
