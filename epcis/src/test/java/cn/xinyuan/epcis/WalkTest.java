package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.Walk.Direction;
import cn.xinyuan.epcis.Walk.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkTest {

    @Test
    void back_and_forward_reach_the_right_lots_and_both_leaves_siblings_out() {
        Graph graph = new Graph("a>c", "b>c", "c>d", "c>e", "b>f");

        assertThat(Walk.from("c", Direction.BACK, graph, 9).lots())
                .containsExactlyInAnyOrder("c", "a", "b");
        assertThat(Walk.from("c", Direction.FORWARD, graph, 9).lots())
                .containsExactlyInAnyOrder("c", "d", "e");
        assertThat(Walk.from("c", Direction.BOTH, graph, 9).lots())
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void a_circle_ends_and_is_told() {
        Walk.Reached<String> reached =
                Walk.from("a", Direction.FORWARD, new Graph("a>b", "b>c", "c>a"), 100);

        assertThat(reached.lots()).containsExactly("a", "b", "c");
        assertThat(reached.circular()).isTrue();
        assertThat(Walk.from("a", Direction.FORWARD, new Graph("a>b", "a>c", "b>c"), 9).circular())
                .isFalse();
    }

    @Test
    void a_ladder_with_very_many_paths_is_walked_once() {
        List<String> rungs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (String from : new String[] {"l", "r"}) {
                for (String to : new String[] {"l", "r"}) {
                    rungs.add(from + i + ">" + to + (i + 1));
                }
            }
        }
        Graph graph = new Graph(rungs.toArray(String[]::new));

        assertThat(Walk.from("l0", Direction.FORWARD, graph, 1_000).lots()).hasSize(121);
        assertThat(graph.asked).isLessThan(70);
    }

    @Test
    void depth_limits_the_walk() {
        assertThat(Walk.from("a", Direction.FORWARD, new Graph("a>b", "b>c"), 1).lots())
                .containsExactly("a", "b");
    }

    private static final class Graph implements Walk.Neighbours<String> {
        private final List<Edge<String>> edges = new ArrayList<>();
        private int asked;

        Graph(String... arrows) {
            for (String arrow : arrows) {
                String[] ends = arrow.split(">");
                edges.add(new Edge<>(ends[0], ends[1]));
            }
        }

        @Override
        public Collection<Edge<String>> into(Set<String> targets) {
            asked++;
            return edges.stream().filter(e -> targets.contains(e.to())).toList();
        }

        @Override
        public Collection<Edge<String>> outOf(Set<String> sources) {
            asked++;
            return edges.stream().filter(e -> sources.contains(e.from())).toList();
        }
    }
}
