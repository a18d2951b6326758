package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.AssociationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.Movement;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Place;
import cn.xinyuan.epcis.TransactionEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.epcis.Walk;
import cn.xinyuan.server.trace.ForeignLots.ForeignLot;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Captured events in the schema of trace. */
@NullMarked
@Repository
class JdbcCapturedEvents implements CapturedEvents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String LOCK =
            """
            select pg_advisory_xact_lock(hashtext('trace.captured_event'))
            """;

    private static final String KNOWN =
            """
            select coalesce(captured, 0) from trace.epcis_event
             where hash = :hash and declares_error = :error
             order by key limit 1
            """;

    private static final String STORED =
            """
            select e.key, e.own, e.event_id, e.hash, e.record_time, e.body, e.context, e.unbalanced
              from trace.epcis_event e
            """;

    private static final String FIRST_OF =
            STORED
                    + """
                     where e.event_id = :id and not e.declares_error
                     order by e.key limit 1
                    """;

    private static final String SEEN =
            """
             (cast(:party as uuid) is null or e.party = :party or exists (
                 select 1 from trace.captured_for f
                  where f.event = e.captured and f.party = :party))
            """;

    private static final String INSERT =
            """
            insert into trace.captured_event (event_id, hash, declares_error, contested, type, action,
                event_time, record_time, biz_step, disposition, read_point, biz_location, body,
                context, job, unbalanced, warnings)
            values (:eventId, :hash, :error, :contested, :type, :action, :eventTime, :recordTime,
                :bizStep, :disposition, :readPoint, :bizLocation, :body, :context, :job,
                :unbalanced, :warnings)
            returning seq
            """;

    private static final String INSERT_LOTS =
            """
            insert into trace.foreign_lot (id, name, number, class)
            select * from unnest(cast(:ids as uuid[]), :names, :numbers, cast(:classes as boolean[]))
            on conflict do nothing
            """;

    private static final String INSERT_NAMES =
            """
            insert into trace.captured_name (event, name, class)
            select :event, n, c from unnest(:names, cast(:classes as boolean[])) as t(n, c)
            """;

    private static final String INSERT_LINKS =
            """
            insert into trace.captured_link (event, source, target, packed)
            select :event, s, t, p
              from unnest(:sources, :targets, cast(:packed as boolean[])) as l(s, t, p)
            on conflict do nothing
            """;

    private static final String INSERT_MOVEMENTS =
            """
            insert into trace.captured_movement (event, line, what, unit, made, used, added)
            select :event, row_number() over () - 1, w, u, m, d, :added
              from unnest(:whats, :units, cast(:made as numeric[]), cast(:used as numeric[]))
                   as t(w, u, m, d)
            """;

    private static final String SHOW =
            """
            insert into trace.captured_for (event, party) values (:event, :party)
            on conflict do nothing
            """;

    private static final String SUMS =
            """
            select m.what, m.unit, sum(m.made) as made, sum(m.used) as used,
                   coalesce(sum(sign(m.made)) filter (where m.added), 0) as additions
              from (select what, unit, made, used, added from trace.captured_movement
                     where what = any(:names)
                    union all
                    select epc_class, 'KGM', kilograms, 0, true from trace.lot
                     where epc_class = any(:names)) m
             group by m.what, m.unit
             order by m.what, m.unit
            """;

    private static final String INSERT_JOB =
            """
            insert into trace.capture_job (id, created_at, finished_at, behaviour, success, captured,
                repeated, unbalanced, errors, warnings, account, party)
            values (:id, :created, :finished, :behaviour, :success, :captured, :repeated,
                :unbalanced, :errors, :warnings, :account, :party)
            """;

    private static final String JOBS =
            """
            select * from trace.capture_job j
             where (cast(:party as uuid) is null or j.party = :party or j.account = :party)
            """;

    private static final String LOTS =
            """
            select distinct l.id, l.name, l.number
              from trace.foreign_lot l
             where (l.id = any(cast(:ids as uuid[])) or l.name = any(:names))
               and (cast(:party as uuid) is null or exists (
                    select 1 from trace.captured_name n join trace.captured_for f
                        on f.event = n.event
                     where n.name = l.name and f.party = :party))
            """;

    private static final String LOTS_NUMBERED =
            """
            select distinct l.id, l.name, l.number
              from trace.foreign_lot l
             where l.number = :number
               and (cast(:party as uuid) is null or exists (
                    select 1 from trace.captured_name n join trace.captured_for f
                        on f.event = n.event
                     where n.name = l.name and f.party = :party))
             order by l.name limit 20
            """;

    private static final String LINKS =
            """
            select distinct k.source, k.target, k.packed, e.event_id
              from trace.captured_link k join trace.epcis_event e on e.captured = k.event
             where not e.declares_error
               and not exists (select 1 from trace.captured_event d
                                where d.hash = e.hash and d.declares_error)
               and
            """
                    + SEEN;

    private static final String DERIVED =
            """
            select e.seq, e.hash, e.body, e.context,
                   array(select n.name || ' ' || n.class::text from trace.captured_name n
                          where n.event = e.seq
                          order by (n.name || ' ' || n.class::text) collate "C") as names,
                   array(select l.source || ' ' || l.target || ' ' || l.packed::text
                           from trace.captured_link l where l.event = e.seq
                          order by (l.source || ' ' || l.target || ' ' || l.packed::text)
                                   collate "C") as links,
                   array(select m.what || ' ' || m.unit || ' ' || trim_scale(m.made)::text || ' '
                                || trim_scale(m.used)::text
                           from trace.captured_movement m where m.event = e.seq
                          order by m.line) as movements
              from trace.captured_event e
             where e.seq > :after
             order by e.seq limit :most
            """;

    private final JdbcClient jdbc;

    JdbcCapturedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void oneAtATime() {
        jdbc.sql(LOCK).query((row, _) -> true).list();
    }

    @Override
    public Optional<Long> known(String hash, boolean declaresError) {
        return jdbc.sql(KNOWN)
                .param("hash", hash)
                .param("error", declaresError)
                .query(Long.class)
                .optional();
    }

    @Override
    public Optional<Stored> firstOf(String eventId) {
        return jdbc.sql(FIRST_OF).param("id", eventId).query(JdbcCapturedEvents::stored).optional();
    }

    @Override
    public long keep(NewEvent kept) {
        EpcisEvent event = kept.event();
        boolean error = event.common().errorDeclaration() != null;
        long seq =
                jdbc.sql(INSERT)
                        .param("eventId", kept.eventId())
                        .param("hash", kept.hash())
                        .param("error", error)
                        .param("contested", kept.contested())
                        .param("type", event.type().label())
                        .param("action", action(event))
                        .param("eventTime", at(event.common().eventTime().at()))
                        .param("recordTime", at(kept.recordTime()))
                        .param("bizStep", web(Vocabulary.BIZ_STEP, event.common().bizStep()))
                        .param(
                                "disposition",
                                web(Vocabulary.DISPOSITION, event.common().disposition()))
                        .param("readPoint", place(event.common().readPoint()))
                        .param("bizLocation", place(event.common().bizLocation()))
                        .param("body", EpcisJson.text(EpcisJson.write(event)))
                        .param("context", kept.context())
                        .param("job", kept.job())
                        .param("unbalanced", kept.unbalanced())
                        .param("warnings", JSON.writeValueAsString(kept.warnings()))
                        .query(Long.class)
                        .single();
        Set<String> things = Link.things(event);
        Set<String> classes = new LinkedHashSet<>(Link.classes(event));
        names(seq, things, classes);
        links(seq, Link.of(event));
        movements(seq, event, error);
        return seq;
    }

    private void names(long seq, Set<String> things, Set<String> classes) {
        List<String> all = new ArrayList<>(things);
        all.addAll(classes);
        if (all.isEmpty()) {
            return;
        }
        String[] names = all.toArray(String[]::new);
        String[] ids = new String[names.length];
        String[] numbers = new String[names.length];
        String[] kinds = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            ids[i] = id(names[i]).toString();
            numbers[i] = number(names[i]);
            kinds[i] = String.valueOf(i >= things.size());
        }
        jdbc.sql(INSERT_LOTS)
                .param("ids", ids)
                .param("names", names)
                .param("numbers", numbers)
                .param("classes", kinds)
                .update();
        jdbc.sql(INSERT_NAMES)
                .param("event", seq)
                .param("names", names)
                .param("classes", kinds)
                .update();
    }

    private void links(long seq, List<Link> links) {
        if (links.isEmpty()) {
            return;
        }
        jdbc.sql(INSERT_LINKS)
                .param("event", seq)
                .param("sources", links.stream().map(Link::from).toArray(String[]::new))
                .param("targets", links.stream().map(Link::to).toArray(String[]::new))
                .param(
                        "packed",
                        links.stream().map(l -> String.valueOf(l.packed())).toArray(String[]::new))
                .update();
    }

    private void movements(long seq, EpcisEvent event, boolean error) {
        List<Movement> moved = Movement.of(event);
        if (moved.isEmpty()) {
            return;
        }
        jdbc.sql(INSERT_MOVEMENTS)
                .param("event", seq)
                .param("whats", moved.stream().map(Movement::what).toArray(String[]::new))
                .param("units", moved.stream().map(Movement::unit).toArray(String[]::new))
                .param("made", amounts(moved, Movement::made, error))
                .param("used", amounts(moved, Movement::used, error))
                .param("added", event instanceof ObjectEvent)
                .update();
    }

    private static String[] amounts(
            List<Movement> moved, Function<Movement, BigDecimal> of, boolean error) {
        return moved.stream()
                .map(of)
                .map(amount -> (error ? amount.negate() : amount).toPlainString())
                .toArray(String[]::new);
    }

    @Override
    public void showTo(long event, UUID party) {
        jdbc.sql(SHOW).param("event", event).param("party", party).update();
    }

    @Override
    public Map<String, List<Sum>> sums(Collection<String> names) {
        Map<String, List<Sum>> sums = new HashMap<>();
        if (!names.isEmpty()) {
            jdbc.sql(SUMS)
                    .param("names", names.toArray(String[]::new))
                    .query(
                            row -> {
                                sums.computeIfAbsent(row.getString("what"), _ -> new ArrayList<>())
                                        .add(
                                                new Sum(
                                                        row.getString("unit"),
                                                        plain(row.getBigDecimal("made")),
                                                        plain(row.getBigDecimal("used")),
                                                        row.getInt("additions")));
                            });
        }
        return sums;
    }

    @Override
    public void add(CaptureJob job) {
        jdbc.sql(INSERT_JOB)
                .param("id", job.id())
                .param("created", at(job.createdAt()))
                .param("finished", at(job.finishedAt()))
                .param("behaviour", job.proceed() ? "proceed" : "rollback")
                .param("success", job.success())
                .param("captured", job.captured())
                .param("repeated", job.repeated())
                .param("unbalanced", job.unbalanced())
                .param("errors", JSON.writeValueAsString(job.errors()))
                .param("warnings", JSON.writeValueAsString(job.warnings()))
                .param("account", job.account())
                .param("party", job.party())
                .update();
    }

    @Override
    public Optional<CaptureJob> findJob(UUID id, Sight sight) {
        return jdbc.sql(JOBS + " and j.id = :id")
                .param("party", sight.party())
                .param("id", id)
                .query(JdbcCapturedEvents::job)
                .optional();
    }

    @Override
    public List<CaptureJob> jobs(Sight sight, int atMost, int skip) {
        return jdbc.sql(JOBS + " order by j.created_at desc, j.id limit :most offset :skip")
                .param("party", sight.party())
                .param("most", atMost)
                .param("skip", skip)
                .query(JdbcCapturedEvents::job)
                .list();
    }

    @Override
    public List<ForeignLot> lots(Collection<UUID> ids, Collection<String> names, Sight sight) {
        return jdbc.sql(LOTS)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .param("names", names.toArray(String[]::new))
                .param("party", sight.party())
                .query(JdbcCapturedEvents::lot)
                .list();
    }

    @Override
    public List<ForeignLot> lotsNumbered(String number, Sight sight) {
        return jdbc.sql(LOTS_NUMBERED)
                .param("number", number)
                .param("party", sight.party())
                .query(JdbcCapturedEvents::lot)
                .list();
    }

    @Override
    public Walk.Neighbours<String> genealogy(Sight sight) {
        return new Walk.Neighbours<>() {
            @Override
            public Collection<Walk.Edge<String>> into(Set<String> targets) {
                return edges(" and k.target = any(:names)", targets, sight);
            }

            @Override
            public Collection<Walk.Edge<String>> outOf(Set<String> sources) {
                return edges(" and k.source = any(:names)", sources, sight);
            }
        };
    }

    private Collection<Walk.Edge<String>> edges(String where, Set<String> names, Sight sight) {
        Set<Walk.Edge<String>> edges = new LinkedHashSet<>();
        said(where, names, sight).forEach(s -> edges.add(new Walk.Edge<>(s.from(), s.to())));
        return edges;
    }

    @Override
    public List<Said> saying(Set<Walk.Edge<String>> edges, Sight sight) {
        Set<String> sources = new LinkedHashSet<>();
        edges.forEach(e -> sources.add(e.from()));
        return said(" and k.source = any(:names)", sources, sight).stream()
                .filter(s -> edges.contains(new Walk.Edge<>(s.from(), s.to())))
                .toList();
    }

    private List<Said> said(String where, Set<String> names, Sight sight) {
        if (names.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(LINKS + where + " order by k.source, k.target, e.event_id")
                .param("names", names.toArray(String[]::new))
                .param("party", sight.party())
                .query(
                        (row, _) ->
                                new Said(
                                        row.getString("source"),
                                        row.getString("target"),
                                        row.getBoolean("packed"),
                                        row.getString("event_id")))
                .list();
    }

    @Override
    public List<Derived> derivedAfter(long seq, int atMost) {
        return jdbc.sql(DERIVED)
                .param("after", seq)
                .param("most", atMost)
                .query(
                        (row, _) ->
                                new Derived(
                                        row.getLong("seq"),
                                        row.getString("hash"),
                                        row.getString("body"),
                                        row.getString("context"),
                                        strings(row, "names"),
                                        strings(row, "links"),
                                        strings(row, "movements")))
                .list();
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
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

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("key"),
                row.getObject("own") != null,
                row.getString("event_id"),
                row.getString("hash"),
                row.getObject("record_time", OffsetDateTime.class).toInstant(),
                row.getString("body"),
                row.getString("context"),
                row.getBoolean("unbalanced"));
    }

    private static ForeignLot lot(ResultSet row, int number) throws SQLException {
        return new ForeignLot(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("number"));
    }

    private static CaptureJob job(ResultSet row, int number) throws SQLException {
        return new CaptureJob(
                row.getObject("id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                row.getString("behaviour").equals("proceed"),
                row.getBoolean("success"),
                row.getInt("captured"),
                row.getInt("repeated"),
                row.getInt("unbalanced"),
                JSON.readValue(
                        row.getString("errors"), new TypeReference<List<CaptureJob.Fault>>() {}),
                JSON.readValue(
                        row.getString("warnings"), new TypeReference<List<CaptureJob.Doubt>>() {}),
                row.getObject("account", UUID.class),
                row.getObject("party", UUID.class));
    }
}
