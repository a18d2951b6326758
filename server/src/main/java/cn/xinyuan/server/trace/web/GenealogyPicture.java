package cn.xinyuan.server.trace.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A genealogy in layers from left to right, as boxes and curves ready to be drawn. A layer of many
 * boxes is cut short and says how many are left out.
 *
 * @param text what the picture shows, for those who cannot see it
 */
public record GenealogyPicture(
        int width, int height, List<Box> boxes, List<Curve> curves, String text) {

    private static final int WIDE = 172;
    private static final int HIGH = 54;
    private static final int ACROSS = 34;
    private static final int BETWEEN = 12;
    private static final int MARGIN = 8;
    private static final int MOST = 8;

    /** How much a line of a box holds, counted in half-width characters. */
    private static final int TITLE = 21;

    private static final int UNDER = 24;

    /**
     * One box; {@code whole} is its text uncut; {@code address} is where it leads, null for what
     * has no page.
     */
    public record Box(
            int x,
            int y,
            String css,
            String title,
            String under,
            String whole,
            @Nullable String address) {

        public int width() {
            return WIDE;
        }

        public int height() {
            return HIGH;
        }
    }

    /** A curve from box to box; hot ones touch the lot in question. */
    public record Curve(String d, boolean hot) {}

    /** What is to be drawn. */
    public record Node(
            String id, String css, String title, String under, @Nullable String address) {}

    /** Kilograms of one in another. */
    public record Edge(String from, String to, BigDecimal kilograms) {}

    /**
     * @param start the node that the page is about
     */
    public static GenealogyPicture of(String start, List<Node> nodes, List<Edge> edges) {
        Map<String, Node> known = new LinkedHashMap<>();
        nodes.forEach(n -> known.put(n.id(), n));
        List<Edge> drawn =
                edges.stream()
                        .filter(e -> known.containsKey(e.from()) && known.containsKey(e.to()))
                        .toList();
        Map<String, Integer> layers = layers(known.keySet(), drawn);
        Map<Integer, List<String>> columns = new LinkedHashMap<>();
        int deepest = layers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int i = 0; i <= deepest; i++) {
            columns.put(i, new ArrayList<>());
        }
        known.keySet().forEach(id -> column(columns, layers.getOrDefault(id, 0)).add(id));
        Set<String> near = new HashSet<>(Set.of(start));
        drawn.forEach(
                e -> {
                    if (e.from().equals(start) || e.to().equals(start)) {
                        near.add(e.from());
                        near.add(e.to());
                    }
                });
        Map<String, int[]> places = new HashMap<>();
        List<Box> boxes = new ArrayList<>();
        int tallest = 1;
        for (int layer = 0; layer <= deepest; layer++) {
            List<String> column = column(columns, layer);
            sort(column, drawn, places);
            List<String> shown = column;
            int hidden = 0;
            if (column.size() > MOST) {
                List<String> first = new ArrayList<>(column);
                first.sort(Comparator.comparing(id -> !near.contains(id)));
                Set<String> kept = new HashSet<>(first.subList(0, MOST - 1));
                shown = column.stream().filter(kept::contains).toList();
                hidden = column.size() - shown.size();
            }
            int x = MARGIN + layer * (WIDE + ACROSS);
            int y = MARGIN;
            for (String id : shown) {
                Node node = known.get(id);
                if (node == null) {
                    continue;
                }
                places.put(id, new int[] {x, y});
                boxes.add(
                        new Box(
                                x,
                                y,
                                id.equals(start) ? "cur" : node.css(),
                                cut(node.title(), TITLE),
                                cut(node.under(), UNDER),
                                node.title() + "，" + node.under(),
                                node.address()));
                y += HIGH + BETWEEN;
            }
            if (hidden > 0) {
                boxes.add(
                        new Box(
                                x,
                                y,
                                "proc",
                                "另有 " + hidden + " 个",
                                "见接口",
                                "另有 " + hidden + " 个没有画出",
                                null));
                y += HIGH + BETWEEN;
            }
            tallest = Math.max(tallest, y);
        }
        List<Curve> curves = new ArrayList<>();
        for (Edge edge : drawn) {
            int[] from = places.get(edge.from());
            int[] to = places.get(edge.to());
            if (from != null && to != null) {
                curves.add(
                        new Curve(
                                curve(from, to),
                                edge.from().equals(start) || edge.to().equals(start)));
            }
        }
        curves.sort(Comparator.comparing(Curve::hot));
        return new GenealogyPicture(
                2 * MARGIN + (deepest + 1) * WIDE + deepest * ACROSS,
                tallest + MARGIN - BETWEEN,
                boxes,
                curves,
                "批次谱系图：共 " + known.size() + " 个节点、" + drawn.size() + " 条流向，从左到右是从地块到去向。");
    }

    private static List<String> column(Map<Integer, List<String>> columns, int layer) {
        return columns.computeIfAbsent(layer, _ -> new ArrayList<>());
    }

    /** Cuts a text that is too long for a box. */
    static String cut(String text, int halves) {
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            used += text.charAt(i) < 0x2000 ? 1 : 2;
            if (used > halves) {
                return text.substring(0, i - 1) + "…";
            }
        }
        return text;
    }

    private static String curve(int[] from, int[] to) {
        int x1 = from[0] + WIDE;
        int y1 = from[1] + HIGH / 2;
        int x2 = to[0];
        int y2 = to[1] + HIGH / 2;
        int middle = (x1 + x2) / 2;
        return "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, middle, y1, middle, y2, x2, y2);
    }

    /** Each node stands right of everything that went into it; circles end by the round count. */
    private static Map<String, Integer> layers(Set<String> nodes, List<Edge> edges) {
        Map<String, Integer> layers = new HashMap<>();
        nodes.forEach(n -> layers.put(n, 0));
        boolean moved = true;
        for (int round = 0; moved && round < nodes.size(); round++) {
            moved = false;
            for (Edge edge : edges) {
                int right = layers.getOrDefault(edge.from(), 0) + 1;
                if (layers.getOrDefault(edge.to(), 0) < right && right < nodes.size()) {
                    layers.put(edge.to(), right);
                    moved = true;
                }
            }
        }
        return layers;
    }

    /** Boxes stand at the mean height of what went into them, so that curves cross little. */
    private static void sort(List<String> column, List<Edge> edges, Map<String, int[]> places) {
        Map<String, Double> heights = new HashMap<>();
        for (String id : column) {
            heights.put(
                    id,
                    edges.stream()
                            .filter(e -> e.to().equals(id))
                            .map(e -> places.get(e.from()))
                            .filter(java.util.Objects::nonNull)
                            .mapToInt(p -> p[1])
                            .average()
                            .orElse(Double.MAX_VALUE));
        }
        column.sort(
                Comparator.comparingDouble(
                        (String id) -> heights.getOrDefault(id, Double.MAX_VALUE)));
    }
}
