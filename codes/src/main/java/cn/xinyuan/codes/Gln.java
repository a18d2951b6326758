package cn.xinyuan.codes;

import java.util.Optional;

/** The number of a party or a place: 13 digits (GS1 General Specifications, section 2.4). */
public record Gln(String digits) {

    private static final int LENGTH = 13;

    /**
     * @throws IllegalArgumentException if these are not 13 digits with the right check digit
     */
    public Gln {
        Mod10.demand("GLN", digits, LENGTH);
    }

    /** Reads what a person typed or a scanner sent; empty when that is no GLN. */
    public static Optional<Gln> read(String text) {
        String digits = text.strip();
        return Mod10.areDigits(digits, LENGTH) && Mod10.fits(digits)
                ? Optional.of(new Gln(digits))
                : Optional.empty();
    }

    /** Puts the check digit behind 12 digits: company prefix and location reference. */
    public static Gln withCheckDigit(String body) {
        if (!Mod10.areDigits(body, LENGTH - 1)) {
            throw new IllegalArgumentException("the body of a GLN has 12 digits: " + body);
        }
        return new Gln(body + Mod10.digit(body));
    }

    @Override
    public String toString() {
        return digits;
    }
}
