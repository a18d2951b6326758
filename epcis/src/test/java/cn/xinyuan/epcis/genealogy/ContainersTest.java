package cn.xinyuan.epcis.genealogy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.Walk.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A crate carries unrelated lots in turn: what happens to it counts for what is inside then. */
class ContainersTest {

    private static final int CRATE = 100;
    private static final int TRUCK = 200;

    private final Lineage lineage = new Lineage.Load().done();
    private final Trail trail = new Trail();

    private int lot(long key) {
        return lineage.lot(1, key);
    }

    private Set<Long> from(Direction direction, long start, Limits limits) {
        lineage.walk(trail, direction, limits, lot(start));
        Set<Long> reached = new TreeSet<>();
        for (int i = 0; i < trail.size(); i++) {
            reached.add(lineage.low(trail.lot(i)));
        }
        return reached;
    }

    private Set<Long> forward(long start) {
        return from(Direction.FORWARD, start, Limits.NONE);
    }

    private Set<Long> back(long start) {
        return from(Direction.BACK, start, Limits.NONE);
    }

    @Test
    void a_crate_used_again_links_only_what_was_in_it_together() {
        lineage.putIn(lot(1), lot(CRATE), 10, 0);
        lineage.use(lot(CRATE), lot(501), 15, 0);
        lineage.takeOut(lot(1), lot(CRATE), 20, 0);
        lineage.putIn(lot(2), lot(CRATE), 20, 0);
        lineage.use(lot(CRATE), lot(502), 25, 0);
        lineage.empty(lot(CRATE), 30, 0);
        lineage.putIn(lot(3), lot(CRATE), 40, 0);
        lineage.use(lot(CRATE), lot(503), 41, 0);

        assertThat(forward(1)).containsExactly(100L, 501L);
        assertThat(forward(2)).containsExactly(100L, 502L);
        assertThat(forward(3)).containsExactly(100L, 503L);
        assertThat(back(502)).containsExactly(2L, 100L);
        assertThat(from(Direction.BACK, CRATE, Limits.NONE)).containsExactly(1L, 2L, 3L);
        assertThat(from(Direction.BACK, CRATE, Limits.NONE.between(22, 39))).containsExactly(2L);
    }

    @Test
    void a_crate_in_a_truck_carries_its_contents_only_as_long_as_both_last() {
        lineage.putIn(lot(1), lot(CRATE), 10, 0);
        lineage.putIn(lot(CRATE), lot(TRUCK), 20, 0);
        lineage.takeOut(lot(1), lot(CRATE), 30, 0);
        lineage.putIn(lot(2), lot(CRATE), 35, 0);
        lineage.use(lot(TRUCK), lot(501), 25, 0);
        lineage.use(lot(TRUCK), lot(502), 36, 0);
        lineage.takeOut(lot(CRATE), lot(TRUCK), 40, 0);
        lineage.use(lot(TRUCK), lot(503), 45, 0);

        assertThat(forward(1)).containsExactly(100L, 200L, 501L);
        assertThat(forward(2)).containsExactly(100L, 200L, 502L);
        assertThat(back(501)).containsExactly(1L, 100L, 200L);
        assertThat(back(503)).containsExactly(200L);
    }

    @Test
    void part_of_a_pallet_goes_on_another_pallet() {
        // a lot on pallet 100, part of it moved to pallet 101: both ship
        lineage.putIn(lot(1), lot(CRATE), 10, 0);
        lineage.putIn(lot(1), lot(101), 20, 0);
        lineage.use(lot(CRATE), lot(501), 30, 0);
        lineage.use(lot(101), lot(502), 30, 0);
        lineage.putIn(lot(2), lot(101), 40, 0);

        assertThat(forward(1)).containsExactly(100L, 101L, 501L, 502L);
        assertThat(forward(2)).containsExactly(101L);
        assertThat(back(502)).containsExactly(1L, 101L);
    }

    @Test
    void what_was_made_of_a_crates_contents_came_from_those_inside_then() {
        lineage.putIn(lot(1), lot(CRATE), 10, 0);
        lineage.use(lot(CRATE), lot(50), 12, 0);
        lineage.link(lot(50), lot(51));
        lineage.empty(lot(CRATE), 13, 0);
        lineage.putIn(lot(2), lot(CRATE), 14, 0);

        assertThat(back(51)).containsExactly(1L, 50L, 100L);
        assertThat(forward(2)).containsExactly(100L);
        lineage.compact();
        assertThat(back(51)).containsExactly(1L, 50L, 100L);
    }

    @Test
    void crates_inside_each_other_end_the_walk_and_are_told() {
        lineage.putIn(lot(1), lot(CRATE), 5, 0);
        lineage.putIn(lot(CRATE), lot(TRUCK), 10, 0);
        lineage.putIn(lot(TRUCK), lot(CRATE), 12, 0);

        assertThat(forward(1)).containsExactly(100L, 200L);
        assertThat(lineage.circular(trail)).isTrue();
    }

    @Test
    void what_is_declared_wrong_is_taken_back() {
        lineage.putIn(lot(1), lot(CRATE), 10, 71);
        lineage.use(lot(CRATE), lot(501), 15, 72);
        lineage.empty(lot(CRATE), 20, 73);
        lineage.use(lot(CRATE), lot(502), 25, 74);

        assertThat(forward(1)).containsExactly(100L, 501L);
        assertThat(lineage.retractEmptied(lot(CRATE), 73)).isTrue();
        assertThat(lineage.retractEmptied(lot(CRATE), 73)).isFalse();
        assertThat(forward(1)).containsExactly(100L, 501L, 502L);
        assertThat(lineage.retract(lot(CRATE), lot(501), 72)).isTrue();
        assertThat(lineage.retract(lot(CRATE), lot(501), 72)).isFalse();
        assertThat(forward(1)).containsExactly(100L, 502L);
        assertThat(lineage.retract(lot(1), lot(CRATE), 70)).isFalse();
        assertThat(lineage.retract(lot(1), lot(CRATE), 71)).isTrue();
        assertThat(forward(1)).isEmpty();
    }

    /** One thing that was said of a content and a container. */
    private record Said(int content, int container, long at, boolean in) {}

    @Test
    void agrees_with_the_interval_rule_whatever_the_order_in_which_it_is_told() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Said> said = new ArrayList<>();
            List<long[]> uses = new ArrayList<>();
            List<long[]> stays = new ArrayList<>();
            for (int content = 0; content < 4; content++) {
                for (int crate = 10; crate < 12; crate++) {
                    long t = 1 + random.nextInt(10);
                    for (int turn = random.nextInt(4); turn > 0; turn--) {
                        long out = t + 1 + random.nextInt(10);
                        boolean stillIn = turn == 1 && random.nextBoolean();
                        said.add(new Said(content, crate, t, true));
                        if (!stillIn) {
                            said.add(new Said(content, crate, out, false));
                        }
                        stays.add(
                                new long[] {content, crate, t, stillIn ? Long.MAX_VALUE : out - 1});
                        t = out + 1 + random.nextInt(10);
                    }
                }
            }
            for (int use = 0; use < 12; use++) {
                uses.add(new long[] {10 + random.nextInt(2), 50 + use, random.nextInt(60)});
            }
            Collections.shuffle(said, random);
            Lineage lineage = new Lineage.Load().done();
            for (int content = 0; content < 4; content++) {
                lineage.lot(1, content);
            }
            uses.forEach(u -> lineage.use(lineage.lot(1, u[0]), lineage.lot(1, u[1]), u[2], 0));
            for (Said one : said) {
                int content = lineage.lot(1, one.content);
                int crate = lineage.lot(1, one.container);
                if (one.in) {
                    lineage.putIn(content, crate, one.at, 0);
                } else {
                    lineage.takeOut(content, crate, one.at, 0);
                }
            }
            for (int content = 0; content < 4; content++) {
                Set<Long> expected = new TreeSet<>();
                for (long[] stay : stays) {
                    if (stay[0] == content) {
                        expected.add(stay[1]);
                        uses.stream()
                                .filter(u -> u[0] == stay[1] && stay[2] <= u[2] && u[2] <= stay[3])
                                .forEach(u -> expected.add(u[1]));
                    }
                }
                lineage.walk(trail, Direction.FORWARD, Limits.NONE, lineage.find(1, content));
                Set<Long> reached = new TreeSet<>();
                for (int i = 0; i < trail.size(); i++) {
                    reached.add(lineage.low(trail.lot(i)));
                }
                assertThat(reached).as("seed %d content %d", seed, content).isEqualTo(expected);
            }
        }
    }
}
