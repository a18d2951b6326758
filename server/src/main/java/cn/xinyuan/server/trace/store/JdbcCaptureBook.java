package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.AssociationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Place;
import cn.xinyuan.epcis.TransactionEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.Mention;
import cn.xinyuan.server.trace.domain.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes captured events by COPY, one group in one transaction. What is known of the lots of the
 * last groups is remembered; whether another program wrote in between shows in the sequence of
 * event numbers, and then everything is read again.
 */
@NullMarked
@Repository
class JdbcCaptureBook implements CaptureBook {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NO_WARNINGS = "[]";
    private static final int MOST_REMEMBERED = 50_000;

    /**
     * A plan made for small tables must not live on when they have grown: no scans of whole tables.
     */
    private static final String TURN =
            """
            select pg_advisory_xact_lock(hashtext('trace.captured_event')),
                   set_config('enable_seqscan', 'off', true)
            """;

    private static final String BEFORE =
            """
            select 'h' as kind, hash as key, declares_error as flag, seq as number
              from trace.captured_event where hash = any(?)
            union all
            select 'h', hash, declares_error, 0
              from trace.epcis_event where captured is null and hash = any(?)
            union all
            select 'i', event_id, false, seq
              from trace.captured_event where event_id = any(?) and not declares_error
            union all
            select 'i', event_id, true, 0
              from trace.epcis_event
             where captured is null and event_id = any(?) and not declares_error
            union all
            select 'l', name, class, n from trace.foreign_lot where name = any(?)
            union all
            select 'o', epc_class, false, 0 from trace.lot where epc_class = any(?)
            union all
            select 'o', thing, false, 0 from trace.container_event where thing = any(?)
            union all
            select 's', '', false, last_value from trace.captured_event_seq_seq
            """;

    private static final String SUMS =
            """
            select lot, unit, sum(made), sum(used),
                   coalesce(sum(sign(made)) filter (where added), 0)
              from trace.captured_mention
             where lot = any(?) and unit is not null
             group by lot, unit
            """;

    private static final String NUMBERS =
            """
            select setval('trace.captured_event_seq_seq',
                          nextval('trace.captured_event_seq_seq') + ? - 1)
            """;

    private static final String LOT_NUMBERS =
            """
            select setval('trace.foreign_lot_n_seq', nextval('trace.foreign_lot_n_seq') + ? - 1)
            """;

    private static final String COPY_LOTS =
            "copy trace.foreign_lot (id, name, number, class, n) from stdin";

    private static final String COPY_EVENTS =
            """
            copy trace.captured_event (seq, event_id, hash, declares_error, contested, type, action,
                event_time, record_time, biz_step, disposition, read_point, biz_location, body,
                context, job, unbalanced, warnings) from stdin
            """;

    private static final String COPY_MENTIONS =
            """
            copy trace.captured_mention (event, line, lot, class, role, added, unit, made, used)
            from stdin
            """;

    private static final String COPY_SIGHTINGS =
            "copy trace.captured_for (event, party) from stdin";

    private static final String SHOW =
            """
            insert into trace.captured_for (event, party)
            select * from unnest(cast(? as bigint[]), cast(? as uuid[]))
            on conflict do nothing
            """;

    private static final String COPY_JOBS =
            """
            copy trace.capture_job (id, created_at, finished_at, behaviour, success, captured,
                repeated, unbalanced, errors, warnings, account, party) from stdin
            """;

    private static final String OPEN =
            """
            insert into trace.capture_document (job, file, xml, visitor) values (?, ?, ?, ?)
            """;

    private static final String UNFINISHED =
            """
            select j.*, d.file, d.xml, d.visitor, d.behind
              from trace.capture_document d join trace.capture_job j on j.id = d.job
             order by j.created_at, j.id
            """;

    private static final String GO_ON =
            """
            update trace.capture_job
               set finished_at = cast(? as timestamptz), success = ?, captured = ?, repeated = ?,
                   unbalanced = ?, errors = ?, warnings = ?
             where id = ?
            """;

    private final JdbcTemplate jdbc;
    private final LinkedHashMap<String, Tally> remembered = new LinkedHashMap<>(1024, 0.75f, true);
    private long lastNumber = -1;

    JdbcCaptureBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Before lookUp(
            Collection<String> hashes, Collection<String> eventIds, Collection<String> names) {
        return in(
                connection -> {
                    try (Statement turn = connection.createStatement()) {
                        turn.execute(TURN);
                    }
                    return lookUp(connection, hashes, eventIds, names);
                });
    }

    private Before lookUp(
            Connection connection,
            Collection<String> hashes,
            Collection<String> eventIds,
            Collection<String> names)
            throws SQLException {
        Map<String, Long> events = new HashMap<>();
        Map<String, Long> declarations = new HashMap<>();
        Map<String, Bearer> bearers = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        Set<String> ours = new HashSet<>();
        long last = 0;
        try (PreparedStatement query = connection.prepareStatement(BEFORE)) {
            Array hash = texts(connection, hashes);
            Array id = texts(connection, eventIds);
            Array name = texts(connection, names);
            query.setArray(1, hash);
            query.setArray(2, hash);
            query.setArray(3, id);
            query.setArray(4, id);
            query.setArray(5, name);
            query.setArray(6, name);
            query.setArray(7, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String key = row.getString(2);
                    boolean flag = row.getBoolean(3);
                    long number = row.getLong(4);
                    switch (row.getString(1)) {
                        case "h" -> (flag ? declarations : events).put(key, number);
                        case "i" ->
                                bearers.merge(
                                        key,
                                        new Bearer(flag, number),
                                        (a, b) -> a.event() <= b.event() ? a : b);
                        case "l" -> numbers.put(key, number);
                        case "o" -> ours.add(key);
                        default -> last = number;
                    }
                }
            }
        }
        if (last != lastNumber) {
            forget();
            lastNumber = last;
        }
        return new Before(events, declarations, bearers, lots(connection, names, numbers), ours);
    }

    private Map<String, Tally> lots(
            Connection connection, Collection<String> names, Map<String, Long> numbers)
            throws SQLException {
        Map<String, Tally> lots = new HashMap<>();
        Map<Long, Tally> unread = new HashMap<>();
        for (String name : names) {
            Long number = numbers.get(name);
            if (number != null) {
                Tally tally = remembered.get(name);
                if (tally == null) {
                    tally = new Tally(number);
                    unread.put(number, tally);
                }
                lots.put(name, tally);
            }
        }
        if (!unread.isEmpty()) {
            try (PreparedStatement query = connection.prepareStatement(SUMS)) {
                query.setArray(
                        1,
                        connection.createArrayOf("bigint", unread.keySet().toArray(Long[]::new)));
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        Tally tally = unread.get(row.getLong(1));
                        if (tally != null) {
                            tally.add(
                                    row.getString(2),
                                    row.getBigDecimal(3),
                                    row.getBigDecimal(4),
                                    row.getInt(5));
                        }
                    }
                }
            }
        }
        return lots;
    }

    @Override
    public String body(long event) {
        return jdbc.query(
                        "select body from trace.captured_event where seq = ?",
                        (row, _) -> row.getString(1),
                        event)
                .getFirst();
    }

    @Override
    public void forget() {
        remembered.clear();
        lastNumber = -1;
    }

    @Override
    public void write(List<Entry> events, List<Sighting> sightings, Map<String, Tally> lots) {
        in(
                connection -> {
                    if (!events.isEmpty()) {
                        writeEvents(connection, events, lots);
                    }
                    writeSightings(connection, sightings);
                    return true;
                });
    }

    private void writeEvents(Connection connection, List<Entry> events, Map<String, Tally> lots)
            throws SQLException {
        long next = reserve(connection, NUMBERS, events.size());
        lastNumber = next + events.size() - 1;
        writeLots(connection, events, lots);
        CopyText rows = new CopyText();
        CopyText mentions = new CopyText();
        for (Entry entry : events) {
            entry.numbered(next++);
            write(rows, entry);
            int line = 0;
            for (Mention mention : entry.candidate().mentions()) {
                Tally lot = lots.get(mention.name());
                if (lot == null) {
                    throw new IllegalStateException("no lot " + mention.name());
                }
                Mention.Amount amount = mention.amount();
                mentions.number(entry.number())
                        .number(line++)
                        .number(lot.number())
                        .truth(mention.ofClass())
                        .number(mention.role().ordinal())
                        .truth(mention.added())
                        .text(amount == null ? null : amount.unit())
                        .plain(amount == null ? null : amount.made().toPlainString())
                        .plain(amount == null ? null : amount.used().toPlainString())
                        .end();
            }
        }
        copy(connection, COPY_EVENTS, rows);
        copy(connection, COPY_MENTIONS, mentions);
    }

    private void writeLots(Connection connection, List<Entry> events, Map<String, Tally> lots)
            throws SQLException {
        Map<String, Boolean> fresh = new LinkedHashMap<>();
        for (Entry entry : events) {
            for (Mention mention : entry.candidate().mentions()) {
                Tally lot = lots.get(mention.name());
                if (lot != null) {
                    if (lot.number() == 0) {
                        fresh.putIfAbsent(mention.name(), mention.ofClass());
                    }
                    remembered.put(mention.name(), lot);
                }
            }
        }
        while (remembered.size() > MOST_REMEMBERED) {
            remembered.pollFirstEntry();
        }
        if (fresh.isEmpty()) {
            return;
        }
        long next = reserve(connection, LOT_NUMBERS, fresh.size());
        CopyText rows = new CopyText();
        for (Map.Entry<String, Boolean> each : fresh.entrySet()) {
            Tally lot = lots.get(each.getKey());
            if (lot != null) {
                lot.numbered(next);
            }
            rows.plain(id(each.getKey()))
                    .text(each.getKey())
                    .text(number(each.getKey()))
                    .truth(each.getValue())
                    .number(next++)
                    .end();
        }
        copy(connection, COPY_LOTS, rows);
    }

    private static void write(CopyText rows, Entry entry) {
        Candidate candidate = entry.candidate();
        EpcisEvent event = candidate.event();
        rows.number(entry.number())
                .text(candidate.eventId())
                .plain(candidate.hash())
                .truth(candidate.declaresError())
                .truth(entry.contested())
                .plain(event.type().label())
                .plain(action(event))
                .plain(event.common().eventTime().at())
                .plain(entry.recordTime())
                .text(web(Vocabulary.BIZ_STEP, event.common().bizStep()))
                .text(web(Vocabulary.DISPOSITION, event.common().disposition()))
                .text(place(event.common().readPoint()))
                .text(place(event.common().bizLocation()))
                .text(candidate.body())
                .text(entry.context())
                .plain(entry.job())
                .truth(entry.unbalanced())
                .text(
                        entry.warnings().isEmpty()
                                ? NO_WARNINGS
                                : JSON.writeValueAsString(entry.warnings()))
                .end();
    }

    private static void writeSightings(Connection connection, List<Sighting> sightings)
            throws SQLException {
        CopyText fresh = new CopyText();
        Set<Sighting> known = new LinkedHashSet<>();
        Set<List<Object>> written = new HashSet<>();
        for (Sighting sighting : sightings) {
            if (sighting.entry() == null) {
                known.add(sighting);
            } else if (written.add(List.of(sighting.number(), sighting.party()))) {
                fresh.number(sighting.number()).plain(sighting.party()).end();
            }
        }
        copy(connection, COPY_SIGHTINGS, fresh);
        if (!known.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(SHOW)) {
                insert.setArray(
                        1,
                        connection.createArrayOf(
                                "bigint", known.stream().map(Sighting::number).toArray()));
                insert.setArray(
                        2,
                        connection.createArrayOf(
                                "text", known.stream().map(s -> s.party().toString()).toArray()));
                insert.executeUpdate();
            }
        }
    }

    @Override
    public void finish(List<CaptureJob> jobs) {
        CopyText rows = new CopyText();
        for (CaptureJob job : jobs) {
            rows.plain(job.id())
                    .plain(job.createdAt())
                    .plain(job.finishedAt())
                    .plain(job.proceed() ? "proceed" : "rollback")
                    .truth(job.success())
                    .number(job.captured())
                    .number(job.repeated())
                    .number(job.unbalanced())
                    .text(json(job.errors()))
                    .text(json(job.warnings()))
                    .plain(job.account())
                    .plain(job.party())
                    .end();
        }
        in(
                connection -> {
                    copy(connection, COPY_JOBS, rows);
                    return true;
                });
    }

    @Override
    public void open(CaptureJob job, Document document) {
        finish(List.of(job));
        Visitor by = document.by();
        jdbc.update(OPEN, job.id(), document.file(), document.xml(), JSON.writeValueAsString(by));
    }

    @Override
    public List<Open> unfinished() {
        return jdbc.query(
                UNFINISHED,
                (row, _) ->
                        new Open(
                                JdbcCapturedEvents.job(row, 0),
                                new Document(
                                        row.getString("file"),
                                        row.getBoolean("xml"),
                                        JSON.readValue(row.getString("visitor"), Visitor.class)),
                                row.getLong("behind")));
    }

    @Override
    public void goOn(CaptureJob job, long behind) {
        jdbc.update(
                GO_ON,
                job.finishedAt() == null ? null : job.finishedAt().toString(),
                job.success(),
                job.captured(),
                job.repeated(),
                job.unbalanced(),
                json(job.errors()),
                json(job.warnings()),
                job.id());
        if (job.running()) {
            jdbc.update(
                    "update trace.capture_document set behind = ? where job = ?", behind, job.id());
        } else {
            jdbc.update("delete from trace.capture_document where job = ?", job.id());
        }
    }

    private static String json(List<?> list) {
        return list.isEmpty() ? "[]" : JSON.writeValueAsString(list);
    }

    private static long reserve(Connection connection, String sql, int count) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, count);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1) - count + 1;
            }
        }
    }

    private static void copy(Connection connection, String sql, CopyText rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new ByteArrayInputStream(rows.bytes()), 1 << 16);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Array texts(Connection connection, Collection<String> values)
            throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private <T> T in(ConnectionCallback<T> work) {
        T result = jdbc.execute(work);
        if (result == null) {
            throw new IllegalStateException("nothing came back");
        }
        return result;
    }

    /** The id of a foreign lot follows from its name, so that it is the same everywhere. */
    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(String name) {
        return Identifier.of(name)
                .lot()
                .orElseGet(
                        () -> {
                            int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
                            return cut + 1 < name.length() ? name.substring(cut + 1) : name;
                        });
    }

    private static @Nullable String action(EpcisEvent event) {
        Action action =
                switch (event) {
                    case ObjectEvent e -> e.action();
                    case AggregationEvent e -> e.action();
                    case AssociationEvent e -> e.action();
                    case TransactionEvent e -> e.action();
                    case TransformationEvent _ -> null;
                };
        return action == null ? null : action.name();
    }

    private static @Nullable String web(Vocabulary vocabulary, @Nullable String written) {
        return written == null ? null : vocabulary.webUri(written);
    }

    private static @Nullable String place(@Nullable Place place) {
        return place == null ? null : Identifier.canonical(place.id());
    }
}
