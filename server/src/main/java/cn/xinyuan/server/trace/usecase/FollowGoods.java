package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.epcis.query.QueryRefused;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.ForeignLots;
import cn.xinyuan.server.trace.ForeignLots.ForeignLot;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.Direction;
import cn.xinyuan.server.trace.LabelledItems;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EventArchive.Cursor;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.domain.LotGraph.Edge;
import cn.xinyuan.server.trace.domain.LotGraph.Node;
import cn.xinyuan.server.trace.domain.TracedStep;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Follows goods both ways from whatever a person has in hand: a lot of ours, the code of a box, a
 * lot, thing or container of a foreign chain, or all that a party made in some days.
 */
@Component
public class FollowGoods {

    private static final int MOST_STARTS = 200;
    private static final int NAMES_AT_ONCE = 500;
    private static final int EVENTS_AT_ONCE = 1_000;

    private final LotsInSight ours;
    private final ForeignLots foreign;
    private final LotBook book;
    private final Parties parties;
    private final AskEvents ask;
    private final ObjectProvider<LabelledItems> items;

    FollowGoods(
            LotsInSight ours,
            ForeignLots foreign,
            LotBook book,
            Parties parties,
            AskEvents ask,
            ObjectProvider<LabelledItems> items) {
        this.ours = ours;
        this.foreign = foreign;
        this.book = book;
        this.parties = parties;
        this.ask = ask;
        this.items = items;
    }

    /**
     * How far to follow.
     *
     * @param depth links from the start at most
     * @param from leaves out what was made before; null for no limit
     * @param until leaves out what was made after; null for no limit
     */
    public record Reach(
            Direction direction, int depth, @Nullable LocalDate from, @Nullable LocalDate until) {

        public static Reach all(Direction direction) {
            return new Reach(direction, Integer.MAX_VALUE, null, null);
        }

        boolean holds(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
        }
    }

    /**
     * Follows one thing.
     *
     * @param what a lot's id or number, the code of a box, of a foreign chain also an identifier in
     *     any spelling or {@code GTIN.LOT}
     * @throws NotFound if there is none, or the visitor may not know
     */
    public LotGraph follow(Visitor by, String what, Reach reach) {
        if (what.length() > 2_000 || what.indexOf('\0') >= 0) {
            throw new NotFound("lot");
        }
        Optional<Lot> own =
                ours.find(by, what)
                        .or(
                                () ->
                                        Optional.ofNullable(items.getIfAvailable())
                                                .flatMap(room -> room.lotOf(what))
                                                .flatMap(lot -> ours.find(by, lot.toString())));
        if (own.isPresent()) {
            return ours(by, List.of(own.get()), reach);
        }
        ForeignLot start =
                foreign.find(by, what)
                        .orElseThrow(() -> new NotFound("没有找到 " + what + "，或不属于您能看到的范围"));
        return theirs(foreign.trace(by, start, reach.direction()), reach);
    }

    /**
     * Follows everything that a party made from one day to another.
     *
     * @throws Problems if that is more than 200 lots
     */
    public LotGraph followAll(
            Visitor by, UUID maker, LocalDate first, LocalDate last, Reach reach) {
        List<Lot> starts =
                ours.all(by).stream()
                        .filter(lot -> lot.maker().equals(maker))
                        .filter(lot -> !lot.day().isBefore(first) && !lot.day().isAfter(last))
                        .toList();
        if (starts.size() > MOST_STARTS) {
            throw Problems.of(
                    "last", "这些天里有 " + starts.size() + " 个批次，一次最多 " + MOST_STARTS + " 个，请把日期缩短。");
        }
        return ours(by, starts, reach);
    }

    private LotGraph ours(Visitor by, List<Lot> starts, Reach reach) {
        Map<UUID, Lot> lots = new LinkedHashMap<>();
        Set<UUID> plots = new LinkedHashSet<>();
        Set<Genealogy.Edge> edges = new LinkedHashSet<>();
        boolean circular = false;
        for (Lot start : starts) {
            lots.put(start.id(), start);
            Genealogy.Graph graph = ours.trace(by, start, reach.direction(), reach.depth());
            graph.lots().stream()
                    .filter(lot -> reach.holds(lot.day()))
                    .forEach(lot -> lots.putIfAbsent(lot.id(), lot));
            plots.addAll(graph.plots());
            edges.addAll(graph.edges());
            circular |= !graph.circular().isEmpty();
        }
        List<Node> nodes = new ArrayList<>();
        for (UUID plot : plots) {
            parties.findPlot(plot).map(Node.Land::new).ifPresent(nodes::add);
        }
        Map<UUID, String> names = book.epcClasses(lots.keySet());
        lots.values()
                .forEach(lot -> nodes.add(new Node.Ours(lot, names.getOrDefault(lot.id(), ""))));
        return graph(
                starts.stream().map(lot -> lot.id().toString()).toList(),
                nodes,
                edges.stream()
                        .map(
                                e ->
                                        new Edge(
                                                e.from().toString(),
                                                e.to().toString(),
                                                e.step(),
                                                e.kilograms()))
                        .toList(),
                circular);
    }

    private static LotGraph theirs(ForeignLots.Trace trace, Reach reach) {
        return graph(
                List.of(trace.start().toString()),
                trace.lots().stream()
                        .filter(lot -> lot.depth() <= reach.depth())
                        .<Node>map(Node.Theirs::new)
                        .toList(),
                trace.edges().stream()
                        .map(e -> new Edge(e.from().toString(), e.to().toString(), e.step(), null))
                        .toList(),
                trace.circular());
    }

    /** Without edges to what was left out, and without land of which nothing is left. */
    private static LotGraph graph(
            List<String> starts, List<Node> nodes, List<Edge> edges, boolean circular) {
        Set<String> known = new LinkedHashSet<>();
        nodes.forEach(node -> known.add(node.id()));
        List<Edge> left =
                edges.stream()
                        .filter(e -> known.contains(e.from()) && known.contains(e.to()))
                        .toList();
        Set<String> sources = new LinkedHashSet<>();
        left.forEach(e -> sources.add(e.from()));
        return new LotGraph(
                starts,
                nodes.stream()
                        .filter(n -> !(n instanceof Node.Land) || sources.contains(n.id()))
                        .toList(),
                left,
                circular);
    }

    /** Every event in sight that speaks of what was reached, oldest first. */
    public List<Stored> events(Visitor by, LotGraph graph) {
        Map<Long, Stored> found = new TreeMap<>();
        List<String> names = graph.names();
        for (int at = 0; at < names.size(); at += NAMES_AT_ONCE) {
            List<String> some = names.subList(at, Math.min(names.size(), at + NAMES_AT_ONCE));
            for (String kind : List.of("MATCH_anyEPCClass", "MATCH_anyEPC")) {
                add(by, kind, some, found);
            }
        }
        return found.values().stream().sorted(Comparator.comparingLong(Stored::seq)).toList();
    }

    /** What happened to what was reached, oldest first. */
    public List<TracedStep> steps(Visitor by, LotGraph graph) {
        return TellSteps.of(events(by, graph), graph.names());
    }

    private void add(Visitor by, String kind, Collection<String> names, Map<Long, Stored> to) {
        try {
            SimpleEventQuery query =
                    SimpleEventQuery.read(Map.of(kind, List.copyOf(names)), Names.of(Map.of()));
            @Nullable Cursor at = Cursor.START;
            while (at != null) {
                AskEvents.Page page = ask.page(by, query, at, 0, EVENTS_AT_ONCE);
                page.events().forEach(event -> to.put(event.seq(), event));
                at = page.next();
            }
        } catch (QueryRefused impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
