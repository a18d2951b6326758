package cn.xinyuan.server.scan;

import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** What speaks for copies of a code and what was ruled about it; empty if nothing ever did. */
    Optional<Mark> mark(String code);

    /**
     * An officer rules whether a suspicious code is genuine. If it is, its mark goes and scans from
     * before no longer count; if copies were found, the code is voided for good. The next scan says
     * so, and the ruling stands in the journal. That copies were found may also be ruled after the
     * code was held genuine.
     *
     * @param reason why, at most 300 characters; shoppers read it when the code is voided
     * @throws cn.xinyuan.server.pages.Problems on {@code reason}
     * @throws cn.xinyuan.server.pages.NotFound for a code that was not issued, or by a party
     *     outside the visitor's districts
     * @throws cn.xinyuan.server.pages.Refused {@code not-suspicious}, {@code already-voided}
     */
    Ruling rule(Visitor by, String code, Ruling.As as, String reason);

    /** What the page says, by precedence. */
    enum State {
        UNKNOWN,
        RECALLED,
        REVOKED,
        ON_HOLD,
        NOT_ACTIVATED,
        SUSPICIOUS,
        VALID,
        /** The tag is genuine; what stands in the database could not be asked. */
        UNCHECKED
    }

    /**
     * The mark of a code whose scans look like those of copies.
     *
     * @param since when it was set; null when no mark stands now, as {@code evidence}
     * @param rulings what officers ruled, the newest first
     */
    record Mark(
            String code, @Nullable Instant since, @Nullable String evidence, List<Ruling> rulings) {

        /** Whether the code is marked now. */
        public boolean stands() {
            return since != null;
        }

        /** Whether somebody has to look into it: marked, and copies not already found. */
        public boolean waits() {
            return stands() && (rulings.isEmpty() || rulings.getFirst().as().genuine());
        }
    }

    /** What an officer ruled about a suspicious code, and why. */
    record Ruling(UUID id, String code, As as, String reason, String by, Instant at) {

        /** Why a code that many scanned is genuine, or that it is not. */
        public enum As {
            SHOP_DISPLAY("门店展示，许多顾客扫同一枚"),
            FAMILY("家人朋友转发同看"),
            ERROR("计数或地区识别有误"),
            COPIED("确有仿制标签");

            private final String word;

            As(String word) {
                this.word = word;
            }

            public String word() {
                return word;
            }

            public boolean genuine() {
                return this != COPIED;
            }
        }
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
