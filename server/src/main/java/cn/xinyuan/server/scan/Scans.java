package cn.xinyuan.server.scan;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scans and complaints as the demo season and supervision use them. */
public interface Scans {

    /**
     * Looks a code up as the page does and counts it.
     *
     * @param region coarse region of the reader as the operator's header gives it; null when
     *     unknown
     * @param token what tells one reader from another for a day; salted and hashed before it is
     *     kept
     */
    State scanned(String typed, @Nullable String region, String token, Instant at);

    /** Stores a complaint and gives it a number. */
    String complain(@Nullable String code, String about, String text, @Nullable String phone);

    Optional<Complaint> findComplaint(String number);

    /** Answers a complaint once; the complainant reads it under the number. */
    void answer(String number, String answer, String by, Instant at);

    /** What the page says, by precedence. */
    enum State {
        UNKNOWN,
        RECALLED,
        REVOKED,
        ON_HOLD,
        NOT_ACTIVATED,
        SUSPICIOUS,
        VALID
    }

    /** A complaint; phones are masked for everyone but the person in charge. */
    record Complaint(
            String number,
            @Nullable String code,
            String about,
            String text,
            @Nullable String phone,
            Instant at,
            String state,
            @Nullable String answer) {}
}
