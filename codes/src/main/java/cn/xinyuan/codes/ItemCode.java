package cn.xinyuan.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The code on one sales unit: 16 characters out of 32 (digits and capitals without I, L, O and U),
 * of which 15 carry 75 bits and the last is a check character.
 *
 * <p>The check is a code over the field GF(32) with the polynomial x⁵ + x² + 1: the characters c₀ …
 * c₁₅ of a good code satisfy Σ αⁱ·cᵢ = 0. The weights αⁱ are all different from zero and from each
 * other (α has order 31), so one wrong character and two exchanged characters, neighbours or not,
 * never go unnoticed; of any other error 31 in 32 are found. The check protects against misreading
 * only; forgery is {@link CodeEngine}'s business.
 */
public final class ItemCode {

    /** How many characters a code has. */
    public static final int LENGTH = 16;

    /** The 32 characters, in the order of their values. */
    public static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static final int LOW_BITS = 35;

    private static final int CHARACTERS = 15;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long HIGH_LIMIT = 1L << 40;

    private static final byte[] VALUE = new byte[128];

    /** αⁱ·v at [i·32 + v]. */
    private static final byte[] WEIGHED = new byte[LENGTH * 32];

    /** Two characters of ten bits, as they lie in a file; and what they add to the check. */
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final short[] PAIR = new short[1024];
    private static final byte[] PAIR_CHECK = new byte[8 * 1024];
    private static final byte[] CHARACTER = ALPHABET.getBytes(StandardCharsets.US_ASCII);

    static {
        Arrays.fill(VALUE, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUE[ALPHABET.charAt(i)] = (byte) i;
        }
        int[] power = new int[31];
        power[0] = 1;
        for (int i = 1; i < 31; i++) {
            power[i] = times(power[i - 1], 2);
        }
        for (int v = 0; v < 32; v++) {
            for (int i = 0; i < LENGTH; i++) {
                WEIGHED[i * 32 + v] = (byte) times(power[i], v);
            }
        }
        for (int two = 0; two < 1024; two++) {
            PAIR[two] = (short) (CHARACTER[two >>> 5] << 8 | CHARACTER[two & 31]);
            for (int p = 0; p < 8; p++) {
                // α¹⁵·c₁₅ = the sum of the others, because minus is plus
                int first = times(power[(2 * p + 31 - CHARACTERS) % 31], two >>> 5);
                int second = times(power[(2 * p + 32 - CHARACTERS) % 31], two & 31);
                PAIR_CHECK[p << 10 | two] = (byte) (first ^ second);
            }
        }
    }

    private final String text;
    private final long high;
    private final long low;

    /**
     * @param text the 16 characters, capitals, without spaces
     * @throws IllegalArgumentException if this is no code in its normal form
     */
    public ItemCode(String text) {
        int check = check(text);
        if (check < 0) {
            throw new IllegalArgumentException(
                    "a code has 16 characters of " + ALPHABET + ": '" + text + "'");
        }
        if (check > 0) {
            throw new IllegalArgumentException("the check character does not fit: " + text);
        }
        this.text = text;
        this.high = bits(text, 0, 8);
        this.low = bits(text, 8, CHARACTERS);
    }

    private ItemCode(String text, long high, long low) {
        this.text = text;
        this.high = high;
        this.low = low;
    }

    /** The 16 characters, capitals, without spaces. */
    public String text() {
        return text;
    }

    /** Reads what a person typed or a scanner sent; empty when it cannot be a code. */
    public static Optional<ItemCode> read(String typed) {
        if (check(typed) == 0) {
            return Optional.of(new ItemCode(typed, bits(typed, 0, 8), bits(typed, 8, CHARACTERS)));
        }
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
        return check(text) == 0
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

    /**
     * The code on a label, when a whole address was scanned or pasted: what stands behind the last
     * {@code /T/} or, of a Digital Link, behind {@code /21/}, up to the next mark; any other text
     * as it is. Whether it is a code, {@link #examine} says.
     */
    public static String onLabel(String scanned) {
        if (scanned.length() > 2_000) {
            return scanned;
        }
        String upper = scanned.toUpperCase(Locale.ROOT);
        int ours = upper.lastIndexOf("/T/");
        int link = upper.lastIndexOf("/21/");
        if (ours < 0 && link < 0) {
            return scanned;
        }
        int at = ours > link ? ours + 3 : link + 4;
        int end = at;
        while (end < scanned.length() && "?#/&; ".indexOf(scanned.charAt(end)) < 0) {
            end++;
        }
        return scanned.substring(at, end);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ItemCode code && code.high == high && code.low == low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
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
        byte[] text = new byte[LENGTH];
        write(high, low, text, 0);
        return new ItemCode(new String(text, StandardCharsets.US_ASCII), high, low);
    }

    /** The same into a place of 16 bytes, unchecked. */
    static void write(long high, long low, byte[] into, int at) {
        int check = 0;
        for (int p = 0; p < 4; p++) {
            int two = (int) (high >>> 30 - 10 * p) & 1023;
            SHORT.set(into, at + 2 * p, PAIR[two]);
            check ^= PAIR_CHECK[p << 10 | two];
        }
        for (int p = 4; p < 7; p++) {
            int two = (int) (low >>> 65 - 10 * p) & 1023;
            SHORT.set(into, at + 2 * p, PAIR[two]);
            check ^= PAIR_CHECK[p << 10 | two];
        }
        int last = (int) low & 31;
        check ^= PAIR_CHECK[7 << 10 | last << 5];
        SHORT.set(into, at + 14, PAIR[last << 5 | check]);
    }

    /** The upper 40 of the 75 bits. */
    long high() {
        return high;
    }

    /** The lower 35 of the 75 bits. */
    long low() {
        return low;
    }

    private static long bits(String text, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 5 | VALUE[text.charAt(i)];
        }
        return bits;
    }

    private static int value(int c) {
        return c < VALUE.length ? VALUE[c] : -1;
    }

    /** Σ αⁱ·cᵢ: 0 for a good code; -1 when these are not 16 characters of a code. */
    private static int check(String text) {
        if (text.length() != LENGTH) {
            return -1;
        }
        int sum = 0;
        int strange = 0;
        for (int i = 0; i < LENGTH; i++) {
            int value = value(text.charAt(i));
            strange |= value;
            sum ^= WEIGHED[i * 32 + (value & 31)];
        }
        return strange < 0 ? -1 : sum;
    }

    /** The product in GF(32) with x⁵ + x² + 1. */
    private static int times(int a, int b) {
        int product = 0;
        for (int bit = 4; bit >= 0; bit--) {
            product <<= 1;
            if (product > 31) {
                product ^= 0b100101;
            }
            if ((b >>> bit & 1) != 0) {
                product ^= a;
            }
        }
        return product;
    }
}
