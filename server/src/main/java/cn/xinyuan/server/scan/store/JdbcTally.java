package cn.xinyuan.server.scan.store;

import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.Suspicion;
import cn.xinyuan.server.scan.domain.Tally;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcTally implements Tally {

    private static final String FIND =
            """
            select scans, first_at, first_region, evidence, ruled_as, ruled_at
              from scan.code
             where code = :code
            """;

    private static final String ADD =
            """
            insert into scan.code (code, first_at, first_region, scans)
            values (:code, :at, nullif(:region, ''), :scans)
                on conflict (code) do update set scans = scan.code.scans + excluded.scans
            """;

    private static final String ADD_TO_DAY =
            """
            insert into scan.day (code, day, region, scans) values (:code, :day, :region, :scans)
                on conflict (code, day, region)
                do update set scans = scan.day.scans + excluded.scans
            """;

    private static final String REMEMBER =
            """
            insert into scan.reader (code, token, region, seen_at)
            values (:code, :token, :region, :at)
                on conflict (code, token, region)
                do update set seen_at = greatest(scan.reader.seen_at, excluded.seen_at)
            """;

    private static final String READERS =
            """
            select count(distinct region) filter (where region <> '') as regions,
                   count(distinct token) as readers,
                   count(distinct token) filter (where seen_at > :burst) as burst
              from scan.reader
             where code = :code and seen_at > :day and seen_at <= :until
               and seen_at > coalesce((select ruled_at from scan.code where code = :code),
                                      '-infinity')
            """;

    private static final String MARK =
            """
            update scan.code set suspicious_at = :at, evidence = :evidence
             where code = :code and suspicious_at is null
            """;

    private static final String KEEP_EVIDENCE =
            """
            update scan.code set evidence = :evidence
             where code = :code and suspicious_at is not null
            """;

    private static final String MARKED =
            """
            select code, suspicious_at, evidence
              from scan.code
             where code = :code and (suspicious_at is not null or ruled_at is not null)
            """;

    private static final String RULINGS =
            """
            select id, code, ruled_as, reason, by_name, at
              from scan.ruling
             where code = :code
             order by number desc
            """;

    private static final String WRITE_RULING =
            """
            insert into scan.ruling (id, code, ruled_as, reason, evidence, salt, by, by_name, at)
            select :id, c.code, :as, :reason, c.evidence, :salt, :by, :byName, :at
              from scan.code c
             where c.code = :code
            """;

    private static final String RULED =
            """
            update scan.code
               set ruled_at = :at, ruled_as = :as,
                   suspicious_at = case when :genuine then null else suspicious_at end,
                   evidence = case when :genuine then null else evidence end
             where code = :code
            """;

    private static final String NEW_SALT =
            "insert into scan.salt (day, salt) values (:day, :salt) on conflict (day) do nothing";

    private final JdbcClient db;
    private final SecureRandom random = new SecureRandom();

    JdbcTally(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Optional<Counted> find(String code) {
        return db.sql(FIND)
                .param("code", code)
                .query(
                        (row, n) ->
                                new Counted(
                                        row.getLong("scans"),
                                        row.getObject("first_at", OffsetDateTime.class).toInstant(),
                                        row.getString("first_region"),
                                        row.getString("evidence"),
                                        row.getString("ruled_as") == null
                                                ? null
                                                : Ruling.As.valueOf(row.getString("ruled_as")),
                                        instant(row, "ruled_at")))
                .optional();
    }

    @Override
    public void add(String code, long scans, Instant at, LocalDate day, String region, long token) {
        db.sql(ADD)
                .param("code", code)
                .param("at", at(at))
                .param("region", region)
                .param("scans", scans)
                .update();
        db.sql(ADD_TO_DAY)
                .param("code", code)
                .param("day", day)
                .param("region", region)
                .param("scans", scans)
                .update();
        db.sql(REMEMBER)
                .param("code", code)
                .param("token", token)
                .param("region", region)
                .param("at", at(at))
                .update();
    }

    @Override
    public Suspicion.Readers readers(String code, Instant until) {
        return db.sql(READERS)
                .param("code", code)
                .param("until", at(until))
                .param("day", at(until.minusSeconds(24 * 3600)))
                .param("burst", at(until.minusSeconds(600)))
                .query(
                        (row, n) ->
                                new Suspicion.Readers(
                                        row.getInt("regions"),
                                        row.getInt("readers"),
                                        row.getInt("burst")))
                .single();
    }

    @Override
    public boolean mark(String code, String evidence, Instant at) {
        boolean first =
                db.sql(MARK)
                                .param("code", code)
                                .param("evidence", evidence)
                                .param("at", at(at))
                                .update()
                        == 1;
        if (!first) {
            db.sql(KEEP_EVIDENCE).param("code", code).param("evidence", evidence).update();
        }
        return first;
    }

    @Override
    public Optional<Mark> mark(String code) {
        var rulings =
                db.sql(RULINGS)
                        .param("code", code)
                        .query(
                                (row, n) ->
                                        new Ruling(
                                                row.getObject("id", UUID.class),
                                                row.getString("code"),
                                                Ruling.As.valueOf(row.getString("ruled_as")),
                                                row.getString("reason"),
                                                row.getString("by_name"),
                                                row.getObject("at", OffsetDateTime.class)
                                                        .toInstant()))
                        .list();
        return db.sql(MARKED)
                .param("code", code)
                .query(
                        (row, n) ->
                                new Mark(
                                        row.getString("code"),
                                        instant(row, "suspicious_at"),
                                        row.getString("evidence"),
                                        rulings))
                .optional();
    }

    @Override
    public void lock(String code) {
        db.sql("select code from scan.code where code = :code for update")
                .param("code", code)
                .query(String.class)
                .list();
    }

    @Override
    public void rule(Ruling ruling, UUID by, String salt) {
        db.sql(WRITE_RULING)
                .param("id", ruling.id())
                .param("code", ruling.code())
                .param("as", ruling.as().name())
                .param("reason", ruling.reason())
                .param("salt", salt)
                .param("by", by)
                .param("byName", ruling.by())
                .param("at", at(ruling.at()))
                .update();
        db.sql(RULED)
                .param("code", ruling.code())
                .param("as", ruling.as().name())
                .param("genuine", ruling.as().genuine())
                .param("at", at(ruling.at()))
                .update();
    }

    @Override
    public void forget(Instant before, LocalDate day) {
        db.sql("delete from scan.reader where seen_at < :before")
                .param("before", at(before))
                .update();
        db.sql("delete from scan.salt where day < :day").param("day", day).update();
    }

    @Override
    public byte[] salt(LocalDate day) {
        byte[] fresh = new byte[16];
        random.nextBytes(fresh);
        db.sql(NEW_SALT).param("day", day).param("salt", fresh).update();
        return db.sql("select salt from scan.salt where day = :day")
                .param("day", day)
                .query((row, n) -> row.getBytes("salt"))
                .single();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static OffsetDateTime at(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
