package cn.xinyuan.server.access.store;

import static cn.xinyuan.server.access.store.JdbcAccountBook.at;

import cn.xinyuan.server.access.domain.Attempts;
import cn.xinyuan.server.access.domain.Lockout;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcAttempts implements Attempts {

    private static final String REMEMBER =
            """
            insert into access.attempt (subject, failures, last_at, locked_until)
            values (:subject, 0, :now, :now)
                on conflict (subject) do nothing
            """;

    private static final String LOOK =
            """
            select failures, last_at, locked_until from access.attempt where subject = :subject for update
            """;

    private static final String COUNT =
            """
            update access.attempt set failures = :failures, last_at = :now, locked_until = :until
             where subject = :subject
            """;

    private static final String TAKE_BACK =
            """
            update access.attempt set failures = greatest(failures - 1, 0), locked_until = last_at
             where subject = :subject
            """;

    private static final String FORGET_OLD = "delete from access.attempt where last_at < :before";

    private static final Duration LONGEST_MEMORY = Duration.ofDays(2);

    private final JdbcClient db;

    JdbcAttempts(JdbcClient db) {
        this.db = db;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Optional<Instant> begin(String subject, Lockout rule, Instant now) {
        db.sql(REMEMBER).param("subject", subject).param("now", at(now)).update();
        Row row =
                db.sql(LOOK)
                        .param("subject", subject)
                        .query(
                                (r, i) ->
                                        new Row(
                                                r.getInt("failures"),
                                                r.getObject("last_at", OffsetDateTime.class)
                                                        .toInstant(),
                                                r.getObject("locked_until", OffsetDateTime.class)
                                                        .toInstant()))
                        .single();
        if (row.lockedUntil().isAfter(now)) {
            return Optional.of(row.lockedUntil());
        }
        boolean forgotten = row.lastAt().plus(rule.forgottenAfter()).isBefore(now);
        int failures = (forgotten ? 0 : row.failures()) + 1;
        db.sql(COUNT)
                .param("subject", subject)
                .param("failures", failures)
                .param("now", at(now))
                .param("until", at(now.plus(rule.after(failures))))
                .update();
        if (forgotten) {
            db.sql(FORGET_OLD).param("before", at(now.minus(LONGEST_MEMORY))).update();
        }
        return Optional.empty();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void right(String subject, boolean forget) {
        if (forget) {
            db.sql("delete from access.attempt where subject = :subject")
                    .param("subject", subject)
                    .update();
        } else {
            db.sql(TAKE_BACK).param("subject", subject).update();
        }
    }

    private record Row(int failures, Instant lastAt, Instant lockedUntil) {}
}
