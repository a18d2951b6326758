package cn.xinyuan.epcis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of JSON that XML cannot bear, with {@code _x0020_} for what must not stand in one (ISO/IEC
 * 9075-14, 9.1).
 */
final class XmlName {

    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private XmlName() {}

    static String encoded(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean escape =
                    !(i == 0 ? starts(c) : starts(c) || follows(c))
                            || c == '_'
                                    && ESCAPE.matcher(name).region(i, name.length()).lookingAt();
            if (escape) {
                out.append(String.format("_x%04X_", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.isEmpty() ? "_x0000_" : out.toString();
    }

    static String decoded(String name) {
        if (!name.contains("_x")) {
            return name;
        }
        Matcher matcher = ESCAPE.matcher(name);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            char c = (char) Integer.parseInt(matcher.group(1), 16);
            matcher.appendReplacement(out, c == 0 ? "" : Matcher.quoteReplacement("" + c));
        }
        return matcher.appendTail(out).toString();
    }

    private static boolean starts(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7
                || c >= 0x370 && c <= 0x1FFF && c != 0x37E
                || c >= 0x2070 && c <= 0x218F
                || c >= 0x2C00 && c <= 0x2FEF
                || c >= 0x3001 && c <= 0xD7FF
                || c >= 0xF900 && c <= 0xFDCF
                || c >= 0xFDF0 && c <= 0xFFFD;
    }

    private static boolean follows(char c) {
        return c >= '0' && c <= '9' || c == '-' || c == '.' || c == 0xB7;
    }
}
