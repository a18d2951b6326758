package cn.xinyuan.codes;

/** The check digit of all GS1 keys: GS1 General Specifications, section 7.9. */
final class Mod10 {

    private Mod10() {}

    /** The digit that belongs behind {@code body}; weights run 3, 1, 3, 1 … from the right. */
    static char digit(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    static boolean fits(String digits) {
        int last = digits.length() - 1;
        return digits.charAt(last) == digit(digits.substring(0, last));
    }

    static boolean areDigits(String text, int length) {
        return text.length() == length && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Refuses what is not {@code length} digits with the right one at the end. */
    static void demand(String name, String digits, int length) {
        if (!areDigits(digits, length)) {
            throw new IllegalArgumentException(
                    "a %s has %d digits: '%s'".formatted(name, length, digits));
        }
        if (!fits(digits)) {
            throw new IllegalArgumentException(
                    "%s %s should end in %s"
                            .formatted(name, digits, digit(digits.substring(0, length - 1))));
        }
    }
}
