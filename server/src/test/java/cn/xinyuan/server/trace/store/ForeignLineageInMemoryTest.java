package cn.xinyuan.server.trace.store;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import cn.xinyuan.server.trace.domain.ForeignLineage.Met;
import cn.xinyuan.server.trace.domain.ForeignLineage.Walked;
import cn.xinyuan.server.trace.domain.Mention.Role;
import cn.xinyuan.server.trace.domain.Stowage;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The genealogy of captured events in memory follows the captures and forgets what was wrong. */
class ForeignLineageInMemoryTest {

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

    private static final View ALL =
            new View(true, Set.of(), Set.of(), Set.of(), Set.of(), UUID.randomUUID());

    private static View of(UUID party) {
        return new View(false, Set.of(party), Set.of(), Set.of(), Set.of(party), party);
    }

    private ForeignLineageInMemory node() {
        return new ForeignLineageInMemory(database, jdbc);
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private long number(String name) {
        jdbc.sql(
                        "insert into trace.foreign_lot (id, name, number, class) values (:id, :name,"
                                + " :name, false) on conflict do nothing")
                .param("id", id(name))
                .param("name", name)
                .update();
        return jdbc.sql("select n from trace.foreign_lot where name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    /** Such as {@code "INPUT a"}. */
    private long captured(int minute, String hash, boolean declares, String... named) {
        long seq =
                jdbc.sql(
                                """
                                insert into trace.captured_event (event_id, hash, declares_error, contested,
                                    type, event_time, record_time, body, context, job, unbalanced, warnings)
                                values (:id, 'ni:///sha-256;' || :hash || '?ver=CBV2.0', :declares, false,
                                    'AggregationEvent', '2026-06-01T00:00:00Z'::timestamptz
                                        + make_interval(mins => :minute), now(), '{}', '[]',
                                    gen_random_uuid(), false, '[]')
                                returning seq
                                """)
                        .param("id", "event-" + hash + (declares ? "-wrong" : ""))
                        .param("hash", hash)
                        .param("declares", declares)
                        .param("minute", minute)
                        .query(Long.class)
                        .single();
        int line = 0;
        for (String each : named) {
            String[] part = each.split(" ");
            jdbc.sql(
                            "insert into trace.captured_mention (event, line, lot, class, role, added)"
                                    + " values (:event, :line, :lot, false, :role, false)")
                    .param("event", seq)
                    .param("line", line++)
                    .param("lot", number(part[1]))
                    .param("role", Role.valueOf(part[0]).ordinal())
                    .update();
        }
        return seq;
    }

    private Set<String> reached(
            ForeignLineageInMemory node, String start, boolean back, View view) {
        Map<UUID, String> names =
                jdbc.sql("select name from trace.foreign_lot").query(String.class).list().stream()
                        .collect(Collectors.toMap(ForeignLineageInMemoryTest::id, n -> n));
        Set<String> reached = new TreeSet<>();
        node.walk(id(start), back, 100, view, Stowage.Span.ALWAYS)
                .orElseThrow()
                .depths()
                .keySet()
                .forEach(lot -> reached.add(names.getOrDefault(lot, "?")));
        reached.remove(start);
        return reached;
    }

    private Set<String> forward(ForeignLineageInMemory node, String start) {
        return reached(node, start, false, ALL);
    }

    @Test
    void what_was_captured_is_in_the_next_trace_and_says_which_event_says_so() {
        number("a");
        ForeignLineageInMemory node = node();
        assertThat(forward(node, "a")).isEmpty();
        captured(1, "1", false, "INPUT a", "OUTPUT b", "OUTPUT c");
        assertThat(forward(node, "a")).containsExactly("b", "c");
        captured(2, "2", false, "CHILD b", "CONTAINER pallet");
        captured(3, "3", false, "IN_RETURNABLE c", "RETURNABLE crate");
        assertThat(forward(node, "a")).containsExactly("b", "c", "crate", "pallet");
        Walked walked = node.walk(id("a"), false, 100, ALL, Stowage.Span.ALWAYS).orElseThrow();
        assertThat(walked.links())
                .contains(
                        new Met(id("a"), id("b"), null),
                        new Met(id("b"), id("pallet"), null),
                        new Met(id("c"), id("crate"), "event-3"));
        assertThat(walked.circular()).isFalse();
        assertThat(node.check()).isTrue();
    }

    @Test
    void a_pallet_that_is_emptied_later_no_longer_links_what_came_after() {
        captured(1, "1", false, "CHILD a", "CONTAINER pallet");
        captured(2, "2", false, "CHILD pallet", "CONTAINER truck1");
        ForeignLineageInMemory node = node();
        captured(9, "3", false, "CHILD pallet", "CONTAINER truck2");
        assertThat(forward(node, "a")).containsExactly("pallet", "truck1", "truck2");
        captured(5, "4", false, "EMPTIED pallet");
        captured(6, "5", false, "CHILD b", "CONTAINER pallet");
        captured(4, "6", false, "TAKEN_OUT pallet", "EMPTIED truck1");

        for (ForeignLineageInMemory each : List.of(node, node())) {
            assertThat(forward(each, "a")).containsExactly("pallet", "truck1");
            assertThat(forward(each, "b")).containsExactly("pallet", "truck2");
            assertThat(reached(each, "truck2", true, ALL)).containsExactly("b", "pallet");
        }
    }

    @Test
    void an_event_that_is_declared_wrong_links_nothing_whenever_it_is_declared() {
        captured(1, "1", false, "INPUT a", "OUTPUT b");
        captured(2, "2", false, "INPUT b", "OUTPUT c");
        ForeignLineageInMemory node = node();
        assertThat(forward(node, "a")).containsExactly("b", "c");
        captured(2, "2", true, "INPUT b", "OUTPUT c");
        captured(3, "3", false, "INPUT b", "OUTPUT d");
        captured(3, "3", true, "INPUT b", "OUTPUT d");
        assertThat(forward(node, "a")).containsExactly("b");
        assertThat(forward(node(), "a")).containsExactly("b");
        assertThat(node.check()).isTrue();
    }

    @Test
    void a_party_walks_only_through_what_it_may_see() {
        UUID party = UUID.randomUUID();
        long first = captured(1, "1", false, "INPUT a", "OUTPUT b");
        captured(2, "2", false, "INPUT b", "OUTPUT c");
        long third = captured(3, "3", false, "INPUT c", "OUTPUT d");
        long crate = captured(4, "4", false, "IN_RETURNABLE b", "RETURNABLE crate");
        for (long event : new long[] {first, third, crate}) {
            jdbc.sql(
                            """
                            insert into trace.event_facts (captured, event_id, hash,
                                declares_error, event_time, record_time, partners, shown,
                                districts, words, numbers, times)
                            select seq, event_id, hash, false, event_time, record_time, '{}',
                                   array[cast(:party as uuid)], '{4409}', '{}', '{}', '{}'
                              from trace.captured_event where seq = :event
                            """)
                    .param("event", event)
                    .param("party", party)
                    .update();
        }
        ForeignLineageInMemory node = node();
        assertThat(forward(node, "a")).containsExactly("b", "c", "crate", "d");
        assertThat(reached(node, "a", false, of(party))).containsExactly("b", "crate");
        assertThat(reached(node, "d", true, of(party))).containsExactly("c");
        assertThat(reached(node, "a", false, of(UUID.randomUUID()))).isEmpty();
        UUID official = UUID.randomUUID();
        for (String district : List.of("4409", "4403")) {
            View view =
                    new View(
                            false,
                            Set.of(official),
                            Set.of(district),
                            Set.of(),
                            Set.of(),
                            official);
            assertThat(reached(node, "d", true, view))
                    .isEqualTo(district.equals("4409") ? Set.of("c") : Set.of());
        }
    }

    @Test
    void following_and_loading_anew_come_to_the_same_whatever_is_captured() {
        for (long seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            ForeignLineageInMemory node = node();
            assertThat(node.check()).isTrue();
            List<String[]> said = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String prefix = "s" + seed + "-";
                String lot = prefix + "lot" + random.nextInt(8);
                String other = prefix + "lot" + random.nextInt(8);
                String box = prefix + "box" + random.nextInt(3);
                String truck = prefix + "truck" + random.nextInt(2);
                String[] named =
                        switch (random.nextInt(7)) {
                            case 0 -> new String[] {"INPUT " + lot, "OUTPUT " + other + "x" + i};
                            case 1 -> new String[] {"INPUT " + box, "OUTPUT " + lot};
                            case 2 -> new String[] {"CHILD " + box, "CONTAINER " + truck};
                            case 3 -> new String[] {"EMPTIED " + box};
                            case 4 -> new String[] {"TAKEN_OUT " + lot, "EMPTIED " + box};
                            default -> new String[] {"CHILD " + lot, "CONTAINER " + box};
                        };
                captured(random.nextInt(50), seed + "-" + i, false, named);
                said.add(named);
                if (random.nextInt(6) == 0) {
                    int wrong = random.nextInt(said.size());
                    if (jdbc.sql("select count(*) from trace.captured_event where hash = :hash")
                            .param("hash", "ni:///sha-256;" + seed + "-" + wrong + "?ver=CBV2.0")
                            .query(Integer.class)
                            .single()
                            .equals(1)) {
                        captured(60, seed + "-" + wrong, true, said.get(wrong));
                    }
                }
                if (random.nextInt(3) == 0) {
                    node.follow();
                }
            }
            ForeignLineageInMemory anew = node();
            for (String name :
                    jdbc.sql("select name from trace.foreign_lot").query(String.class).list()) {
                for (boolean back : new boolean[] {true, false}) {
                    assertThat(reached(node, name, back, ALL))
                            .as("seed %d from %s back %s", seed, name, back)
                            .isEqualTo(reached(anew, name, back, ALL));
                }
            }
            assertThat(node.check()).as("seed %d", seed).isTrue();
        }
    }
}
