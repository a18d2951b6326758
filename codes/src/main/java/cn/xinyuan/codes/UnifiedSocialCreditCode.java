package cn.xinyuan.codes;

import java.util.Locale;
import java.util.Optional;

/**
 * 统一社会信用代码: the number of a legal person in China (GB 32100-2015). 18 characters out of 31 (digits
 * and capitals without I, O, S, V, Z): registering authority, kind, six digits of the division,
 * nine characters of the body (GB 11714), and a check character after ISO 7064 MOD 31-3.
 */
public record UnifiedSocialCreditCode(String text) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;
    private static final int MODULUS = 31;

    /**
     * @throws IllegalArgumentException with the sentence that {@link #problem} would give
     */
    public UnifiedSocialCreditCode {
        Optional<String> wrong = problem(text);
        if (wrong.isPresent() || !text.equals(tidy(text))) {
            throw new IllegalArgumentException(wrong.orElse("not in its normal form: " + text));
        }
    }

    /** Reads what a person typed, spaces and small letters included; empty when it is no code. */
    public static Optional<UnifiedSocialCreditCode> read(String typed) {
        return problem(typed).isPresent()
                ? Optional.empty()
                : Optional.of(new UnifiedSocialCreditCode(tidy(typed)));
    }

    /** What is wrong with a typed code, in words for the person who typed it; empty if nothing. */
    public static Optional<String> problem(String typed) {
        String text = tidy(typed);
        if (text.isEmpty()) {
            return Optional.of("请填写统一社会信用代码（18 位）");
        }
        if (text.length() < LENGTH) {
            return Optional.of(
                    "少了 %d 位：已输入 %d 位，应为 18 位".formatted(LENGTH - text.length(), text.length()));
        }
        if (text.length() > LENGTH) {
            return Optional.of(
                    "多了 %d 位：已输入 %d 位，应为 18 位".formatted(text.length() - LENGTH, text.length()));
        }
        for (int i = 0; i < LENGTH; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return Optional.of(
                        "第 %d 位“%s”不会出现在统一社会信用代码中（不用字母 I、O、S、V、Z）"
                                .formatted(i + 1, text.charAt(i)));
            }
        }
        for (int i = 2; i < 8; i++) {
            if (text.charAt(i) > '9') {
                return Optional.of(
                        "第 3 至 8 位是行政区划代码，应为数字；第 %d 位是“%s”".formatted(i + 1, text.charAt(i)));
            }
        }
        char due = checkCharacter(text.substring(0, LENGTH - 1));
        return text.charAt(LENGTH - 1) == due
                ? Optional.empty()
                : Optional.of(
                        "校验不符：前 17 位对应的最后一位应为 %s，输入的是 %s；请核对有没有抄错"
                                .formatted(due, text.charAt(LENGTH - 1)));
    }

    /**
     * The check character that belongs behind the first 17 characters.
     *
     * @throws IllegalArgumentException if these are not 17 characters of the alphabet
     */
    public static char checkCharacter(String body) {
        if (body.length() != LENGTH - 1) {
            throw new IllegalArgumentException("17 characters come before the check: " + body);
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < body.length(); i++) {
            int value = ALPHABET.indexOf(body.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not a character of the code: " + body);
            }
            sum += value * weight;
            weight = weight * 3 % MODULUS;
        }
        return ALPHABET.charAt((MODULUS - sum % MODULUS) % MODULUS);
    }

    private static String tidy(String typed) {
        return Plain.letters(typed).toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
