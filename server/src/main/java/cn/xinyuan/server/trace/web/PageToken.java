package cn.xinyuan.server.trace.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** Where the next page begins, bound to what was asked. */
@NullMarked
final class PageToken {

    private PageToken() {}

    static String write(String asked, long at) {
        String text = Integer.toHexString(asked.hashCode()) + "." + at;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a token that was not given out for this question. */
    static Optional<Long> read(String asked, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String prefix = Integer.toHexString(asked.hashCode()) + ".";
            return text.startsWith(prefix)
                    ? Optional.of(Long.parseLong(text.substring(prefix.length())))
                            .filter(at -> at >= 0)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
