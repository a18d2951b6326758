package cn.xinyuan.server.pages;

import java.util.Optional;

/**
 * What strangers may send as text: characters of Unicode, line breaks and tabs. Control characters,
 * halves of characters and noncharacters (The Unicode Standard, 23.1, 23.6 and 23.7) can neither be
 * printed nor kept: PostgreSQL refuses NUL, and half a character becomes another one in the
 * database than in the hash.
 */
public final class PlainText {

    private PlainText() {}

    /** Whether a text can be kept as it is. */
    public static boolean isKept(String text) {
        return at(text) < 0;
    }

    /** What is wrong with a text that cannot be kept; empty when nothing is. */
    public static Optional<String> problem(String text) {
        int at = at(text);
        return at < 0
                ? Optional.empty()
                : Optional.of(
                        "第 %d 个字符（U+%04X）不是文字，不能保存。请删去它，用 UTF-8 重新发送。"
                                .formatted(text.codePointCount(0, at) + 1, text.codePointAt(at)));
    }

    private static int at(String text) {
        int length = text.length();
        for (int i = 0; i < length; ) {
            int point = text.codePointAt(i);
            if (!isKept(point)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return -1;
    }

    private static boolean isKept(int point) {
        if (point == '\n' || point == '\r' || point == '\t') {
            return true;
        }
        boolean noncharacter = (point & 0xFFFE) == 0xFFFE || point >= 0xFDD0 && point <= 0xFDEF;
        int type = Character.getType(point);
        return !noncharacter && type != Character.CONTROL && type != Character.SURROGATE;
    }
}
