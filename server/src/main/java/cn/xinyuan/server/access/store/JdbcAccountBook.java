package cn.xinyuan.server.access.store;

import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook;
import cn.xinyuan.server.access.domain.LoginName;
import cn.xinyuan.server.pages.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcAccountBook implements AccountBook {

    static final String COLUMNS =
            """
            a.id, a.name, a.display_name, a.role, a.party, a.districts, a.must_change, a.enabled, a.created_at
            """;

    private static final String FIND =
            "select " + COLUMNS + " from access.account a where a.id = :id";

    private static final String FIND_BY_NAME =
            "select " + COLUMNS + ", a.password_hash from access.account a where a.name = :name";

    private static final String ALL =
            "select " + COLUMNS + " from access.account a order by a.name";

    private static final String SUPERVISORS =
            "select "
                    + COLUMNS
                    + """
                       from access.account a,
                            lateral (select max(length(d)) as closeness
                                       from unnest(a.districts) d
                                      where starts_with(:district, d)) near
                      where a.role = 'SUPERVISOR' and a.enabled and near.closeness is not null
                      order by near.closeness desc, a.created_at, a.name
                    """;

    private static final String ADD =
            """
            insert into access.account
                (id, name, display_name, role, party, districts, password_hash, must_change, enabled, created_at)
            values (:id, :name, :displayName, :role, :party, :districts, :hash, :mustChange, :enabled, :at)
                on conflict (name) do nothing
            """;

    private static final String SET_PASSWORD =
            """
            update access.account set password_hash = :hash, must_change = :mustChange where id = :id
            """;

    private static final String SET_ENABLED =
            """
            update access.account set enabled = :enabled where id = :id
            """;

    private static final String ACT =
            """
            insert into access.act (at, by, what, account, key) values (:at, :by, :what, :account, :key)
            """;

    private static final String LOG_IN =
            """
            insert into access.log_in (at, account, address, way, outcome)
            values (:at, :account, :address, :way, :outcome)
            """;

    private static final String LOG_INS =
            """
            select at, account, address, way, outcome
              from access.log_in
             where account = :account
             order by id desc
             limit :atMost
            """;

    private static final String LOCK_SETUP = "lock table access.setup in exclusive mode";

    private static final String SET_SETUP =
            """
            insert into access.setup (token_hash, made_at) values (:hash, :at)
                on conflict (the_one) do update set token_hash = excluded.token_hash, made_at = excluded.made_at
            """;

    private final JdbcClient db;
    private final RememberedKeys remembered;

    JdbcAccountBook(JdbcClient db, RememberedKeys remembered) {
        this.db = db;
        this.remembered = remembered;
    }

    @Override
    public Optional<Account> find(UUID id) {
        return db.sql(FIND).param("id", id).query(JdbcAccountBook::account).optional();
    }

    @Override
    public Optional<WithHash> findByName(LoginName name) {
        return db.sql(FIND_BY_NAME)
                .param("name", name.text())
                .query((row, i) -> new WithHash(account(row, i), row.getString("password_hash")))
                .optional();
    }

    @Override
    public List<Account> all() {
        return db.sql(ALL).query(JdbcAccountBook::account).list();
    }

    @Override
    public List<Account> supervisorsOf(String district) {
        return db.sql(SUPERVISORS)
                .param("district", district)
                .query(JdbcAccountBook::account)
                .list();
    }

    @Override
    public boolean isEmpty() {
        return db.sql("select not exists (select from access.account)")
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean add(Account account, String passwordHash) {
        return db.sql(ADD)
                        .param("id", account.id())
                        .param("name", account.name().text())
                        .param("displayName", account.displayName())
                        .param("role", account.role().name())
                        .param("party", account.party())
                        .param("districts", account.districts().toArray(new String[0]))
                        .param("hash", passwordHash)
                        .param("mustChange", account.mustChange())
                        .param("enabled", account.enabled())
                        .param("at", at(account.createdAt()))
                        .update()
                == 1;
    }

    @Override
    public void setPassword(UUID account, String passwordHash, boolean mustChange) {
        db.sql(SET_PASSWORD)
                .param("id", account)
                .param("hash", passwordHash)
                .param("mustChange", mustChange)
                .update();
        remembered.forget();
    }

    @Override
    public void setEnabled(UUID account, boolean enabled) {
        db.sql(SET_ENABLED).param("id", account).param("enabled", enabled).update();
        remembered.forget();
    }

    @Override
    public void writeDown(Act act) {
        db.sql(ACT)
                .param("at", at(act.at()))
                .param("by", act.by())
                .param("what", act.what())
                .param("account", act.account())
                .param("key", act.key())
                .update();
    }

    @Override
    public void writeDown(LogIn logIn) {
        db.sql(LOG_IN)
                .param("at", at(logIn.at()))
                .param("account", logIn.account())
                .param("address", logIn.address())
                .param("way", logIn.way().name())
                .param("outcome", logIn.outcome().name())
                .update();
    }

    @Override
    public List<LogIn> logIns(UUID account, int atMost) {
        return db.sql(LOG_INS)
                .param("account", account)
                .param("atMost", atMost)
                .query(
                        (row, i) ->
                                new LogIn(
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        row.getObject("account", UUID.class),
                                        row.getString("address"),
                                        Way.valueOf(row.getString("way")),
                                        Outcome.valueOf(row.getString("outcome"))))
                .list();
    }

    @Override
    public void lockSetup() {
        db.sql(LOCK_SETUP).update();
    }

    @Override
    public Optional<byte[]> setupHash() {
        return db.sql("select token_hash from access.setup")
                .query((row, i) -> row.getBytes(1))
                .optional();
    }

    @Override
    public void setSetup(byte[] hash, Instant at) {
        db.sql(SET_SETUP).param("hash", hash).param("at", at(at)).update();
    }

    @Override
    public void clearSetup() {
        db.sql("delete from access.setup").update();
    }

    static Account account(ResultSet row, int index) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                new LoginName(row.getString("name")),
                row.getString("display_name"),
                Role.valueOf(row.getString("role")),
                row.getObject("party", UUID.class),
                Set.of((String[]) row.getArray("districts").getArray()),
                row.getBoolean("must_change"),
                row.getBoolean("enabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
