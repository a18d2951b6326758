package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.Common;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Party;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.Stowage;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.domain.TracedStep.Item;
import cn.xinyuan.server.trace.domain.TracedStep.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads out of events what record keepers are asked for, one line for each lot in each event. What
 * an event does not say stays empty: nothing is guessed.
 */
final class TellSteps {

    private static final Set<String> SENDING = Set.of("shipping", "departing", "transporting");
    private static final Set<String> TAKING_IN = Set.of("receiving", "arriving", "accepting");
    private static final Set<String> MAKING = Set.of("commissioning", "creating_class_instance");
    private static final Set<String> ENDING =
            Set.of("destroying", "disposing", "decommissioning", "consuming");

    private TellSteps() {}

    /**
     * The steps of some lots, oldest first.
     *
     * <p>What was told of a container by its number alone was told of what lay in it then: there is
     * a line for each, and the container stands among the documents.
     *
     * @param names canonical identifiers; what else an event made or moved is left out
     * @param stowage what lay where
     * @param standings of events by their place in the repository, for those that do not simply
     *     balance
     */
    static List<TracedStep> of(
            List<Stored> events,
            Collection<String> names,
            Stowage stowage,
            Map<Long, TracedStep.Standing> standings) {
        Set<String> asked = new HashSet<>();
        names.forEach(name -> asked.add(Identifier.canonical(name)));
        List<TracedStep> steps = new ArrayList<>();
        for (Stored stored : events) {
            TracedStep.Standing standing =
                    standings.getOrDefault(stored.seq(), TracedStep.Standing.FINE);
            read(stored).ifPresent(event -> tell(stored, event, standing, asked, stowage, steps));
        }
        steps.removeIf(step -> !asked.contains(step.made().name()));
        steps.sort(Comparator.comparing(TracedStep::day).thenComparing(TracedStep::time));
        return steps;
    }

    static Optional<EpcisEvent> read(Stored stored) {
        try {
            return EpcisJson.readEvent(EpcisJson.parse(stored.body().getBytes(UTF_8)), "")
                            instanceof Reading.Understood understood
                    ? Optional.of(understood.event())
                    : Optional.empty();
        } catch (UnreadableDocument _) {
            return Optional.empty();
        }
    }

    private static void tell(
            Stored stored,
            EpcisEvent event,
            TracedStep.Standing standing,
            Set<String> asked,
            Stowage stowage,
            List<TracedStep> steps) {
        switch (event) {
            case ObjectEvent e -> {
                if (!isLabelling(e)) {
                    for (Item item : items(e.epcs(), e.quantities())) {
                        TracedStep step =
                                step(stored, e, standing, kind(e), item, List.of(), e.ilmd());
                        List<TracedStep> inside = inside(step, e, asked, stowage);
                        steps.addAll(inside.isEmpty() ? List.of(step) : inside);
                    }
                }
            }
            case TransformationEvent e -> {
                List<Item> from = items(e.inputEpcs(), e.inputs());
                for (Item item : items(e.outputEpcs(), e.outputs())) {
                    steps.add(step(stored, e, standing, kind(e), item, from, e.ilmd()));
                }
            }
            case AggregationEvent e -> {
                for (Item item : items(e.childEpcs(), e.childQuantities())) {
                    steps.add(
                            step(
                                    stored,
                                    e,
                                    standing,
                                    moved(e.common()),
                                    item,
                                    List.of(),
                                    Map.of()));
                }
            }
            default -> {}
        }
    }

    /** The step once for each of the goods that lay in what it moved. */
    private static List<TracedStep> inside(
            TracedStep step, ObjectEvent event, Set<String> asked, Stowage stowage) {
        String container = step.made().name();
        if (!stowage.isContainer(container)) {
            return List.of();
        }
        List<String> documents = new ArrayList<>(step.documents());
        documents.add("container " + container);
        List<TracedStep> inside = new ArrayList<>();
        for (Stowage.Content content : stowage.goods(container, event.common().eventTime().at())) {
            if (asked.contains(content.name())) {
                List<Item> items = new ArrayList<>();
                content.amounts()
                        .forEach(
                                (unit, amount) ->
                                        items.add(new Item(content.name(), amount, unit)));
                if (items.isEmpty()) {
                    items.add(new Item(content.name(), null, ""));
                }
                items.forEach(item -> inside.add(step.of(item, documents)));
            }
        }
        return inside;
    }

    /** Labels that are put on packs move no goods. */
    private static boolean isLabelling(ObjectEvent event) {
        return event.common().others().containsKey("xy:batch");
    }

    private static Kind kind(ObjectEvent event) {
        String step = word(event.common());
        if (event.action() == Action.ADD && (MAKING.contains(step) || step.isEmpty())) {
            Set<String> facts = event.ilmd().keySet();
            if (facts.stream().anyMatch(f -> f.endsWith("catchZone"))) {
                return Kind.FIRST_LAND_BASED_RECEIVING;
            }
            boolean grown =
                    facts.stream().anyMatch(f -> f.contains("harvest") || f.endsWith(":plot"));
            return grown ? Kind.HARVESTING : Kind.CREATION;
        }
        return moved(event.common());
    }

    private static Kind moved(Common common) {
        String step = word(common);
        return SENDING.contains(step)
                ? Kind.SHIPPING
                : TAKING_IN.contains(step)
                        ? Kind.RECEIVING
                        : ENDING.contains(step) ? Kind.DISPOSAL : Kind.HANDLING;
    }

    /** Packing is packing; goods of another kind than went in were transformed. */
    private static Kind kind(TransformationEvent event) {
        if (word(event.common()).equals("packing")) {
            return Kind.INITIAL_PACKING;
        }
        Set<String> in = gtins(event.inputs());
        Set<String> out = gtins(event.outputs());
        return in.containsAll(out) ? Kind.HANDLING : Kind.TRANSFORMATION;
    }

    private static Set<String> gtins(List<Quantity> quantities) {
        return quantities.stream()
                .map(q -> Identifier.of(q.epcClass()).gtin().orElse(q.epcClass()))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static TracedStep step(
            Stored stored,
            EpcisEvent event,
            TracedStep.Standing standing,
            Kind kind,
            Item made,
            List<Item> from,
            Map<String, JsonNode> ilmd) {
        Common common = event.common();
        String time = common.eventTime().text();
        return new TracedStep(
                kind,
                LocalDate.parse(time.substring(0, 10)),
                time,
                place(common),
                made,
                from,
                common.sources().stream().map(Party::id).map(Identifier::canonical).toList(),
                common.destinations().stream().map(Party::id).map(Identifier::canonical).toList(),
                plot(ilmd),
                common.bizTransactions().stream()
                        .map(t -> (t.type() == null ? "" : t.type() + " ") + t.id())
                        .toList(),
                standing,
                stored.eventId());
    }

    private static String place(Common common) {
        var place = common.readPoint() != null ? common.readPoint() : common.bizLocation();
        return place == null ? "" : Identifier.canonical(place.id());
    }

    private static @Nullable UUID plot(Map<String, JsonNode> ilmd) {
        JsonNode plot = ilmd.get("xy:plot");
        try {
            return plot == null ? null : UUID.fromString(plot.asString());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** A lot that is told in kilograms and in packs is one line for each. */
    private static List<Item> items(List<String> epcs, List<Quantity> quantities) {
        return Stream.concat(
                        quantities.stream()
                                .map(
                                        q ->
                                                new Item(
                                                        Identifier.canonical(q.epcClass()),
                                                        q.quantity(),
                                                        q.uom() == null ? "" : q.uom())),
                        epcs.stream().map(e -> new Item(Identifier.canonical(e), null, "")))
                .toList();
    }

    private static String word(Common common) {
        String step = common.bizStep();
        return step == null ? "" : Vocabulary.BIZ_STEP.word(step).orElse(step);
    }
}
