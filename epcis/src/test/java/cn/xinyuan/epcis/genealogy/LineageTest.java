package cn.xinyuan.epcis.genealogy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.xinyuan.epcis.Walk.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrays against a walk that anyone can see is right. */
class LineageTest {

    private static final long SIDE = 0x1234_5678_9abcL;

    /** A link between two lots, which are numbered from 0. */
    private record Arrow(int from, int to) {}

    /** The walk as one would explain it. */
    private static Map<Integer, Integer> naive(List<Arrow> arrows, boolean back, int... starts) {
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (Arrow a : arrows) {
            next.computeIfAbsent(back ? a.to : a.from, _ -> new ArrayList<>())
                    .add(back ? a.from : a.to);
        }
        Map<Integer, Integer> depth = new HashMap<>();
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int start : starts) {
            depth.put(start, 0);
            queue.add(start);
        }
        while (!queue.isEmpty()) {
            int lot = queue.remove();
            for (int other : next.getOrDefault(lot, List.of())) {
                if (depth.putIfAbsent(other, depth.getOrDefault(lot, 0) + 1) == null) {
                    queue.add(other);
                }
            }
        }
        for (int start : starts) {
            depth.remove(start);
        }
        return depth;
    }

    private static Map<Integer, Integer> walked(
            Lineage lineage, Trail trail, boolean back, Limits limits, int... starts) {
        int[] numbers = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
            numbers[i] = lineage.find(SIDE, starts[i]);
        }
        lineage.walk(trail, back ? Direction.BACK : Direction.FORWARD, limits, numbers);
        Map<Integer, Integer> depth = new HashMap<>();
        for (int i = 0; i < trail.size(); i++) {
            depth.put((int) lineage.low(trail.lot(i)), trail.depth(i));
        }
        assertThat(depth).hasSize(trail.size());
        return depth;
    }

    private static Lineage of(List<Arrow> arrows, int lots) {
        Lineage.Load load = new Lineage.Load();
        for (int i = 0; i < lots; i++) {
            load.lot(SIDE, i);
        }
        arrows.forEach(a -> load.link(SIDE, a.from, SIDE, a.to));
        return load.done();
    }

    @Test
    void
            reaches_what_a_plain_walk_reaches_at_the_same_depth_from_array_delta_and_after_compacting() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int lots = 2 + random.nextInt(40);
            boolean circles = random.nextInt(4) == 0;
            List<Arrow> first = arrows(random, lots, random.nextInt(80), circles);
            List<Arrow> later = arrows(random, lots, random.nextInt(30), circles);
            List<Arrow> all = new ArrayList<>(first);
            all.addAll(later);
            // some lots are first met in the delta
            int known = 1 + random.nextInt(lots);
            Lineage.Load load = new Lineage.Load();
            for (int i = 0; i < known; i++) {
                load.lot(SIDE, i);
            }
            first.forEach(a -> load.link(SIDE, a.from, SIDE, a.to));
            Lineage lineage = load.done();
            later.forEach(a -> lineage.link(lineage.lot(SIDE, a.from), lineage.lot(SIDE, a.to)));
            for (int i = 0; i < lots; i++) {
                lineage.lot(SIDE, i);
            }
            Trail trail = new Trail();
            for (int turn = 0; turn < 2; turn++) {
                for (int start = 0; start < lots; start++) {
                    for (boolean back : new boolean[] {false, true}) {
                        int other = random.nextInt(lots);
                        assertThat(walked(lineage, trail, back, Limits.NONE, start))
                                .as("seed %d start %d back %s", seed, start, back)
                                .isEqualTo(naive(all, back, start));
                        assertThat(walked(lineage, trail, back, Limits.NONE, start, other))
                                .isEqualTo(naive(all, back, start, other));
                    }
                }
                assertThat(circularLots(lineage, lots))
                        .as("seed %d", seed)
                        .isEqualTo(onCircle(all, lots));
                assertThat(lineage.digest()).isEqualTo(of(shuffled(all, random), lots).digest());
                assertThat(lineage.links()).isEqualTo(all.size());
                lineage.compact();
                assertThat(lineage.pending()).isZero();
            }
        }
    }

    @Test
    void what_is_withdrawn_as_often_as_it_was_said_no_longer_links() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int lots = 2 + random.nextInt(12);
            List<Arrow> left = new ArrayList<>(arrows(random, lots, 30, false));
            Lineage lineage = of(left.subList(0, 15), lots);
            left.subList(15, 30)
                    .forEach(a -> lineage.link(number(lineage, a.from), number(lineage, a.to)));
            for (int i = 0; i < 12; i++) {
                Arrow gone = left.remove(random.nextInt(left.size()));
                assertThat(lineage.withdraw(number(lineage, gone.from), number(lineage, gone.to)))
                        .isTrue();
            }
            Trail trail = new Trail();
            for (int turn = 0; turn < 2; turn++) {
                for (int start = 0; start < lots; start++) {
                    assertThat(walked(lineage, trail, false, Limits.NONE, start).keySet())
                            .isEqualTo(naive(left, false, start).keySet());
                    assertThat(walked(lineage, trail, true, Limits.NONE, start).keySet())
                            .isEqualTo(naive(left, true, start).keySet());
                }
                assertThat(lineage.digest()).isEqualTo(of(left, lots).digest());
                lineage.compact();
            }
        }
    }

    @Test
    void a_link_that_was_never_said_cannot_be_withdrawn() {
        Lineage lineage = of(List.of(new Arrow(0, 1)), 3);
        assertThat(lineage.withdraw(1, 0)).isFalse();
        assertThat(lineage.withdraw(0, 1)).isTrue();
        assertThat(lineage.withdraw(0, 1)).isFalse();
        assertThat(lineage.links()).isZero();
        assertThat(lineage.digest()).isZero();
    }

    @Test
    void depth_and_number_of_lots_limit_a_walk_which_says_when_it_was_cut_short() {
        Lineage lineage =
                of(List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(1, 3), new Arrow(3, 4)), 5);
        Trail trail = new Trail();
        assertThat(walked(lineage, trail, false, Limits.NONE.depth(2), 0))
                .isEqualTo(Map.of(1, 1, 2, 2, 3, 2));
        assertThat(trail.cut()).isFalse();
        assertThat(walked(lineage, trail, false, Limits.NONE.depth(0), 0)).isEmpty();
        assertThat(walked(lineage, trail, false, Limits.NONE.lots(2), 0)).hasSize(2);
        assertThat(trail.cut()).isTrue();
        assertThat(walked(lineage, trail, false, Limits.NONE.lots(4), 0)).hasSize(4);
        assertThat(trail.cut()).isFalse();
        assertThat(trail.depth()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lineage.walk(trail, Direction.BOTH, Limits.NONE, 0));
    }

    @Test
    void shows_only_lots_of_owners_in_sight_and_days_asked_for_but_walks_through_the_others() {
        Lineage lineage = of(List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(2, 3)), 4);
        for (int lot = 0; lot < 4; lot++) {
            lineage.describe(lot, lot + 1, 100 + lot, lot == 0);
        }
        Trail trail = new Trail();
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, 0);
        long[] keys = new long[8];
        BitSet mine = new BitSet();
        mine.set(4);
        assertThat(lineage.keys(trail, Sight.of(mine), keys)).isEqualTo(1);
        assertThat(keys[1]).isEqualTo(3);
        assertThat(lineage.keys(trail, Sight.ALL, keys)).isEqualTo(3);
        assertThat(lineage.keys(trail, Sight.ALL.days(101, 102), keys)).isEqualTo(2);
        assertThat(lineage.keys(trail, Sight.of(new BitSet()), keys)).isZero();
    }

    @Test
    void tells_lots_of_which_nobody_says_where_they_came_from() {
        Lineage lineage = of(List.of(new Arrow(0, 2), new Arrow(1, 2), new Arrow(2, 3)), 4);
        lineage.describe(0, 0, 0, true);
        Trail trail = new Trail();
        lineage.walk(trail, Direction.BACK, Limits.NONE, 3);
        assertThat(lineage.dangling(trail)).containsExactly(1);
    }

    @Test
    void a_link_that_closes_a_circle_later_is_told_and_ends_the_walk() {
        Lineage lineage = of(List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(2, 3)), 5);
        Trail trail = new Trail();
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, 0);
        assertThat(lineage.circular(trail)).isFalse();
        lineage.link(2, 1);
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, 0);
        assertThat(lineage.circular(trail)).isTrue();
        assertThat(List.of(0, 1, 2, 3)).filteredOn(lineage::isCircular).containsExactly(1, 2);
        assertThat(trail.size()).isEqualTo(3);
    }

    @Test
    void tells_every_link_among_the_lots_it_reached() {
        List<Arrow> arrows =
                List.of(
                        new Arrow(0, 1),
                        new Arrow(0, 2),
                        new Arrow(1, 3),
                        new Arrow(2, 3),
                        new Arrow(4, 3));
        Lineage lineage = of(arrows, 5);
        Trail trail = new Trail();
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, 0);
        Set<Arrow> told = new HashSet<>();
        lineage.linksAmong(trail, (from, to, said) -> told.add(new Arrow(from, to)));
        assertThat(told).containsExactlyInAnyOrderElementsOf(arrows.subList(0, 4));
    }

    @Test
    void a_thousand_walks_allocate_nothing_once_the_trail_has_grown() {
        Lineage lineage = of(arrows(new Random(5), 2_000, 9_000, false), 2_000);
        Trail trail = new Trail();
        long[] keys = new long[4_000];
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 2; round++) {
            before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                lineage.walk(trail, Direction.FORWARD, Limits.NONE, START[i % START.length]);
                lineage.keys(trail, Sight.ALL, keys);
            }
        }
        // the array of one start is the caller's
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static final int[] START = {0, 1, 2, 3, 50, 77, 1_200};

    private static int number(Lineage lineage, int lot) {
        return lineage.find(SIDE, lot);
    }

    static List<Arrow> arrows(Random random, int lots, int n, boolean circles) {
        List<Arrow> arrows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int a = random.nextInt(lots);
            int b = random.nextInt(lots);
            if (circles) {
                arrows.add(new Arrow(a, b));
            } else if (a != b) {
                arrows.add(new Arrow(Math.min(a, b), Math.max(a, b)));
            } else {
                i--;
            }
        }
        return arrows;
    }

    private static List<Arrow> shuffled(List<Arrow> arrows, Random random) {
        List<Arrow> other = new ArrayList<>(arrows);
        java.util.Collections.shuffle(other, random);
        return other;
    }

    private static Set<Integer> circularLots(Lineage lineage, int lots) {
        Set<Integer> found = new TreeSet<>();
        for (int i = 0; i < lots; i++) {
            if (lineage.isCircular(number(lineage, i))) {
                found.add(i);
            }
        }
        return found;
    }

    /** A lot is on a circle when one of its products leads back to it. */
    private static Set<Integer> onCircle(List<Arrow> arrows, int lots) {
        Set<Integer> found = new TreeSet<>();
        for (int i = 0; i < lots; i++) {
            int lot = i;
            int[] products =
                    arrows.stream()
                            .filter(a -> a.from == lot)
                            .mapToInt(Arrow::to)
                            .distinct()
                            .toArray();
            for (int product : products) {
                if (product == lot || naive(arrows, false, product).containsKey(lot)) {
                    found.add(lot);
                }
            }
        }
        return found;
    }
}
