package cn.xinyuan.server.scan.store;

import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.domain.Trail;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcTally implements Tally {

    private static final String COUNTED =
            """
            select serial, sum(scans) as scans, min(first_at) as first_at,
                   (array_agg(first_region order by first_at))[1] as first_region
              from scan.tally
             where batch = :batch and serial >= :first and serial < :end
             group by serial
            """;

    private static final String MARKS =
            """
            select serial, scans, first_at, first_region, evidence, ruled_as, ruled_at
              from scan.code
             where batch = :batch and serial >= :first and serial < :end
            """;

    private static final String DAYS =
            """
            select t.batch, t.serial, t.day, t.scans, t.first_at, t.first_region, t.trail
              from unnest(cast(:batches as bigint[]), cast(:serials as bigint[])) k (batch, serial)
              join scan.tally t on t.batch = k.batch and t.serial = k.serial
             where t.day >= :from
            """;

    private static final String RULED_AT =
            """
            select k.batch, k.serial, c.ruled_at, s.sold_at
              from unnest(cast(:batches as bigint[]), cast(:serials as bigint[])) k (batch, serial)
              left join scan.code c on c.batch = k.batch and c.serial = k.serial
              left join scan.sale s on s.batch = k.batch and s.serial = k.serial
             where c.ruled_at is not null or s.sold_at is not null
            """;

    private static final String SOLD =
            """
            insert into scan.sale (batch, serial, sold_at, party)
            values (:batch, :serial, :at, :party)
                on conflict (batch, serial) do nothing
            """;

    /** In the order of the key, so that two nodes never wait for each other. */
    private static final String ADD =
            """
            insert into scan.tally as t (batch, serial, day, scans, first_at, first_region, trail)
            select *
              from unnest(cast(:batches as bigint[]), cast(:serials as bigint[]),
                          cast(:days as date[]), cast(:scans as bigint[]),
                          cast(:firsts as timestamptz[]), cast(:regions as text[]),
                          cast(:trails as bytea[])) d (batch, serial, day, scans, first_at, region, trail)
             order by batch, serial, day
                on conflict (batch, serial, day) do update
               set scans = t.scans + excluded.scans,
                   first_region = case when excluded.first_at < t.first_at
                                       then excluded.first_region else t.first_region end,
                   first_at = least(t.first_at, excluded.first_at),
                   trail = excluded.trail
            """;

    private static final String KNOW =
            """
            insert into scan.code (code, batch, serial, first_at, scans)
            values (:code, :batch, :serial, :at, 0)
                on conflict (code) do nothing
            """;

    private static final String MARK =
            """
            update scan.code set suspicious_at = :at, evidence = :evidence, score = :score
             where code = :code and suspicious_at is null
            """;

    private static final String KEEP_EVIDENCE =
            """
            update scan.code set evidence = :evidence, score = :score
             where code = :code and suspicious_at is not null and evidence <> :evidence
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
                   evidence = case when :genuine then null else evidence end,
                   score = case when :genuine then null else score end
             where code = :code
            """;

    private static final String DONE =
            """
            insert into scan.log (piece, done, at) values (:piece, :done, :at)
                on conflict (piece) do update set done = excluded.done, at = excluded.at
            """;

    private static final String ADOPT =
            "update scan.code set batch = :batch, serial = :serial where code = :code";

    private static final String NEW_SALT =
            "insert into scan.salt (day, salt) values (:day, :salt) on conflict (day) do nothing";

    private final JdbcClient db;
    private final SecureRandom random = new SecureRandom();

    JdbcTally(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Map<Long, Counted> counted(long batch, long first, long count) {
        Map<Long, Counted> all = new HashMap<>(marked(batch, first, count));
        db.sql(COUNTED)
                .param("batch", batch)
                .param("first", first)
                .param("end", first + count)
                .query(
                        (row, n) -> {
                            Counted scans =
                                    new Counted(
                                            row.getLong("scans"),
                                            required(row, "first_at"),
                                            row.getString("first_region"),
                                            null,
                                            null,
                                            null);
                            all.merge(row.getLong("serial"), scans, JdbcTally::together);
                            return 0;
                        })
                .list();
        return all;
    }

    /** What was counted before there were tallies, and the mark, with what was counted since. */
    private static Counted together(Counted mark, Counted scans) {
        boolean older = mark.scans() > 0 && mark.first().isBefore(scans.first());
        return new Counted(
                mark.scans() + scans.scans(),
                older ? mark.first() : scans.first(),
                older ? mark.firstRegion() : scans.firstRegion(),
                mark.evidence(),
                mark.ruledAs(),
                mark.ruledAt());
    }

    @Override
    public Map<Long, Counted> marked(long batch, long first, long count) {
        Map<Long, Counted> marks = new HashMap<>();
        db.sql(MARKS)
                .param("batch", batch)
                .param("first", first)
                .param("end", first + count)
                .query(
                        (row, n) -> {
                            String ruled = row.getString("ruled_as");
                            marks.put(
                                    row.getLong("serial"),
                                    new Counted(
                                            row.getLong("scans"),
                                            required(row, "first_at"),
                                            row.getString("first_region"),
                                            row.getString("evidence"),
                                            ruled == null ? null : Ruling.As.valueOf(ruled),
                                            instant(row, "ruled_at")));
                            return 0;
                        })
                .list();
        return marks;
    }

    @Override
    public List<Known> known(Collection<Place> codes, LocalDate from) {
        Long[] batches = codes.stream().map(Place::batch).toArray(Long[]::new);
        Long[] serials = codes.stream().map(Place::serial).toArray(Long[]::new);
        Map<Place, List<Day>> days = new HashMap<>();
        db.sql(DAYS)
                .param("batches", batches)
                .param("serials", serials)
                .param("from", from)
                .query((row, n) -> day(row))
                .list()
                .forEach(d -> days.computeIfAbsent(d.place(), p -> new ArrayList<>()).add(d));
        Map<Place, Known> others = new HashMap<>();
        db.sql(RULED_AT)
                .param("batches", batches)
                .param("serials", serials)
                .query(
                        (row, n) ->
                                new Known(
                                        place(row),
                                        List.of(),
                                        instant(row, "ruled_at"),
                                        instant(row, "sold_at")))
                .list()
                .forEach(k -> others.put(k.place(), k));
        return codes.stream()
                .filter(c -> days.containsKey(c) || others.containsKey(c))
                .map(
                        c -> {
                            Known other = others.get(c);
                            return new Known(
                                    c,
                                    days.getOrDefault(c, List.of()),
                                    other == null ? null : other.ruledAt(),
                                    other == null ? null : other.soldAt());
                        })
                .toList();
    }

    @Override
    public void sold(Tag tag, UUID party, Instant at) {
        db.sql(SOLD)
                .param("batch", tag.batch())
                .param("serial", tag.serial())
                .param("at", at(at))
                .param("party", party)
                .update();
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(
                place(row),
                row.getObject("day", LocalDate.class),
                row.getLong("scans"),
                required(row, "first_at"),
                row.getString("first_region"),
                Trail.read(row.getBytes("trail")));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong("batch"), row.getLong("serial"));
    }

    @Override
    public void add(List<Day> days) {
        db.sql(ADD)
                .param("batches", days.stream().map(d -> d.place().batch()).toArray(Long[]::new))
                .param("serials", days.stream().map(d -> d.place().serial()).toArray(Long[]::new))
                .param("days", days.stream().map(d -> d.day().toString()).toArray(String[]::new))
                .param("scans", days.stream().map(Day::scans).toArray(Long[]::new))
                .param(
                        "firsts",
                        days.stream().map(d -> d.first().toString()).toArray(String[]::new))
                .param("regions", days.stream().map(Day::firstRegion).toArray(String[]::new))
                .param("trails", days.stream().map(d -> d.trail().bytes()).toArray(byte[][]::new))
                .update();
    }

    @Override
    public boolean mark(Tag tag, int score, String evidence, Instant at) {
        db.sql(KNOW)
                .param("code", tag.code())
                .param("batch", tag.batch())
                .param("serial", tag.serial())
                .param("at", at(at))
                .update();
        boolean first =
                db.sql(MARK)
                                .param("code", tag.code())
                                .param("evidence", evidence)
                                .param("score", score)
                                .param("at", at(at))
                                .update()
                        == 1;
        if (!first) {
            db.sql(KEEP_EVIDENCE)
                    .param("code", tag.code())
                    .param("evidence", evidence)
                    .param("score", score)
                    .update();
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
    public void forget(LocalDate day) {
        db.sql("update scan.tally set trail = '' where day < :day and trail <> ''")
                .param("day", day)
                .update();
        db.sql("delete from scan.salt where day < :day").param("day", day).update();
    }

    @Override
    public long done(String piece) {
        return db.sql("select done from scan.log where piece = :piece")
                .param("piece", piece)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Override
    public void done(String piece, long bytes, Instant at) {
        db.sql(DONE).param("piece", piece).param("done", bytes).param("at", at(at)).update();
    }

    @Override
    public void closed(String piece) {
        db.sql("delete from scan.log where piece = :piece").param("piece", piece).update();
    }

    @Override
    public UUID self() {
        return db.sql("select id from scan.self").query(UUID.class).single();
    }

    @Override
    public void adopt(Function<String, Optional<Tag>> open) {
        for (String code :
                db.sql("select code from scan.code where batch is null")
                        .query(String.class)
                        .list()) {
            open.apply(code)
                    .ifPresent(
                            tag ->
                                    db.sql(ADOPT)
                                            .param("batch", tag.batch())
                                            .param("serial", tag.serial())
                                            .param("code", code)
                                            .update());
        }
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

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static OffsetDateTime at(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
