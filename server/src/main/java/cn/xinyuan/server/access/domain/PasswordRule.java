package cn.xinyuan.server.access.domain;

import cn.xinyuan.server.pages.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a password must be: 10 to 128 characters, not the login name, not one of those that everyone
 * tries first. No rule about kinds of characters and no expiry (NIST SP 800-63B, 3.1.1.2).
 */
public final class PasswordRule {

    public static final int SHORTEST = 10;
    public static final int LONGEST = 128;

    private static final Set<String> TRIED_FIRST =
            Set.of(
                    "1234567890",
                    "0123456789",
                    "0987654321",
                    "12345678910",
                    "123456789a",
                    "a123456789",
                    "qwertyuiop",
                    "1qaz2wsx3edc",
                    "password123",
                    "password1234",
                    "admin12345",
                    "admin123456",
                    "administrator",
                    "xinyuan123",
                    "xinyuan1234",
                    "woaini1314",
                    "5201314520",
                    "1111111111",
                    "0000000000",
                    "8888888888",
                    "6666666666",
                    "abcd123456",
                    "abc1234567",
                    "q123456789",
                    "asdfghjkl1",
                    "qwerty12345",
                    "iloveyou123",
                    "maoming123",
                    "maoming0668");

    private PasswordRule() {}

    public static Optional<Problem> problem(String field, String password, LoginName name) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of(new Problem(field, "密码至少 " + SHORTEST + " 个字符，可以用一句话。"));
        }
        if (password.length() > LONGEST) {
            return Optional.of(new Problem(field, "密码最多 " + LONGEST + " 个字符。"));
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (plain.contains(name.text()) && plain.length() < name.text().length() + 6) {
            return Optional.of(new Problem(field, "密码不能就是用户名，请换一个。"));
        }
        if (TRIED_FIRST.contains(plain) || plain.chars().distinct().count() < 4) {
            return Optional.of(new Problem(field, "这个密码太常见，别人最先试的就是它，请换一个。"));
        }
        return Optional.empty();
    }
}
