package cn.xinyuan.server.trace.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.trace.web.GenealogyPicture.Box;
import cn.xinyuan.server.trace.web.GenealogyPicture.Edge;
import cn.xinyuan.server.trace.web.GenealogyPicture.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenealogyPictureTest {

    @Test
    void every_box_stands_right_of_what_went_into_it() {
        var picture =
                GenealogyPicture.of(
                        "c",
                        List.of(node("c"), node("b"), node("a"), node("d")),
                        List.of(edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("c", "d")));
        assertThat(x(picture, "a")).isLessThan(x(picture, "b"));
        assertThat(x(picture, "b")).isLessThan(x(picture, "c"));
        assertThat(x(picture, "c")).isLessThan(x(picture, "d"));
        assertThat(picture.curves()).hasSize(4);
        assertThat(picture.curves()).filteredOn(GenealogyPicture.Curve::hot).hasSize(3);
    }

    @Test
    void a_circle_does_not_trap_it() {
        var picture =
                GenealogyPicture.of(
                        "a",
                        List.of(node("a"), node("b")),
                        List.of(edge("a", "b"), edge("b", "a")));
        assertThat(picture.boxes()).hasSize(2);
    }

    @Test
    void of_a_crowd_it_shows_the_near_ones_and_says_how_many_are_left_out() {
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        nodes.add(node("start"));
        nodes.add(node("other"));
        for (int i = 0; i < 30; i++) {
            nodes.add(node("n" + i));
            edges.add(edge(i == 29 ? "start" : "other", "n" + i));
        }
        var picture = GenealogyPicture.of("start", nodes, edges);
        assertThat(picture.boxes()).extracting(Box::title).contains("n29", "另有 23 个");
    }

    @Test
    void long_names_are_cut_and_told_whole_elsewhere() {
        var picture =
                GenealogyPicture.of(
                        "a",
                        List.of(new Node("a", "lot", "高州根子镇柏桥村示例荔枝专业合作社", "1 kg", null)),
                        List.of());
        assertThat(picture.boxes().getFirst().title()).endsWith("…");
        assertThat(picture.boxes().getFirst().whole()).contains("专业合作社");
    }

    private static int x(GenealogyPicture picture, String title) {
        return picture.boxes().stream()
                .filter(b -> b.title().equals(title))
                .findFirst()
                .orElseThrow()
                .x();
    }

    private static Node node(String id) {
        return new Node(id, "lot", id, "", null);
    }

    private static Edge edge(String from, String to) {
        return new Edge(from, to, BigDecimal.ONE);
    }
}
