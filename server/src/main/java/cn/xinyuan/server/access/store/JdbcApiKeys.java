package cn.xinyuan.server.access.store;

import static cn.xinyuan.server.access.store.JdbcAccountBook.at;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.ApiKeys;
import cn.xinyuan.server.access.domain.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcApiKeys implements ApiKeys {

    private static final String ADD =
            """
            insert into access.api_key (id, account, label, prefix, token_hash, created_by, created_at)
            values (:id, :account, :label, :prefix, :hash, :by, :at)
            """;

    private static final String FIND =
            "select k.id as key_id, k.used_at, "
                    + JdbcAccountBook.COLUMNS
                    + """
                       from access.api_key k
                       join access.account a on a.id = k.account
                      where k.token_hash = :hash and k.revoked_at is null and a.enabled
                    """;

    private static final String USED = "update access.api_key set used_at = :now where id = :id";

    private static final String LIST =
            """
            select k.id, k.account, a.name, k.label, k.prefix, k.created_at, k.used_at, k.revoked_at
              from access.api_key k
              join access.account a on a.id = k.account
             where :account::uuid is null or k.account = :account::uuid
             order by k.created_at desc, k.id
            """;

    private static final String REVOKE =
            """
            update access.api_key set revoked_at = :at where id = :id and revoked_at is null
            """;

    private static final Duration COARSE = Duration.ofMinutes(5);

    private final JdbcClient db;
    private final RememberedKeys remembered;

    JdbcApiKeys(JdbcClient db, RememberedKeys remembered) {
        this.db = db;
        this.remembered = remembered;
    }

    @Override
    public void add(
            UUID id, UUID account, String label, Secret secret, UUID createdBy, Instant at) {
        db.sql(ADD)
                .param("id", id)
                .param("account", account)
                .param("label", label)
                .param("prefix", secret.prefix())
                .param("hash", secret.hash())
                .param("by", createdBy)
                .param("at", at(at))
                .update();
    }

    @Override
    public Optional<Account> accountOf(Secret secret, Instant now) {
        byte[] hash = secret.hash();
        Optional<Account> known = remembered.accountOf(hash, now);
        return known.isPresent() ? known : read(hash, now);
    }

    private Optional<Account> read(byte[] hash, Instant now) {
        long decisions = remembered.decisions();
        Optional<Found> found =
                db.sql(FIND)
                        .param("hash", hash)
                        .query(
                                (row, i) ->
                                        new Found(
                                                JdbcAccountBook.account(row, i),
                                                row.getObject("key_id", UUID.class),
                                                instant(row, "used_at")))
                        .optional();
        if (found.isPresent()) {
            Instant usedAt = found.get().usedAt();
            if (usedAt == null || usedAt.plus(COARSE).isBefore(now)) {
                db.sql(USED).param("id", found.get().key()).param("now", at(now)).update();
            }
        }
        found.ifPresent(f -> remembered.remember(hash, f.account(), now, decisions));
        return found.map(Found::account);
    }

    @Override
    public List<ApiKey> all() {
        return list(null);
    }

    @Override
    public List<ApiKey> of(UUID account) {
        return list(account);
    }

    private List<ApiKey> list(@Nullable UUID account) {
        return db.sql(LIST)
                .param("account", account == null ? null : account.toString())
                .query(
                        (row, i) ->
                                new ApiKey(
                                        row.getObject("id", UUID.class),
                                        row.getObject("account", UUID.class),
                                        row.getString("name"),
                                        row.getString("label"),
                                        row.getString("prefix"),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        instant(row, "used_at"),
                                        instant(row, "revoked_at")))
                .list();
    }

    @Override
    public boolean revoke(UUID id, Instant at) {
        boolean revoked = db.sql(REVOKE).param("id", id).param("at", at(at)).update() == 1;
        remembered.forget();
        return revoked;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private record Found(Account account, UUID key, @Nullable Instant usedAt) {}
}
