package cn.xinyuan.codes;

import java.text.Normalizer;

/** Text as a keyboard in China may send it, made plain. */
final class Plain {

    private Plain() {}

    /** Full-width characters made narrow; spaces, hyphens and invisible characters dropped. */
    static String letters(String typed) {
        String narrow = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        var kept = new StringBuilder(narrow.length());
        narrow.codePoints().filter(c -> !isFiller(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isFiller(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || Character.getType(c) == Character.FORMAT
                || c == '_'
                || c == '·'
                || c == '\u2212';
    }
}
