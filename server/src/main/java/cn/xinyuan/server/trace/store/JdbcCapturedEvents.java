package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.Walk;
import cn.xinyuan.server.trace.ForeignLots.ForeignLot;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final String JOBS =
            """
            select * from trace.capture_job j
             where (cast(:everything as boolean) or j.party = :reader or j.account = :reader)
            """;

    private static final String LOTS =
            """
            select distinct l.id, l.name, l.number
              from trace.foreign_lot l
             where (l.id = any(cast(:ids as uuid[])) or l.name = any(:names))
            """;

    private static final String LOTS_NUMBERED =
            """
            select distinct l.id, l.name, l.number
              from trace.foreign_lot l
             where l.number = :number
            """;

    private static final String NAMED_IN_VIEW =
            """
             and exists (select 1 from trace.captured_name n
                           join trace.event_facts f on f.captured = n.event
                          where n.name = l.name
            """;

    private static final String LINKS =
            """
            select distinct k.source, k.target, k.packed, e.event_id
              from trace.captured_link k join trace.captured_event e on e.seq = k.event
             where not e.declares_error
               and not exists (select 1 from trace.captured_event d
                                where d.hash = e.hash and d.declares_error)
            """;

    private static final String SAID_IN_VIEW =
            """
             and exists (select 1 from trace.event_facts f where f.captured = k.event
            """;

    private static final String DERIVED =
            """
            select e.seq, e.hash, e.body, e.context,
                   array(select distinct (n.name || ' ' || n.class::text) collate "C" from trace.captured_name n
                          where n.event = e.seq
                          order by 1) as names,
                   array(select distinct (l.source || ' ' || l.target || ' ' || l.packed::text)
                                collate "C"
                           from trace.captured_link l where l.event = e.seq
                          order by 1) as links,
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
    public Optional<CaptureJob> findJob(UUID id, View view) {
        return jdbc.sql(JOBS + " and j.id = :id")
                .param("everything", view.everything())
                .param("reader", view.reader())
                .param("id", id)
                .query(JdbcCapturedEvents::job)
                .optional();
    }

    @Override
    public List<CaptureJob> jobs(View view, int atMost, int skip) {
        return jdbc.sql(JOBS + " order by j.created_at desc, j.id limit :most offset :skip")
                .param("everything", view.everything())
                .param("reader", view.reader())
                .param("most", atMost)
                .param("skip", skip)
                .query(JdbcCapturedEvents::job)
                .list();
    }

    @Override
    public List<ForeignLot> lots(Collection<UUID> ids, Collection<String> names, View view) {
        Map<String, Object> params = new HashMap<>();
        params.put("ids", ids.stream().map(UUID::toString).toArray(String[]::new));
        params.put("names", names.toArray(String[]::new));
        return jdbc.sql(LOTS + within(NAMED_IN_VIEW, view, params))
                .params(params)
                .query(JdbcCapturedEvents::lot)
                .list();
    }

    @Override
    public List<ForeignLot> lotsNumbered(String number, View view) {
        Map<String, Object> params = new HashMap<>(Map.of("number", number));
        return jdbc.sql(
                        LOTS_NUMBERED
                                + within(NAMED_IN_VIEW, view, params)
                                + " order by l.name limit 20")
                .params(params)
                .query(JdbcCapturedEvents::lot)
                .list();
    }

    @Override
    public Walk.Neighbours<String> genealogy(View view) {
        return new Walk.Neighbours<>() {
            @Override
            public Collection<Walk.Edge<String>> into(Set<String> targets) {
                return edges(" and k.target = any(:names)", targets, view);
            }

            @Override
            public Collection<Walk.Edge<String>> outOf(Set<String> sources) {
                return edges(" and k.source = any(:names)", sources, view);
            }
        };
    }

    /** A condition with the view inside its bracket; none for who sees everything. */
    private static String within(String exists, View view, Map<String, Object> params) {
        String seen = SeenBy.view(view, params);
        return seen.isEmpty() ? "" : exists + seen + ")";
    }

    private Collection<Walk.Edge<String>> edges(String where, Set<String> names, View view) {
        Set<Walk.Edge<String>> edges = new LinkedHashSet<>();
        said(where, names, view).forEach(s -> edges.add(new Walk.Edge<>(s.from(), s.to())));
        return edges;
    }

    @Override
    public List<Said> saying(Set<Walk.Edge<String>> edges, View view) {
        Set<String> sources = new LinkedHashSet<>();
        edges.forEach(e -> sources.add(e.from()));
        return said(" and k.source = any(:names)", sources, view).stream()
                .filter(s -> edges.contains(new Walk.Edge<>(s.from(), s.to())))
                .toList();
    }

    private List<Said> said(String where, Set<String> names, View view) {
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, Object> params = new HashMap<>();
        params.put("names", names.toArray(String[]::new));
        return jdbc.sql(
                        LINKS
                                + where
                                + within(SAID_IN_VIEW, view, params)
                                + " order by k.source, k.target, e.event_id")
                .params(params)
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

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static ForeignLot lot(ResultSet row, int number) throws SQLException {
        return new ForeignLot(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("number"));
    }

    static CaptureJob job(ResultSet row, int number) throws SQLException {
        return new CaptureJob(
                row.getObject("id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("finished_at", OffsetDateTime.class)),
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
