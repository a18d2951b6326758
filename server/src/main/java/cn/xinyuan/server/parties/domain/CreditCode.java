package cn.xinyuan.server.parties.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The unified social credit code of a body (GB 32100-2015): 18 characters of an alphabet without I,
 * O, S, V and Z, the last a check character over the others with the weights 3^i mod 31.
 */
public record CreditCode(String text) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public CreditCode {
        if (!isRight(text)) {
            throw new IllegalArgumentException("not a unified social credit code: '" + text + "'");
        }
    }

    /** As people type it: case, width and spaces do not matter. */
    public static Optional<CreditCode> read(String typed) {
        String plain =
                Normalizer.normalize(typed, Normalizer.Form.NFKC)
                        .replaceAll("\\s", "")
                        .toUpperCase(Locale.ROOT);
        return isRight(plain) ? Optional.of(new CreditCode(plain)) : Optional.empty();
    }

    private static boolean isRight(String text) {
        if (text.length() != 18) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.indexOf(text.charAt(17)) == (31 - sum % 31) % 31;
    }
}
