package cn.xinyuan.server.access.store;

import static cn.xinyuan.server.access.store.JdbcAccountBook.at;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.Secret;
import cn.xinyuan.server.access.domain.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcSessions implements Sessions {

    private static final String OPEN =
            """
            insert into access.session (token_hash, account, opened_at, seen_at, address)
            values (:hash, :account, :now, :now, :address)
            """;

    private static final String FIND =
            "select s.seen_at, "
                    + JdbcAccountBook.COLUMNS
                    + """
                       from access.session s
                       join access.account a on a.id = s.account
                      where s.token_hash = :hash and a.enabled
                        and s.seen_at > :idleSince and s.opened_at > :openedSince
                    """;

    private static final String SEEN =
            """
            update access.session set seen_at = :now where token_hash = :hash
            """;

    private static final String FORGET_OLD =
            """
            delete from access.session where seen_at < :idleSince or opened_at < :openedSince
            """;

    /** How stale the time of the last request may be, to spare a write for each. */
    private static final Duration COARSE = Duration.ofMinutes(5);

    private final JdbcClient db;

    JdbcSessions(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Secret open(UUID account, String address, Instant now) {
        db.sql(FORGET_OLD)
                .param("idleSince", at(now.minus(IDLE)))
                .param("openedSince", at(now.minus(LONGEST)))
                .update();
        Secret secret = Secret.random();
        db.sql(OPEN)
                .param("hash", secret.hash())
                .param("account", account)
                .param("now", at(now))
                .param("address", address)
                .update();
        return secret;
    }

    @Override
    public Optional<Account> accountOf(Secret session, Instant now) {
        byte[] hash = session.hash();
        Optional<Found> found =
                db.sql(FIND)
                        .param("hash", hash)
                        .param("idleSince", at(now.minus(IDLE)))
                        .param("openedSince", at(now.minus(LONGEST)))
                        .query(
                                (row, i) ->
                                        new Found(
                                                JdbcAccountBook.account(row, i),
                                                row.getObject("seen_at", OffsetDateTime.class)
                                                        .toInstant()))
                        .optional();
        if (found.isPresent() && found.get().seenAt().plus(COARSE).isBefore(now)) {
            db.sql(SEEN).param("hash", hash).param("now", at(now)).update();
        }
        return found.map(Found::account);
    }

    @Override
    public void close(Secret session) {
        db.sql("delete from access.session where token_hash = :hash")
                .param("hash", session.hash())
                .update();
    }

    @Override
    public void closeAllOf(UUID account) {
        db.sql("delete from access.session where account = :account")
                .param("account", account)
                .update();
    }

    private record Found(Account account, Instant seenAt) {}
}
