package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.Walk.Direction;
import cn.xinyuan.epcis.genealogy.Limits;
import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.epcis.genealogy.SharedSources;
import cn.xinyuan.epcis.genealogy.Trail;
import cn.xinyuan.server.trace.domain.LotLineage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The links of {@code trace.edge} in memory. Loaded once at start; before every walk one query asks
 * for what was committed since, by any node: the rows that the snapshot of the last time does not
 * see. Its sum is compared with the database every hour.
 */
@Component
class LineageInMemory extends HeldInMemory<LineageInMemory.Held> implements LotLineage {

    private static final Logger LOG = LoggerFactory.getLogger(LineageInMemory.class);

    private static final String SINCE =
            """
            select pg_current_snapshot()::text as now,
                   pg_current_xact_id_if_assigned() is not null as writes,
                   e.source, e.target, e.from_plot, e.xact::text as xact
              from (select) one
              left join trace.edge e
                on e.xact >= pg_snapshot_xmin(cast(:since as pg_snapshot))
               and e.xact < pg_snapshot_xmax(pg_current_snapshot())
               and not pg_visible_in_snapshot(e.xact, cast(:since as pg_snapshot))
            """;

    private static final String STAND =
            """
            insert into trace.lineage_standing (node, cluster, up_to, links, digest, at)
            select :node, system_identifier, cast(:upTo as pg_snapshot), :links, :digest, :at
              from pg_control_system()
            on conflict (node) do update
               set cluster = excluded.cluster, up_to = excluded.up_to, links = excluded.links,
                   digest = excluded.digest, at = excluded.at
            """;

    private static final String FORGET = "delete from trace.lineage_standing where at < :before";

    private static final int PENDING = 200_000;

    private final DataSource database;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final UUID node = UUID.randomUUID();

    /** The links, and the snapshot they are of; both change under the write lock only. */
    static final class Held {
        private final Lineage lineage;
        private volatile Snapshot upTo;

        private Held(Lineage lineage, Snapshot upTo) {
            this.lineage = lineage;
            this.upTo = upTo;
        }
    }

    /** A link that another snapshot shows. */
    private record Fresh(UUID source, UUID target, boolean fromPlot, long transaction) {}

    LineageInMemory(DataSource database, JdbcClient jdbc, Clock clock) {
        super("genealogy");
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    void whenLoaded(Held fresh) {
        stand(fresh);
    }

    @Override
    public Optional<Reached> walk(Collection<UUID> starts, boolean back, int deepest) {
        Held now = current();
        if (now == null) {
            return Optional.empty();
        }
        return Optional.of(walking(trail -> walked(now.lineage, trail, starts, back, deepest)));
    }

    private static Reached walked(
            Lineage lineage, Trail trail, Collection<UUID> starts, boolean back, int deepest) {
        Map<UUID, Integer> depths = new LinkedHashMap<>();
        Set<UUID> plots = new LinkedHashSet<>();
        Set<UUID> circular = new LinkedHashSet<>();
        Set<UUID> dangling = new LinkedHashSet<>();
        int[] known = new int[starts.size()];
        int n = 0;
        for (UUID start : starts) {
            depths.put(start, 0);
            int lot = find(lineage, start);
            if (lot >= 0) {
                known[n++] = lot;
            } else if (back) {
                dangling.add(start);
            }
        }
        lineage.walk(
                trail,
                back ? Direction.BACK : Direction.FORWARD,
                Limits.NONE.depth(deepest),
                Arrays.copyOf(known, n));
        for (int i = 0; i < trail.size(); i++) {
            int lot = trail.lot(i);
            if (lineage.isOrigin(lot)) {
                plots.add(id(lineage, lot));
            } else {
                depths.put(id(lineage, lot), trail.depth(i));
            }
        }
        if (lineage.circular(trail)) {
            for (UUID lot : depths.keySet()) {
                int number = find(lineage, lot);
                if (number >= 0 && lineage.isCircular(number)) {
                    circular.add(lot);
                }
            }
        }
        if (back) {
            for (int lot : lineage.dangling(trail)) {
                dangling.add(id(lineage, lot));
            }
        }
        return new Reached(depths, plots, circular, dangling);
    }

    @Override
    public Optional<List<Shared>> shared(List<UUID> lots, int atMost) {
        Held now = current();
        if (now == null) {
            return Optional.empty();
        }
        return Optional.of(walking(trail -> shared(now.lineage, trail, lots, atMost)));
    }

    private static List<Shared> shared(Lineage lineage, Trail trail, List<UUID> lots, int atMost) {
        List<UUID> known = lots.stream().distinct().filter(lot -> find(lineage, lot) >= 0).toList();
        if (known.size() < 2) {
            return List.of();
        }
        int[] numbers = known.stream().mapToInt(lot -> find(lineage, lot)).toArray();
        List<Shared> found = new ArrayList<>();
        for (SharedSources.Source source :
                SharedSources.of(lineage, trail, Limits.NONE, atMost, numbers)) {
            List<UUID> covers = new ArrayList<>();
            for (int i = 0; i < numbers.length; i++) {
                if ((source.which() >>> i & 1) != 0) {
                    covers.add(known.get(i));
                }
            }
            found.add(
                    new Shared(
                            id(lineage, source.lot()),
                            lineage.isOrigin(source.lot()),
                            covers,
                            source.others(),
                            source.distance()));
        }
        return List.copyOf(found);
    }

    // ---- following the database

    /** What is held, with everything that was committed until now; null when it cannot be had. */
    private @Nullable Held current() {
        Held now = loaded();
        if (now == null) {
            return null;
        }
        Snapshot since = now.upTo;
        List<Fresh> fresh = new ArrayList<>();
        String[] seen = new String[1];
        boolean[] writes = new boolean[1];
        jdbc.sql(SINCE)
                .param("since", since.toString())
                .query(
                        row -> {
                            seen[0] = row.getString("now");
                            writes[0] = row.getBoolean("writes");
                            if (row.getObject("source") != null) {
                                fresh.add(fresh(row));
                            }
                        });
        if (writes[0]) {
            return null;
        }
        if (seen[0] == null) {
            throw new IllegalStateException("the database has no snapshot");
        }
        Snapshot latest = Snapshot.of(seen[0]);
        if (!fresh.isEmpty() || latest.oldest() - since.oldest() > 1_000) {
            take(now, fresh, latest);
        }
        return now;
    }

    private static Fresh fresh(ResultSet row) throws SQLException {
        return new Fresh(
                row.getObject("source", UUID.class),
                row.getObject("target", UUID.class),
                row.getBoolean("from_plot"),
                Long.parseUnsignedLong(String.valueOf(row.getString("xact"))));
    }

    /** Several may have asked at once; each link is taken once. */
    private void take(Held now, List<Fresh> fresh, Snapshot latest) {
        changing(
                () -> {
                    if (latest.isAsLateAs(now.upTo)) {
                        add(now, fresh, latest);
                    }
                    return true;
                });
    }

    private static void add(Held now, List<Fresh> fresh, Snapshot latest) {
        Lineage lineage = now.lineage;
        for (Fresh link : fresh) {
            if (!now.upTo.sees(link.transaction())) {
                int source = lot(lineage, link.source());
                if (link.fromPlot()) {
                    lineage.describe(source, 0, 0, true);
                }
                lineage.link(source, lot(lineage, link.target()));
            }
        }
        now.upTo = latest;
        if (lineage.pending() > PENDING) {
            lineage.compact();
        }
    }

    // ---- loading and checking

    @Override
    Held load() throws SQLException {
        long began = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Snapshot upTo = snapshot(connection);
                Lineage.Load load = new Lineage.Load();
                LinkCopy.each(
                        connection,
                        null,
                        (sourceHigh, sourceLow, targetHigh, targetLow, fromPlot) -> {
                            if (fromPlot) {
                                load.describe(load.lot(sourceHigh, sourceLow), 0, 0, true);
                            }
                            load.link(sourceHigh, sourceLow, targetHigh, targetLow);
                        });
                Held now = new Held(load.done(), upTo);
                LOG.info(
                        "Genealogy loaded: {} links of {} lots and plots in {} ms",
                        now.lineage.links(),
                        now.lineage.lots(),
                        (System.nanoTime() - began) / 1_000_000);
                return now;
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        }
    }

    private static Snapshot snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
            row.next();
            return Snapshot.of(row.getString(1));
        }
    }

    /** Every hour. */
    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    void checkNowAndThen() {
        check();
    }

    @Override
    public LotLineage.Standing check() {
        Held now = current();
        if (now == null) {
            return new LotLineage.Standing(0, 0, false);
        }
        Standing standing = standing(now);
        long links = standing.links();
        long digest = standing.digest();
        JdbcLineageStandings.Sum said = JdbcLineageStandings.sum(database, standing.upTo());
        boolean agreed = said.links() == links && said.digest() == digest;
        if (!agreed) {
            LOG.error(
                    "The genealogy in memory differs from the database and is loaded again:"
                            + " {} links, sum {}; the database says {} links, sum {}",
                    links,
                    digest,
                    said.links(),
                    said.digest());
            giveUp();
            loaded();
        } else {
            stand(now);
        }
        return new LotLineage.Standing(links, digest, agreed);
    }

    /** Leaves word of what is held, for {@code ./xinyuan verify} to compare. */
    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void stand() {
        Held now = held();
        if (now != null) {
            stand(now);
        }
    }

    /** How much is held, and as of when. */
    private record Standing(long links, long digest, Snapshot upTo) {}

    private Standing standing(Held now) {
        return reading(() -> new Standing(now.lineage.links(), now.lineage.digest(), now.upTo));
    }

    private void stand(Held now) {
        Standing standing = standing(now);
        var at = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql(FORGET).param("before", at.minusDays(1)).update();
        jdbc.sql(STAND)
                .param("node", node)
                .param("upTo", standing.upTo().toString())
                .param("links", standing.links())
                .param("digest", standing.digest())
                .param("at", at)
                .update();
    }

    private static int find(Lineage lineage, UUID id) {
        return lineage.find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static int lot(Lineage lineage, UUID id) {
        return lineage.lot(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static UUID id(Lineage lineage, int lot) {
        return new UUID(lineage.high(lot), lineage.low(lot));
    }
}
