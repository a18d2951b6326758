package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.ForeignLots.Reached;
import cn.xinyuan.server.trace.Lot;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace found, our own lots and those of others in one picture. Edges point from source to
 * product.
 *
 * @param starts ids of the nodes that were asked for
 * @param circular whether goods would have come from themselves
 */
public record LotGraph(List<String> starts, List<Node> nodes, List<Edge> edges, boolean circular) {

    public LotGraph {
        starts = List.copyOf(starts);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
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
                                case Node.Land _ -> {}
                            }
                        })
                .toList();
    }
}
