package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Walk;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.LotBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Walks the genealogy one level, that is one query, at a time. */
@Component
class WalkGenealogy implements Genealogy {

    private static final int DEEPEST = 20_000;

    private final LotBook book;
    private final EventBook events;
    private final Parties parties;

    WalkGenealogy(LotBook book, EventBook events, Parties parties) {
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
        if (book.find(lot).isEmpty()) {
            throw new NotFound("没有这个批次");
        }
        var level = new Level(book);
        var reached =
                Walk.from(lot, Walk.Direction.valueOf(direction.name()), level, DEEPEST).lots();
        var plots =
                level.met.values().stream()
                        .filter(Edge::fromPlot)
                        .map(Edge::from)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Graph(
                lot,
                book.all(reached),
                level.met.values().stream()
                        .filter(e -> reached.contains(e.to()))
                        .filter(e -> e.fromPlot() || reached.contains(e.from()))
                        .toList(),
                book.holdings(reached),
                plots);
    }

    @Override
    public Set<UUID> ancestors(UUID lot) {
        return Walk.from(lot, Walk.Direction.BACK, new Level(book), DEEPEST).lots();
    }

    @Override
    public Set<UUID> descendants(UUID lot) {
        return Walk.from(lot, Walk.Direction.FORWARD, new Level(book), DEEPEST).lots();
    }

    @Override
    public Set<UUID> plots(UUID lot) {
        return book.into(ancestors(lot)).stream()
                .filter(Edge::fromPlot)
                .map(Edge::from)
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
        for (var event : events.touching(ancestors)) {
            boolean transfer =
                    event.command().equals("ship")
                            || event.command().equals("receive")
                            || event.command().equals("return");
            if (transfer && !event.lots().contains(lot)
                    || event.command().equals("waste")
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
