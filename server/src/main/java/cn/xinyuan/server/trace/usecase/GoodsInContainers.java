package cn.xinyuan.server.trace.usecase;

import static cn.xinyuan.server.trace.domain.Account.Unit.KG;
import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.Vocabulary;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Containers;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.LabelledItems;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.ContainerBook;
import cn.xinyuan.server.trace.domain.ContainerBook.Followed;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import cn.xinyuan.server.trace.domain.GoodsEvent.Amount;
import cn.xinyuan.server.trace.domain.GoodsEvent.Draft;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.Stowage;
import cn.xinyuan.server.trace.domain.Stowage.Content;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our goods in pallets, cases and crates. What is shipped or received by the number of its
 * container alone moves the lots that lie in it at that time: an act of its own follows from the
 * event and names it. Events come late and out of order; whenever one changes what lay where, the
 * acts that followed are compared with what should have followed, and those that differ are taken
 * back and carried out anew, newest first back and oldest first anew.
 */
@NullMarked
@Component
class GoodsInContainers implements Containers {

    /** Things that may hang together; far beyond any truck. */
    private static final int MOST_THINGS = 5_000;

    private final ContainerBook book;
    private final LotBook lots;
    private final Ledger ledger;
    private final EventBook events;
    private final Parties parties;
    private final MoveGoods goods;
    private final ObjectProvider<LabelledItems> items;
    private final Clock clock;

    GoodsInContainers(
            ContainerBook book,
            LotBook lots,
            Ledger ledger,
            EventBook events,
            Parties parties,
            MoveGoods goods,
            ObjectProvider<LabelledItems> items,
            Clock clock) {
        this.book = book;
        this.lots = lots;
        this.ledger = ledger;
        this.events = events;
        this.parties = parties;
        this.goods = goods;
        this.items = items;
        this.clock = clock;
    }

    /** An event that was told of containers. */
    private record Heard(ContainerBook.Told told, EpcisEvent event) {}

    /** All that was told of some containers, of what lies in them, and of what they lie in. */
    private record Known(Stowage stowage, List<Heard> heard) {}

    /** What should follow from an event. {@code amounts} are kilograms by lot. */
    private record Wanted(boolean ships, UUID from, UUID to, Map<UUID, BigDecimal> amounts) {}

    /** A movement of containers, what followed from it, and what should. */
    private record Movement(
            Heard heard,
            @Nullable Followed act,
            @Nullable Wanted wanted,
            @Nullable String shipped) {

        boolean agrees(Map<UUID, BigDecimal> done) {
            Wanted should = wanted;
            if (act == null || should == null) {
                return act == null && should == null;
            }
            Map<UUID, BigDecimal> left = new HashMap<>(done);
            left.values().removeIf(kilograms -> kilograms.signum() == 0);
            return left.keySet().equals(should.amounts().keySet())
                    && left.entrySet().stream()
                            .allMatch(
                                    e ->
                                            e.getValue()
                                                            .compareTo(
                                                                    should.amounts()
                                                                            .getOrDefault(
                                                                                    e.getKey(),
                                                                                    BigDecimal
                                                                                            .ZERO))
                                                    == 0);
        }
    }

    /**
     * Whether the things that an event names carry, at its time, goods that the party has, had or
     * is being sent. What others say of them is evidence.
     */
    boolean carryGoodsOf(UUID party, EpcisEvent event) {
        Set<UUID> inside = lotsIn(party, event);
        return inside.stream()
                .anyMatch(
                        lot ->
                                ledger.exists(Account.holding(lot, party, KG))
                                        || lots.holdings(Set.of(lot)).stream()
                                                .anyMatch(
                                                        h ->
                                                                h.inTransit()
                                                                        && h.party()
                                                                                .equals(party)));
    }

    /** The lots in the things that an event names, at its time. */
    Set<UUID> lotsIn(UUID party, EpcisEvent event) {
        Set<String> things = Link.things(event);
        Known known = known(things, Set.of(party));
        Instant at = event.common().eventTime().at();
        Set<UUID> found = new LinkedHashSet<>();
        for (String thing : things) {
            item(thing).ifPresent(found::add);
        }
        found.addAll(amounts(known.stowage(), things, at).keySet());
        return found;
    }

    @Override
    public boolean isKnown(String identifier) {
        return book.isKnown(Identifier.canonical(identifier));
    }

    /** Whether a thing is a box of ours, by the code on it. */
    boolean isItem(String thing) {
        return item(thing).isPresent();
    }

    /**
     * Remembers what an event of ours tells of containers, and of what these lie in by what the
     * party told before.
     *
     * @return all of these
     */
    Set<String> keep(UUID event, UUID party, EpcisEvent told) {
        Set<String> things = Link.things(told);
        if (things.isEmpty()) {
            return things;
        }
        Set<String> all = above(known(things, Set.of(party)).stowage(), things);
        book.note(event, told.common().eventTime().at(), all);
        return all;
    }

    /** Remembers an event of our own pages, and sees to it that what should follow from it has. */
    void told(Visitor by, UUID party, UUID event, String json) {
        EpcisEvent told = read(json).orElseThrow();
        keep(event, party, told);
        settle(by, party, told, null);
    }

    /**
     * Something that lay in a container.
     *
     * @param lot the lot of ours that it is, or is of; null for another container
     * @param kilograms of that lot when it was last put in
     */
    record Stowed(
            String container, String content, @Nullable UUID lot, @Nullable BigDecimal kilograms) {}

    /** What lay in a thing, and in what lay in it, at any moment of a time; by our own events. */
    List<Stowed> stowed(String thing, Stowage.Span span) {
        Known known = known(Set.of(thing), Set.of());
        if (known.heard().isEmpty()) {
            return List.of();
        }
        Set<UUID> tellers = new HashSet<>();
        known.heard().forEach(h -> tellers.add(h.told().party()));
        Stowage stowage = known(Set.of(thing), tellers).stowage();
        List<Stowed> found = new ArrayList<>();
        down(stowage, thing, span, found, new HashSet<>());
        return found;
    }

    private void down(
            Stowage stowage,
            String container,
            Stowage.Span span,
            List<Stowed> found,
            Set<String> seen) {
        if (!seen.add(container)) {
            return;
        }
        for (String content : stowage.everIn(container)) {
            for (Stowage.Span stay : stowage.stays(content, container)) {
                Stowage.Span both = stay.with(span);
                if (both.isEmpty()) {
                    continue;
                }
                Optional<Content> there =
                        stowage.inside(container, both.from()).stream()
                                .filter(c -> c.name().equals(content))
                                .findFirst();
                Optional<UUID> lot =
                        item(content)
                                .or(
                                        () ->
                                                Optional.ofNullable(
                                                        lots.byClass(List.of(content))
                                                                .get(content)));
                found.add(
                        new Stowed(
                                container,
                                content,
                                lot.orElse(null),
                                lot.flatMap(lots::find)
                                        .flatMap(l -> there.map(c -> kilograms(l, c)))
                                        .orElse(null)));
                down(stowage, content, both, found, seen);
            }
        }
    }

    /** Whether acts on goods followed from an event. */
    boolean followedFrom(String eventId) {
        return !book.acts(List.of(eventId)).isEmpty();
    }

    /**
     * Sees to it that exactly what should follow has followed from all that was told of the things
     * that an event names, and of what they lie in.
     *
     * @param gone the id of an event that no longer counts; null when all do
     * @throws Refused when an act that must be taken back has gone on since, or one that must
     *     follow is against the rules
     */
    void settle(Visitor sender, UUID party, EpcisEvent event, @Nullable String gone) {
        Set<String> things = Link.things(event);
        if (things.isEmpty()) {
            return;
        }
        Set<UUID> tellers = new HashSet<>(Set.of(party));
        Known known = known(things, tellers);
        for (Heard each : known.heard()) {
            tellers.add(each.told().party());
            receiver(each.event()).ifPresent(p -> tellers.add(p.id()));
        }
        if (tellers.size() > 1) {
            known = known(things, tellers);
        }
        List<Movement> movements = movements(known, above(known.stowage(), things), gone);
        int first = 0;
        while (first < movements.size()) {
            Movement each = movements.get(first);
            Followed act = each.act();
            if (!each.agrees(act == null ? Map.of() : amountsIn(act.act()))
                    || act != null && !sameReceiver(each, act)) {
                break;
            }
            first++;
        }
        List<Movement> anew = movements.subList(first, movements.size());
        for (Movement each : anew.reversed()) {
            if (each.act() != null) {
                takeBack(sender, each.act().act());
            }
        }
        Map<String, UUID> shipments = new HashMap<>();
        for (Movement each : movements) {
            if (each.act() != null && !anew.contains(each)) {
                shipments.put(each.heard().told().eventId(), each.act().shipment());
            }
        }
        for (Movement each : anew) {
            Wanted wanted = each.wanted();
            if (wanted != null) {
                carryOut(sender, each, wanted, shipments);
            }
        }
    }

    private boolean sameReceiver(Movement each, Followed act) {
        Wanted wanted = each.wanted();
        return wanted == null
                || !wanted.ships()
                || lots.findShipment(act.shipment())
                        .filter(s -> s.to().equals(wanted.to()))
                        .isPresent();
    }

    // ---- what was told

    /** All that hangs together with some things: what lies in them, and what they lie in. */
    private Known known(Set<String> things, Set<UUID> tellers) {
        Stowage stowage = new Stowage();
        Map<String, Heard> heard = new LinkedHashMap<>();
        Set<String> asked = new HashSet<>();
        Set<String> next = new LinkedHashSet<>(things);
        List<ContainerBook.Told> all = new ArrayList<>();
        while (!next.isEmpty() && asked.size() <= MOST_THINGS) {
            asked.addAll(next);
            List<ContainerBook.Told> told = book.told(next, tellers);
            next = new LinkedHashSet<>();
            for (ContainerBook.Told each : told) {
                if (heard.containsKey(each.eventId())) {
                    continue;
                }
                Optional<EpcisEvent> event = read(each.body());
                if (event.isEmpty()) {
                    continue;
                }
                heard.put(each.eventId(), new Heard(each, event.get()));
                all.add(each);
                if (event.get() instanceof AggregationEvent) {
                    for (String thing : Link.things(event.get())) {
                        if (!asked.contains(thing)) {
                            next.add(thing);
                        }
                    }
                }
            }
        }
        heard.values().stream()
                .sorted(Comparator.comparing(h -> h.told().at()))
                .forEach(
                        h -> {
                            if (h.event() instanceof AggregationEvent change) {
                                stowage.add(change);
                            }
                        });
        return new Known(stowage, List.copyOf(heard.values()));
    }

    private static Optional<EpcisEvent> read(String body) {
        try {
            JsonNode node = EpcisJson.parse(body.getBytes(UTF_8));
            if (node instanceof ObjectNode object) {
                object.remove("@context");
            }
            return EpcisJson.readEvent(node, "") instanceof Reading.Understood understood
                    ? Optional.of(understood.event())
                    : Optional.empty();
        } catch (UnreadableDocument _) {
            return Optional.empty();
        }
    }

    /** The things and all that they were ever put into, directly or not. */
    private static Set<String> above(Stowage stowage, Set<String> things) {
        Set<String> all = new LinkedHashSet<>(things);
        List<String> next = new ArrayList<>(things);
        while (!next.isEmpty()) {
            for (String container : stowage.containersOf(next.removeLast())) {
                if (all.add(container)) {
                    next.add(container);
                }
            }
        }
        return all;
    }

    private List<Movement> movements(Known known, Set<String> things, @Nullable String gone) {
        List<Heard> moving =
                known.heard().stream()
                        .filter(h -> isMovement(h.event()))
                        .filter(h -> Link.things(h.event()).stream().anyMatch(things::contains))
                        .sorted(
                                Comparator.comparing((Heard h) -> h.told().at())
                                        .thenComparing(h -> isStep(h.event(), "receiving")))
                        .toList();
        Map<String, Followed> acts = new HashMap<>();
        book.acts(moving.stream().map(h -> h.told().eventId()).toList())
                .forEach(a -> acts.put(a.toldBy(), a));
        List<Movement> movements = new ArrayList<>();
        for (Heard each : moving) {
            Followed act = acts.get(each.told().eventId());
            Movement shipped = null;
            Wanted wanted = null;
            if (!each.told().eventId().equals(gone)) {
                Map<UUID, BigDecimal> inside =
                        amounts(known.stowage(), Link.things(each.event()), each.told().at());
                if (isStep(each.event(), "shipping")) {
                    wanted = shipping(each, inside);
                } else {
                    shipped = shipped(movements, each);
                    wanted = receiving(each, inside, shipped, act);
                }
            }
            movements.add(
                    new Movement(
                            each,
                            act,
                            wanted,
                            shipped == null ? null : shipped.heard().told().eventId()));
        }
        return movements;
    }

    private @Nullable Wanted shipping(Heard each, Map<UUID, BigDecimal> inside) {
        Optional<Party> to = receiver(each.event());
        UUID from = each.told().party();
        if (inside.isEmpty() || to.isEmpty() || to.get().id().equals(from)) {
            return null;
        }
        boolean had =
                inside.keySet().stream()
                        .allMatch(lot -> ledger.exists(Account.holding(lot, from, KG)));
        return had ? new Wanted(true, from, to.get().id(), inside) : null;
    }

    private @Nullable Wanted receiving(
            Heard each,
            Map<UUID, BigDecimal> inside,
            @Nullable Movement shipped,
            @Nullable Followed act) {
        if (shipped == null || shipped.wanted() == null) {
            return null;
        }
        Followed sent = shipped.act();
        if (act == null
                && sent != null
                && lots.findShipment(sent.shipment()).filter(Shipment::received).isPresent()) {
            return null;
        }
        Map<UUID, BigDecimal> got = new LinkedHashMap<>(inside);
        got.keySet().retainAll(shipped.wanted().amounts().keySet());
        return new Wanted(false, shipped.wanted().from(), each.told().party(), got);
    }

    /** The last sending of any of the things to whoever receives them. */
    private static @Nullable Movement shipped(List<Movement> before, Heard receipt) {
        Set<String> things = Link.things(receipt.event());
        for (Movement each : before.reversed()) {
            Wanted sent = each.wanted();
            if (sent != null
                    && sent.ships()
                    && sent.to().equals(receipt.told().party())
                    && Link.things(each.heard().event()).stream().anyMatch(things::contains)) {
                return each;
            }
        }
        return null;
    }

    private static boolean isMovement(EpcisEvent event) {
        return event instanceof ObjectEvent e
                && e.action() == Action.OBSERVE
                && e.quantities().isEmpty()
                && (isStep(event, "shipping") || isStep(event, "receiving"));
    }

    private static boolean isStep(EpcisEvent event, String step) {
        String written = event.common().bizStep();
        return written != null && Vocabulary.BIZ_STEP.same(written, step);
    }

    private Optional<Party> receiver(EpcisEvent event) {
        return event.common().destinations().stream()
                .map(d -> OwnGoods.gln(d.id()))
                .flatMap(Optional::stream)
                .map(parties::findByGln)
                .flatMap(Optional::stream)
                .findFirst();
    }

    // ---- how much lies inside

    private Map<UUID, BigDecimal> amounts(Stowage stowage, Collection<String> things, Instant at) {
        Map<String, Content> goodsInside = new LinkedHashMap<>();
        for (String thing : things) {
            boolean within =
                    things.stream()
                            .anyMatch(
                                    other ->
                                            !other.equals(thing)
                                                    && stowage.inside(other, at).stream()
                                                            .anyMatch(c -> c.name().equals(thing)));
            if (!within) {
                stowage.goods(thing, at)
                        .forEach(c -> goodsInside.merge(c.name() + "|" + thing, c, (a, _) -> a));
            }
        }
        Map<String, UUID> known =
                lots.byClass(goodsInside.values().stream().map(Content::name).toList());
        Map<UUID, Lot> byId = new HashMap<>();
        Map<UUID, BigDecimal> amounts = new LinkedHashMap<>();
        for (Content content : goodsInside.values()) {
            Optional<UUID> id =
                    content.ofClass()
                            ? Optional.ofNullable(known.get(content.name()))
                            : item(content.name());
            id.ifPresent(
                    lot ->
                            amounts.merge(
                                    lot,
                                    kilograms(
                                            byId.computeIfAbsent(
                                                    lot, l -> lots.find(l).orElseThrow()),
                                            content),
                                    BigDecimal::add));
        }
        amounts.values().removeIf(kilograms -> kilograms.signum() == 0);
        return amounts;
    }

    private static BigDecimal kilograms(Lot lot, Content content) {
        BigDecimal pieces = content.ofClass() ? content.amounts().get("") : BigDecimal.ONE;
        if (pieces != null && lot.packs() > 0) {
            return lot.kilograms()
                    .divide(BigDecimal.valueOf(lot.packs()), 6, RoundingMode.HALF_UP)
                    .multiply(pieces)
                    .setScale(3, RoundingMode.HALF_UP);
        }
        return content.amounts()
                .getOrDefault("KGM", BigDecimal.ZERO)
                .setScale(3, RoundingMode.HALF_UP);
    }

    private Optional<UUID> item(String thing) {
        int at = thing.indexOf("/21/");
        if (at < 0 || thing.length() - at - 4 != 16) {
            return Optional.empty();
        }
        return Optional.ofNullable(items.getIfAvailable())
                .flatMap(room -> room.lotOf(thing.substring(at + 4)));
    }

    // ---- the acts

    private void carryOut(
            Visitor sender, Movement movement, Wanted wanted, Map<String, UUID> shipments) {
        String toldBy = movement.heard().told().eventId();
        Instant at = movement.heard().told().at();
        UUID shipment;
        Draft draft;
        if (wanted.ships()) {
            shipment = freeNumber(movement.heard().event(), toldBy);
            draft = draft("shipping", "in_transit", wanted, wanted.from(), shipment, at, toldBy);
            told(
                    draft,
                    shipment,
                    () ->
                            goods.ship(
                                    clerk(sender, wanted.from()),
                                    new Goods.NewShipment(
                                            wanted.from(),
                                            wanted.to(),
                                            wanted.amounts().entrySet().stream()
                                                    .map(e -> new Part(e.getKey(), e.getValue()))
                                                    .toList(),
                                            "",
                                            day(at))));
        } else {
            UUID sent = shipments.get(String.valueOf(movement.shipped()));
            if (sent == null) {
                return;
            }
            shipment = sent;
            Map<UUID, BigDecimal> got = new LinkedHashMap<>();
            lots.findShipment(shipment)
                    .orElseThrow()
                    .parts()
                    .forEach(
                            p ->
                                    got.put(
                                            p.lot(),
                                            wanted.amounts()
                                                    .getOrDefault(p.lot(), BigDecimal.ZERO)
                                                    .min(p.kilograms())));
            Wanted whole = new Wanted(false, wanted.from(), wanted.to(), got);
            draft = draft("receiving", "in_progress", whole, wanted.to(), shipment, at, toldBy);
            told(
                    draft,
                    shipment,
                    () -> goods.receive(clerk(sender, wanted.to()), shipment, day(at), got));
        }
        shipments.put(toldBy, shipment);
        book.followed(events.find(draft.eventId()).orElseThrow().id(), toldBy, shipment);
    }

    private static void told(
            Draft draft, UUID shipment, ScopedValue.CallableOp<?, RuntimeException> act) {
        ScopedValue.where(Told.NOW, new Told(draft, List.of(), shipment)).call(act);
    }

    /** The number that the event gives the shipment; another one when that was withdrawn. */
    private UUID freeNumber(EpcisEvent event, String toldBy) {
        UUID named =
                GoodsEvent.shipment(event)
                        .orElseGet(() -> UUID.nameUUIDFromBytes(toldBy.getBytes(UTF_8)));
        UUID free = named;
        for (int i = 1; lots.isShipment(free); i++) {
            free = UUID.nameUUIDFromBytes((named + ":" + i).getBytes(UTF_8));
        }
        return free;
    }

    private Draft draft(
            String step,
            String state,
            Wanted wanted,
            UUID where,
            UUID shipment,
            Instant at,
            String toldBy) {
        List<Amount> amounts = new ArrayList<>();
        wanted.amounts()
                .forEach(
                        (id, kilograms) -> {
                            Lot lot = lots.find(id).orElseThrow();
                            long packs =
                                    lot.packs() == 0
                                            ? 0
                                            : kilograms
                                                    .multiply(BigDecimal.valueOf(lot.packs()))
                                                    .divide(
                                                            lot.kilograms(),
                                                            0,
                                                            RoundingMode.HALF_UP)
                                                    .longValueExact();
                            amounts.add(new Amount(lots.epcClass(id), kilograms, packs));
                        });
        return GoodsEvent.transfer(
                UUID.randomUUID(),
                at,
                step,
                state,
                parties.get(wanted.from()).gln(),
                parties.get(wanted.to()).gln(),
                parties.get(where).gln(),
                shipment,
                amounts,
                Map.of("xy:toldBy", toldBy));
    }

    private void takeBack(Visitor sender, EventBook.Written act) {
        goods.reverse(
                clerk(sender, act.party()),
                act,
                day(clock.instant()),
                new Told(declaredWrong(act), List.of(), null));
    }

    private Draft declaredWrong(EventBook.Written act) {
        try {
            JsonNode node = EpcisJson.parse(act.json().getBytes(UTF_8));
            if (!(node instanceof ObjectNode event)) {
                throw new IllegalStateException("an event is an object");
            }
            event.putObject("errorDeclaration")
                    .put(
                            "declarationTime",
                            EpcisTime.of(clock.instant(), ZoneOffset.ofHours(8)).text())
                    .put("reason", "incorrect_data");
            return new Draft(
                    act.eventId(), act.eventTime(), act.hash(), EpcisJson.text((JsonNode) event));
        } catch (UnreadableDocument broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Kilograms by lot, as an act says them. */
    private Map<UUID, BigDecimal> amountsIn(EventBook.Written act) {
        Map<String, BigDecimal> said = new LinkedHashMap<>();
        if (read(act.json()).orElseThrow() instanceof ObjectEvent event) {
            for (Quantity each : event.quantities()) {
                BigDecimal quantity = each.quantity();
                if ("KGM".equals(each.uom()) && quantity != null) {
                    said.merge(Identifier.canonical(each.epcClass()), quantity, BigDecimal::add);
                }
            }
        }
        Map<String, UUID> ids = lots.byClass(said.keySet());
        Map<UUID, BigDecimal> amounts = new LinkedHashMap<>();
        ids.forEach((name, id) -> amounts.put(id, said.getOrDefault(name, BigDecimal.ZERO)));
        return amounts;
    }

    private LocalDate day(Instant at) {
        LocalDate said = ChinaTime.day(at);
        LocalDate today = ChinaTime.today(clock);
        return said.isAfter(today) ? today : said;
    }

    private static Visitor clerk(Visitor sender, UUID party) {
        return new Visitor(sender.account(), sender.name(), Role.CLERK, party, Set.of());
    }
}
