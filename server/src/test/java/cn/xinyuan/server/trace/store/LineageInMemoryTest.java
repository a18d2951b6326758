package cn.xinyuan.server.trace.store;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.trace.domain.LineageStandings;
import cn.xinyuan.server.trace.domain.LotLineage.Reached;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two nodes hold the genealogy of one database; neither ever lags behind what was committed. */
class LineageInMemoryTest {

    private final HikariDataSource database = TestDatabase.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);

    @BeforeEach
    void only_the_tables_of_the_room() {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/trace")
                .defaultSchema("trace")
                .load()
                .migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private LineageInMemory node() {
        return new LineageInMemory(database, jdbc, Clock.systemUTC());
    }

    private static UUID lot(int n) {
        return new UUID(0xabcdL << 48 | 0x4000, 0x8000_0000_0000_0000L | n);
    }

    /** A link is all that counts here: its lots and event need not exist. */
    private static void link(Connection connection, UUID from, UUID to, boolean plot)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("set local session_replication_role = replica");
            sql.execute(
                    "insert into trace.edge (source, target, kilograms, step, from_plot, event)"
                            + " values ('%s', '%s', 1, 'merge', %s, '%s')"
                                    .formatted(from, to, plot, UUID.randomUUID()));
            sql.execute("set local session_replication_role = origin");
        }
    }

    private void committed(int from, int to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            link(connection, lot(from), lot(to), false);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static Set<UUID> forward(LineageInMemory node, int start) {
        return node.walk(List.of(lot(start)), false, 1_000).orElseThrow().depths().keySet();
    }

    @Test
    void what_one_node_commits_is_in_the_next_trace_of_every_node() throws SQLException {
        committed(1, 2);
        LineageInMemory here = node();
        LineageInMemory there = node();
        assertThat(forward(here, 1)).containsExactly(lot(1), lot(2));
        committed(2, 3);
        assertThat(forward(there, 1)).containsExactly(lot(1), lot(2), lot(3));
        assertThat(forward(here, 1)).containsExactly(lot(1), lot(2), lot(3));
        assertThat(here.check().agreed()).isTrue();
        assertThat(there.check().agreed()).isTrue();
        assertThat(there.check().links()).isEqualTo(2);
    }

    @Test
    void a_link_that_is_committed_after_a_younger_one_is_not_missed_and_one_rolled_back_never_seen()
            throws SQLException {
        LineageInMemory node = node();
        assertThat(forward(node, 1)).containsExactly(lot(1));
        try (Connection older = database.getConnection();
                Connection gone = database.getConnection()) {
            older.setAutoCommit(false);
            gone.setAutoCommit(false);
            link(older, lot(1), lot(2), false);
            link(gone, lot(1), lot(9), false);
            committed(1, 3);
            assertThat(forward(node, 1)).containsExactlyInAnyOrder(lot(1), lot(3));
            older.commit();
            gone.rollback();
            assertThat(forward(node, 1)).containsExactlyInAnyOrder(lot(1), lot(2), lot(3));
            older.setAutoCommit(true);
            gone.setAutoCommit(true);
        }
        assertThat(node.check()).extracting("links", "agreed").containsExactly(2L, true);
    }

    @Test
    void a_transaction_that_has_written_is_answered_by_the_database_itself() throws SQLException {
        committed(1, 2);
        LineageInMemory node = node();
        var manager = new JdbcTransactionManager(database);
        var client = JdbcClient.create(database);
        var own = new LineageInMemory(database, client, Clock.systemUTC());
        assertThat(own.walk(List.of(lot(1)), false, 9)).isPresent();
        new TransactionTemplate(manager)
                .executeWithoutResult(
                        status -> {
                            assertThat(own.walk(List.of(lot(1)), false, 9)).isPresent();
                            client.sql("select pg_current_xact_id()").query().singleRow();
                            assertThat(own.walk(List.of(lot(1)), false, 9)).isEmpty();
                            status.setRollbackOnly();
                        });
        assertThat(node.check().agreed()).isTrue();
    }

    @Test
    void plots_are_told_apart_and_depth_is_kept() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            link(connection, lot(100), lot(1), true);
            link(connection, lot(1), lot(2), false);
            link(connection, lot(7), lot(2), false);
            connection.commit();
            connection.setAutoCommit(true);
        }
        Reached back = node().walk(List.of(lot(2)), true, 9).orElseThrow();
        assertThat(back.depths()).containsOnlyKeys(lot(2), lot(1), lot(7)).containsEntry(lot(1), 1);
        assertThat(back.plots()).containsExactly(lot(100));
        assertThat(back.dangling()).containsExactly(lot(7));
        assertThat(node().walk(List.of(lot(2)), true, 0).orElseThrow().depths())
                .containsOnlyKeys(lot(2));
        assertThat(node().walk(List.of(lot(55)), true, 9).orElseThrow().dangling())
                .containsExactly(lot(55));
    }

    @Test
    void shared_sources_are_ranked_and_unknown_lots_share_nothing() throws SQLException {
        committed(1, 3);
        committed(1, 4);
        committed(2, 3);
        committed(2, 4);
        committed(2, 5);
        LineageInMemory node = node();
        assertThat(node.shared(List.of(lot(3), lot(4)), 5).orElseThrow())
                .extracting("source", "others")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(lot(1), 0),
                        org.assertj.core.groups.Tuple.tuple(lot(2), 1));
        assertThat(node.shared(List.of(lot(3), lot(88)), 5).orElseThrow()).isEmpty();
    }

    @Test
    void what_was_falsified_behind_our_back_is_found_told_and_loaded_again() throws SQLException {
        committed(1, 2);
        committed(2, 3);
        LineageInMemory node = node();
        assertThat(forward(node, 1)).hasSize(3);
        node.stand();
        LineageStandings standings = new JdbcLineageStandings(jdbc, database);
        List<LineageStandings.Difference> told = new ArrayList<>();
        assertThat(standings.compare(told::add)).isEqualTo(1);
        assertThat(told).isEmpty();
        jdbc.sql(
                        """
                        do $$ begin
                            set local session_replication_role = replica;
                            delete from trace.edge where target = '%s';
                        end $$
                        """
                                .formatted(lot(3)))
                .update();
        standings.compare(told::add);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().expectedLinks()).isEqualTo(1);
        assertThat(told.getFirst().foundLinks()).isEqualTo(2);
        assertThat(forward(node, 1)).hasSize(3);
        assertThat(node.check().agreed()).isFalse();
        assertThat(forward(node, 1)).containsExactly(lot(1), lot(2));
        assertThat(node.check().agreed()).isTrue();
    }

    @Test
    void many_writers_and_readers_on_two_nodes_miss_nothing_that_was_acknowledged()
            throws Exception {
        List<LineageInMemory> nodes = List.of(node(), node());
        AtomicInteger next = new AtomicInteger(1_000);
        Queue<int[]> written = new java.util.concurrent.ConcurrentLinkedQueue<>();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int w = 0; w < 6; w++) {
            int writer = w;
            writers.add(
                    () -> {
                        Random random = new Random(writer);
                        for (int i = 0; i < 60; i++) {
                            int from = random.nextInt(1_000, next.get() + 1);
                            int to = next.incrementAndGet();
                            try (Connection connection = database.getConnection()) {
                                connection.setAutoCommit(false);
                                link(connection, lot(from), lot(to), false);
                                if (random.nextInt(3) == 0) {
                                    Thread.sleep(random.nextInt(8));
                                }
                                boolean undone = random.nextInt(5) == 0;
                                if (undone) {
                                    connection.rollback();
                                } else {
                                    connection.commit();
                                    written.add(new int[] {from, to});
                                }
                                connection.setAutoCommit(true);
                                Set<UUID> seen =
                                        forward(nodes.get(random.nextInt(nodes.size())), from);
                                assertThat(seen.contains(lot(to))).isEqualTo(!undone);
                            }
                        }
                        return true;
                    });
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<Boolean> done : threads.invokeAll(writers)) {
                done.get();
            }
        }
        for (LineageInMemory node : nodes) {
            assertThat(node.check()).extracting("agreed").isEqualTo(true);
            for (int start = 1_000; start < next.get(); start += 7) {
                assertThat(forward(node, start)).isEqualTo(naive(written, start));
            }
        }
    }

    private static Set<UUID> naive(Collection<int[]> links, int start) {
        Set<UUID> reached = new HashSet<>(Set.of(lot(start)));
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            int lot = queue.remove();
            for (int[] link : links) {
                if (link[0] == lot && reached.add(lot(link[1]))) {
                    queue.add(link[1]);
                }
            }
        }
        return reached;
    }

    @Test
    void a_snapshot_tells_what_it_sees_and_which_is_later() {
        Snapshot early = Snapshot.of("10:14:11,12");
        Snapshot late = Snapshot.of("12:15:12");
        assertThat(List.of(9L, 10L, 11L, 12L, 13L, 14L))
                .filteredOn(early::sees)
                .containsExactly(9L, 10L, 13L);
        assertThat(late.isAsLateAs(early)).isTrue();
        assertThat(early.isAsLateAs(late)).isFalse();
        assertThat(early.isAsLateAs(early)).isTrue();
        assertThat(Snapshot.of("10:14:10").isAsLateAs(early)).isFalse();
        assertThat(early).hasToString("10:14:11,12").isEqualTo(Snapshot.of("10:14:12,11"));
        assertThat(Snapshot.of("7:7:")).hasToString("7:7:");
    }
}
