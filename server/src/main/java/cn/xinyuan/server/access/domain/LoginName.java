package cn.xinyuan.server.access.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name typed at the door: 3 to 32 lower-case letters, digits, dots, hyphens or underscores,
 * beginning with a letter or digit. Case and width do not matter to whoever types it.
 */
public record LoginName(String text) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");

    public LoginName {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a login name: '" + text + "'");
        }
    }

    public static Optional<LoginName> read(String typed) {
        String plain =
                Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return SHAPE.matcher(plain).matches()
                ? Optional.of(new LoginName(plain))
                : Optional.empty();
    }
}
