package cn.xinyuan.codes;

/** What a part of a value may be written with (GS1 General Specifications, section 7.11). */
public enum CharacterSet {
    /** Digits. */
    NUMERIC('N', "0123456789", Rule.NON_DIGIT_CHARACTER),
    /** The invariant characters of ISO/IEC 646, in the order of their values. */
    SET_82(
            'X',
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
            Rule.INVALID_CSET82_CHARACTER),
    /** For component and part identifiers. */
    SET_39('Y', "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", Rule.INVALID_CSET39_CHARACTER),
    /** File-safe base 64 (RFC 4648, section 5), at most two {@code =} at the end. */
    SET_64(
            'Z',
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
            Rule.INVALID_CSET64_CHARACTER);

    private final char letter;
    private final String characters;
    private final Rule broken;

    CharacterSet(char letter, String characters, Rule broken) {
        this.letter = letter;
        this.characters = characters;
        this.broken = broken;
    }

    static CharacterSet of(char letter) {
        for (CharacterSet set : values()) {
            if (set.letter == letter) {
                return set;
            }
        }
        throw new IllegalArgumentException("no character set " + letter);
    }

    /** The value of a character; -1 when it is not of this set. */
    int value(char c) {
        return characters.indexOf(c);
    }

    /** The first fault of a text, or {@link Fault#NONE}. */
    Fault look(String text) {
        String body = this == SET_64 ? text.replaceAll("=+$", "") : text;
        for (int i = 0; i < body.length(); i++) {
            if (value(body.charAt(i)) < 0) {
                return Fault.at(broken, i + 1);
            }
        }
        int padding = text.length() - body.length();
        // as the syntax tests of GS1 count it, though RFC 4648 pads to multiples of four
        if (padding > 2 || padding > 0 && text.length() % 3 != 0) {
            return Fault.at(Rule.INVALID_CSET64_PADDING, body.length() + 1);
        }
        return Fault.NONE;
    }
}
