package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.AssociationEvent;
import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Facts;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Mass;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Place;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.TransactionEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Grade;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.Figures;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import cn.xinyuan.server.trace.domain.GoodsEvent.Draft;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.Mention;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Captured events that speak of our own goods: each becomes the same command as on a page, or is
 * refused with the reason; none is kept aside as if it were a stranger's. Which event is which
 * command stands in {@code docs/epcis-capture.md}.
 */
@NullMarked
@Component
class OwnGoods {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String TABLE = " (docs/epcis-capture.md)";

    private final MoveGoods goods;
    private final LotBook lots;
    private final EventBook events;
    private final Parties parties;
    private final Catalog catalog;
    private final GoodsInContainers containers;
    private final Clock clock;

    OwnGoods(
            MoveGoods goods,
            LotBook lots,
            EventBook events,
            Parties parties,
            Catalog catalog,
            GoodsInContainers containers,
            Clock clock) {
        this.goods = goods;
        this.lots = lots;
        this.events = events;
        this.parties = parties;
        this.catalog = catalog;
        this.containers = containers;
        this.clock = clock;
    }

    /**
     * Tells events of our goods from events of others, for one group of deliveries.
     *
     * @param ours which of the names in the group are lots of ours, or things that carried some at
     *     any time
     */
    Watch watch(Set<String> ours) {
        return new Watch(ours);
    }

    /** Remembers of whom it was asked, since most events of a group come from few parties. */
    final class Watch {
        private final Set<String> ours;
        private final Map<UUID, String> placesOfGrowers = new HashMap<>();

        private Watch(Set<String> ours) {
            this.ours = new HashSet<>(ours);
        }

        /** Lots came to be that are ours, or things that carry some. */
        void add(Collection<String> names) {
            ours.addAll(names);
        }

        /**
         * Whether an event is about our goods, so that it is an act and no evidence: it names a lot
         * of ours, or a plot of ours, or a thing that carries goods which the sender has, had or is
         * being sent, or makes, sends or ends goods at the place of the growers who hand it in.
         * Goods from outside do not become theirs that way: their lots are unknown, and that is
         * said.
         */
        boolean concerns(Visitor by, Candidate candidate) {
            EpcisEvent event = candidate.event();
            boolean things = false;
            for (Mention mention : candidate.mentions()) {
                if (ours.contains(mention.name())) {
                    if (mention.ofClass() || Identifier.of(mention.name()).isClass()) {
                        return true;
                    }
                    things = true;
                } else if (event instanceof AggregationEvent && !mention.ofClass()) {
                    things |= containers.isItem(mention.name());
                }
            }
            if (things && carriesOurs(by, event)) {
                return true;
            }
            if (event instanceof ObjectEvent e
                    && fact(e.ilmd(), candidate.context(), "plot").isPresent()) {
                return true;
            }
            UUID party = by.party();
            return party != null && movesQuantities(event) && isGrowersOwn(party, event);
        }

        private boolean isGrowersOwn(UUID party, EpcisEvent event) {
            Set<String> places = glns(event);
            return !places.isEmpty()
                    && places.contains(
                            placesOfGrowers.computeIfAbsent(party, OwnGoods.this::placeOfGrower));
        }
    }

    /** The GLN of a party that has plots; empty for any other. */
    private String placeOfGrower(UUID party) {
        return parties.find(party)
                .filter(p -> !parties.plotsOf(party).isEmpty())
                .map(Party::gln)
                .orElse("");
    }

    private boolean carriesOurs(Visitor by, EpcisEvent event) {
        UUID party = by.party();
        if (party == null) {
            party =
                    glns(event).stream()
                            .map(parties::findByGln)
                            .flatMap(Optional::stream)
                            .map(Party::id)
                            .findFirst()
                            .orElse(null);
        }
        return party != null && containers.carryGoodsOf(party, event);
    }

    /**
     * What followed from a captured event no longer counts: an error declaration of it came in,
     * which is evidence itself.
     */
    void forget(Visitor by, Candidate declaration) {
        UUID party = by.party();
        if (party != null && containers.followedFrom(declaration.eventId())) {
            containers.settle(by, party, declaration.event(), declaration.eventId());
        }
    }

    private static boolean movesQuantities(EpcisEvent event) {
        return switch (event) {
            case ObjectEvent e ->
                    !e.quantities().isEmpty()
                            && (e.action() != Action.OBSERVE
                                    || e.common().bizStep() != null
                                            && Vocabulary.BIZ_STEP.same(
                                                    e.common().bizStep(), "shipping"));
            case TransformationEvent e -> !e.inputs().isEmpty() || !e.outputs().isEmpty();
            case AggregationEvent _, AssociationEvent _, TransactionEvent _ -> false;
        };
    }

    /**
     * Carries the act out that the event tells of.
     *
     * @return the lots that came to be and the things that carry our goods, by their identifiers
     * @throws Refused when it is no act of ours, or the rules say no
     */
    List<String> carryOut(Visitor by, Candidate candidate) {
        return new Act(by, candidate).carryOut();
    }

    /** What an event says of one class: kilograms, pieces, or both. */
    private record Said(@Nullable BigDecimal kilograms, @Nullable BigDecimal pieces) {
        Said plus(Said other) {
            return new Said(sum(kilograms, other.kilograms), sum(pieces, other.pieces));
        }

        private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
            return a == null ? b : b == null ? a : a.add(b);
        }
    }

    private final class Act {
        private final Candidate candidate;
        private final EpcisEvent event;
        private final Context context;
        private final Visitor by;
        private final UUID party;
        private final LocalDate day;
        private final String step;

        Act(Visitor sender, Candidate candidate) {
            this.candidate = candidate;
            this.event = candidate.event();
            this.context = candidate.context();
            this.party = actor(sender);
            this.by = new Visitor(sender.account(), sender.name(), Role.CLERK, party, Set.of());
            Instant at = event.common().eventTime().at();
            Instant now = clock.instant();
            if (at.isAfter(now.plus(SKEW))) {
                throw no(
                        "event-in-the-future",
                        "the event time "
                                + event.common().eventTime()
                                + " lies ahead of our clock, "
                                + now
                                + "; look at yours");
            }
            LocalDate said = ChinaTime.day(at);
            LocalDate today = ChinaTime.today(clock);
            this.day = said.isAfter(today) ? today : said;
            String written = event.common().bizStep();
            this.step = written == null ? "" : Vocabulary.BIZ_STEP.word(written).orElse(written);
        }

        /** Whose act it is: the sender's party, or for an administrator the one at whose place. */
        private UUID actor(Visitor sender) {
            Set<String> glns = glns(event);
            Optional<Party> there =
                    glns.stream().map(parties::findByGln).flatMap(Optional::stream).findFirst();
            UUID party = sender.party();
            if (party == null) {
                return there.map(Party::id)
                        .orElseThrow(
                                () ->
                                        no(
                                                "whose-act",
                                                "the event speaks of goods of this platform but"
                                                        + " does not say whose act it was; give"
                                                        + " readPoint or bizLocation with the GLN of"
                                                        + " the party"));
            }
            if (there.isPresent() && there.stream().noneMatch(p -> p.id().equals(party))) {
                throw no(
                        "not-your-place",
                        "the event happened at "
                                + there.get().gln()
                                + ", which is another party's place; only that party tells of its"
                                + " acts");
            }
            return party;
        }

        List<String> carryOut() {
            if (event.common().errorDeclaration() != null) {
                takeBack();
                return List.of();
            }
            return switch (event) {
                case ObjectEvent e -> object(e);
                case TransformationEvent e -> transformation(e);
                case AggregationEvent _, AssociationEvent _, TransactionEvent _ -> observe();
            };
        }

        private List<String> object(ObjectEvent e) {
            boolean moves =
                    e.action() != Action.OBSERVE
                            || step.equals("shipping")
                            || step.equals("receiving");
            boolean inContainers =
                    e.quantities().isEmpty()
                            && !step.equals("destroying")
                            && e.epcs().stream().noneMatch(epc -> Identifier.of(epc).isClass());
            if (moves && inContainers) {
                return e.action() == Action.OBSERVE ? byTheirContainers(e) : observe();
            }
            if (moves && !e.epcs().isEmpty()) {
                throw no(
                        "single-things",
                        "single things have no weight here; tell how much of which lot in"
                                + " quantityList");
            }
            return switch (e.action()) {
                case ADD -> harvest(e);
                case DELETE -> {
                    waste(e);
                    yield List.of();
                }
                case OBSERVE -> {
                    switch (step) {
                        case "shipping" -> ship(e);
                        case "receiving" -> receive(e);
                        default -> {
                            yield observe();
                        }
                    }
                    yield List.of();
                }
            };
        }

        private List<String> harvest(ObjectEvent e) {
            Map<String, Said> said = said(e.quantities());
            if (!step.equals("commissioning") && !step.equals("creating_class_instance")) {
                throw unknown("ADD with bizStep " + named() + " makes nothing of ours");
            }
            String plot =
                    fact(e.ilmd(), context, "plot")
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "harvest-without-plot",
                                                    "goods begin with a harvest on a plot; add"
                                                            + " \"plot\" of the namespace "
                                                            + GoodsEvent.NAMESPACE
                                                            + " with the plot's id to ilmd"));
            if (said.size() != 1) {
                throw no("one-lot", "a harvest makes one lot; tell of each in an event of its own");
            }
            fact(e.ilmd(), context, "season")
                    .filter(season -> !season.equals(String.valueOf(day.getYear())))
                    .ifPresent(
                            season -> {
                                throw no(
                                        "season",
                                        "season " + season + " is not the year of " + day);
                            });
            String lot = said.keySet().iterator().next();
            UUID id = uuid(plot, "plot");
            tell(
                    List.of(fresh(lot)),
                    null,
                    () -> goods.harvest(by, new Goods.Harvest(id, kilograms(lot, said), day)));
            return List.of(lot);
        }

        private List<String> transformation(TransformationEvent e) {
            if (!e.inputEpcs().isEmpty() || !e.outputEpcs().isEmpty()) {
                throw no(
                        "single-things",
                        "single things have no weight here; tell how much of which lot in"
                                + " inputQuantityList and outputQuantityList");
            }
            Map<String, Said> in = said(e.inputs());
            Map<String, Said> out = said(e.outputs());
            if (in.isEmpty() || out.isEmpty()) {
                throw no(
                        "half-a-transformation",
                        "give inputs and outputs in one event; the balance is kept per event");
            }
            Map<String, Lot> sources = known(in.keySet());
            List<Part> parts = new ArrayList<>();
            in.forEach(
                    (name, amount) ->
                            parts.add(
                                    new Part(
                                            lot(sources, name).id(),
                                            of(lot(sources, name), name, amount))));
            List<String> made = out.keySet().stream().map(this::fresh).toList();
            switch (step) {
                case "commissioning", "creating_class_instance" -> {
                    one(made, "merging");
                    BigDecimal kilograms = kilograms(made.getFirst(), out);
                    BigDecimal total =
                            parts.stream().map(Part::kilograms).reduce(ZERO, BigDecimal::add);
                    if (kilograms.compareTo(total) != 0) {
                        throw no(
                                "merge-keeps-the-weight",
                                "merging neither loses nor gains: "
                                        + Figures.plain(total)
                                        + " kg went in, "
                                        + Figures.plain(kilograms)
                                        + " kg came out");
                    }
                    tell(made, null, () -> goods.merge(by, party, parts, day));
                }
                case "inspecting" -> {
                    one(in.keySet(), "sorting");
                    List<Grade> grades = grades(e, out);
                    BigDecimal waste =
                            fact(event.common().others(), context, "waste")
                                    .map(w -> figure(w, "waste"))
                                    .orElse(ZERO);
                    tell(
                            made,
                            null,
                            () -> goods.sort(by, party, parts.getFirst(), grades, waste, day));
                }
                case "packing" -> {
                    one(made, "packing");
                    pack(made.getFirst(), out, parts);
                }
                case "repackaging" -> {
                    one(in.keySet(), "splitting");
                    Lot source = sources.values().iterator().next();
                    List<BigDecimal> each = new ArrayList<>();
                    out.forEach(
                            (name, amount) -> {
                                if (source.packs() > 0 && amount.pieces() == null) {
                                    throw no(
                                            "packs-are-counted",
                                            source.number()
                                                    + " is packed: give "
                                                    + name
                                                    + " in KGM and, without uom, in packs");
                                }
                                each.add(kilograms(name, out));
                                if (amount.pieces() != null) {
                                    of(source, name, amount);
                                }
                            });
                    UUID id = source.id();
                    tell(made, null, () -> goods.split(by, party, id, each, day));
                }
                default ->
                        throw unknown(
                                "a transformation with bizStep "
                                        + named()
                                        + " is none of commissioning (merge), inspecting (sort),"
                                        + " packing (pack), repackaging (split)");
            }
            return made;
        }

        private void pack(String made, Map<String, Said> out, List<Part> parts) {
            String gtin = Identifier.of(made).gtin().orElseThrow();
            var product =
                    catalog.findByGtin(gtin)
                            .filter(p -> p.party().equals(party))
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "no-such-product",
                                                    "GTIN "
                                                            + gtin
                                                            + " is no product of yours; register it"
                                                            + " first"));
            BigDecimal pieces = saidOf(out, made).pieces();
            if (pieces == null) {
                throw no(
                        "packs-are-counted",
                        "packing makes packs: give " + made + " in KGM and, without uom, in packs");
            }
            long packs = whole(pieces, made);
            BigDecimal weight = product.packKg().multiply(pieces);
            if (weight.compareTo(kilograms(made, out)) != 0) {
                throw no(
                        "packs-and-weight",
                        packs
                                + " packs of "
                                + Figures.plain(product.packKg())
                                + " kg weigh "
                                + Figures.plain(weight)
                                + " kg, not "
                                + Figures.plain(kilograms(made, out))
                                + " kg");
            }
            tell(
                    List.of(made),
                    null,
                    () ->
                            goods.pack(
                                    by, new Goods.Packing(party, product.id(), parts, packs, day)));
        }

        private List<Grade> grades(TransformationEvent e, Map<String, Said> out) {
            Map<String, String> grades = new HashMap<>();
            for (Quantity each : e.outputs()) {
                fact(each.others(), context, "grade")
                        .ifPresent(g -> grades.put(Identifier.canonical(each.epcClass()), g));
            }
            List<Grade> found = new ArrayList<>();
            out.forEach(
                    (name, _) -> {
                        String grade = grades.get(name);
                        if (grade == null) {
                            throw no(
                                    "sorting-without-grade",
                                    "sorting names a grade for each output; add \"grade\" of the"
                                            + " namespace "
                                            + GoodsEvent.NAMESPACE
                                            + " to the quantity of "
                                            + name);
                        }
                        found.add(new Grade(grade, kilograms(name, out)));
                    });
            return found;
        }

        private void ship(ObjectEvent e) {
            List<Part> parts = parts(e.quantities());
            Party to = receiver();
            for (var source : event.common().sources()) {
                Optional<Party> from = gln(source.id()).flatMap(parties::findByGln);
                if (from.isPresent() && !from.get().id().equals(party)) {
                    throw no(
                            "not-your-goods",
                            "the source " + from.get().gln() + " is not the party that sends");
                }
            }
            UUID shipment =
                    GoodsEvent.shipment(event)
                            .orElseGet(
                                    () -> UUID.nameUUIDFromBytes(candidate.hash().getBytes(UTF_8)));
            String state = event.common().disposition();
            if (state != null && Vocabulary.DISPOSITION.same(state, "returned")) {
                giveBack(parts, to, shipment);
                return;
            }
            String vehicle = fact(event.common().others(), context, "vehicle").orElse("");
            tell(
                    List.of(),
                    shipment,
                    () ->
                            goods.ship(
                                    by,
                                    new Goods.NewShipment(party, to.id(), parts, vehicle, day)));
        }

        private Party receiver() {
            return event.common().destinations().stream()
                    .map(d -> gln(d.id()))
                    .flatMap(Optional::stream)
                    .map(parties::findByGln)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    no(
                                            "shipped-to-nobody",
                                            "name the receiver in destinationList as owning_party"
                                                    + " with the GLN of a party of this platform"));
        }

        private void giveBack(List<Part> parts, Party to, UUID shipment) {
            one(parts, "a return");
            Part part = parts.getFirst();
            Shipment came =
                    lots.shipments(party, false).stream()
                            .filter(s -> s.received() && s.from().equals(to.id()))
                            .filter(
                                    s ->
                                            s.parts().stream()
                                                    .anyMatch(p -> p.lot().equals(part.lot())))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "never-received",
                                                    "the lot was not received from "
                                                            + to.gln()
                                                            + ", so it cannot go back there"));
            tell(
                    List.of(),
                    shipment,
                    () ->
                            goods.giveBack(
                                    by,
                                    party,
                                    came.id(),
                                    part.lot(),
                                    part.kilograms(),
                                    reason(),
                                    day));
        }

        private void receive(ObjectEvent e) {
            UUID id =
                    GoodsEvent.shipment(event)
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "which-shipment",
                                                    "name the shipment in bizTransactionList as"
                                                            + " desadv, as its shipping event does"));
            Shipment shipment =
                    lots.findShipment(id)
                            .filter(s -> s.to().equals(party))
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "no-such-shipment",
                                                    "nothing was shipped to you under this desadv;"
                                                            + " the shipping event comes first"));
            Map<UUID, BigDecimal> got = new LinkedHashMap<>();
            parts(e.quantities()).forEach(p -> got.put(p.lot(), p.kilograms()));
            Set<UUID> sent = new LinkedHashSet<>();
            shipment.parts().forEach(p -> sent.add(p.lot()));
            if (!sent.equals(got.keySet())) {
                throw no(
                        "other-lots",
                        "shipment "
                                + shipment.number()
                                + " has "
                                + sent.size()
                                + " lots; tell of each of them and of no other, with quantity 0 for"
                                + " what did not arrive");
            }
            tell(List.of(), id, () -> goods.receive(by, id, day, got));
        }

        private void waste(ObjectEvent e) {
            if (!step.equals("destroying") && !step.equals("decommissioning")) {
                throw unknown("DELETE with bizStep " + named() + " is not destroying");
            }
            List<Part> parts = parts(e.quantities());
            one(parts, "destroying");
            Part part = parts.getFirst();
            tell(
                    List.of(),
                    null,
                    () -> {
                        goods.waste(by, party, part.lot(), part.kilograms(), reason(), day);
                        return part;
                    });
        }

        /** Pallets are shipped or received by their numbers: the goods inside move. */
        private List<String> byTheirContainers(ObjectEvent e) {
            if (step.equals("shipping")) {
                receiver();
            }
            Set<UUID> inside = containers.lotsIn(party, event);
            List<String> things = observe();
            if (step.equals("receiving") && !containers.followedFrom(candidate.eventId())) {
                boolean onThePage =
                        lots.shipments(party, false).stream()
                                .filter(Shipment::received)
                                .flatMap(s -> s.parts().stream())
                                .anyMatch(p -> inside.contains(p.lot()));
                if (!onThePage) {
                    throw no(
                            "no-such-shipment",
                            "nothing in "
                                    + String.join(", ", e.epcs())
                                    + " was shipped to you; the shipping event comes first");
                }
            }
            return things;
        }

        private List<String> observe() {
            Set<String> names = new LinkedHashSet<>();
            candidate.mentions().forEach(m -> names.add(m.name()));
            if (event instanceof AggregationEvent a && a.action() == Action.ADD) {
                Set<String> ours = lots.byClass(names).keySet();
                for (Quantity each : a.childQuantities()) {
                    if (each.quantity() == null
                            && ours.contains(Identifier.canonical(each.epcClass()))) {
                        throw no("how-much", "say how much of " + each.epcClass() + " is put in");
                    }
                }
            }
            List<UUID> seen = List.copyOf(lots.byClass(names).values());
            UUID kept =
                    goods.observe(
                            by,
                            party,
                            seen,
                            containers.lotsIn(party, event),
                            day,
                            told(List.of(), null));
            Set<String> things = containers.keep(kept, party, event);
            containers.settle(by, party, event, null);
            return List.copyOf(things);
        }

        private void takeBack() {
            String given = event.common().eventId();
            EventBook.Written wrong =
                    (given == null ? events.findByHash(candidate.hash()) : events.find(given))
                            .orElseThrow(
                                    () ->
                                            no(
                                                    "no-such-event",
                                                    "there is no event "
                                                            + candidate.eventId()
                                                            + " that could be declared wrong"));
            if (!wrong.hash().equals(candidate.hash())) {
                throw no(
                        "other-content",
                        "an error declaration repeats the event as it was and adds"
                                + " errorDeclaration; this one says something else");
            }
            if (!wrong.party().equals(party)) {
                throw no(
                        "not-your-event",
                        "another party told of this; only that party takes it back");
            }
            if (wrong.command().equals("label")) {
                throw no(
                        "labels-are-voided",
                        "labels on packs are not taken back by an event; void the codes instead");
            }
            if (!wrong.command().equals("observe")) {
                goods.reverse(by, wrong, day, told(List.of(), null));
                return;
            }
            // what followed from it first, then what follows now that it no longer counts
            containers.settle(by, party, event, wrong.eventId());
            goods.reverse(by, wrong, day, told(List.of(), null));
            containers.settle(by, party, event, null);
        }

        // ---- what the acts share

        private void tell(
                List<String> made,
                @Nullable UUID shipment,
                ScopedValue.CallableOp<?, RuntimeException> act) {
            ScopedValue.where(Told.NOW, told(made, shipment)).call(act);
        }

        private Told told(List<String> made, @Nullable UUID shipment) {
            return new Told(
                    new Draft(
                            candidate.eventId(),
                            event.common().eventTime().at(),
                            candidate.hash(),
                            body()),
                    made,
                    shipment);
        }

        private String body() {
            try {
                JsonNode node = EpcisJson.parse(candidate.body().getBytes(UTF_8));
                if (!(node instanceof ObjectNode object)) {
                    throw new IllegalStateException("an event is an object");
                }
                object.set("@context", context.json());
                String text = EpcisJson.text(object);
                if (text.contains("\\u0000")) {
                    throw no("nul", "a string holds a NUL character; remove it");
                }
                return text;
            } catch (UnreadableDocument e) {
                throw new IllegalStateException(e);
            }
        }

        private List<Part> parts(List<Quantity> quantities) {
            Map<String, Said> said = said(quantities);
            Map<String, Lot> known = known(said.keySet());
            List<Part> parts = new ArrayList<>();
            said.forEach(
                    (name, amount) -> {
                        Lot lot = lot(known, name);
                        parts.add(new Part(lot.id(), of(lot, name, amount)));
                    });
            return parts;
        }

        private Map<String, Lot> known(Set<String> names) {
            Map<String, UUID> ids = lots.byClass(names);
            Map<UUID, Lot> byId = new HashMap<>();
            lots.all(ids.values()).forEach(l -> byId.put(l.id(), l));
            Map<String, Lot> known = new LinkedHashMap<>();
            for (String name : names) {
                UUID id = ids.get(name);
                Lot lot = id == null ? null : byId.get(id);
                if (lot == null) {
                    throw no(
                            "unknown-lot",
                            name
                                    + " is no lot of this platform; tell of its harvest or making"
                                    + " first, and of goods of others in events of their own");
                }
                known.put(name, lot);
            }
            return known;
        }

        private static Lot lot(Map<String, Lot> known, String name) {
            Lot lot = known.get(name);
            if (lot == null) {
                throw new IllegalStateException(name);
            }
            return lot;
        }

        /** A lot that is to come to be: its identifier is a lot of a GTIN. */
        private String fresh(String name) {
            if (Identifier.of(name).gtin().isEmpty() || Identifier.of(name).lot().isEmpty()) {
                throw no(
                        "no-lot-number",
                        name + " names no lot; write https://id.gs1.org/01/GTIN/10/LOT");
            }
            return name;
        }

        private Map<String, Said> said(List<Quantity> quantities) {
            Map<String, Said> said = new LinkedHashMap<>();
            for (Quantity each : quantities) {
                String name = Identifier.canonical(each.epcClass());
                BigDecimal amount = each.quantity();
                if (amount == null) {
                    throw no("how-much", "say how much of " + name);
                }
                if (each.uom() != null && !Mass.isUnit(each.uom())) {
                    throw no(
                            "unit",
                            name
                                    + " is given in "
                                    + each.uom()
                                    + "; give a mass such as KGM, or packs without uom");
                }
                Said one =
                        each.uom() == null
                                ? new Said(null, amount)
                                : new Said(Mass.kilograms(amount, each.uom()).orElseThrow(), null);
                said.merge(name, one, Said::plus);
            }
            return said;
        }

        private Said saidOf(Map<String, Said> said, String name) {
            Said one = said.get(name);
            if (one == null) {
                throw new IllegalStateException(name);
            }
            return one;
        }

        private BigDecimal kilograms(String name, Map<String, Said> said) {
            BigDecimal kilograms = saidOf(said, name).kilograms();
            if (kilograms == null) {
                throw no("how-heavy", "give the weight of " + name + " in KGM");
            }
            return kilograms;
        }

        /** Kilograms of a known lot; of packed goods the packs say it too. */
        private BigDecimal of(Lot lot, String name, Said said) {
            BigDecimal pieces = said.pieces();
            BigDecimal kilograms = said.kilograms();
            if (pieces == null) {
                if (kilograms == null) {
                    throw no("how-much", "say how much of " + name);
                }
                return kilograms;
            }
            if (lot.packs() == 0) {
                throw no("bulk", lot.number() + " is bulk and not counted; give its weight in KGM");
            }
            BigDecimal weight =
                    lot.kilograms()
                            .divide(BigDecimal.valueOf(lot.packs()), 6, RoundingMode.HALF_UP)
                            .multiply(BigDecimal.valueOf(whole(pieces, name)));
            if (kilograms != null && kilograms.compareTo(weight) != 0) {
                throw no(
                        "packs-and-weight",
                        whole(pieces, name)
                                + " packs of "
                                + lot.number()
                                + " weigh "
                                + Figures.plain(weight)
                                + " kg, not "
                                + Figures.plain(kilograms)
                                + " kg");
            }
            return weight;
        }

        private long whole(BigDecimal pieces, String name) {
            try {
                return pieces.longValueExact();
            } catch (ArithmeticException _) {
                throw no("whole-packs", name + ": packs are counted in whole numbers");
            }
        }

        private BigDecimal figure(String text, String name) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException _) {
                throw no(name, name + " is a number of kilograms, not \"" + text + "\"");
            }
        }

        private UUID uuid(String text, String name) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException _) {
                throw no(name, name + " is the id that this platform gave, not \"" + text + "\"");
            }
        }

        private String reason() {
            return fact(event.common().others(), context, "reason")
                    .orElseThrow(
                            () ->
                                    no(
                                            "no-reason",
                                            "say why: add \"reason\" of the namespace "
                                                    + GoodsEvent.NAMESPACE));
        }

        private void one(java.util.Collection<?> things, String what) {
            if (things.size() != 1) {
                throw no(
                        "one-lot",
                        what + " is told of one lot per event, here are " + things.size());
            }
        }

        private String named() {
            return step.isEmpty() ? "missing" : "\"" + step + "\"";
        }

        private Refused unknown(String text) {
            return no("no-such-act", text);
        }
    }

    private static final BigDecimal ZERO = BigDecimal.ZERO;

    private static Optional<String> fact(
            Map<String, JsonNode> members, Context context, String name) {
        return Facts.find(members, context, GoodsEvent.NAMESPACE, name);
    }

    private static Refused no(String rule, String text) {
        return new Refused(rule, text + TABLE);
    }

    /** The GLNs where it happened. */
    private static Set<String> glns(EpcisEvent event) {
        Set<String> found = new LinkedHashSet<>();
        for (Place place :
                java.util.Arrays.asList(event.common().readPoint(), event.common().bizLocation())) {
            if (place != null) {
                gln(place.id()).ifPresent(found::add);
            }
        }
        return found;
    }

    static Optional<String> gln(String id) {
        String canonical = Identifier.canonical(id);
        for (String key : List.of("/414/", "/417/")) {
            int at = canonical.indexOf("id.gs1.org" + key);
            if (at > 0) {
                int from = at + "id.gs1.org".length() + key.length();
                return canonical.length() >= from + 13
                        ? Optional.of(canonical.substring(from, from + 13))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
