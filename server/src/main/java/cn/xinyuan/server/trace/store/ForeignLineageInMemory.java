package cn.xinyuan.server.trace.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.Walk.Direction;
import cn.xinyuan.epcis.genealogy.Limits;
import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.epcis.genealogy.Trail;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import cn.xinyuan.server.trace.domain.ForeignLineage;
import cn.xinyuan.server.trace.domain.Mention.Role;
import cn.xinyuan.server.trace.domain.Stowage;
import cn.xinyuan.server.trace.store.MentionedLinks.Event;
import cn.xinyuan.server.trace.store.MentionedLinks.Named;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The links of captured events in memory, by the numbers of {@code trace.foreign_lot}. Captures are
 * committed in the order of their numbers, one group at a time, so the next events are those with
 * higher numbers.
 */
@Component
class ForeignLineageInMemory extends HeldInMemory<ForeignLineageInMemory.Held>
        implements ForeignLineage {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignLineageInMemory.class);

    private static final String EVENTS =
            """
            select e.seq, (extract(epoch from e.event_time) * 1000)::bigint as at, e.hash,
                   e.declares_error,
                   exists (select 1 from trace.captured_event d
                            where d.hash = e.hash and d.declares_error) as wrong,
                   m.lot, m.role
              from trace.captured_event e
              left join trace.captured_mention m on m.event = e.seq and m.role > 0
            """;

    private static final String AFTER = EVENTS + " where e.seq > ? order by e.seq, m.line";

    /** Events that are taken in at once: a burst of captures must not fill the memory. */
    private static final int STEP = 10_000;

    private static final String NEXT =
            EVENTS
                    + """
                     where e.seq > ? and e.seq <= (
                           select max(seq) from (select seq from trace.captured_event
                                                  where seq > ? order by seq limit ?) step)
                     order by e.seq, m.line
                    """;

    private static final String DECLARED_WRONG =
            EVENTS + " where e.hash = any (?) and not e.declares_error order by e.seq, m.line";

    private static final String MENTIONING =
            EVENTS
                    + """
                     where e.seq in (select event from trace.captured_mention
                                      where lot = any (?) and role in (1, 3, 4))
                       and not e.declares_error
                     order by e.seq, m.line
                    """;

    private static final String THESE =
            EVENTS + " where e.seq = any (?) and not e.declares_error order by e.seq, m.line";
    private static final String SEEN_AMONG =
            """
            select distinct m.event
              from trace.captured_mention m join trace.event_facts f on f.captured = m.event
             where m.lot = any (:lots) and m.role > 0
            """;
    private static final String TURNING =
            "select distinct lot from trace.captured_mention where role in (6, 8)";

    private static final String WEIGHED =
            """
            select distinct c.lot
              from trace.captured_mention o
              join trace.captured_mention c on c.event = o.event and c.role = 6
             where o.role = 5 and o.class and (:any or c.lot = any (:containers))
            """;
    private static final String SAID_OF =
            """
            select e.seq, e.body
              from trace.captured_event e
             where e.seq in (select event from trace.captured_mention
                              where lot = any (:containers) and role in (4, 6, 8))
               and e.seq <= :upTo and not e.declares_error
               and not exists (select 1 from trace.captured_event d
                                where d.hash = e.hash and d.declares_error)
             order by e.event_time, e.seq
            """;
    private static final int WEIGHED_AT_ONCE = 500;
    private static final int FETCH = 10_000;
    private static final int PENDING = 200_000;

    private final DataSource database;
    private final JdbcClient jdbc;

    /** An event took only a part of a content out of a container. */
    private record Part(long event, long at, long content, long container) {}

    /** The links, and the number of the last event that is in them. */
    static final class Held {
        private final MentionedLinks links;
        private final Set<Part> parts = ConcurrentHashMap.newKeySet();
        private volatile long upTo;

        private Held(MentionedLinks links, long upTo) {
            this.links = links;
            this.upTo = upTo;
        }
    }

    ForeignLineageInMemory(DataSource database, JdbcClient jdbc) {
        super("genealogy of captured events");
        this.database = database;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Walked> walk(
            UUID start, boolean back, int deepest, View view, Stowage.Span span) {
        Limits limits =
                Limits.NONE.depth(deepest).between(millis(span.from()), millis(span.until()));
        Held now = current();
        Long number =
                jdbc.sql("select n from trace.foreign_lot where id = :id")
                        .param("id", start)
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        if (now == null || number == null) {
            return Optional.empty();
        }
        Found all = found(now, number, back, limits);
        return Optional.of(
                named(view.everything() ? all : seenBy(now, view, all, number, back, limits)));
    }

    private static long millis(Instant at) {
        return at.equals(Instant.MIN)
                ? Long.MIN_VALUE
                : at.equals(Instant.MAX) ? Long.MAX_VALUE : at.toEpochMilli();
    }

    /** What a walk found, by numbers. */
    private record Found(Map<Long, Integer> depths, List<long[]> links, boolean circular) {}

    private Found found(Held now, long start, boolean back, Limits limits) {
        return walking(trail -> found(now.links.lineage(), trail, start, back, limits));
    }

    private static Found found(
            Lineage lineage, Trail trail, long start, boolean back, Limits limits) {
        Map<Long, Integer> depths = new LinkedHashMap<>(Map.of(start, 0));
        List<long[]> links = new ArrayList<>();
        int number = lineage.find(0, start);
        if (number < 0) {
            return new Found(depths, links, false);
        }
        lineage.walk(trail, back ? Direction.BACK : Direction.FORWARD, limits, number);
        for (int i = 0; i < trail.size(); i++) {
            depths.put(lineage.low(trail.lot(i)), trail.depth(i));
        }
        lineage.linksAmong(
                trail,
                (source, target, said) ->
                        links.add(new long[] {lineage.low(source), lineage.low(target), said}));
        return new Found(depths, links, lineage.circular(trail));
    }

    /** The same walk once more, through what the reader may see. */
    private Found seenBy(Held now, View view, Found all, long start, boolean back, Limits limits) {
        Map<String, Object> params = new HashMap<>();
        params.put("lots", all.depths().keySet().toArray(Long[]::new));
        List<Long> visible =
                jdbc.sql(SEEN_AMONG + SeenBy.view(view, params))
                        .params(params)
                        .query(Long.class)
                        .list();
        List<Event> seen = new ArrayList<>();
        Set<Long> turning = new HashSet<>();
        read(
                THESE,
                statement -> statement.setArray(1, numbers(statement, visible)),
                event -> {
                    seen.add(event);
                    event.named().stream()
                            .filter(n -> n.role() == Role.EMPTIED || n.role() == Role.RETURNABLE)
                            .forEach(n -> turning.add(n.lot()));
                });
        var links = new MentionedLinks(new Lineage.Load().done(), turning);
        seen.stream().filter(event -> !event.wrong()).forEach(links::apply);
        now.parts.forEach(p -> links.partlyTaken(p.content(), p.container(), p.event()));
        return found(links.lineage(), new Trail(), start, back, limits);
    }

    private Walked named(Found found) {
        Map<Long, UUID> ids = new HashMap<>();
        jdbc.sql("select n, id from trace.foreign_lot where n = any (:numbers)")
                .param("numbers", found.depths().keySet().toArray(Long[]::new))
                .query(
                        row -> {
                            ids.put(row.getLong("n"), row.getObject("id", UUID.class));
                        });
        Map<Long, String> said = new HashMap<>();
        Long[] events =
                found.links().stream()
                        .map(l -> l[2])
                        .filter(e -> e >= 0)
                        .distinct()
                        .toArray(Long[]::new);
        if (events.length > 0) {
            jdbc.sql("select seq, event_id from trace.captured_event where seq = any (:events)")
                    .param("events", events)
                    .query(
                            row -> {
                                said.put(row.getLong("seq"), row.getString("event_id"));
                            });
        }
        Map<UUID, Integer> depths = new LinkedHashMap<>();
        found.depths()
                .forEach(
                        (number, depth) -> {
                            UUID id = ids.get(number);
                            if (id != null) {
                                depths.put(id, depth);
                            }
                        });
        List<Met> links = new ArrayList<>();
        for (long[] link : found.links()) {
            UUID from = ids.get(link[0]);
            UUID to = ids.get(link[1]);
            if (from != null && to != null) {
                links.add(new Met(from, to, said.get(link[2])));
            }
        }
        return new Walked(depths, links, found.circular());
    }

    // ---- following the captures

    /** So that a trace after a quiet hour finds little to do. */
    @Scheduled(initialDelay = 30_000, fixedDelay = 30_000)
    void follow() {
        if (held() != null) {
            current();
        }
    }

    private @Nullable Held current() {
        Held now = loaded();
        while (now != null && hasMoreAfter(now)) {
            now = loaded();
        }
        return now;
    }

    /** Takes some of the events in that came since; says whether there may be more. */
    private boolean hasMoreAfter(Held now) {
        long since = now.upTo;
        List<Event> fresh = new ArrayList<>();
        read(
                NEXT,
                statement -> {
                    statement.setLong(1, since);
                    statement.setLong(2, since);
                    statement.setInt(3, STEP);
                },
                fresh::add);
        if (fresh.isEmpty()) {
            return false;
        }
        List<Event> wrong = new ArrayList<>();
        String[] declared =
                fresh.stream().filter(Event::declares).map(Event::hash).toArray(String[]::new);
        if (declared.length > 0) {
            read(
                    DECLARED_WRONG,
                    statement ->
                            statement.setArray(
                                    1, statement.getConnection().createArrayOf("text", declared)),
                    wrong::add);
        }
        Set<Long> turning = new HashSet<>();
        fresh.forEach(event -> turning.addAll(now.links.newlyTurning(event)));
        List<Event> said = turning.isEmpty() ? List.of() : mentioning(turning);
        changing(
                () -> {
                    take(now, since, wrong, turning, said, fresh);
                    return true;
                });
        Set<Long> touched = new HashSet<>(turning);
        for (List<Event> some : List.of(fresh, wrong)) {
            for (Event event : some) {
                for (Named named : event.named()) {
                    switch (named.role()) {
                        case CONTAINER, RETURNABLE, EMPTIED -> touched.add(named.lot());
                        default -> {}
                    }
                }
            }
        }
        weigh(now, touched, false);
        // another thread was faster, perhaps with less
        return fresh.size() == STEP || now.upTo < fresh.getLast().seq();
    }

    /**
     * Amounts tell whether all of a lot was taken out or a part: what stays inside goes on with the
     * container.
     */
    private void weigh(Held now, Set<Long> touched, boolean any) {
        List<Long> containers =
                any || !touched.isEmpty()
                        ? jdbc.sql(WEIGHED)
                                .param("any", any)
                                .param("containers", touched.toArray(Long[]::new))
                                .query(Long.class)
                                .list()
                        : List.of();
        for (int i = 0; i < containers.size(); i += WEIGHED_AT_ONCE) {
            weigh(now, containers.subList(i, Math.min(containers.size(), i + WEIGHED_AT_ONCE)));
        }
    }

    private void weigh(Held now, List<Long> containers) {
        Stowage stowage = new Stowage();
        Map<Long, AggregationEvent> taken = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        jdbc.sql(SAID_OF)
                .param("containers", containers.toArray(Long[]::new))
                .param("upTo", now.upTo)
                .query(
                        row -> {
                            if (event(row.getString("body")) instanceof AggregationEvent change) {
                                stowage.add(change);
                                if (change.action() == Action.DELETE
                                        && !change.childQuantities().isEmpty()) {
                                    taken.put(row.getLong("seq"), change);
                                    names.addAll(Link.things(change));
                                    names.addAll(Link.classes(change));
                                }
                            }
                        });
        Map<String, Long> numbers = new HashMap<>();
        jdbc.sql("select n, name from trace.foreign_lot where name = any (:names)")
                .param("names", names.toArray(String[]::new))
                .query(
                        row -> {
                            numbers.put(row.getString("name"), row.getLong("n"));
                        });
        Set<Part> parts = new HashSet<>();
        taken.forEach(
                (seq, change) -> {
                    String container = Identifier.canonical(String.valueOf(change.parentId()));
                    Instant at = change.common().eventTime().at();
                    Long box = numbers.get(container);
                    Set<String> left = new HashSet<>();
                    stowage.inside(container, at).forEach(c -> left.add(c.name()));
                    for (String content : Link.classes(change)) {
                        Long lot = numbers.get(content);
                        if (box != null && lot != null && left.contains(content)) {
                            parts.add(new Part(seq, at.toEpochMilli(), lot, box));
                        }
                    }
                });
        Set<Long> boxes = Set.copyOf(containers);
        changing(
                () -> {
                    for (Part each : List.copyOf(now.parts)) {
                        if (boxes.contains(each.container()) && !parts.contains(each)) {
                            now.parts.remove(each);
                            if (taken.containsKey(each.event())) {
                                now.links.whollyTaken(
                                        each.content(), each.container(), each.at(), each.event());
                            }
                        }
                    }
                    for (Part each : parts) {
                        now.parts.add(each);
                        now.links.partlyTaken(each.content(), each.container(), each.event());
                    }
                    return true;
                });
    }

    private static @Nullable EpcisEvent event(String body) {
        try {
            return EpcisJson.readEvent(EpcisJson.parse(body.getBytes(UTF_8)), "")
                            instanceof Reading.Understood understood
                    ? understood.event()
                    : null;
        } catch (UnreadableDocument _) {
            return null;
        }
    }

    private void take(
            Held now,
            long since,
            List<Event> wrong,
            Set<Long> turning,
            List<Event> said,
            List<Event> fresh) {
        if (now.upTo != since) {
            return;
        }
        try {
            wrong.stream().filter(e -> e.seq() <= since).forEach(now.links::retract);
            turn(now, turning, said.stream().filter(e -> e.seq() <= since).toList());
            fresh.stream()
                    .filter(event -> !event.declares() && !event.wrong())
                    .forEach(now.links::apply);
            now.upTo = fresh.getLast().seq();
            if (now.links.lineage().pending() > PENDING) {
                now.links.lineage().compact();
            }
        } catch (RuntimeException broken) {
            giveUp();
            throw broken;
        }
    }

    /** Containers that seemed to keep their contents are emptied: what was said is said anew. */
    private static void turn(Held now, Set<Long> containers, List<Event> said) {
        said.forEach(now.links::retract);
        containers.forEach(now.links::turns);
        said.forEach(now.links::apply);
    }

    private List<Event> mentioning(Set<Long> containers) {
        List<Event> said = new ArrayList<>();
        read(
                MENTIONING,
                statement -> statement.setArray(1, numbers(statement, containers)),
                event -> {
                    if (!event.wrong()) {
                        said.add(event);
                    }
                });
        return said;
    }

    @Override
    Held load() {
        long began = System.nanoTime();
        Set<Long> turning = new HashSet<>(jdbc.sql(TURNING).query(Long.class).list());
        var links = new MentionedLinks(new Lineage.Load().done(), turning);
        Held now = new Held(links, 0);
        Set<Long> late = new HashSet<>();
        read(
                AFTER,
                statement -> statement.setLong(1, 0),
                event -> {
                    if (!event.declares() && !event.wrong()) {
                        late.addAll(links.newlyTurning(event));
                        links.apply(event);
                    }
                    now.upTo = event.seq();
                });
        if (!late.isEmpty()) {
            // captured while we were reading
            turn(now, late, mentioning(late).stream().filter(e -> e.seq() <= now.upTo).toList());
        }
        weigh(now, Set.of(), true);
        links.lineage().compact();
        LOG.info(
                "Genealogy of captured events loaded: {} links, {} for a time, in {} ms",
                links.lineage().links(),
                links.lineage().timedLinks(),
                (System.nanoTime() - began) / 1_000_000);
        return now;
    }

    /** Every hour. */
    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    void checkNowAndThen() {
        check();
    }

    @Override
    public boolean check() {
        Held now = current();
        if (now == null) {
            return false;
        }
        Held anew = load();
        boolean agreed =
                changing(
                        () -> {
                            // what was captured meanwhile is in the one and perhaps not in the
                            // other
                            boolean same =
                                    now.upTo != anew.upTo
                                            || now.links.lineage().digest()
                                                            == anew.links.lineage().digest()
                                                    && now.links.lineage().links()
                                                            == anew.links.lineage().links();
                            if (!same) {
                                hold(anew);
                            }
                            return same;
                        });
        if (!agreed) {
            LOG.error(
                    "The genealogy of captured events in memory differs from the database; it was"
                            + " loaded again");
        }
        return agreed;
    }

    // ---- rows

    /** Puts values into a statement. */
    @FunctionalInterface
    private interface Values {
        void put(PreparedStatement statement) throws SQLException;
    }

    /** Events in order, their mentions gathered; by cursor, so that many need little memory. */
    private void read(String sql, Values values, Consumer<Event> taker) {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            boolean own = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH);
                values.put(statement);
                try (ResultSet row = statement.executeQuery()) {
                    gather(row, taker);
                }
            } finally {
                if (own) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("captured events could not be read", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    private static void gather(ResultSet row, Consumer<Event> taker) throws SQLException {
        Event open = null;
        while (row.next()) {
            long seq = row.getLong("seq");
            if (open == null || open.seq() != seq) {
                if (open != null) {
                    taker.accept(open);
                }
                open =
                        new Event(
                                seq,
                                row.getLong("at"),
                                row.getString("hash"),
                                row.getBoolean("declares_error"),
                                row.getBoolean("wrong"),
                                new ArrayList<>());
            }
            int role = row.getInt("role");
            if (role > 0) {
                open.named().add(new Named(row.getLong("lot"), Role.values()[role]));
            }
        }
        if (open != null) {
            taker.accept(open);
        }
    }

    private static java.sql.Array numbers(
            PreparedStatement statement, java.util.Collection<Long> numbers) throws SQLException {
        return statement.getConnection().createArrayOf("bigint", numbers.toArray());
    }
}
