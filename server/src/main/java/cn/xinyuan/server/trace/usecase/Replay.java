package cn.xinyuan.server.trace.usecase;

import static cn.xinyuan.server.trace.domain.Account.Unit.KG;
import static cn.xinyuan.server.trace.domain.Account.Unit.LABEL;
import static cn.xinyuan.server.trace.domain.Account.Unit.PACK;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Facts;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Mass;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.trace.Labels.Range;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the events again, one after the other, and nothing but the events: what balances, lots,
 * genealogy and label ranges must there be? It shares no arithmetic with the commands that wrote
 * them, so that a fault of theirs shows.
 */
final class Replay {

    private static final BigDecimal ZERO = BigDecimal.ZERO;

    private final Function<String, Optional<UUID>> idOf;
    private final Map<String, BigDecimal> balances = new HashMap<>();
    private final Map<String, MadeLot> lots = new LinkedHashMap<>();
    private final Map<EdgeKey, BigDecimal> edges = new HashMap<>();
    private final Map<UUID, Range> ranges = new HashMap<>();
    private final Map<UUID, String> places = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<UUID> wrong;
    private final Map<String, List<Moved>> takenBack = new HashMap<>();
    private @Nullable List<Moved> remembered;
    private Context context = GoodsEvent.CONTEXT;

    /**
     * @param idOf the id under which the lot of an EPC class is stored; empty when it is not
     * @param wrong events that a later one declares wrong
     */
    Replay(Function<String, Optional<UUID>> idOf, Set<UUID> wrong) {
        this.idOf = idOf;
        this.wrong = wrong;
    }

    private record Moved(Account from, Account to, BigDecimal amount) {}

    /** An event with the context that explains its prefixes. */
    private record Read(EpcisEvent event, Context context) {}

    /** A lot as its event says it was made. */
    record MadeLot(String kind, UUID maker, BigDecimal kilograms, long packs, UUID event) {}

    /** Something of {@code source}, a lot or a plot, is in {@code target}. */
    record EdgeKey(UUID source, UUID target, UUID event) {}

    /** An event as it is stored. */
    record StoredEvent(
            UUID id,
            String eventId,
            String hash,
            String command,
            Instant time,
            UUID party,
            String body) {}

    private record Amounts(BigDecimal kilograms, long packs) {
        Amounts plus(Amounts other) {
            return new Amounts(kilograms.add(other.kilograms), packs + other.packs);
        }
    }

    Map<String, BigDecimal> balances() {
        return balances;
    }

    Map<String, MadeLot> lots() {
        return lots;
    }

    Map<EdgeKey, BigDecimal> edges() {
        return edges;
    }

    Map<UUID, Range> ranges() {
        return ranges;
    }

    /** What is wrong with the event itself: {@code expected found}; empty when nothing is. */
    List<String> play(StoredEvent stored) {
        faults.clear();
        Optional<Read> read = read(stored);
        if (read.isEmpty()) {
            faults.add("readable unreadable");
            return List.copyOf(faults);
        }
        EpcisEvent event = read.orElseThrow().event();
        context = read.orElseThrow().context();
        String hash = EventHash.of(event, context);
        if (!hash.equals(stored.hash())) {
            faults.add(hash + " " + stored.hash());
        }
        String given = event.common().eventId();
        String id = given == null ? hash : given;
        if (!id.equals(stored.eventId())) {
            faults.add(id + " " + stored.eventId());
        }
        Instant at = event.common().eventTime().at();
        if (Math.abs(at.toEpochMilli() - stored.time().toEpochMilli()) > 1) {
            faults.add(at + " " + stored.time());
        }
        if (stored.eventId().equals("urn:uuid:" + stored.id())) {
            var place = event.common().readPoint();
            String gln = place == null ? "nowhere" : place.id();
            String before = places.putIfAbsent(stored.party(), gln);
            if (before != null && !before.equals(gln)) {
                faults.add(before + " " + gln);
            }
        }
        if (stored.command().equals("reverse")) {
            takeBack(stored);
            return List.copyOf(faults);
        }
        remembered = wrong.contains(stored.id()) ? new ArrayList<>() : null;
        act(stored, event);
        if (remembered != null) {
            takenBack.put(stored.hash(), remembered);
            remembered = null;
        }
        return List.copyOf(faults);
    }

    /** An error declaration bears the hash of the event that it takes back. */
    private void takeBack(StoredEvent stored) {
        List<Moved> moves = takenBack.remove(stored.hash());
        if (moves == null) {
            faults.add("an-event-declared-wrong nothing");
        } else {
            moves.forEach(m -> move(m.to(), m.from(), m.amount()));
        }
    }

    private static Optional<Read> read(StoredEvent stored) {
        try {
            JsonNode node = EpcisJson.parse(stored.body().getBytes(StandardCharsets.UTF_8));
            JsonNode context = null;
            if (node instanceof ObjectNode object) {
                context = object.remove("@context");
            }
            Context spoken = context == null ? GoodsEvent.CONTEXT : new Context(context);
            return EpcisJson.readEvent(node, "") instanceof Reading.Understood understood
                    ? Optional.of(new Read(understood.event(), spoken))
                    : Optional.empty();
        } catch (UnreadableDocument _) {
            return Optional.empty();
        }
    }

    private void act(StoredEvent stored, EpcisEvent event) {
        switch (stored.command()) {
            case "harvest" -> {
                if (event instanceof ObjectEvent e) {
                    harvest(stored, e);
                }
            }
            case "merge", "sort", "pack", "split" -> {
                if (event instanceof TransformationEvent e) {
                    transform(stored, e);
                }
            }
            case "ship", "return" -> {
                if (event instanceof ObjectEvent e) {
                    send(stored, e);
                }
            }
            case "receive" -> {
                if (event instanceof ObjectEvent e) {
                    receive(stored, e);
                }
            }
            case "waste" -> {
                if (event instanceof ObjectEvent e) {
                    waste(stored, e);
                }
            }
            case "label" -> {
                if (event instanceof ObjectEvent e) {
                    label(stored, e);
                }
            }
            case "observe", "aggregate", "disaggregate" -> {}
            default -> faults.add("a-known-command " + stored.command());
        }
    }

    private void harvest(StoredEvent stored, ObjectEvent event) {
        UUID plot = UUID.fromString(fact(event.ilmd(), "plot"));
        int season =
                said(event.ilmd(), context, "season")
                        .map(Integer::parseInt)
                        .orElseGet(() -> ChinaTime.day(stored.time()).getYear());
        amounts(event.quantities())
                .forEach(
                        (epc, amount) -> {
                            UUID lot = made(epc, "HARVEST", amount, stored);
                            edge(plot, lot, stored.id(), amount.kilograms());
                            move(
                                    Account.allowance(plot, season),
                                    Account.holding(lot, stored.party(), KG),
                                    amount.kilograms());
                        });
    }

    private void transform(StoredEvent stored, TransformationEvent event) {
        UUID party = stored.party();
        String kind =
                switch (stored.command()) {
                    case "merge" -> "MERGED";
                    case "sort" -> "SORTED";
                    case "pack" -> "PACKED";
                    default -> "SPLIT";
                };
        var in = new LinkedHashMap<UUID, Amounts>();
        amounts(event.inputs()).forEach((epc, a) -> in.put(lot(epc), a));
        var left = new LinkedHashMap<UUID, BigDecimal>();
        in.forEach((lot, a) -> left.put(lot, a.kilograms()));
        BigDecimal total = in.values().stream().map(Amounts::kilograms).reduce(ZERO, Replay::sum);
        UUID last = in.isEmpty() ? new UUID(0, 0) : List.copyOf(in.keySet()).getLast();
        amounts(event.outputs())
                .forEach(
                        (epc, out) -> {
                            UUID lot = made(epc, kind, out, stored);
                            BigDecimal rest = out.kilograms();
                            for (var input : in.entrySet()) {
                                BigDecimal share =
                                        input.getKey().equals(last)
                                                ? rest
                                                : out.kilograms()
                                                        .multiply(input.getValue().kilograms())
                                                        .divide(total, 3, RoundingMode.DOWN);
                                rest = rest.subtract(share);
                                left.merge(input.getKey(), share.negate(), Replay::sum);
                                edge(input.getKey(), lot, stored.id(), share);
                                move(
                                        Account.holding(input.getKey(), party, KG),
                                        Account.holding(lot, party, KG),
                                        share);
                            }
                            packs(stored, in, lot, out.packs());
                        });
        BigDecimal wasted =
                said(event.common().others(), context, "waste").map(BigDecimal::new).orElse(ZERO);
        left.forEach(
                (lot, kilograms) ->
                        move(
                                Account.holding(lot, party, KG),
                                Account.loss(lot, KG),
                                kilograms.max(ZERO)));
        if (wasted.signum() > 0) {
            move(Account.loss(last, KG), Account.waste(last, KG), wasted);
        }
    }

    private void packs(StoredEvent stored, Map<UUID, Amounts> in, UUID lot, long packs) {
        if (packs == 0) {
            return;
        }
        BigDecimal count = BigDecimal.valueOf(packs);
        if (stored.command().equals("pack")) {
            move(Account.packing(lot, PACK), Account.holding(lot, stored.party(), PACK), count);
            move(Account.packing(lot, LABEL), Account.unlabelled(lot), count);
            return;
        }
        UUID source = in.keySet().iterator().next();
        move(
                Account.holding(source, stored.party(), PACK),
                Account.holding(lot, stored.party(), PACK),
                count);
        BigDecimal blank = balances.getOrDefault(Account.unlabelled(source).key(), ZERO).min(count);
        move(Account.unlabelled(source), Account.unlabelled(lot), blank);
    }

    private void send(StoredEvent stored, ObjectEvent event) {
        UUID shipment = shipment(stored, event);
        amounts(event.quantities())
                .forEach(
                        (epc, amount) -> {
                            UUID lot = lot(epc);
                            both(
                                    amount,
                                    unit -> Account.holding(lot, stored.party(), unit),
                                    unit -> Account.transit(shipment, lot, shipment, unit));
                        });
    }

    private void receive(StoredEvent stored, ObjectEvent event) {
        UUID shipment = shipment(stored, event);
        amounts(event.quantities())
                .forEach(
                        (epc, amount) -> {
                            UUID lot = lot(epc);
                            both(
                                    amount,
                                    unit -> Account.transit(shipment, lot, shipment, unit),
                                    unit -> Account.holding(lot, stored.party(), unit));
                            for (Account.Unit unit : List.of(KG, PACK)) {
                                Account transit = Account.transit(shipment, lot, shipment, unit);
                                move(
                                        transit,
                                        Account.loss(lot, unit),
                                        balances.getOrDefault(transit.key(), ZERO));
                            }
                        });
    }

    private void waste(StoredEvent stored, ObjectEvent event) {
        amounts(event.quantities())
                .forEach(
                        (epc, amount) -> {
                            UUID lot = lot(epc);
                            both(
                                    amount,
                                    unit -> Account.holding(lot, stored.party(), unit),
                                    unit -> Account.waste(lot, unit));
                            Account blank = Account.unlabelled(lot);
                            move(
                                    blank,
                                    Account.packing(lot, LABEL),
                                    balances.getOrDefault(blank.key(), ZERO)
                                            .min(BigDecimal.valueOf(amount.packs())));
                        });
    }

    private void label(StoredEvent stored, ObjectEvent event) {
        Map<String, JsonNode> facts = event.common().others();
        amounts(event.quantities())
                .forEach(
                        (epc, amount) -> {
                            UUID lot = lot(epc);
                            move(
                                    Account.unlabelled(lot),
                                    Account.labelled(lot),
                                    BigDecimal.valueOf(amount.packs()));
                            ranges.put(
                                    stored.id(),
                                    new Range(
                                            Long.parseLong(fact(facts, "batch")),
                                            Long.parseLong(fact(facts, "first")),
                                            amount.packs(),
                                            lot,
                                            stored.time()));
                        });
    }

    private void both(
            Amounts amount,
            Function<Account.Unit, Account> from,
            Function<Account.Unit, Account> to) {
        move(from.apply(KG), to.apply(KG), amount.kilograms());
        move(from.apply(PACK), to.apply(PACK), BigDecimal.valueOf(amount.packs()));
    }

    private void move(Account from, Account to, BigDecimal amount) {
        if (amount.signum() != 0) {
            if (remembered != null) {
                remembered.add(new Moved(from, to, amount));
            }
            balances.merge(from.key(), amount.negate(), Replay::sum);
            balances.merge(to.key(), amount, Replay::sum);
        }
    }

    private UUID made(String epc, String kind, Amounts amount, StoredEvent stored) {
        lots.put(
                epc,
                new MadeLot(kind, stored.party(), amount.kilograms(), amount.packs(), stored.id()));
        return lot(epc);
    }

    private void edge(UUID source, UUID target, UUID event, BigDecimal kilograms) {
        edges.put(new EdgeKey(source, target, event), kilograms);
    }

    /** A lot that is nowhere stored gets an id of its own, so that the play can go on. */
    private UUID lot(String epc) {
        return idOf.apply(epc)
                .orElseGet(() -> UUID.nameUUIDFromBytes(epc.getBytes(StandardCharsets.UTF_8)));
    }

    private UUID shipment(StoredEvent stored, ObjectEvent event) {
        return GoodsEvent.shipment(event)
                .orElseGet(
                        () ->
                                UUID.nameUUIDFromBytes(
                                        stored.hash().getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> said(
            Map<String, JsonNode> members, Context context, String name) {
        return Facts.find(members, context, GoodsEvent.NAMESPACE, name);
    }

    private String fact(Map<String, JsonNode> members, String name) {
        return said(members, context, name)
                .orElseThrow(() -> new IllegalStateException("the event does not say xy:" + name));
    }

    /** Of packs alone the weight follows, and of the weight of packed goods alone the packs. */
    private Map<String, Amounts> amounts(List<Quantity> quantities) {
        var amounts = new LinkedHashMap<String, Amounts>();
        for (Quantity each : quantities) {
            BigDecimal figure = each.quantity() == null ? ZERO : each.quantity();
            amounts.merge(
                    Identifier.canonical(each.epcClass()),
                    each.uom() == null
                            ? new Amounts(ZERO, figure.longValueExact())
                            : new Amounts(Mass.kilograms(figure, each.uom()).orElseThrow(), 0),
                    Amounts::plus);
        }
        amounts.replaceAll(this::whole);
        return amounts;
    }

    private Amounts whole(String epc, Amounts said) {
        MadeLot lot = lots.get(epc);
        if (lot == null || lot.packs() == 0) {
            return said;
        }
        BigDecimal each =
                lot.kilograms().divide(BigDecimal.valueOf(lot.packs()), 6, RoundingMode.HALF_UP);
        if (said.kilograms().signum() == 0) {
            return new Amounts(each.multiply(BigDecimal.valueOf(said.packs())), said.packs());
        }
        return said.packs() > 0
                ? said
                : new Amounts(
                        said.kilograms(),
                        said.kilograms().divide(each, 0, RoundingMode.HALF_UP).longValueExact());
    }

    private static BigDecimal sum(BigDecimal a, BigDecimal b) {
        return a.add(b);
    }
}
