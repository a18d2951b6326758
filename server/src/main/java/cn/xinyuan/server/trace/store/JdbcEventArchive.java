package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.query.Condition;
import cn.xinyuan.epcis.query.Condition.Any;
import cn.xinyuan.epcis.query.Condition.Bound;
import cn.xinyuan.epcis.query.Condition.HasAttribute;
import cn.xinyuan.epcis.query.Condition.NumberBound;
import cn.xinyuan.epcis.query.Condition.TimeBound;
import cn.xinyuan.epcis.query.Condition.Within;
import cn.xinyuan.epcis.query.EventFacts;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.epcis.query.SimpleEventQuery.Order;
import cn.xinyuan.epcis.query.SimpleEventQuery.Window;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EventArchive;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The events of the schema of trace, as the query interface asks for them. */
@NullMarked
@Repository
class JdbcEventArchive implements EventArchive {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Milliseconds that the database may think about one query. */
    private static final int PATIENCE = 20_000;

    /** How deep master data may nest places. */
    private static final int DEEPEST = 50;

    private static final Set<String> COLLECTED =
            Set.of("bizStep", "disposition", "readPoint", "bizLocation");

    private static final String LAST_UNDRAWN =
            """
            select id from trace.undrawn order by id desc limit 1
            """;

    private static final String LOCK =
            """
            select pg_advisory_xact_lock(hashtext('trace.event_facts'))
            """;

    private static final String UNDRAWN =
            """
            select * from (
                select u.id, u.own, u.captured, o.party,
                       coalesce(o.event_id, c.event_id) as event_id,
                       coalesce(o.hash, c.hash) as hash,
                       coalesce(c.declares_error, o.command = 'reverse', false) as declares_error,
                       coalesce(o.event_time, c.event_time) as event_time,
                       coalesce(o.record_time, c.record_time) as record_time,
                       coalesce(c.body, (o.body - '@context')::text) as body,
                       coalesce(c.context, coalesce(o.body -> '@context', '[]')::text) as context,
                       array(select f.party from trace.captured_for f
                              where f.event = u.captured) as handed_in,
                       exists (select 1 from trace.event_facts k
                                where k.own = u.own or k.captured = u.captured) as known,
                       row_number() over (order by u.id) as n,
                       sum(coalesce(octet_length(c.body), 2000)) over (order by u.id) as bytes
                  from (select * from trace.undrawn where id <= :upTo
                         order by id limit :most) u
                  left join trace.event o on o.seq = u.own
                  left join trace.captured_event c on c.seq = u.captured) w
             where n = 1 or bytes < 20000000
             order by id
            """;

    private static final Rows.Table FACTS =
            Rows.Table.of(
                    "trace.event_facts",
                    "own bigint",
                    "captured bigint",
                    "event_id text",
                    "hash text",
                    "declares_error boolean",
                    "event_time timestamptz",
                    "record_time timestamptz",
                    "partners uuid[]",
                    "shown uuid[]",
                    "districts text[]",
                    "words text[]",
                    "numbers jsonb",
                    "times jsonb");

    private static final String SHOW =
            """
            update trace.event_facts f
               set shown = array(select p::uuid from jsonb_array_elements_text(r.shown) p),
                   districts = array(select jsonb_array_elements_text(r.districts))
              from jsonb_to_recordset(cast(:rows as jsonb)) as r(captured bigint, shown jsonb,
                   districts jsonb)
             where f.captured = r.captured
            """;

    private static final String VALUES =
            """
            insert into trace.event_value (kind, value)
            select distinct k, v from unnest(:kinds, :values) as t(k, v)
            on conflict do nothing
            """;

    private static final String DRAWN =
            """
            delete from trace.undrawn where id = any(cast(:ids as bigint[]))
            """;

    private static final String SELECT =
            """
            select f.position, f.own, f.event_id, f.hash, f.event_time, f.record_time,
                   coalesce(c.body, (o.body - '@context')::text) as body,
                   coalesce(c.context, coalesce(o.body -> '@context', '[]')::text) as context,
                   coalesce(c.unbalanced, not o.balanced) as unbalanced
              from trace.event_facts f
              left join trace.event o on o.seq = f.own
              left join trace.captured_event c on c.seq = f.captured
             where true
            """;

    private static final String HELD =
            """
            select distinct lot from trace.account
             where kind = 'HOLDING' and party = :party and lot is not null
            """;

    private static final String CHILDREN =
            """
            select child from trace.master_child
             where parent = any(:parents) and (cast(:everything as boolean) or by = :reader)
            """;

    private static final String ATTRIBUTES =
            """
            select distinct id from trace.master_attribute
             where name = any(:names) and (cardinality(cast(:values as text[])) = 0
                   or value = any(:values))
               and (cast(:everything as boolean) or by = :reader)
            """;

    private static final String NOTE_CHILD =
            """
            insert into trace.master_child (by, parent, child)
            select distinct :by, p, c from unnest(:parents, :children) as t(p, c)
            on conflict do nothing
            """;

    private static final String NOTE_ATTRIBUTE =
            """
            insert into trace.master_attribute (by, id, name, value)
            select distinct on (i, n) :by, i, n, v from unnest(:ids, :names, :values) as t(i, n, v)
            on conflict (by, id, name) do update set value = excluded.value
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    JdbcEventArchive(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    @Override
    public Optional<Long> lastUndrawn() {
        return jdbc.sql(LAST_UNDRAWN).query(Long.class).optional();
    }

    @Override
    public void oneAtATime() {
        jdbc.sql(LOCK).query((row, _) -> true).list();
    }

    @Override
    public List<Undrawn> undrawn(long upTo, int atMost) {
        return jdbc.sql(UNDRAWN)
                .param("upTo", upTo)
                .param("most", atMost)
                .query(
                        (row, _) ->
                                new Undrawn(
                                        row.getLong("id"),
                                        row.getObject("own", Long.class),
                                        row.getObject("captured", Long.class),
                                        row.getObject("party", UUID.class),
                                        row.getString("event_id"),
                                        row.getString("hash"),
                                        row.getBoolean("declares_error"),
                                        time(row, "event_time"),
                                        time(row, "record_time"),
                                        row.getString("body"),
                                        row.getString("context"),
                                        Set.of((UUID[]) row.getArray("handed_in").getArray()),
                                        row.getBoolean("known")))
                .list();
    }

    @Override
    public void keep(List<Drawn> drawn) {
        Rows fresh = new Rows(FACTS);
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        Set<List<String>> values = new LinkedHashSet<>();
        Set<Long> captured = new LinkedHashSet<>();
        for (Drawn each : drawn) {
            Long foreign = each.event().captured();
            // queued twice in one go: as new, and as handed in
            boolean again = foreign != null && !captured.add(foreign);
            if (each.event().known() || again) {
                shown.add(readers(each));
            } else {
                row(fresh, each);
                collect(each.facts(), values);
            }
        }
        template.execute(
                (ConnectionCallback<Boolean>)
                        connection -> {
                            fresh.copy(connection);
                            return true;
                        });
        if (!shown.isEmpty()) {
            jdbc.sql(SHOW).param("rows", JSON.writeValueAsString(shown)).update();
        }
        if (!values.isEmpty()) {
            jdbc.sql(VALUES)
                    .param("kinds", values.stream().map(List::getFirst).toArray(String[]::new))
                    .param("values", values.stream().map(List::getLast).toArray(String[]::new))
                    .update();
        }
        jdbc.sql(DRAWN)
                .param("ids", drawn.stream().map(d -> d.event().id()).toArray(Long[]::new))
                .update();
    }

    private static Map<String, @Nullable Object> readers(Drawn drawn) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("captured", drawn.event().captured());
        row.put("shown", drawn.shown());
        row.put("districts", drawn.districts());
        return row;
    }

    private static void row(Rows rows, Drawn drawn) {
        Undrawn event = drawn.event();
        Map<String, List<String>> times = new LinkedHashMap<>();
        drawn.facts()
                .times()
                .forEach((f, ts) -> times.put(f, ts.stream().map(Instant::toString).toList()));
        rows.plain(event.own())
                .plain(event.captured())
                .text(event.eventId())
                .text(event.hash())
                .truth(event.declaresError())
                .plain(event.eventTime())
                .plain(event.recordTime())
                .array(drawn.partners())
                .array(drawn.shown())
                .array(drawn.districts())
                .array(drawn.facts().words())
                .text(json(drawn.facts().numbers()))
                .text(json(times));
    }

    private static String json(Map<String, ?> map) {
        return map.isEmpty() ? "{}" : JSON.writeValueAsString(map);
    }

    private static void collect(EventFacts facts, Set<List<String>> values) {
        for (String word : facts.words()) {
            int cut = word.indexOf('=');
            if (cut < 0) {
                continue;
            }
            String field = word.substring(0, cut);
            if (COLLECTED.contains(field)) {
                values.add(List.of(field, word.substring(cut + 1)));
            } else if (SimpleEventQuery.anyEpc().contains(field)) {
                values.add(List.of("epc", word.substring(cut + 1)));
            }
        }
    }

    @Override
    public long newest() {
        return jdbc.sql("select coalesce(max(position), 0) from trace.event_facts")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Found> query(SimpleEventQuery query, View view, Cursor after, int atMost) {
        Statement sql = new Statement(SELECT);
        where(sql, query, view);
        if (after.ceiling() != Long.MAX_VALUE) {
            sql.and("f.position <= :ceiling", "ceiling", after.ceiling());
        }
        order(sql, query.order(), after);
        sql.add(" limit :most", "most", atMost);
        return patiently(() -> sql.over(jdbc).query(JdbcEventArchive::found).list());
    }

    private static void order(Statement sql, @Nullable Order order, Cursor after) {
        if (order == null) {
            sql.and("f.position > :after", "after", after.position());
            sql.add(" order by f.position");
            return;
        }
        String way = order.descending() ? " desc" : "";
        switch (order.by()) {
            case EVENT_TIME, RECORD_TIME -> {
                String column =
                        order.by() == Order.By.EVENT_TIME ? "f.event_time" : "f.record_time";
                Instant time = after.time();
                if (time != null) {
                    sql.and(
                            "("
                                    + column
                                    + ", f.position) "
                                    + (order.descending() ? "<" : ">")
                                    + " (:sortedAfter, :after)",
                            "sortedAfter",
                            at(time));
                    sql.param("after", after.position());
                }
                sql.add(" order by " + column + way + ", f.position" + way);
            }
            case FIELD -> {
                sql.param("field", order.field());
                sql.param("word", order.field() + "=");
                sql.add(
                        " order by (f.numbers -> :field ->> 0)::numeric"
                                + way
                                + " nulls last, (select substr(w, length(:word) + 1) from"
                                + " unnest(f.words) w where starts_with(w, :word) limit 1)"
                                + " collate \"C\""
                                + way
                                + " nulls last, f.position");
                sql.add(" offset :skip", "skip", after.skip());
            }
        }
    }

    @Override
    public int count(SimpleEventQuery query, View view, int atMost) {
        Statement sql =
                new Statement("select count(*) from (select 1 from trace.event_facts f where true");
        where(sql, query, view);
        sql.add(" limit :most) c", "most", atMost);
        return patiently(() -> sql.over(jdbc).query(Integer.class).single());
    }

    @Override
    public Optional<Stored> find(String eventIdOrHash, View view) {
        Statement sql = new Statement(SELECT);
        sql.and("(f.event_id = :id or f.hash = :id or f.hash = :hex)", "id", eventIdOrHash);
        sql.param("hex", "ni:///sha-256;" + eventIdOrHash + "?ver=CBV2.0");
        see(sql, view);
        sql.add(" order by f.position limit 1");
        return sql.over(jdbc).query(JdbcEventArchive::found).optional().map(Found::event);
    }

    @Override
    public List<String> values(
            String kind, List<String> fields, View view, String after, int atMost) {
        Statement sql =
                new Statement(
                        "select v.value from trace.event_value v where v.kind = :kind and"
                                + " v.value > :after and exists (select 1 from trace.event_facts f"
                                + " where f.words && array[");
        sql.param("kind", kind);
        sql.param("after", after);
        for (int i = 0; i < fields.size(); i++) {
            sql.add(
                    (i == 0 ? "" : ", ") + ":field" + i + " || v.value",
                    "field" + i,
                    fields.get(i) + "=");
        }
        sql.add("]");
        see(sql, view);
        sql.add(") order by v.value limit :most", "most", atMost);
        return patiently(() -> sql.over(jdbc).query(String.class).list());
    }

    @Override
    public Set<UUID> heldBy(UUID party) {
        return jdbc.sql(HELD).param("party", party).query(UUID.class).set();
    }

    @Override
    public void note(UUID by, Collection<Child> children, Collection<Attribute> attributes) {
        if (!children.isEmpty()) {
            jdbc.sql(NOTE_CHILD)
                    .param("by", by)
                    .param("parents", children.stream().map(Child::parent).toArray(String[]::new))
                    .param("children", children.stream().map(Child::child).toArray(String[]::new))
                    .update();
        }
        if (!attributes.isEmpty()) {
            jdbc.sql(NOTE_ATTRIBUTE)
                    .param("by", by)
                    .param("ids", attributes.stream().map(Attribute::id).toArray(String[]::new))
                    .param("names", attributes.stream().map(Attribute::name).toArray(String[]::new))
                    .param(
                            "values",
                            attributes.stream().map(Attribute::value).toArray(String[]::new))
                    .update();
        }
    }

    private void where(Statement sql, SimpleEventQuery query, View view) {
        window(sql, "f.event_time", "event", query.eventTime());
        window(sql, "f.record_time", "record", query.recordTime());
        int n = 0;
        for (Condition each : query.all()) {
            condition(sql, each, view, "c" + n++);
        }
        see(sql, view);
    }

    private static void window(Statement sql, String column, String name, Window window) {
        Instant from = window.from();
        Instant before = window.before();
        if (from != null) {
            sql.and(column + " >= :" + name + "From", name + "From", at(from));
        }
        if (before != null) {
            sql.and(column + " < :" + name + "Before", name + "Before", at(before));
        }
    }

    private void condition(Statement sql, Condition condition, View view, String name) {
        switch (condition) {
            case Any any -> any(sql, any, name);
            case Within within -> {
                Set<String> words = new LinkedHashSet<>();
                for (String place : below(within.places(), view)) {
                    words.add(EventFacts.word(within.field(), place));
                    words.add(EventFacts.word(within.field() + "^", place));
                }
                sql.and("f.words && cast(:" + name + " as text[])", name, array(words));
            }
            case HasAttribute has -> {
                Set<String> words = new LinkedHashSet<>();
                for (String id : bearing(has, view)) {
                    has.fields().forEach(f -> words.add(EventFacts.word(f, id)));
                }
                sql.and("f.words && cast(:" + name + " as text[])", name, array(words));
            }
        }
    }

    private static void any(Statement sql, Any any, String name) {
        List<String> ways = new ArrayList<>();
        if (!any.words().isEmpty()) {
            ways.add("f.words && cast(:" + name + " as text[])");
            sql.param(name, array(any.words()));
        }
        if (!any.likes().isEmpty()) {
            ways.add(
                    "exists (select 1 from unnest(f.words) w where w like any(cast(:"
                            + name
                            + "l as text[])))");
            sql.param(name + "l", array(any.likes()));
        }
        int n = 0;
        for (Bound bound : any.bounds()) {
            String field = name + "f" + n;
            String value = name + "v" + n++;
            sql.param(field, bound.field());
            switch (bound) {
                case NumberBound number -> {
                    sql.param(value, number.value());
                    ways.add(
                            "exists (select 1 from jsonb_array_elements(f.numbers -> :"
                                    + field
                                    + ") x where x::numeric "
                                    + bound.comparison().sign()
                                    + " :"
                                    + value
                                    + ")");
                }
                case TimeBound time -> {
                    sql.param(value, at(time.value()));
                    ways.add(
                            "exists (select 1 from jsonb_array_elements_text(f.times -> :"
                                    + field
                                    + ") x where x::timestamptz "
                                    + bound.comparison().sign()
                                    + " :"
                                    + value
                                    + ")");
                }
            }
        }
        sql.add(ways.isEmpty() ? " and false" : " and (" + String.join(" or ", ways) + ")");
    }

    /** The places and what master data put below them, level by level. */
    private Set<String> below(Set<String> places, View view) {
        Set<String> all = new LinkedHashSet<>(places);
        Set<String> level = places;
        for (int i = 0; i < DEEPEST && !level.isEmpty(); i++) {
            Set<String> next =
                    new LinkedHashSet<>(
                            jdbc.sql(CHILDREN)
                                    .param("parents", array(level))
                                    .param("everything", view.everything())
                                    .param("reader", view.reader())
                                    .query(String.class)
                                    .list());
            next.removeAll(all);
            all.addAll(next);
            level = next;
        }
        return all;
    }

    private List<String> bearing(HasAttribute has, View view) {
        return jdbc.sql(ATTRIBUTES)
                .param("names", array(has.names()))
                .param("values", array(has.values()))
                .param("everything", view.everything())
                .param("reader", view.reader())
                .query(String.class)
                .list();
    }

    private static void see(Statement sql, View view) {
        sql.add(SeenBy.view(view, sql.params));
    }

    private <T> T patiently(java.util.function.Supplier<T> ask) {
        jdbc.sql("set local statement_timeout = " + PATIENCE).update();
        try {
            T answer = ask.get();
            jdbc.sql("set local statement_timeout = 0").update();
            return answer;
        } catch (DataAccessException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && "57014".equals(sql.getSQLState())) {
                    throw new TooComplex(failed);
                }
            }
            throw failed;
        }
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                new Stored(
                        row.getLong("position"),
                        row.getObject("own") != null,
                        row.getString("event_id"),
                        row.getString("hash"),
                        time(row, "record_time"),
                        row.getString("body"),
                        row.getString("context"),
                        row.getBoolean("unbalanced")),
                time(row, "event_time"));
    }

    /** A statement as it grows, with its parameters; what strangers wrote goes into these only. */
    private static final class Statement {
        private final StringBuilder text;
        private final Map<String, Object> params = new HashMap<>();

        Statement(String begin) {
            this.text = new StringBuilder(begin);
        }

        void add(String more) {
            text.append(more);
        }

        void add(String more, String name, Object value) {
            text.append(more);
            params.put(name, value);
        }

        void and(String condition, String name, Object value) {
            add(" and " + condition, name, value);
        }

        void param(String name, Object value) {
            params.put(name, value);
        }

        JdbcClient.StatementSpec over(JdbcClient jdbc) {
            return jdbc.sql(text.toString()).params(params);
        }
    }
}
