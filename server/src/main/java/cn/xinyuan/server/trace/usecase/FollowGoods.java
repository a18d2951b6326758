package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.epcis.query.QueryRefused;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Doubt;
import cn.xinyuan.server.trace.ForeignLots;
import cn.xinyuan.server.trace.ForeignLots.ForeignLot;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.Direction;
import cn.xinyuan.server.trace.LabelledItems;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.Doubts;
import cn.xinyuan.server.trace.domain.EventArchive.Cursor;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.domain.LotGraph.Edge;
import cn.xinyuan.server.trace.domain.LotGraph.Node;
import cn.xinyuan.server.trace.domain.Mention;
import cn.xinyuan.server.trace.domain.Stowage;
import cn.xinyuan.server.trace.domain.Stowage.Span;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.domain.TracedStep.Standing;
import cn.xinyuan.server.trace.domain.TracedStep.State;
import cn.xinyuan.server.trace.usecase.GoodsInContainers.Stowed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
    private final GoodsInContainers containers;
    private final CapturedEvents captured;
    private final ObjectProvider<LabelledItems> items;

    FollowGoods(
            LotsInSight ours,
            ForeignLots foreign,
            LotBook book,
            Parties parties,
            AskEvents ask,
            GoodsInContainers containers,
            CapturedEvents captured,
            ObjectProvider<LabelledItems> items) {
        this.ours = ours;
        this.foreign = foreign;
        this.book = book;
        this.parties = parties;
        this.ask = ask;
        this.containers = containers;
        this.captured = captured;
        this.items = items;
    }

    /**
     * How far to follow.
     *
     * @param depth links from the start at most
     * @param from leaves out what was made before, of a container what it carried before; null for
     *     no limit
     * @param until leaves out what was made after, of a container what it carried after; null for
     *     no limit
     */
    public record Reach(
            Direction direction, int depth, @Nullable LocalDate from, @Nullable LocalDate until) {

        public static Reach all(Direction direction) {
            return new Reach(direction, Integer.MAX_VALUE, null, null);
        }

        /** From the beginning of the first day to the end of the last. */
        Span span() {
            return new Span(
                    from == null ? Instant.MIN : ChinaTime.startOf(from),
                    until == null ? Instant.MAX : ChinaTime.startOf(until.plusDays(1)));
        }

        boolean holds(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
        }
    }

    /**
     * Follows one thing; of a container what it carries, while it carries it.
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
        String named =
                what.contains(":")
                        ? what
                        : what.strip().matches("[0-9]{18}")
                                ? "https://id.gs1.org/00/" + what.strip()
                                : "";
        Optional<LotGraph> carried = named.isEmpty() ? Optional.empty() : carried(by, named, reach);
        Optional<LotGraph> told = foreign.find(by, what).map(start -> theirs(by, start, reach));
        return carried.map(ours -> told.map(ours::with).orElse(ours))
                .or(() -> told)
                .orElseThrow(() -> new NotFound("没有找到 " + what + "，或不属于您能看到的范围"));
    }

    /** Our goods that a container carried, with where they came from or went. */
    private Optional<LotGraph> carried(Visitor by, String what, Reach reach) {
        String name = Identifier.canonical(what);
        List<Stowed> stowed = containers.stowed(name, reach.span());
        Map<UUID, Lot> seen = new LinkedHashMap<>();
        for (Stowed each : stowed) {
            UUID lot = each.lot();
            if (lot != null) {
                ours.find(by, lot.toString()).ifPresent(l -> seen.put(l.id(), l));
            }
        }
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        Node.Box asked = new Node.Box(name);
        Map<String, Node> boxes = new LinkedHashMap<>(Map.of(name, asked));
        Set<Edge> edges = new LinkedHashSet<>();
        for (Stowed each : stowed) {
            UUID lot = each.lot();
            if (lot != null && !seen.containsKey(lot)) {
                continue;
            }
            Node into = boxes.computeIfAbsent(each.container(), Node.Box::new);
            String from =
                    lot == null
                            ? boxes.computeIfAbsent(each.content(), Node.Box::new).id()
                            : lot.toString();
            edges.add(new Edge(from, into.id(), "PACKED", each.kilograms()));
        }
        LotGraph around =
                new LotGraph(
                        List.of(asked.id()),
                        List.copyOf(boxes.values()),
                        List.copyOf(edges),
                        false,
                        reach.span());
        LotGraph lots = ours(by, List.copyOf(seen.values()), reach);
        return Optional.of(
                around.with(new LotGraph(List.of(), lots.nodes(), lots.edges(), lots.circular())));
    }

    /**
     * Follows everything that events tell of one place from one day to another, and what lay in the
     * containers there.
     *
     * @param place a location number, or an identifier in any spelling
     * @throws Problems if that is more than 200 lots and things
     */
    public LotGraph followPlace(
            Visitor by, String place, LocalDate first, LocalDate last, Reach reach) {
        String name =
                Identifier.canonical(
                        place.matches("[0-9]{13}") ? "https://id.gs1.org/414/" + place : place);
        Map<Long, Stored> told = new TreeMap<>();
        for (String field : List.of("EQ_readPoint", "EQ_bizLocation")) {
            add(
                    by,
                    Map.of(
                            field,
                            List.of(name),
                            "GE_eventTime",
                            List.of(ChinaTime.startOf(first).toString()),
                            "LT_eventTime",
                            List.of(ChinaTime.startOf(last.plusDays(1)).toString())),
                    told);
        }
        Set<String> names = new LinkedHashSet<>();
        told.values().stream()
                .flatMap(stored -> TellSteps.read(stored).stream())
                .forEach(event -> Mention.of(event).forEach(m -> names.add(m.name())));
        if (names.isEmpty()) {
            throw new NotFound("这些天里没有事件说到 " + place + "，或不属于您能看到的范围");
        }
        if (names.size() > MOST_STARTS) {
            throw Problems.of(
                    "last", "这些天里有 " + names.size() + " 个批次和物品，一次最多 " + MOST_STARTS + " 个，请把日期缩短。");
        }
        Reach then = new Reach(reach.direction(), reach.depth(), first, last);
        LotGraph all = new LotGraph(List.of(), List.of(), List.of(), false, then.span());
        Map<String, UUID> own = book.byClass(names);
        for (String each : names) {
            UUID lot = own.get(each);
            Optional<LotGraph> one =
                    lot != null
                            ? ours.find(by, lot.toString()).map(l -> ours(by, List.of(l), reach))
                            : either(
                                    carried(by, each, then),
                                    foreign.find(by, each).map(start -> theirs(by, start, then)));
            all = one.map(all::with).orElse(all);
        }
        return all;
    }

    private static Optional<LotGraph> either(Optional<LotGraph> ours, Optional<LotGraph> theirs) {
        return ours.isPresent() && theirs.isPresent()
                ? Optional.of(ours.get().with(theirs.get()))
                : ours.or(() -> theirs);
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

    private LotGraph theirs(Visitor by, ForeignLot start, Reach reach) {
        Span span = reach.span();
        ForeignLots.Trace trace =
                foreign.trace(by, start, reach.direction(), span.from(), span.until());
        LotGraph found =
                graph(
                        List.of(trace.start().toString()),
                        trace.lots().stream()
                                .filter(lot -> lot.depth() <= reach.depth())
                                .<Node>map(Node.Theirs::new)
                                .toList(),
                        trace.edges().stream()
                                .map(
                                        e ->
                                                new Edge(
                                                        e.from().toString(),
                                                        e.to().toString(),
                                                        e.step(),
                                                        null))
                                .toList(),
                        trace.circular());
        return new LotGraph(found.starts(), found.nodes(), found.edges(), found.circular(), span);
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

    /**
     * Every event in sight that speaks of what was reached, oldest first; what was told of a
     * container only while it carried any of that.
     */
    public List<Stored> events(Visitor by, LotGraph graph) {
        return told(by, graph).events();
    }

    /** The events with what lay where by them. */
    private record Told(List<Stored> events, Stowage stowage) {}

    private Told told(Visitor by, LotGraph graph) {
        List<Stored> all = naming(by, graph);
        Stowage stowage = stowage(all);
        Set<String> goods = new LinkedHashSet<>();
        Set<String> boxes = new LinkedHashSet<>();
        graph.names().forEach(n -> (stowage.isContainer(n) ? boxes : goods).add(n));
        if (boxes.isEmpty()) {
            return new Told(all, stowage);
        }
        Map<String, Span> asked = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            String name =
                    switch (node) {
                        case Node.Box box -> box.name();
                        case Node.Theirs theirs -> theirs.reached().name();
                        case Node.Ours _, Node.Land _ -> "";
                    };
            if (boxes.contains(name) && graph.starts().contains(node.id())) {
                asked.put(name, graph.span());
            }
        }
        Map<String, List<Span>> during = stowage.during(goods, asked);
        return new Told(
                all.stream().filter(stored -> counts(stored, goods, during)).toList(), stowage);
    }

    private static boolean counts(
            Stored stored, Set<String> goods, Map<String, List<Span>> during) {
        Optional<EpcisEvent> event = TellSteps.read(stored);
        if (event.isEmpty()) {
            return true;
        }
        Instant at = event.get().common().eventTime().at();
        boolean empties = event.get() instanceof AggregationEvent a && a.action() == Action.DELETE;
        for (Mention mention : Mention.of(event.get())) {
            if (goods.contains(mention.name())) {
                return true;
            }
            for (Span span : during.getOrDefault(mention.name(), List.of())) {
                if (span.holds(at) || empties && at.equals(span.until())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What lay where by some events; those that others among them declare wrong say nothing. */
    private static Stowage stowage(List<Stored> events) {
        Stowage stowage = new Stowage();
        Set<String> wrong = new LinkedHashSet<>();
        Map<Stored, AggregationEvent> changes = new LinkedHashMap<>();
        for (Stored stored : events) {
            if (stored.body().contains("AggregationEvent")
                    && TellSteps.read(stored).orElse(null) instanceof AggregationEvent change) {
                if (change.common().errorDeclaration() != null) {
                    wrong.add(stored.hash());
                }
                changes.put(stored, change);
            }
        }
        changes.forEach(
                (stored, change) -> {
                    if (!wrong.contains(stored.hash())) {
                        stowage.add(change);
                    }
                });
        return stowage;
    }

    private List<Stored> naming(Visitor by, LotGraph graph) {
        Map<Long, Stored> found = new TreeMap<>();
        List<String> names = graph.names();
        for (int at = 0; at < names.size(); at += NAMES_AT_ONCE) {
            List<String> some = names.subList(at, Math.min(names.size(), at + NAMES_AT_ONCE));
            for (String kind : List.of("MATCH_anyEPCClass", "MATCH_anyEPC")) {
                add(by, Map.of(kind, some), found);
            }
        }
        return found.values().stream().sorted(Comparator.comparingLong(Stored::seq)).toList();
    }

    /** What happened to what was reached, oldest first. */
    public List<TracedStep> steps(Visitor by, LotGraph graph) {
        Told told = told(by, graph);
        return TellSteps.of(told.events(), graph.names(), told.stowage(), standings(told.events()));
    }

    /**
     * How captured events stand by all that is known now; those that simply balance are left out.
     */
    private Map<Long, Standing> standings(List<Stored> events) {
        Map<Stored, EpcisEvent> theirs = new LinkedHashMap<>();
        Set<String> wrong = new LinkedHashSet<>();
        Map<String, Set<String>> accounts = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (Stored stored : events) {
            EpcisEvent event = TellSteps.read(stored).orElse(null);
            if (event == null) {
                continue;
            }
            if (event.common().errorDeclaration() != null) {
                wrong.add(stored.hash());
            } else if (!stored.ours()) {
                theirs.put(stored, event);
                names.addAll(Link.classes(event));
            }
        }
        theirs.keySet().stream()
                .filter(stored -> !wrong.contains(stored.hash()))
                .forEach(
                        stored ->
                                accounts.computeIfAbsent(
                                                stored.eventId(), _ -> new LinkedHashSet<>())
                                        .add(stored.hash()));
        Map<String, List<CapturedEvents.Sum>> sums = captured.sums(names);
        Map<Long, Standing> standings = new LinkedHashMap<>();
        theirs.forEach(
                (stored, event) -> {
                    List<Doubt> doubts = new ArrayList<>(Doubts.ofEvent(event, sums));
                    if (accounts.getOrDefault(stored.eventId(), Set.of()).size() > 1) {
                        doubts.add(new Doubt.Contested(stored.eventId()));
                    }
                    if (!doubts.isEmpty()) {
                        standings.put(stored.seq(), new Standing(State.UNBALANCED, doubts));
                    } else if (stored.unbalanced()) {
                        standings.put(stored.seq(), new Standing(State.SETTLED, List.of()));
                    }
                });
        events.stream()
                .filter(stored -> wrong.contains(stored.hash()))
                .forEach(
                        stored ->
                                standings.put(
                                        stored.seq(),
                                        new Standing(State.DECLARED_WRONG, List.of())));
        return standings;
    }

    private void add(Visitor by, Map<String, List<String>> asked, Map<Long, Stored> to) {
        try {
            SimpleEventQuery query = SimpleEventQuery.read(asked, Names.of(Map.of()));
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
