package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.trace.domain.EventArchive.Cursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/**
 * Where the next page begins, bound to what was asked, until it expires. It holds nothing secret
 * and opens nothing: what may be seen is decided anew for every page.
 *
 * @param at where the answer goes on; for collections the last value told, in {@code last}
 * @param told how many were told on all pages before
 */
@NullMarked
record PageToken(Cursor at, String last, long told) {

    static final PageToken START = new PageToken(Cursor.START, "", 0);

    /** The token as text. */
    String write(String asked, Instant expires) {
        Instant time = at.time();
        String text =
                String.join(
                        "\n",
                        digest(asked),
                        String.valueOf(expires.getEpochSecond()),
                        String.valueOf(at.position()),
                        time == null ? "" : time.toString(),
                        String.valueOf(at.ceiling()),
                        String.valueOf(at.skip()),
                        String.valueOf(told),
                        last);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a token that was not given out for this question, or too long ago. */
    static Optional<PageToken> read(String asked, String token, Instant now) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] part = text.split("\n", 8);
            if (part.length < 8
                    || !part[0].equals(digest(asked))
                    || Instant.ofEpochSecond(Long.parseLong(part[1])).isBefore(now)) {
                return Optional.empty();
            }
            Cursor at =
                    new Cursor(
                            Long.parseLong(part[2]),
                            part[3].isEmpty() ? null : Instant.parse(part[3]),
                            Long.parseLong(part[4]),
                            Long.parseLong(part[5]));
            long told = Long.parseLong(part[6]);
            boolean sane = at.position() >= 0 && at.skip() >= 0 && told >= 0;
            return sane && part[7].indexOf('\0') < 0
                    ? Optional.of(new PageToken(at, part[7], told))
                    : Optional.empty();
        } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /** When a token expires; empty for what is none. */
    static Optional<Instant> expiry(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] part = text.split("\n", 8);
            return part.length < 8
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(Long.parseLong(part[1])));
        } catch (IllegalArgumentException | java.time.DateTimeException _) {
            return Optional.empty();
        }
    }

    /** What is kept of a token. */
    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)),
                            0,
                            8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
