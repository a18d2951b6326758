package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Walk;
import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.LotLineage;
import cn.xinyuan.server.trace.domain.LotLineage.Reached;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Walks the genealogy in memory. Inside a transaction that has written, and when memory cannot
 * answer, the database is asked level by level, one query each.
 */
@Component
class WalkGenealogy implements Genealogy {

    private static final int DEEPEST = 20_000;

    private final LotLineage lineage;
    private final LotBook book;
    private final EventBook events;
    private final Parties parties;

    WalkGenealogy(LotLineage lineage, LotBook book, EventBook events, Parties parties) {
        this.lineage = lineage;
        this.book = book;
        this.events = events;
        this.parties = parties;
    }

    /** Reads a level at a time and remembers the edges, with their kilograms, for the picture. */
    private static final class Level implements Walk.Neighbours<UUID> {
        private final LotBook book;
        private final Map<String, Edge> met = new LinkedHashMap<>();

        private Level(LotBook book) {
            this.book = book;
        }

        @Override
        public Collection<Walk.Edge<UUID>> into(Set<UUID> targets) {
            return remember(book.into(targets));
        }

        @Override
        public Collection<Walk.Edge<UUID>> outOf(Set<UUID> sources) {
            return remember(book.outOf(sources));
        }

        private List<Walk.Edge<UUID>> remember(List<Edge> edges) {
            var steps = new ArrayList<Walk.Edge<UUID>>();
            for (Edge edge : edges) {
                met.put(edge.from() + ">" + edge.to() + ">" + edge.step(), edge);
                if (!edge.fromPlot()) {
                    steps.add(new Walk.Edge<>(edge.from(), edge.to()));
                }
            }
            return steps;
        }
    }

    @Override
    public Graph trace(UUID lot, Direction direction) {
        return trace(lot, direction, DEEPEST);
    }

    @Override
    public Graph trace(UUID lot, Direction direction, int depth) {
        if (book.find(lot).isEmpty()) {
            throw new NotFound("没有这个批次");
        }
        Set<UUID> reached = new LinkedHashSet<>(Set.of(lot));
        Set<UUID> circular = new LinkedHashSet<>();
        Set<UUID> dangling = new LinkedHashSet<>();
        Map<String, Edge> edges = new LinkedHashMap<>();
        if (direction != Direction.FORWARD) {
            Reached back = reached(lot, true, depth);
            reached.addAll(back.depths().keySet());
            circular.addAll(back.circular());
            dangling.addAll(back.dangling());
            remember(book.into(within(back, depth)), edges);
        }
        if (direction != Direction.BACK) {
            Reached forward = reached(lot, false, depth);
            reached.addAll(forward.depths().keySet());
            circular.addAll(forward.circular());
            remember(book.outOf(within(forward, depth)), edges);
        }
        List<Edge> among =
                edges.values().stream()
                        .filter(e -> reached.contains(e.to()))
                        .filter(e -> e.fromPlot() || reached.contains(e.from()))
                        .toList();
        return new Graph(
                lot,
                book.all(reached),
                among,
                book.holdings(reached),
                among.stream()
                        .filter(Edge::fromPlot)
                        .map(Edge::from)
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                circular,
                dangling);
    }

    /** The lots whose neighbours still belong: not those at the very depth. */
    private static Set<UUID> within(Reached reached, int depth) {
        Set<UUID> within = new LinkedHashSet<>();
        reached.depths()
                .forEach(
                        (lot, at) -> {
                            if (at < depth) {
                                within.add(lot);
                            }
                        });
        return within;
    }

    private static void remember(List<Edge> found, Map<String, Edge> edges) {
        found.forEach(e -> edges.put(e.from() + ">" + e.to() + ">" + e.step(), e));
    }

    private Reached reached(UUID lot, boolean back, int depth) {
        // links of events declared wrong are in memory still; the database leaves them out
        return lineage.walk(List.of(lot), back, depth)
                .filter(met -> !book.anyReversed(met.depths().keySet()))
                .orElseGet(() -> asked(lot, back, depth));
    }

    /** The same, asked of the database. */
    private Reached asked(UUID lot, boolean back, int depth) {
        var level = new Level(book);
        var walked =
                Walk.from(lot, back ? Walk.Direction.BACK : Walk.Direction.FORWARD, level, depth);
        Set<UUID> plots = new LinkedHashSet<>();
        Set<UUID> fed = new LinkedHashSet<>();
        for (Edge edge : level.met.values()) {
            fed.add(edge.to());
            if (edge.fromPlot()) {
                plots.add(edge.from());
            }
        }
        Set<UUID> dangling = new LinkedHashSet<>();
        if (back) {
            walked.depths()
                    .forEach(
                            (met, at) -> {
                                if (at < depth && !fed.contains(met)) {
                                    dangling.add(met);
                                }
                            });
        }
        return new Reached(
                walked.depths(),
                plots,
                walked.circular() ? circular(walked.edges()) : Set.of(),
                dangling);
    }

    private static Set<UUID> circular(Set<Walk.Edge<UUID>> edges) {
        var load = new Lineage.Load();
        Map<UUID, Integer> numbers = new LinkedHashMap<>();
        for (Walk.Edge<UUID> edge : edges) {
            load.link(number(load, numbers, edge.from()), number(load, numbers, edge.to()));
        }
        Lineage lineage = load.done();
        Set<UUID> circular = new LinkedHashSet<>();
        numbers.forEach(
                (lot, number) -> {
                    if (lineage.isCircular(number)) {
                        circular.add(lot);
                    }
                });
        return circular;
    }

    private static int number(Lineage.Load load, Map<UUID, Integer> numbers, UUID lot) {
        int number = load.lot(lot.getMostSignificantBits(), lot.getLeastSignificantBits());
        numbers.put(lot, number);
        return number;
    }

    @Override
    public Set<UUID> ancestors(UUID lot) {
        return reached(lot, true, DEEPEST).depths().keySet();
    }

    @Override
    public Set<UUID> descendants(UUID lot) {
        return reached(lot, false, DEEPEST).depths().keySet();
    }

    @Override
    public Set<UUID> plots(UUID lot) {
        return reached(lot, true, DEEPEST).plots();
    }

    @Override
    public List<SharedSource> sharedSources(List<UUID> lots, int atMost) {
        var shared =
                lineage.shared(lots, atMost)
                        .orElseThrow(
                                () -> new IllegalStateException("the genealogy is not loaded"));
        var found =
                book.all(shared.stream().map(LotLineage.Shared::source).toList()).stream()
                        .collect(Collectors.toMap(Lot::id, l -> l));
        return shared.stream()
                .map(
                        s ->
                                new SharedSource(
                                        s.source(),
                                        found.get(s.source()),
                                        s.covers(),
                                        s.others(),
                                        s.distance()))
                .toList();
    }

    /**
     * Kilograms and packs are those that exist now, in hand or under way: what became something
     * else counts as what it became, so nothing counts twice. Codes are the labels on all reached
     * lots.
     */
    @Override
    public RecallScope recallScope(UUID lot) {
        if (book.find(lot).isEmpty()) {
            throw new NotFound("没有这个批次");
        }
        var reached = descendants(lot);
        var holdings = book.holdings(reached);
        return new RecallScope(
                lot,
                book.all(reached),
                holdings.stream().map(Holding::kilograms).reduce(BigDecimal.ZERO, BigDecimal::add),
                holdings.stream().mapToLong(Holding::packs).sum(),
                book.labels(reached),
                holdings);
    }

    @Override
    public List<Step> route(UUID lot) {
        var ancestors = ancestors(lot);
        var lots = book.all(ancestors).stream().collect(Collectors.toMap(Lot::id, l -> l));
        var steps = new ArrayList<Step>();
        var all = events.touching(ancestors);
        var wrong = new HashSet<String>();
        all.stream()
                .filter(e -> e.command().equals("reverse"))
                .forEach(e -> wrong.add(e.eventId()));
        for (var event : all) {
            boolean transfer =
                    event.command().equals("ship")
                            || event.command().equals("receive")
                            || event.command().equals("return");
            if (transfer && !event.lots().contains(lot)
                    || event.command().equals("waste")
                    || event.command().equals("observe")
                    || event.command().equals("aggregate")
                    || event.command().equals("disaggregate")
                    || wrong.contains(event.eventId())
                    || event.command().equals("label")) {
                continue;
            }
            var about =
                    event.lots().stream()
                            .map(lots::get)
                            .filter(java.util.Objects::nonNull)
                            .findFirst();
            if (about.isEmpty()) {
                continue;
            }
            var party = parties.find(event.party());
            var district = parties.district(about.orElseThrow().district());
            boolean made = event.command().equals("harvest");
            steps.add(
                    new Step(
                            event.eventTime(),
                            ChinaTime.day(event.eventTime()),
                            event.command(),
                            made ? district.name() : party.map(Party::name).orElse("—"),
                            made ? district.nameEn() : party.map(Party::nameEn).orElse("—"),
                            event.party(),
                            about.orElseThrow().id()));
        }
        return steps;
    }
}
