package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.domain.LotGraph.Node;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.web.GraphFiles.Link;
import cn.xinyuan.server.trace.web.GraphFiles.Told;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a trace reached, in words. */
@Component
class TraceWords {

    private final LotWords words;
    private final Catalog catalog;

    TraceWords(LotWords words, Catalog catalog) {
        this.words = words;
        this.catalog = catalog;
    }

    List<Told> nodes(LotGraph graph) {
        Set<String> asked = new HashSet<>(graph.starts());
        return graph.nodes().stream().map(node -> told(node, asked.contains(node.id()))).toList();
    }

    private Told told(Node node, boolean asked) {
        return switch (node) {
            case Node.Land land ->
                    new Told(
                            land.id(),
                            land.plot().number(),
                            "地块",
                            land.plot().variety(),
                            null,
                            0,
                            words.party(land.plot().party()),
                            words.town(land.plot().district()),
                            "",
                            "",
                            "",
                            asked);
            case Node.Ours ours -> {
                Lot lot = ours.lot();
                yield new Told(
                        ours.id(),
                        lot.number(),
                        LotWords.kind(lot.kind()),
                        words.goods(lot),
                        lot.kilograms(),
                        lot.packs(),
                        words.party(lot.maker()),
                        words.town(lot.district()),
                        lot.day().toString(),
                        lot.held() == null ? "正常" : "冻结：" + lot.held(),
                        ours.epcClass(),
                        asked);
            }
            case Node.Box box ->
                    new Told(
                            box.id(),
                            box.name().substring(box.name().lastIndexOf('/') + 1),
                            "容器",
                            "",
                            null,
                            0,
                            "",
                            "",
                            "",
                            "",
                            box.name(),
                            asked);
            case Node.Theirs theirs ->
                    new Told(
                            theirs.id(),
                            theirs.reached().number(),
                            LotWords.kind(Lot.Kind.FOREIGN),
                            product(theirs.reached().name()),
                            theirs.reached().amounts().stream()
                                    .filter(a -> a.unit().equals("KGM"))
                                    .map(a -> a.made())
                                    .filter(made -> made.signum() > 0)
                                    .findFirst()
                                    .orElse(null),
                            0,
                            "",
                            "",
                            "",
                            theirs.reached().balanced()
                                    ? "平衡"
                                    : "数量不平：" + DoubtWords.chinese(theirs.reached().doubts()),
                            theirs.reached().name(),
                            asked);
        };
    }

    List<Link> edges(LotGraph graph) {
        return graph.edges().stream()
                .map(e -> new Link(e.from(), e.to(), step(e.step()), e.kilograms()))
                .toList();
    }

    private static String step(String step) {
        return switch (step) {
            case "TRANSFORMED" -> "加工";
            case "PACKED" -> "装入";
            default -> LotWords.act(step);
        };
    }

    String goodsOf(Lot lot) {
        return words.goods(lot);
    }

    /** Names the goods of a line by the lot that was reached, else by a product we know. */
    TraceTables.Goods goods(List<Told> nodes) {
        Map<String, String> known = new HashMap<>();
        nodes.stream()
                .filter(node -> !node.identifier().isEmpty())
                .forEach(node -> known.put(node.identifier(), node.goods()));
        return item -> known.computeIfAbsent(item.name(), this::product);
    }

    private String product(String name) {
        return Identifier.of(name)
                .gtin()
                .flatMap(catalog::findByGtin)
                .map(Product::name)
                .or(() -> Identifier.of(name).gtin().map(g -> "GTIN " + g))
                .orElse("");
    }

    /** Whether an event of others balances; empty when there is nothing to say. */
    static String standing(TracedStep.Standing standing) {
        return switch (standing.state()) {
            case BALANCED -> "";
            case UNBALANCED -> "数量不平：" + DoubtWords.chinese(standing.doubts());
            case SETTLED -> "到达时不平，后来补齐";
            case DECLARED_WRONG -> "已声明有误";
        };
    }

    static GenealogyPicture picture(LotGraph graph, List<Told> nodes) {
        Map<String, Node> kinds =
                graph.nodes().stream().collect(Collectors.toMap(Node::id, n -> n, (a, b) -> a));
        return GenealogyPicture.of(
                graph.starts().isEmpty() ? "" : graph.starts().getFirst(),
                nodes.stream()
                        .map(
                                n ->
                                        new GenealogyPicture.Node(
                                                n.id(),
                                                css(kinds.get(n.id())),
                                                n.number(),
                                                under(n),
                                                kinds.get(n.id()) instanceof Node.Ours
                                                        ? "/p/lots/" + n.id()
                                                        : kinds.get(n.id()) instanceof Node.Box
                                                                ? TracePage.address(n.identifier())
                                                                : kinds.get(n.id())
                                                                                instanceof
                                                                                Node.Theirs
                                                                        ? TracePage.address(n.id())
                                                                        : null))
                        .toList(),
                graph.edges().stream()
                        .map(
                                e ->
                                        new GenealogyPicture.Edge(
                                                e.from(),
                                                e.to(),
                                                e.kilograms() == null
                                                        ? BigDecimal.ZERO
                                                        : e.kilograms()))
                        .toList());
    }

    private static String css(@org.jspecify.annotations.Nullable Node node) {
        return switch (node) {
            case Node.Land _ -> "plot";
            case Node.Box _ -> "proc";
            case Node.Ours ours -> ours.lot().held() == null ? "lot" : "stop";
            case Node.Theirs theirs -> theirs.reached().balanced() ? "lot" : "stop";
            case null -> "lot";
        };
    }

    private static String under(Told told) {
        BigDecimal kilograms = told.kilograms();
        return told.kind()
                + (kilograms == null
                        ? told.goods().isEmpty() ? "" : " · " + told.goods()
                        : " · " + LotWords.amount(kilograms, told.packs()));
    }

    /** Such as 12 个批次、3 块地、8,420 kg. */
    static String summary(List<Told> nodes) {
        long land = nodes.stream().filter(n -> n.kind().equals("地块")).count();
        long boxes = nodes.stream().filter(n -> n.kind().equals("容器")).count();
        return (nodes.size() - land - boxes)
                + " 个批次"
                + (boxes == 0 ? "" : "、" + Words.count(boxes) + " 个容器")
                + (land == 0 ? "" : "、" + Words.count(land) + " 块地");
    }
}
