package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Walk;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.Doubt;
import cn.xinyuan.server.trace.ForeignLots;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.CapturedEvents.Said;
import cn.xinyuan.server.trace.domain.CapturedEvents.Sum;
import cn.xinyuan.server.trace.domain.Doubts;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import cn.xinyuan.server.trace.domain.ForeignLineage;
import cn.xinyuan.server.trace.domain.ForeignLineage.Met;
import cn.xinyuan.server.trace.domain.ForeignLineage.Walked;
import cn.xinyuan.server.trace.domain.Stowage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds and traces what is known from captured events only. */
@NullMarked
@Component
class CapturedLots implements ForeignLots {

    private static final int DEEPEST = 10_000;

    private final CapturedEvents events;
    private final ForeignLineage lineage;
    private final EventsInSight sight;
    private final DrawFacts facts;
    private final TransactionTemplate reading;

    CapturedLots(
            CapturedEvents events,
            ForeignLineage lineage,
            EventsInSight sight,
            DrawFacts facts,
            PlatformTransactionManager transactions) {
        this.events = events;
        this.lineage = lineage;
        this.sight = sight;
        this.facts = facts;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Asks with the reader's view, once all events have been drawn that it is judged by. */
    private <T> T within(Visitor by, Function<View, T> ask) {
        if (!sight.isEverything(by)) {
            facts.catchUp();
        }
        T answer = reading.execute(_ -> ask.apply(sight.of(by)));
        if (answer == null) {
            throw new IllegalStateException("an answer is never null");
        }
        return answer;
    }

    @Override
    public Optional<ForeignLot> find(Visitor by, String idOrName) {
        return within(by, view -> find(view, idOrName));
    }

    private Optional<ForeignLot> find(View view, String idOrName) {
        String asked = idOrName.strip();
        Optional<UUID> id = uuid(asked);
        if (id.isPresent()) {
            return events.lots(List.of(id.get()), List.of(), view).stream().findFirst();
        }
        if (asked.contains(":")) {
            return events.lots(List.of(), List.of(Identifier.canonical(asked)), view).stream()
                    .findFirst();
        }
        int dot = asked.indexOf('.');
        if (dot == 14 && asked.substring(0, 14).chars().allMatch(Character::isDigit)) {
            List<ForeignLot> exact =
                    events.lots(
                            List.of(),
                            List.of(
                                    Identifier.canonical(
                                            "https://id.gs1.org/01/"
                                                    + asked.substring(0, 14)
                                                    + "/10/"
                                                    + asked.substring(15))),
                            view);
            if (!exact.isEmpty()) {
                return Optional.of(exact.getFirst());
            }
        }
        List<ForeignLot> found = events.lotsNumbered(asked, view);
        if (found.size() > 1) {
            throw Problems.of(
                    "id",
                    "有 "
                            + found.size()
                            + " 个批次都用这个批号，请写成 GTIN.批号："
                            + String.join("、", found.stream().map(CapturedLots::exactly).toList()));
        }
        return found.stream().findFirst();
    }

    @Override
    public Trace trace(Visitor by, ForeignLot start, Genealogy.Direction direction) {
        return trace(by, start, direction, Instant.MIN, Instant.MAX);
    }

    @Override
    public Trace trace(
            Visitor by,
            ForeignLot start,
            Genealogy.Direction direction,
            Instant from,
            Instant until) {
        return within(by, view -> trace(view, start, direction, new Stowage.Span(from, until)));
    }

    private Trace trace(
            View view, ForeignLot start, Genealogy.Direction direction, Stowage.Span span) {
        List<Walked> walks = new ArrayList<>();
        boolean remembered = true;
        for (boolean back : new boolean[] {true, false}) {
            if (direction != (back ? Genealogy.Direction.FORWARD : Genealogy.Direction.BACK)) {
                var walked = lineage.walk(start.id(), back, DEEPEST, view, span);
                walked.ifPresent(walks::add);
                remembered &= walked.isPresent();
            }
        }
        return remembered
                ? remembered(start, direction, walks, view)
                : asked(start, direction, view);
    }

    private Trace remembered(
            ForeignLot start, Genealogy.Direction direction, List<Walked> walks, View view) {
        Map<UUID, Integer> depths = new LinkedHashMap<>();
        walks.forEach(w -> w.depths().forEach((lot, at) -> depths.merge(lot, at, Math::min)));
        Map<UUID, ForeignLot> lots = new HashMap<>();
        events.lots(depths.keySet(), List.of(), view).forEach(l -> lots.put(l.id(), l));
        Set<String> names =
                lots.values().stream().map(ForeignLot::name).collect(Collectors.toSet());
        Map<String, List<Sum>> sums = events.sums(names);
        List<Reached> nodes = new ArrayList<>();
        depths.forEach(
                (id, depth) -> {
                    ForeignLot lot = lots.get(id);
                    if (lot != null) {
                        nodes.add(node(lot, depth, sums.getOrDefault(lot.name(), List.of())));
                    }
                });
        Set<Walk.Edge<String>> lasting = new LinkedHashSet<>();
        Map<List<Object>, Set<String>> said = new LinkedHashMap<>();
        for (Walked walk : walks) {
            for (Met met : walk.links()) {
                ForeignLot from = lots.get(met.from());
                ForeignLot to = lots.get(met.to());
                if (from == null || to == null) {
                    continue;
                }
                if (met.eventId() == null) {
                    lasting.add(new Walk.Edge<>(from.name(), to.name()));
                } else {
                    said.computeIfAbsent(List.of(from.id(), to.id(), true), _ -> new TreeSet<>())
                            .add(met.eventId());
                }
            }
        }
        Map<String, ForeignLot> named = new HashMap<>();
        lots.values().forEach(l -> named.put(l.name(), l));
        List<Edge> edges = new ArrayList<>(edges(lasting, named, view));
        edges.addAll(edges(said));
        return new Trace(
                start.id(),
                direction,
                nodes,
                edges,
                nodes.stream().anyMatch(n -> !n.balanced()),
                walks.stream().anyMatch(Walked::circular));
    }

    /** The same, asked of the database level by level. */
    private Trace asked(ForeignLot start, Genealogy.Direction direction, View view) {
        Walk.Reached<String> reached =
                Walk.from(
                        start.name(),
                        Walk.Direction.valueOf(direction.name()),
                        events.genealogy(view),
                        DEEPEST);
        Map<String, ForeignLot> lots = new HashMap<>();
        events.lots(List.of(), reached.lots(), view).forEach(l -> lots.put(l.name(), l));
        Map<String, List<Sum>> sums = events.sums(reached.lots());
        List<Reached> nodes = new ArrayList<>();
        reached.depths()
                .forEach(
                        (name, depth) -> {
                            ForeignLot lot = lots.get(name);
                            if (lot != null) {
                                nodes.add(node(lot, depth, sums.getOrDefault(name, List.of())));
                            }
                        });
        return new Trace(
                start.id(),
                direction,
                nodes,
                edges(reached.edges(), lots, view),
                nodes.stream().anyMatch(n -> !n.balanced()),
                reached.circular());
    }

    private List<Edge> edges(
            Set<Walk.Edge<String>> walked, Map<String, ForeignLot> lots, View view) {
        Map<List<Object>, Set<String>> said = new LinkedHashMap<>();
        for (Said one : events.saying(walked, view)) {
            ForeignLot from = lots.get(one.from());
            ForeignLot to = lots.get(one.to());
            if (from != null && to != null) {
                said.computeIfAbsent(
                                List.of(from.id(), to.id(), one.packed()), _ -> new TreeSet<>())
                        .add(one.eventId());
            }
        }
        return edges(said);
    }

    private static List<Edge> edges(Map<List<Object>, Set<String>> said) {
        List<Edge> edges = new ArrayList<>();
        said.forEach(
                (key, ids) ->
                        edges.add(
                                new Edge(
                                        (UUID) key.get(0),
                                        (UUID) key.get(1),
                                        key.get(2).equals(true) ? "PACKED" : "TRANSFORMED",
                                        List.copyOf(ids))));
        return edges;
    }

    private static Reached node(ForeignLot lot, int depth, List<Sum> sums) {
        List<Doubt> why = Doubts.ofLot(lot.name(), sums);
        return new Reached(
                lot.id(),
                lot.number(),
                Lot.Kind.FOREIGN,
                lot.name(),
                depth,
                sums.stream().map(s -> new Amount(s.unit(), s.made(), s.used())).toList(),
                why.isEmpty(),
                why);
    }

    private static String exactly(ForeignLot lot) {
        return Identifier.of(lot.name())
                .gtin()
                .map(gtin -> gtin + "." + lot.number())
                .orElse(lot.name());
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
