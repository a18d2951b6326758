package cn.xinyuan.codes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The code on one sales unit: 16 characters out of 32 (digits and capitals without I, L, O and U),
 * of which 15 carry 75 bits and the last is a check character.
 *
 * <p>The check is a code over the field GF(32) with the polynomial x⁵ + x² + 1: the characters c₀ …
 * c₁₅ of a good code satisfy Σ αⁱ·cᵢ = 0. The weights αⁱ are all different from zero and from each
 * other (α has order 31), so one wrong character and two exchanged characters, neighbours or not,
 * never go unnoticed; of any other error 31 in 32 are found. The check protects against misreading
 * only; forgery is {@link CodeEngine}'s business.
 *
 * @param text the 16 characters, capitals, without spaces
 */
public record ItemCode(String text) {

    /** How many characters a code has. */
    public static final int LENGTH = 16;

    /** The 32 characters, in the order of their values. */
    public static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int CHARACTERS = 15;
    private static final int LOW_BITS = 35;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long HIGH_LIMIT = 1L << 40;

    /** α⁰ … α³⁰, twice, so that exponents need no reduction; and the logarithms to α. */
    private static final int[] POWER = new int[62];

    private static final int[] LOG = new int[32];
    private static final int[] VALUE = new int[128];

    static {
        int power = 1;
        for (int i = 0; i < 31; i++) {
            POWER[i] = power;
            POWER[i + 31] = power;
            LOG[power] = i;
            power <<= 1;
            if (power > 31) {
                power ^= 0b100101;
            }
        }
        Arrays.fill(VALUE, -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUE[ALPHABET.charAt(i)] = i;
        }
    }

    /**
     * @throws IllegalArgumentException if this is no code in its normal form
     */
    public ItemCode {
        if (text.length() != LENGTH || text.chars().anyMatch(c -> value(c) < 0)) {
            throw new IllegalArgumentException(
                    "a code has 16 characters of " + ALPHABET + ": '" + text + "'");
        }
        if (text.charAt(CHARACTERS) != checkCharacter(text)) {
            throw new IllegalArgumentException("the check character does not fit: " + text);
        }
    }

    /** Reads what a person typed or a scanner sent; empty when it cannot be a code. */
    public static Optional<ItemCode> read(String typed) {
        return examine(typed) instanceof Reading.Good good
                ? Optional.of(good.code())
                : Optional.empty();
    }

    /**
     * Reads what a person typed. Spaces, hyphens, small and full-width letters are let pass, O
     * counts as 0, I and L count as 1.
     */
    public static Reading examine(String typed) {
        if (typed.length() > 400) {
            return new Reading.WrongLength(typed.length());
        }
        String text =
                Plain.letters(typed)
                        .toUpperCase(Locale.ROOT)
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        int place = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            place++;
            if (value(c) < 0) {
                return new Reading.StrangeCharacter(Character.toString(c), place);
            }
            i += Character.charCount(c);
        }
        if (text.length() != LENGTH) {
            return new Reading.WrongLength(text.length());
        }
        return text.charAt(CHARACTERS) == checkCharacter(text)
                ? new Reading.Good(new ItemCode(text))
                : new Reading.CheckDoesNotFit(text);
    }

    /** What a typed text turned out to be. */
    public sealed interface Reading {

        /** A code; whether it was ever issued is another question. */
        record Good(ItemCode code) implements Reading {}

        /** Too few or too many characters. */
        record WrongLength(int entered) implements Reading {}

        /** A character that no code has; {@code place} counts from 1. */
        record StrangeCharacter(String character, int place) implements Reading {}

        /** Sixteen good characters that do not belong together: one of them is misread. */
        record CheckDoesNotFit(String entered) implements Reading {}

        /** What to tell the reader in Chinese; empty for a code. */
        default String problem() {
            return switch (this) {
                case Good good -> "";
                case WrongLength(int entered) when entered == 0 -> "请输入 16 位信源码";
                case WrongLength(int entered) when entered < LENGTH ->
                        "少了 %d 位：已输入 %d 位，应为 16 位".formatted(LENGTH - entered, entered);
                case WrongLength(int entered) ->
                        "多了 %d 位：已输入 %d 位，应为 16 位".formatted(entered - LENGTH, entered);
                case StrangeCharacter(String character, int place) ->
                        "第 %d 位“%s”不会出现在码里：只有数字和字母，没有 I、L、O、U".formatted(place, character);
                case CheckDoesNotFit wrong -> "校验不符：可能有一位看错或抄错，请对照标签再核对一遍";
            };
        }

        /** What to tell the reader in English; empty for a code. */
        default String problemInEnglish() {
            return switch (this) {
                case Good good -> "";
                case WrongLength(int entered) when entered == 0 -> "Enter the 16-character code";
                case WrongLength(int entered) when entered < LENGTH ->
                        "%d missing: you entered %d characters, a code has 16"
                                .formatted(LENGTH - entered, entered);
                case WrongLength(int entered) ->
                        "%d too many: you entered %d characters, a code has 16"
                                .formatted(entered - LENGTH, entered);
                case StrangeCharacter(String character, int place) ->
                        "Character %d, “%s”, is in no code: digits and letters only, never I, L, O or U"
                                .formatted(place, character);
                case CheckDoesNotFit wrong ->
                        "The check character does not fit: one character is probably misread";
            };
        }
    }

    /** In groups of four, as it is printed: {@code XXXX XXXX XXXX XXXX}. */
    public String grouped() {
        return text.substring(0, 4)
                + " "
                + text.substring(4, 8)
                + " "
                + text.substring(8, 12)
                + " "
                + text.substring(12);
    }

    /** The first and the last four characters, for lists that outsiders may see. */
    public String masked() {
        return text.substring(0, 4) + " **** **** " + text.substring(12);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Writes 75 bits, the upper 40 and the lower 35, and puts the check character behind them. */
    static ItemCode ofBits(long high, long low) {
        if (high < 0 || high >= HIGH_LIMIT || low < 0 || low > LOW_MASK) {
            throw new IllegalArgumentException("more than 75 bits");
        }
        var text = new StringBuilder(LENGTH);
        for (int shift = 35; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (high >>> shift) & 31));
        }
        for (int shift = 30; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (low >>> shift) & 31));
        }
        text.append(checkCharacter(text));
        return new ItemCode(text.toString());
    }

    /** The upper 40 of the 75 bits. */
    long high() {
        return bits(0, 8);
    }

    /** The lower 35 of the 75 bits. */
    long low() {
        return bits(8, CHARACTERS);
    }

    private long bits(int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 5 | value(text.charAt(i));
        }
        return bits;
    }

    private static int value(int c) {
        return c < VALUE.length ? VALUE[c] : -1;
    }

    private static char checkCharacter(CharSequence text) {
        int sum = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            int value = value(text.charAt(i));
            if (value != 0) {
                sum ^= POWER[LOG[value] + i];
            }
        }
        // α¹⁵·c₁₅ = sum, because minus is plus
        return ALPHABET.charAt(sum == 0 ? 0 : POWER[(LOG[sum] + 31 - CHARACTERS) % 31]);
    }
}
