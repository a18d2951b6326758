package cn.xinyuan.server.access.store;

import static cn.xinyuan.server.access.store.JdbcAccountBook.at;

import cn.xinyuan.server.access.domain.Answers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcAnswers implements Answers {

    private static final String CLAIM =
            """
            insert into access.answer (account, path, key, body_hash, claimed_at, claimed_by)
            values (:account, :path, :key, :hash, :now, :process)
                on conflict (account, path, key) do nothing
            """;

    private static final String LOOK =
            """
            select body_hash, claimed_at, claimed_by, committed, status, content_type, location, body
              from access.answer
             where account = :account and path = :path and key = :key
               for update
            """;

    private static final String CLAIM_AGAIN =
            """
            update access.answer set claimed_at = :now, claimed_by = :process
             where account = :account and path = :path and key = :key
            """;

    private static final String COMMITTED =
            """
            update access.answer set committed = true
             where account = :account and path = :path and key = :key
            """;

    private static final String KEEP =
            """
            update access.answer
               set status = :status, content_type = :type, location = :location, body = :body
             where account = :account and path = :path and key = :key
            """;

    /** As if it had been cut off by the end of a process long ago. */
    private static final String LOSE =
            """
            update access.answer
               set committed = true, claimed_by = '00000000-0000-0000-0000-000000000000',
                   claimed_at = claimed_at - interval '30 seconds'
             where account = :account and path = :path and key = :key
            """;

    private static final String RELEASE =
            """
            delete from access.answer
             where account = :account and path = :path and key = :key and status is null
            """;

    /** A request of another process that is older than this was cut off when that process ended. */
    private static final Duration CUT_OFF = Duration.ofSeconds(30);

    private final JdbcClient db;

    JdbcAnswers(JdbcClient db) {
        this.db = db;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Claim claim(Keyed request, UUID process, Instant now) {
        int rows =
                with(CLAIM, request)
                        .param("hash", request.bodyHash())
                        .param("process", process)
                        .param("now", at(now))
                        .update();
        if (rows == 1) {
            return new Claim.New();
        }
        // Between the two statements the row may have been released: then it is simply running.
        Row row = with(LOOK, request).query(JdbcAnswers::row).optional().orElse(null);
        if (row == null) {
            return new Claim.Running();
        }
        if (!Arrays.equals(row.bodyHash(), request.bodyHash())) {
            return new Claim.OtherBody();
        }
        if (row.answer() != null) {
            return new Claim.Done(row.answer());
        }
        if (row.claimedBy().equals(process) || row.claimedAt().plus(CUT_OFF).isAfter(now)) {
            return new Claim.Running();
        }
        if (row.committed()) {
            return new Claim.AnswerLost();
        }
        with(CLAIM_AGAIN, request).param("process", process).param("now", at(now)).update();
        return new Claim.New();
    }

    @Override
    public void markCommitted(Keyed request) {
        with(COMMITTED, request).update();
    }

    @Override
    public void keep(Keyed request, Answer answer) {
        with(KEEP, request)
                .param("status", answer.status())
                .param("type", answer.contentType())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
    }

    @Override
    public void release(Keyed request) {
        with(RELEASE, request).update();
    }

    @Override
    public void lose(Keyed request) {
        with(LOSE, request).update();
    }

    @Override
    public void forget(Instant before) {
        db.sql("delete from access.answer where claimed_at < :before")
                .param("before", at(before))
                .update();
    }

    private JdbcClient.StatementSpec with(String sql, Keyed request) {
        return db.sql(sql)
                .param("account", request.account())
                .param("path", request.path())
                .param("key", request.key());
    }

    private static Row row(java.sql.ResultSet row, int index) throws java.sql.SQLException {
        int status = row.getInt("status");
        Answer answer =
                row.wasNull()
                        ? null
                        : new Answer(
                                status,
                                row.getString("content_type"),
                                row.getString("location"),
                                row.getBytes("body"));
        return new Row(
                row.getBytes("body_hash"),
                row.getObject("claimed_at", OffsetDateTime.class).toInstant(),
                row.getObject("claimed_by", UUID.class),
                row.getBoolean("committed"),
                answer);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(
            byte[] bodyHash,
            Instant claimedAt,
            UUID claimedBy,
            boolean committed,
            @Nullable Answer answer) {}
}
