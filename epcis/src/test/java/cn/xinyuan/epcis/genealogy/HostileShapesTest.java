package cn.xinyuan.epcis.genealogy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.Walk.Direction;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Shapes that break walks which recurse, enumerate paths, or ask once a level. Each is reached
 * whole, from the array and from the delta, with 64 MB at most.
 */
class HostileShapesTest {

    private interface Links {
        void add(int from, int to);
    }

    private static void reaches(int lots, int depth, boolean circular, Consumer<Links> shape) {
        Lineage.Load load = new Lineage.Load();
        shape.accept((from, to) -> load.link(7, from, 7, to));
        whole(load.done(), lots, depth, circular);
        Lineage later = new Lineage.Load().done();
        shape.accept((from, to) -> later.link(later.lot(7, from), later.lot(7, to)));
        whole(later, lots, depth, circular);
        later.compact();
        whole(later, lots, depth, circular);
    }

    private static void whole(Lineage lineage, int lots, int depth, boolean circular) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Trail trail = new Trail();
        lineage.walk(trail, Direction.FORWARD, Limits.NONE, lineage.find(7, 0));
        assertThat(trail.size()).isEqualTo(lots);
        assertThat(trail.depth()).isEqualTo(depth);
        assertThat(lineage.circular(trail)).isEqualTo(circular);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    }

    @Test
    void a_chain_of_ten_thousand() {
        reaches(
                10_000,
                10_000,
                false,
                links -> {
                    for (int i = 0; i < 10_000; i++) {
                        links.add(i, i + 1);
                    }
                });
    }

    @Test
    void a_ladder_with_two_to_the_sixtieth_paths() {
        reaches(
                180,
                120,
                false,
                links -> {
                    for (int i = 0; i < 60; i++) {
                        links.add(3 * i, 3 * i + 1);
                        links.add(3 * i, 3 * i + 2);
                        links.add(3 * i + 1, 3 * i + 3);
                        links.add(3 * i + 2, 3 * i + 3);
                    }
                });
    }

    @Test
    void a_hub_of_fifty_thousand() {
        reaches(
                50_000,
                1,
                false,
                links -> {
                    for (int i = 1; i <= 50_000; i++) {
                        links.add(0, i);
                    }
                });
    }

    @Test
    void a_mesh_of_three_hundred_layers() {
        reaches(
                18_000,
                300,
                false,
                links -> {
                    for (int i = 0; i < 60; i++) {
                        links.add(0, 1 + i);
                    }
                    for (int layer = 1; layer < 300; layer++) {
                        for (int i = 0; i < 60; i++) {
                            for (int j = 0; j < 8; j++) {
                                links.add(1 + (layer - 1) * 60 + (i + j) % 60, 1 + layer * 60 + i);
                            }
                        }
                    }
                });
    }

    @Test
    void a_circle_ends_and_is_told() {
        reaches(
                2,
                2,
                true,
                links -> {
                    links.add(0, 1);
                    links.add(1, 2);
                    links.add(2, 0);
                });
    }

    @Test
    void ten_thousand_circles_hanging_together() {
        reaches(
                20_000,
                10_000,
                true,
                links -> {
                    for (int i = 0; i < 10_000; i++) {
                        links.add(2 * i, 2 * i + 1);
                        links.add(2 * i + 1, 2 * i);
                        links.add(2 * i, 2 * i + 2);
                    }
                });
    }
}
