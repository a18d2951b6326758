package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.ForeignLots.Reached;
import cn.xinyuan.server.trace.Lot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a trace found, our own lots and those of others in one picture. Edges point from source to
 * product.
 *
 * @param starts ids of the nodes that were asked for
 * @param circular whether goods would have come from themselves
 * @param span of a container that was asked for, only what it carried in this time
 */
public record LotGraph(
        List<String> starts,
        List<Node> nodes,
        List<Edge> edges,
        boolean circular,
        Stowage.Span span) {

    public LotGraph {
        starts = List.copyOf(starts);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    public LotGraph(List<String> starts, List<Node> nodes, List<Edge> edges, boolean circular) {
        this(starts, nodes, edges, circular, Stowage.Span.ALWAYS);
    }

    /** Both in one picture. */
    public LotGraph with(LotGraph other) {
        Map<String, Node> both = new LinkedHashMap<>();
        nodes.forEach(node -> both.put(node.id(), node));
        other.nodes.forEach(
                node -> {
                    if (!(node instanceof Node.Box)) {
                        both.put(node.id(), node);
                    } else {
                        both.putIfAbsent(node.id(), node);
                    }
                });
        return new LotGraph(
                Stream.concat(starts.stream(), other.starts.stream()).distinct().toList(),
                List.copyOf(both.values()),
                Stream.concat(edges.stream(), other.edges.stream()).distinct().toList(),
                circular || other.circular,
                span);
    }

    /** A place in the picture. */
    public sealed interface Node {
        String id();

        /** A piece of land. */
        record Land(Plot plot) implements Node {
            @Override
            public String id() {
                return plot.id().toString();
            }
        }

        /** A lot of our own ledger. */
        record Ours(Lot lot, String epcClass) implements Node {
            @Override
            public String id() {
                return lot.id().toString();
            }
        }

        /** A container that carried our goods. */
        record Box(String name) implements Node {
            @Override
            public String id() {
                return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
            }
        }

        /** A lot, thing or container that only captured events know. */
        record Theirs(Reached reached) implements Node {
            @Override
            public String id() {
                return reached.id().toString();
            }
        }
    }

    /** Kilograms are null where no event says how much. */
    public record Edge(String from, String to, String step, @Nullable BigDecimal kilograms) {}

    /** The identifiers under which events speak of what was reached. */
    public List<String> names() {
        return nodes.stream()
                .mapMulti(
                        (Node node, java.util.function.Consumer<String> to) -> {
                            switch (node) {
                                case Node.Ours ours -> to.accept(ours.epcClass());
                                case Node.Theirs theirs -> to.accept(theirs.reached().name());
                                case Node.Box box -> to.accept(box.name());
                                case Node.Land _ -> {}
                            }
                        })
                .toList();
    }
}
