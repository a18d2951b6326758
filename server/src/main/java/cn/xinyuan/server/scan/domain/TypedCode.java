package cn.xinyuan.server.scan.domain;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A code as somebody typed or scanned it, brought into the form of the label: no spaces or dashes,
 * upper case, O read as 0, I and L as 1, full-width letters made narrow; of a pasted address the
 * last part counts.
 *
 * @param text what remains, at most 40 characters
 */
public record TypedCode(String text) {

    /** Characters of a code. */
    public static final int LENGTH = 16;

    private static final int MOST = 40;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** What is wrong with a code that cannot be one of ours. */
    public enum Fault {
        EMPTY,
        TOO_SHORT,
        TOO_LONG,
        STRANGE_CHARACTER,
        NOT_ISSUED
    }

    public static TypedCode of(String typed) {
        String some = typed.length() > 500 ? typed.substring(0, 500) : typed;
        String narrow = Normalizer.normalize(some, Normalizer.Form.NFKC).strip();
        int slash = narrow.lastIndexOf('/');
        if (slash >= 0 && slash < narrow.length() - 1) {
            narrow = narrow.substring(slash + 1);
        }
        int question = narrow.indexOf('?');
        if (question > 0) {
            narrow = narrow.substring(0, question);
        }
        var text = new StringBuilder();
        narrow.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isISOControl(c))
                .filter(c -> c != '-' && c != '_' && c != '.' && c != 0xB7)
                .map(c -> c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c)
                .limit(MOST)
                .forEach(text::appendCodePoint);
        return new TypedCode(text.toString());
    }

    /** Why the text is no code of ours; {@code NOT_ISSUED} when its form is right. */
    public Fault fault() {
        if (text.isEmpty()) {
            return Fault.EMPTY;
        }
        if (strange() != null) {
            return Fault.STRANGE_CHARACTER;
        }
        if (length() < LENGTH) {
            return Fault.TOO_SHORT;
        }
        return length() > LENGTH ? Fault.TOO_LONG : Fault.NOT_ISSUED;
    }

    public int length() {
        return text.codePointCount(0, text.length());
    }

    /** The first character that no label bears; null when there is none. */
    public @Nullable String strange() {
        return text.codePoints()
                .filter(c -> ALPHABET.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse(null);
    }

    /** Whether the text has the form of a code; it may still be one that nobody issued. */
    public boolean isWellFormed() {
        return fault() == Fault.NOT_ISSUED;
    }
}
