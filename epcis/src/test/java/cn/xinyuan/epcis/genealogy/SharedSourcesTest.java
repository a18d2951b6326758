package cn.xinyuan.epcis.genealogy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.xinyuan.epcis.Walk.Direction;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SharedSourcesTest {

    private static Lineage of(String... arrows) {
        Lineage.Load load = new Lineage.Load();
        for (String arrow : arrows) {
            load.link(0, arrow.charAt(0), 0, arrow.charAt(2));
        }
        return load.done();
    }

    private static String ranked(Lineage lineage, String lots) {
        int[] asked = lots.chars().map(c -> lineage.find(0, c)).toArray();
        StringBuilder named = new StringBuilder();
        SharedSources.of(lineage, new Trail(), Limits.NONE, 9, asked)
                .forEach(s -> named.append((char) lineage.low(s.lot())));
        return named.toString();
    }

    @Test
    void the_source_of_most_complaints_comes_first_then_the_one_with_fewest_other_products() {
        // s feeds everything, t only the complained ones, x and y only some of them
        Lineage lineage =
                of("s>t", "t>1", "t>2", "t>3", "s>4", "s>5", "x>1", "x>2", "y>1", "y>2", "y>6");
        assertThat(ranked(lineage, "123")).isEqualTo("tsxy");
    }

    @Test
    void of_equals_the_nearest_comes_first_and_an_asked_lot_may_be_the_source_of_another() {
        Lineage lineage = of("a>b", "b>c", "c>d", "c>e");
        assertThat(ranked(lineage, "de")).isEqualTo("cba");
        assertThat(ranked(lineage, "ce")).startsWith("c");
    }

    @Test
    void counts_what_a_plain_count_says() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            Lineage.Load load = new Lineage.Load();
            for (int i = 0; i < 60; i++) {
                load.lot(0, i);
            }
            for (int i = 0; i < 110; i++) {
                int a = random.nextInt(60);
                int b = random.nextInt(60);
                if (a != b) {
                    load.link(Math.min(a, b), Math.max(a, b));
                }
            }
            Lineage lineage = load.done();
            int[] asked = random.ints(2 + random.nextInt(6), 0, 60).distinct().toArray();
            if (asked.length < 2) {
                continue;
            }
            Trail trail = new Trail();
            Set<Integer> shared = new TreeSet<>();
            for (SharedSources.Source s :
                    SharedSources.of(lineage, trail, Limits.NONE, 1_000, asked)) {
                shared.add(s.lot());
                lineage.walk(trail, Direction.FORWARD, Limits.NONE, s.lot());
                int covered = 0;
                int others = trail.size();
                for (int i = 0; i < asked.length; i++) {
                    boolean covers = trail.met(asked[i]);
                    covered += covers ? 1 : 0;
                    others -= covers && asked[i] != s.lot() ? 1 : 0;
                    assertThat((s.which() >>> i & 1) != 0).isEqualTo(covers);
                }
                assertThat(s.covers()).isEqualTo(covered).isGreaterThan(1);
                assertThat(s.others()).isEqualTo(others);
            }
            for (int lot = 0; lot < 60; lot++) {
                lineage.walk(trail, Direction.FORWARD, Limits.NONE, lot);
                int covered = 0;
                for (int one : asked) {
                    covered += trail.met(one) ? 1 : 0;
                }
                assertThat(shared.contains(lot)).isEqualTo(covered > 1);
            }
        }
    }

    @Test
    void one_lot_or_more_than_fifty_cannot_be_compared() {
        Lineage lineage = of("a>b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedSources.of(lineage, new Trail(), Limits.NONE, 9, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SharedSources.of(lineage, new Trail(), Limits.NONE, 9, new int[51]));
    }

    @Test
    void more_out_than_in_is_found_and_a_lot_counts_once_on_each_side() {
        MassBalances balances = new MassBalances(new long[] {100, 50, 120, 30, 151}, 2);
        for (int in = 0; in < 2; in++) {
            balances.transformed(0, in, 2);
            balances.transformed(0, in, 3);
        }
        balances.transformed(1, 2, 4);
        balances.transformed(1, 3, 4);
        assertThat(balances.in(0)).isEqualTo(150);
        assertThat(balances.out(0)).isEqualTo(150);
        assertThat(balances.in(1)).isEqualTo(150);
        assertThat(balances.exceeding()).containsExactly(1);
    }
}
