package cn.xinyuan.server.journal.store;

import cn.xinyuan.server.journal.Journal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
class JdbcJournal implements Journal {

    /** Held to the end of the caller's transaction: numbers stand in the order of commits. */
    private static final String TAKE_TURN =
            """
            select pg_advisory_xact_lock(hashtextextended('xinyuan journal', 0))
            """;

    private static final String APPEND =
            """
            insert into journal.entry (number, kind, bytes, sha256, at)
            select coalesce(max(number), 0) + 1, :kind, :bytes, :sha256, :at
              from journal.entry
            returning number
            """;

    private static final String AFTER =
            """
            select number, kind, bytes, sha256, at
              from journal.entry
             where number > :after
             order by number
             limit :atMost
            """;

    private final JdbcClient db;
    private final Clock clock;

    JdbcJournal(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public long append(String kind, byte[] bytes) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "an act is taken down in the transaction that does it: " + kind);
        }
        db.sql(TAKE_TURN).query((row, index) -> index).list();
        return db.sql(APPEND)
                .param("kind", kind)
                .param("bytes", bytes)
                .param("sha256", sha256(bytes))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    @Override
    public List<Entry> after(long after, int atMost) {
        return db.sql(AFTER)
                .param("after", after)
                .param("atMost", atMost)
                .query(
                        (row, index) ->
                                new Entry(
                                        row.getLong("number"),
                                        row.getString("kind"),
                                        row.getBytes("bytes"),
                                        row.getBytes("sha256"),
                                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
