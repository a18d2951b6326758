package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Mass;
import cn.xinyuan.epcis.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was in which container when (EPCIS 2.0, 7.4.3), drawn from aggregation events that come in
 * any order. An event about a container counts for what is inside at its time, and for nothing
 * else: a returnable crate carries unrelated lots in turn.
 */
public final class Stowage {

    /** Containers in containers; no truck is deeper, and a circle ends here. */
    private static final int DEEPEST = 32;

    /**
     * Something inside.
     *
     * @param name the canonical identifier
     * @param ofClass whether it is an amount of a lot or class, not a single thing
     * @param amounts how much, by unit: {@code KGM} for every mass, else the unit as written, empty
     *     for pieces; no entry when nobody said
     */
    public record Content(String name, boolean ofClass, Map<String, BigDecimal> amounts) {
        public Content {
            amounts = Map.copyOf(amounts);
        }
    }

    /** A time; {@code until} is excluded. */
    public record Span(Instant from, Instant until) {

        public static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

        public boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }

        public Span with(Span other) {
            return new Span(
                    from.isAfter(other.from) ? from : other.from,
                    until.isBefore(other.until) ? until : other.until);
        }

        public boolean isEmpty() {
            return !from.isBefore(until);
        }
    }

    private record Change(Instant at, Action action, List<Content> children) {}

    private final Map<String, List<Change>> changes = new HashMap<>();
    private final Map<String, Set<String>> containers = new HashMap<>();

    /**
     * Adds what an event says; of several at one moment the one added first is taken to be first.
     */
    public void add(AggregationEvent event) {
        String parent = event.parentId();
        if (parent == null || event.common().errorDeclaration() != null) {
            return;
        }
        String container = Identifier.canonical(parent);
        List<Content> children = new ArrayList<>();
        for (String child : event.childEpcs()) {
            children.add(new Content(Identifier.canonical(child), false, Map.of()));
        }
        Map<String, Map<String, BigDecimal>> amounts = new LinkedHashMap<>();
        for (Quantity each : event.childQuantities()) {
            Map<String, BigDecimal> of =
                    amounts.computeIfAbsent(
                            Identifier.canonical(each.epcClass()), _ -> new LinkedHashMap<>());
            BigDecimal quantity = each.quantity();
            if (quantity != null) {
                String uom = each.uom() == null ? "" : each.uom();
                BigDecimal figure = Mass.kilograms(quantity, uom).orElse(quantity);
                of.merge(Mass.isUnit(uom) ? "KGM" : uom, figure, BigDecimal::add);
            }
        }
        amounts.forEach((name, of) -> children.add(new Content(name, true, of)));
        List<Change> said = changes.computeIfAbsent(container, _ -> new ArrayList<>());
        said.add(new Change(event.common().eventTime().at(), event.action(), children));
        said.sort(Comparator.comparing(Change::at));
        for (Content child : children) {
            containers.computeIfAbsent(child.name(), _ -> new LinkedHashSet<>()).add(container);
        }
    }

    /** Whether anything was ever said to be in it. */
    public boolean isContainer(String name) {
        return changes.containsKey(name);
    }

    /** The containers that something was ever put into, directly. */
    public Set<String> containersOf(String content) {
        return containers.getOrDefault(content, Set.of());
    }

    /** Everything that was ever put into a container, directly. */
    public Set<String> everIn(String container) {
        Set<String> ever = new LinkedHashSet<>();
        changes.getOrDefault(container, List.of())
                .forEach(change -> change.children().forEach(child -> ever.add(child.name())));
        return ever;
    }

    /** What lies directly in a container at a moment. */
    public List<Content> inside(String container, Instant at) {
        Map<String, Content> inside = new LinkedHashMap<>();
        for (Change change : changes.getOrDefault(container, List.of())) {
            if (change.at().isAfter(at)) {
                break;
            }
            apply(change, inside);
        }
        return List.copyOf(inside.values());
    }

    private static void apply(Change change, Map<String, Content> inside) {
        if (change.action() == Action.DELETE && change.children().isEmpty()) {
            inside.clear();
            return;
        }
        for (Content child : change.children()) {
            switch (change.action()) {
                case ADD -> inside.merge(child.name(), child, Stowage::plus);
                case OBSERVE -> inside.putIfAbsent(child.name(), child);
                case DELETE -> {
                    Content left = inside.get(child.name());
                    if (left != null) {
                        Content rest = minus(left, child);
                        if (rest == null) {
                            inside.remove(child.name());
                        } else {
                            inside.put(child.name(), rest);
                        }
                    }
                }
            }
        }
    }

    private static Content plus(Content some, Content more) {
        Map<String, BigDecimal> amounts = new LinkedHashMap<>(some.amounts());
        more.amounts().forEach((unit, amount) -> amounts.merge(unit, amount, BigDecimal::add));
        return new Content(some.name(), some.ofClass(), amounts);
    }

    /**
     * What is left; null when it is all taken. What is not said in a unit goes down in proportion:
     * 10 of 48 boxes take 10/48 of the kilograms.
     */
    private static @org.jspecify.annotations.Nullable Content minus(Content some, Content taken) {
        for (Map.Entry<String, BigDecimal> each : taken.amounts().entrySet()) {
            BigDecimal had = some.amounts().get(each.getKey());
            if (had == null || had.signum() <= 0) {
                continue;
            }
            BigDecimal rest = had.subtract(each.getValue());
            if (rest.signum() <= 0) {
                return null;
            }
            Map<String, BigDecimal> amounts = new LinkedHashMap<>();
            some.amounts()
                    .forEach(
                            (unit, amount) -> {
                                BigDecimal said = taken.amounts().get(unit);
                                amounts.put(
                                        unit,
                                        said == null
                                                ? amount.multiply(rest)
                                                        .divide(had, MathContext.DECIMAL64)
                                                        .stripTrailingZeros()
                                                : amount.subtract(said).max(BigDecimal.ZERO));
                            });
            return new Content(some.name(), some.ofClass(), amounts);
        }
        return null;
    }

    /** The goods in a container at a moment, those in containers inside it too, each once. */
    public List<Content> goods(String container, Instant at) {
        Map<String, Content> goods = new LinkedHashMap<>();
        goods(container, at, goods, new HashSet<>(), 0);
        return List.copyOf(goods.values());
    }

    private void goods(
            String container, Instant at, Map<String, Content> goods, Set<String> seen, int depth) {
        if (depth > DEEPEST || !seen.add(container)) {
            return;
        }
        for (Content content : inside(container, at)) {
            if (isContainer(content.name()) && !inside(content.name(), at).isEmpty()) {
                goods(content.name(), at, goods, seen, depth + 1);
            } else {
                goods.merge(content.name(), content, Stowage::plus);
            }
        }
    }

    /** When something was directly in a container. */
    public List<Span> stays(String content, String container) {
        List<Span> stays = new ArrayList<>();
        Map<String, Content> inside = new LinkedHashMap<>();
        Instant since = null;
        for (Change change : changes.getOrDefault(container, List.of())) {
            apply(change, inside);
            boolean there = inside.containsKey(content);
            if (there && since == null) {
                since = change.at();
            } else if (!there && since != null) {
                stays.add(new Span(since, change.at()));
                since = null;
            }
        }
        if (since != null) {
            stays.add(new Span(since, Instant.MAX));
        }
        return stays;
    }

    /**
     * When each container carried any of some goods, those in containers inside it included.
     *
     * @param goods names that count at any time
     * @param asked containers that are themselves what was asked about, in these times
     */
    public Map<String, List<Span>> during(Set<String> goods, Map<String, Span> asked) {
        Map<String, List<Span>> during = new HashMap<>();
        asked.forEach((name, span) -> note(name, span, during, 0));
        goods.forEach(name -> up(name, Span.ALWAYS, during, 0));
        return during;
    }

    private void up(String content, Span span, Map<String, List<Span>> during, int depth) {
        for (String container : containersOf(content)) {
            for (Span stay : stays(content, container)) {
                Span both = stay.with(span);
                if (!both.isEmpty()) {
                    note(container, both, during, depth);
                }
            }
        }
    }

    private void note(String name, Span span, Map<String, List<Span>> during, int depth) {
        List<Span> known = during.computeIfAbsent(name, _ -> new ArrayList<>());
        if (depth <= DEEPEST && known.stream().noneMatch(k -> k.with(span).equals(span))) {
            known.add(span);
            up(name, span, during, depth + 1);
        }
    }
}
