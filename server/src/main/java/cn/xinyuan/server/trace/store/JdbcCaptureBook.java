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
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes captured events, one group in one transaction. What is known of the lots of the last
 * groups is remembered; whether another program wrote in between shows in the sequence of event
 * numbers, and then everything is read again.
 */
@NullMarked
@Repository
class JdbcCaptureBook implements CaptureBook {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NO_WARNINGS = "[]";
    private static final int MOST_REMEMBERED = 50_000;

    /**
     * One plan for all groups, since planning takes longer than a small group; and a plan that was
     * made for small tables must not live on when they have grown: no scans of whole tables.
     */
    private static final String TURN =
            """
            select pg_advisory_xact_lock(hashtext('trace.captured_event')),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('enable_seqscan', 'off', true)
            """;

    /**
     * All that is to be known of a group, and numbers for its events and new lots, which are given
     * only while the turn is held, so that they come in the order of commits. A repeated or refused
     * event leaves its number unused.
     */
    private static final String BEFORE =
            """
            with known as materialized (
                select name, n from trace.foreign_lot where name = any(?))
            select 'h' as kind, hash as key, declares_error as flag, seq as number,
                   null::text as unit, null::numeric as made, null::numeric as used
              from trace.captured_event where hash = any(?)
            union all
            select 'h', hash, declares_error, 0, null, null, null
              from trace.epcis_event where captured is null and hash = any(?)
            union all
            select 'i', event_id, false, seq, null, null, null
              from trace.captured_event where event_id = any(?) and not declares_error
            union all
            select 'i', event_id, true, 0, null, null, null
              from trace.epcis_event
             where captured is null and event_id = any(?) and not declares_error
            union all
            select 'l', name, false, n, null, null, null from known
            union all
            select 't', k.name, false,
                   coalesce(sum(sign(m.made)) filter (where m.added), 0)::bigint,
                   m.unit, sum(m.made), sum(m.used)
              from known k join trace.captured_mention m on m.lot = k.n
             where k.name = any(?) and m.unit is not null
             group by k.name, m.unit
            union all
            select 'o', epc_class, false, 0, null, null, null
              from trace.lot where epc_class = any(?)
            union all
            select 'o', thing, false, 0, null, null, null
              from trace.container_event where thing = any(?)
            union all
            select 'e', '', false,
                   case when w.events = 0
                        then (select last_value from trace.captured_event_seq_seq)
                        else setval('trace.captured_event_seq_seq',
                                    nextval('trace.captured_event_seq_seq') + w.events - 1) end,
                   null, null, null
              from (select ?::bigint as events) w
            union all
            select 'n', '', false,
                   setval('trace.foreign_lot_n_seq',
                          nextval('trace.foreign_lot_n_seq') + w.lots - 1) - w.lots + 1,
                   null, null, null
              from (select ?::bigint - (select count(*) from known) as lots) w where w.lots > 0
            """;

    private static final String LOOK_UP = TURN + ";" + BEFORE;

    private static final Rows.Table LOTS =
            Rows.Table.of(
                    "trace.foreign_lot",
                    "id uuid",
                    "name text",
                    "number text",
                    "class boolean",
                    "n bigint");

    private static final Rows.Table EVENTS =
            Rows.Table.of(
                    "trace.captured_event",
                    "seq bigint",
                    "event_id text",
                    "hash text",
                    "declares_error boolean",
                    "contested boolean",
                    "type text",
                    "action text",
                    "event_time timestamptz",
                    "record_time timestamptz",
                    "biz_step text",
                    "disposition text",
                    "read_point text",
                    "biz_location text",
                    "body text",
                    "context text",
                    "job uuid",
                    "unbalanced boolean",
                    "warnings text");

    private static final Rows.Table MENTIONS =
            Rows.Table.of(
                    "trace.captured_mention",
                    "event bigint",
                    "line integer",
                    "lot bigint",
                    "class boolean",
                    "role smallint",
                    "added boolean",
                    "unit text",
                    "made numeric",
                    "used numeric");

    private static final Rows.Table SIGHTINGS =
            Rows.Table.of("trace.captured_for", "event bigint", "party uuid");

    private static final Rows.Table JOBS =
            Rows.Table.of(
                    "trace.capture_job",
                    "id uuid",
                    "created_at timestamptz",
                    "finished_at timestamptz",
                    "behaviour text",
                    "success boolean",
                    "captured integer",
                    "repeated integer",
                    "unbalanced integer",
                    "errors text",
                    "warnings text",
                    "account uuid",
                    "party uuid");

    /** A group up to this many events is written by one message, a larger one by COPY. */
    private static final int A_FEW = 150;

    private static final String WRITE_A_FEW =
            Stream.of(LOTS, EVENTS, MENTIONS, SIGHTINGS, JOBS)
                    .map(Rows.Table::insert)
                    .collect(Collectors.joining(";"));

    private static final String SHOW =
            """
            insert into trace.captured_for (event, party)
            select * from unnest(cast(? as bigint[]), cast(? as uuid[]))
            on conflict do nothing
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
    private long nextEvent;
    private long nextLot;

    JdbcCaptureBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Before lookUp(
            int events,
            Collection<String> hashes,
            Collection<String> eventIds,
            Collection<String> names) {
        return in(
                connection -> {
                    Known known = new Known(names);
                    long last = known.read(connection, events, hashes, eventIds);
                    nextEvent = last - events + 1;
                    nextLot = known.firstLot;
                    if (nextEvent != lastNumber + 1) {
                        // another program wrote, or a group was undone: what is remembered is old
                        forget();
                        known = new Known(names);
                        last = known.read(connection, 0, hashes, eventIds);
                    }
                    lastNumber = last;
                    return known.before();
                });
    }

    /** What the database knows of a group. */
    private final class Known {
        private final Collection<String> names;
        private final Map<String, Long> events = new HashMap<>();
        private final Map<String, Long> declarations = new HashMap<>();
        private final Map<String, Bearer> bearers = new HashMap<>();
        private final Map<String, Tally> lots = new HashMap<>();
        private final Set<String> ours = new HashSet<>();
        private long firstLot;

        Known(Collection<String> names) {
            this.names = names;
        }

        /**
         * @param wanted how many numbers are taken for events; with 0 none for lots either
         * @return the last number that was given to an event
         */
        long read(
                Connection connection,
                int wanted,
                Collection<String> hashes,
                Collection<String> eventIds)
                throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(LOOK_UP)) {
                Array hash = texts(connection, hashes);
                Array id = texts(connection, eventIds);
                Array name = texts(connection, names);
                query.setArray(1, name);
                query.setArray(2, hash);
                query.setArray(3, hash);
                query.setArray(4, id);
                query.setArray(5, id);
                query.setArray(
                        6,
                        texts(
                                connection,
                                names.stream().filter(n -> !remembered.containsKey(n)).toList()));
                query.setArray(7, name);
                query.setArray(8, name);
                query.setLong(9, wanted);
                query.setLong(10, wanted == 0 ? 0 : names.size());
                query.execute();
                query.getMoreResults();
                try (ResultSet row = query.getResultSet()) {
                    long last = 0;
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
                            case "l" -> {
                                Tally tally = remembered.get(key);
                                lots.put(key, tally == null ? new Tally(number) : tally);
                            }
                            case "t" ->
                                    lots.getOrDefault(key, new Tally(0))
                                            .add(
                                                    row.getString(5),
                                                    row.getBigDecimal(6),
                                                    row.getBigDecimal(7),
                                                    (int) number);
                            case "o" -> ours.add(key);
                            case "n" -> firstLot = number;
                            default -> last = number;
                        }
                    }
                    return last;
                }
            }
        }

        Before before() {
            return new Before(events, declarations, bearers, lots, ours);
        }
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
    public void write(
            List<Entry> events,
            List<Sighting> sightings,
            Map<String, Tally> lots,
            List<CaptureJob> jobs) {
        Rows freshLots = freshLots(events, lots);
        Rows rows = new Rows(EVENTS);
        Rows mentions = new Rows(MENTIONS);
        for (Entry entry : events) {
            entry.numbered(nextEvent++);
            event(rows, entry);
            mentions(mentions, entry, lots);
        }
        List<Sighting> known = new ArrayList<>();
        Rows seen = sightings(sightings, known);
        List<Rows> all = List.of(freshLots, rows, mentions, seen, jobs(jobs));
        in(
                connection -> {
                    if (events.size() <= A_FEW) {
                        writeAFew(connection, all);
                    } else {
                        for (Rows each : all) {
                            each.copy(connection);
                        }
                    }
                    show(connection, known);
                    return true;
                });
    }

    private static void writeAFew(Connection connection, List<Rows> all) throws SQLException {
        if (all.stream().allMatch(Rows::isEmpty)) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(WRITE_A_FEW)) {
            int next = 1;
            for (Rows each : all) {
                next = each.bind(insert, next);
            }
            insert.execute();
        }
    }

    private Rows freshLots(List<Entry> events, Map<String, Tally> lots) {
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
        Rows rows = new Rows(LOTS);
        fresh.forEach(
                (name, ofClass) -> {
                    Tally lot = lots.get(name);
                    if (lot != null) {
                        lot.numbered(nextLot);
                    }
                    rows.plain(id(name))
                            .text(name)
                            .text(number(name))
                            .truth(ofClass)
                            .number(nextLot++);
                });
        return rows;
    }

    private static void mentions(Rows rows, Entry entry, Map<String, Tally> lots) {
        int line = 0;
        for (Mention mention : entry.candidate().mentions()) {
            Tally lot = lots.get(mention.name());
            if (lot == null) {
                throw new IllegalStateException("no lot " + mention.name());
            }
            Mention.Amount amount = mention.amount();
            rows.number(entry.number())
                    .number(line++)
                    .number(lot.number())
                    .truth(mention.ofClass())
                    .number(mention.role().ordinal())
                    .truth(mention.added())
                    .text(amount == null ? null : amount.unit())
                    .text(amount == null ? null : amount.made().toPlainString())
                    .text(amount == null ? null : amount.used().toPlainString());
        }
    }

    private static void event(Rows rows, Entry entry) {
        Candidate candidate = entry.candidate();
        EpcisEvent event = candidate.event();
        rows.number(entry.number())
                .text(candidate.eventId())
                .text(candidate.hash())
                .truth(candidate.declaresError())
                .truth(entry.contested())
                .text(event.type().label())
                .text(action(event))
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
                                : JSON.writeValueAsString(entry.warnings()));
    }

    /**
     * @param known takes those of events that were there before
     */
    private static Rows sightings(List<Sighting> sightings, List<Sighting> known) {
        Rows fresh = new Rows(SIGHTINGS);
        Set<List<Object>> written = new HashSet<>();
        for (Sighting sighting : sightings) {
            if (sighting.entry() == null) {
                known.add(sighting);
            } else if (written.add(List.of(sighting.number(), sighting.party()))) {
                fresh.number(sighting.number()).plain(sighting.party());
            }
        }
        return fresh;
    }

    private static void show(Connection connection, List<Sighting> known) throws SQLException {
        if (known.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(SHOW)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", known.stream().map(Sighting::number).toArray()));
            insert.setArray(
                    2, texts(connection, known.stream().map(s -> s.party().toString()).toList()));
            insert.executeUpdate();
        }
    }

    private static Rows jobs(List<CaptureJob> jobs) {
        Rows rows = new Rows(JOBS);
        for (CaptureJob job : jobs) {
            rows.plain(job.id())
                    .plain(job.createdAt())
                    .plain(job.finishedAt())
                    .text(job.proceed() ? "proceed" : "rollback")
                    .truth(job.success())
                    .number(job.captured())
                    .number(job.repeated())
                    .number(job.unbalanced())
                    .text(json(job.errors()))
                    .text(json(job.warnings()))
                    .plain(job.account())
                    .plain(job.party());
        }
        return rows;
    }

    @Override
    public void finish(CaptureJob job) {
        write(List.of(), List.of(), Map.of(), List.of(job));
    }

    @Override
    public void open(CaptureJob job, Document document) {
        finish(job);
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
