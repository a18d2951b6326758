package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * The hidden code of an item: 6 characters under a scratch panel, with which the buyer confirms the
 * first use. It follows from the item code and a subkey of its own (the first 30 bits of
 * HMAC-SHA256, in national mode HMAC-SM3), so nobody stores it, and whoever sees the item code
 * alone guesses it with probability 2⁻³⁰ at each try ({@code docs/code-format.md}).
 *
 * @param text 6 characters of {@link ItemCode#ALPHABET}
 */
public record ScratchCode(String text) {

    /** How many characters it has. */
    public static final int LENGTH = 6;

    private static final int BITS_OF_CHARACTER = 5;

    /**
     * @throws IllegalArgumentException if these are not 6 such characters
     */
    public ScratchCode {
        if (text.length() != LENGTH
                || text.chars().anyMatch(c -> ItemCode.ALPHABET.indexOf(c) < 0)) {
            throw new IllegalArgumentException("a scratch code has 6 characters: '" + text + "'");
        }
    }

    /** The one of an item, from the first bytes of its keyed hash. */
    static ScratchCode of(byte[] hash) {
        int bits = ByteBuffer.wrap(hash).getInt() >>> 2;
        var text = new StringBuilder(LENGTH);
        for (int i = LENGTH - 1; i >= 0; i--) {
            text.append(ItemCode.ALPHABET.charAt(bits >>> i * BITS_OF_CHARACTER & 31));
        }
        return new ScratchCode(text.toString());
    }

    /**
     * Reads what a person typed: spaces, hyphens, small and full-width letters are let pass, O
     * counts as 0, I and L count as 1. Empty when it cannot be one.
     */
    public static Optional<ScratchCode> read(String typed) {
        if (typed.length() > 100) {
            return Optional.empty();
        }
        String text =
                Plain.letters(typed)
                        .toUpperCase(Locale.ROOT)
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        boolean fits =
                text.length() == LENGTH
                        && text.chars().allMatch(c -> ItemCode.ALPHABET.indexOf(c) >= 0);
        return fits ? Optional.of(new ScratchCode(text)) : Optional.empty();
    }

    /** Compares in a time that tells nothing of where they differ. */
    public boolean is(ScratchCode other) {
        return MessageDigest.isEqual(text.getBytes(US_ASCII), other.text.getBytes(US_ASCII));
    }

    /** Three and three, as it is printed. */
    public String grouped() {
        return text.substring(0, 3) + " " + text.substring(3);
    }
}
