package cn.xinyuan.server.trace.usecase;

import static cn.xinyuan.server.trace.domain.Account.Unit.KG;
import static cn.xinyuan.server.trace.domain.Account.Unit.LABEL;
import static cn.xinyuan.server.trace.domain.Account.Unit.PACK;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Genealogy.Edge;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.BulkGtin;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.Figures;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import cn.xinyuan.server.trace.domain.GoodsEvent.Amount;
import cn.xinyuan.server.trace.domain.GoodsEvent.Draft;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.Move;
import cn.xinyuan.server.trace.events.LotMade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The one write path for goods: a page, the API and a capture end here. */
@Component
class MoveGoods implements Goods {

    /** The part of an input that may be lost in packing: 10 %; in drying 80 %, which is water. */
    private static final BigDecimal PACKING_LOSS = new BigDecimal("0.10");

    private static final BigDecimal DRYING_LOSS = new BigDecimal("0.80");
    private static final String DRIED = "dried-";

    private final Acts acts;
    private final LotBook lots;
    private final Ledger ledger;
    private final EventBook eventBook;
    private final Parties parties;
    private final Catalog catalog;
    private final Farming farming;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MoveGoods(
            Acts acts,
            LotBook lots,
            Ledger ledger,
            EventBook eventBook,
            Parties parties,
            Catalog catalog,
            Farming farming,
            ApplicationEventPublisher events,
            Clock clock) {
        this.acts = acts;
        this.lots = lots;
        this.ledger = ledger;
        this.eventBook = eventBook;
        this.parties = parties;
        this.catalog = catalog;
        this.farming = farming;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Lot harvest(Visitor by, Harvest harvest) {
        var problems = new Problems.Collector();
        Figures.kilograms(problems, harvest.kilograms(), "kilograms");
        Figures.day(problems, harvest.day(), ChinaTime.today(clock));
        problems.throwIfAny();
        var plot =
                parties.findPlot(harvest.plot())
                        .filter(
                                p ->
                                        p.party().equals(by.party())
                                                || by.party() != null
                                                        && by.party().equals(p.farmer()))
                        .orElseThrow(() -> new NotFound("没有这块地"));
        return acts.carryOut(by, plot.party(), "地块 " + plot.number(), () -> harvest(plot, harvest));
    }

    private Lot harvest(Plot plot, Harvest harvest) {
        var gate = farming.gate(plot.id(), harvest.day());
        if (!gate.open()) {
            throw new Refused(
                    "harvest-gate-closed",
                    "%s 在 %s 不能采收：%s。%s"
                            .formatted(
                                    plot.number(),
                                    harvest.day(),
                                    String.join("；", gate.reasons()),
                                    gate.opensOn() == null ? "" : gate.opensOn() + " 起可采收。"));
        }
        int season = harvest.day().getYear();
        // before the cap is read: it cannot be agreed anew while this harvest is written
        ledger.locked(Account.cap(plot.id(), season));
        var cap =
                farming.seasonCap(plot.id(), season)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                "no-season-cap",
                                                "地块 %s 还没有核定 %d 年的亩产，不能采收。请联系监管员核定。"
                                                        .formatted(plot.number(), season)));
        followCap(plot.id(), season, cap);
        var id = UUID.randomUUID();
        var number = lotNumber('H', harvest.day(), 0);
        var made =
                new Lot(
                        id,
                        number,
                        Lot.Kind.HARVEST,
                        plot.party(),
                        plot.crop(),
                        plot.variety(),
                        "统货",
                        null,
                        harvest.kilograms(),
                        0,
                        harvest.day(),
                        plot.district(),
                        null);
        var epcClass = lotClass(made);
        var event = UUID.randomUUID();
        write(
                event,
                "harvest",
                GoodsEvent.harvest(
                        event,
                        timeOn(harvest.day()),
                        gln(plot.party()),
                        new Amount(epcClass, harvest.kilograms(), 0),
                        plot.id(),
                        season,
                        harvest.day()),
                harvest.day(),
                plot.party(),
                List.of());
        lots.add(made, epcClass, event);
        lots.touched(event, List.of(id));
        lots.link(new Edge(plot.id(), id, harvest.kilograms(), "harvest", true), event);
        ledger.post(
                event,
                List.of(
                        new Move(
                                Account.allowance(plot.id(), season),
                                Account.holding(id, plot.party(), KG),
                                harvest.kilograms())));
        return announced(made);
    }

    /** Brings the allowance of a plot in line with its season cap. */
    void followCap(UUID plot, int season, BigDecimal cap) {
        var source = Account.cap(plot, season);
        var given = ledger.locked(source).negate();
        var change = cap.subtract(given);
        if (change.signum() > 0) {
            ledger.post(null, List.of(new Move(source, Account.allowance(plot, season), change)));
        } else if (change.signum() < 0) {
            var left = ledger.balance(Account.allowance(plot, season));
            var back = change.negate().min(left);
            if (back.signum() > 0) {
                ledger.post(null, List.of(new Move(Account.allowance(plot, season), source, back)));
            }
        }
    }

    @Override
    public Lot merge(Visitor by, UUID party, List<Part> inputs, LocalDate day) {
        mine(by, party);
        look(inputs, day, 2, "至少选两个批次才能合并。");
        return acts.carryOut(by, party, numbers(inputs), () -> merge(party, inputs, day));
    }

    private Lot merge(UUID party, List<Part> inputs, LocalDate day) {
        var from = locked(party, inputs, day);
        bulk(from.values());
        one(from.values().stream().map(Lot::category).toList(), "不同品类不能合并。");
        var varieties = from.values().stream().map(Lot::variety).distinct().toList();
        var grades = from.values().stream().map(Lot::grade).distinct().toList();
        var first = from.values().iterator().next();
        var made =
                new Lot(
                        UUID.randomUUID(),
                        lotNumber('M', day, 0),
                        Lot.Kind.MERGED,
                        party,
                        first.category(),
                        varieties.size() == 1 ? varieties.getFirst() : "混合",
                        grades.size() == 1 ? grades.getFirst() : "统货",
                        null,
                        sum(inputs),
                        0,
                        day,
                        parties.get(party).district(),
                        null);
        transform("merge", "commissioning", party, inputs, from, List.of(made), Map.of(), day);
        return made;
    }

    @Override
    public List<Lot> sort(
            Visitor by,
            UUID party,
            Part input,
            List<Grade> grades,
            BigDecimal wasteKg,
            LocalDate day) {
        mine(by, party);
        look(List.of(input), day, 1, "");
        var problems = new Problems.Collector();
        problems.require(!grades.isEmpty(), "grades", "至少要有一个等级。")
                .require(wasteKg.signum() >= 0, "wasteKg", "废弃重量不能是负数。");
        for (int i = 0; i < grades.size(); i++) {
            Figures.kilograms(problems, grades.get(i).kilograms(), "grades[" + i + "].kilograms");
            problems.require(
                    !grades.get(i).grade().isBlank(), "grades[" + i + "].grade", "请填写等级名称。");
        }
        problems.throwIfAny();
        return acts.carryOut(
                by, party, numbers(List.of(input)), () -> sort(party, input, grades, wasteKg, day));
    }

    private List<Lot> sort(
            UUID party, Part input, List<Grade> grades, BigDecimal wasteKg, LocalDate day) {
        var from = locked(party, List.of(input), day);
        bulk(from.values());
        var source = from.values().iterator().next();
        var place = new AtomicInteger();
        var made =
                grades.stream()
                        .map(
                                g ->
                                        new Lot(
                                                UUID.randomUUID(),
                                                lotNumber('S', day, place.getAndIncrement()),
                                                Lot.Kind.SORTED,
                                                party,
                                                source.category(),
                                                source.variety(),
                                                g.grade().strip(),
                                                null,
                                                g.kilograms(),
                                                0,
                                                day,
                                                parties.get(party).district(),
                                                null))
                        .toList();
        var out = sumOf(made).add(wasteKg);
        outNotMoreThanIn(input.kilograms(), out);
        transform(
                "sort",
                "inspecting",
                party,
                List.of(input),
                from,
                made,
                wasteKg.signum() == 0 ? Map.of() : Map.of("xy:waste", Figures.plain(wasteKg)),
                day);
        if (wasteKg.signum() > 0) {
            ledger.post(
                    eventOf(made.getFirst()),
                    List.of(
                            new Move(
                                    Account.loss(source.id(), KG),
                                    Account.waste(source.id(), KG),
                                    wasteKg)));
        }
        return made;
    }

    @Override
    public Lot pack(Visitor by, Packing packing) {
        mine(by, packing.party());
        look(packing.inputs(), packing.day(), 1, "请选择要包装的批次。");
        new Problems.Collector()
                .require(packing.packs() > 0, "packs", "箱数应大于 0。")
                .require(packing.packs() <= 1_000_000, "packs", "一次最多 1,000,000 箱。")
                .throwIfAny();
        return acts.carryOut(by, packing.party(), numbers(packing.inputs()), () -> pack(packing));
    }

    private Lot pack(Packing packing) {
        var product =
                catalog.find(packing.product())
                        .filter(p -> p.party().equals(packing.party()))
                        .orElseThrow(() -> new NotFound("没有这个产品"));
        var from = locked(packing.party(), packing.inputs(), packing.day());
        bulk(from.values());
        one(from.values().stream().map(Lot::category).toList(), "不同品类不能装在一起。");
        var category = from.values().iterator().next().category();
        boolean drying = product.category().equals(DRIED + category);
        if (!drying && !product.category().equals(category)) {
            throw new Refused("wrong-product", "产品“%s”不是这个品类，不能用这些批次包装。".formatted(product.name()));
        }
        var net = product.packKg().multiply(BigDecimal.valueOf(packing.packs()));
        var in = sum(packing.inputs());
        outNotMoreThanIn(in, net);
        var most = in.multiply(drying ? DRYING_LOSS : PACKING_LOSS);
        if (in.subtract(net).compareTo(most) > 0) {
            throw new Refused(
                    "too-much-loss",
                    "投入 %s kg 只装出 %s kg，损耗超过 %s%%。请核对箱数，或先把剩余部分留在原批次。"
                            .formatted(
                                    Figures.plain(in),
                                    Figures.plain(net),
                                    (drying ? DRYING_LOSS : PACKING_LOSS)
                                            .movePointRight(2)
                                            .setScale(0, RoundingMode.HALF_UP)));
        }
        var varieties = from.values().stream().map(Lot::variety).distinct().toList();
        var made =
                new Lot(
                        UUID.randomUUID(),
                        lotNumber('P', packing.day(), 0),
                        Lot.Kind.PACKED,
                        packing.party(),
                        product.category(),
                        varieties.size() == 1 ? varieties.getFirst() : "混合",
                        product.grade(),
                        product.id(),
                        net,
                        packing.packs(),
                        packing.day(),
                        parties.get(packing.party()).district(),
                        null);
        transform(
                "pack",
                "packing",
                packing.party(),
                packing.inputs(),
                from,
                List.of(made),
                Map.of(),
                packing.day());
        return made;
    }

    @Override
    public List<Lot> split(
            Visitor by, UUID party, UUID lot, List<BigDecimal> kilograms, LocalDate day) {
        mine(by, party);
        var problems = new Problems.Collector();
        problems.require(!kilograms.isEmpty(), "kilograms", "请填写要分出的重量。");
        for (int i = 0; i < kilograms.size(); i++) {
            Figures.kilograms(problems, kilograms.get(i), "kilograms[" + i + "]");
        }
        Figures.day(problems, day, ChinaTime.today(clock));
        problems.throwIfAny();
        var whole = new Part(lot, kilograms.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        return acts.carryOut(
                by, party, numbers(List.of(whole)), () -> split(party, whole, kilograms, day));
    }

    private List<Lot> split(UUID party, Part whole, List<BigDecimal> kilograms, LocalDate day) {
        var from = locked(party, List.of(whole), day);
        var source = from.values().iterator().next();
        var place = new AtomicInteger();
        var made =
                kilograms.stream()
                        .map(
                                kg ->
                                        new Lot(
                                                UUID.randomUUID(),
                                                lotNumber('F', day, place.getAndIncrement()),
                                                Lot.Kind.SPLIT,
                                                party,
                                                source.category(),
                                                source.variety(),
                                                source.grade(),
                                                source.product(),
                                                kg,
                                                packs(source, kg),
                                                day,
                                                source.district(),
                                                null))
                        .toList();
        transform("split", "repackaging", party, List.of(whole), from, made, Map.of(), day);
        return made;
    }

    @Override
    public Shipment ship(Visitor by, NewShipment shipment) {
        mine(by, shipment.from());
        look(shipment.parts(), shipment.day(), 1, "请选择要发的批次。");
        new Problems.Collector()
                .require(
                        !shipment.from().equals(shipment.to())
                                && parties.find(shipment.to()).isPresent(),
                        "to",
                        "请选择收货方，不能发给自己。")
                .require(shipment.vehicle().length() <= 60, "vehicle", "车牌最多 60 字。")
                .throwIfAny();
        return acts.carryOut(
                by,
                shipment.from(),
                numbers(shipment.parts()),
                () ->
                        send(
                                "ship",
                                "shipping",
                                shipment.from(),
                                shipment.to(),
                                shipment.parts(),
                                shipment.vehicle(),
                                shipment.day(),
                                null,
                                Map.of()));
    }

    private Shipment send(
            String command,
            String step,
            UUID from,
            UUID to,
            List<Part> parts,
            String vehicle,
            LocalDate day,
            @Nullable UUID returns,
            Map<String, String> facts) {
        var goods = locked(from, parts, day);
        var id = shipmentId();
        var shipment = new Shipment(id, lots.nextShipmentNumber(day), from, to, parts, day, false);
        var event = UUID.randomUUID();
        var moves = new ArrayList<Move>();
        var amounts = new ArrayList<Amount>();
        var packs = new HashMap<UUID, Long>();
        for (Part part : parts) {
            var lot = lotIn(goods, part.lot());
            long boxes = packs(lot, part.kilograms());
            packs.put(lot.id(), boxes);
            amounts.add(new Amount(lots.epcClass(lot.id()), part.kilograms(), boxes));
            moves.add(
                    new Move(
                            Account.holding(lot.id(), from, KG),
                            Account.transit(shipment.id(), lot.id(), to, KG),
                            part.kilograms()));
            if (boxes > 0) {
                moves.add(
                        Move.of(
                                Account.holding(lot.id(), from, PACK),
                                Account.transit(shipment.id(), lot.id(), to, PACK),
                                boxes));
            }
        }
        write(
                event,
                command,
                GoodsEvent.transfer(
                        event,
                        timeOn(day),
                        step,
                        returns == null ? "in_transit" : "returned",
                        gln(from),
                        gln(to),
                        gln(from),
                        shipment.id(),
                        amounts,
                        facts),
                day,
                from,
                goods.keySet());
        lots.ship(shipment, vehicle.strip(), returns, packs);
        ledger.post(event, moves);
        return shipment;
    }

    @Override
    public Shipment receive(
            Visitor by, UUID shipmentId, LocalDate day, Map<UUID, BigDecimal> receivedKg) {
        var shipment =
                lots.findShipment(shipmentId)
                        .filter(s -> s.to().equals(by.party()))
                        .orElseThrow(() -> new NotFound("没有这次发货"));
        var problems = new Problems.Collector();
        Figures.day(problems, day, ChinaTime.today(clock));
        problems.require(
                !day.isBefore(shipment.sent()), "day", "收货不能早于发货日 " + shipment.sent() + "。");
        for (Part part : shipment.parts()) {
            var got = receivedKg.getOrDefault(part.lot(), part.kilograms());
            problems.require(
                    got.signum() >= 0 && got.compareTo(part.kilograms()) <= 0,
                    "received",
                    "收到的不能多于发出的 " + Figures.plain(part.kilograms()) + " kg，也不能是负数。");
        }
        problems.throwIfAny();
        return acts.carryOut(
                by,
                shipment.to(),
                "发货单 " + shipment.number(),
                () -> receive(shipment, day, receivedKg));
    }

    private Shipment receive(Shipment shipment, LocalDate day, Map<UUID, BigDecimal> receivedKg) {
        if (!lots.receive(shipment.id())) {
            throw new Refused("already-received", "发货单 " + shipment.number() + " 已经收过了。");
        }
        var goods = new HashMap<UUID, Lot>();
        lots.lock(shipment.parts().stream().map(Part::lot).toList())
                .forEach(l -> goods.put(l.id(), l));
        var event = UUID.randomUUID();
        var moves = new ArrayList<Move>();
        var amounts = new ArrayList<Amount>();
        for (Part part : shipment.parts()) {
            var lot = lotIn(goods, part.lot());
            var got = receivedKg.getOrDefault(part.lot(), part.kilograms());
            long sentPacks = packs(lot, part.kilograms());
            long gotPacks = lot.packs() == 0 ? 0 : packs(lot, got);
            amounts.add(new Amount(lots.epcClass(lot.id()), got, gotPacks));
            take(moves, shipment, lot, shipment.to(), KG, got, part.kilograms());
            take(
                    moves,
                    shipment,
                    lot,
                    shipment.to(),
                    PACK,
                    BigDecimal.valueOf(gotPacks),
                    BigDecimal.valueOf(sentPacks));
        }
        write(
                event,
                "receive",
                GoodsEvent.transfer(
                        event,
                        timeOn(day),
                        "receiving",
                        "in_progress",
                        gln(shipment.from()),
                        gln(shipment.to()),
                        gln(shipment.to()),
                        shipment.id(),
                        amounts,
                        Map.of()),
                day,
                shipment.to(),
                goods.keySet());
        ledger.post(event, moves);
        return lots.findShipment(shipment.id()).orElseThrow();
    }

    private static void take(
            List<Move> moves,
            Shipment shipment,
            Lot lot,
            UUID to,
            Account.Unit unit,
            BigDecimal got,
            BigDecimal sent) {
        var transit = Account.transit(shipment.id(), lot.id(), to, unit);
        if (got.signum() > 0) {
            moves.add(new Move(transit, Account.holding(lot.id(), to, unit), got));
        }
        if (sent.compareTo(got) > 0) {
            moves.add(new Move(transit, Account.loss(lot.id(), unit), sent.subtract(got)));
        }
    }

    @Override
    public Shipment giveBack(
            Visitor by,
            UUID party,
            UUID shipmentId,
            UUID lot,
            BigDecimal kilograms,
            String reason,
            LocalDate day) {
        mine(by, party);
        var came =
                lots.findShipment(shipmentId)
                        .filter(s -> s.to().equals(party) && s.received())
                        .filter(s -> s.parts().stream().anyMatch(p -> p.lot().equals(lot)))
                        .orElseThrow(() -> new NotFound("没有这次收货"));
        var part = new Part(lot, kilograms);
        look(List.of(part), day, 1, "");
        new Problems.Collector().require(!reason.isBlank(), "reason", "请写明退货原因。").throwIfAny();
        return acts.carryOut(
                by,
                party,
                numbers(List.of(part)),
                () ->
                        send(
                                "return",
                                "shipping",
                                party,
                                came.from(),
                                List.of(part),
                                "退货",
                                day,
                                came.id(),
                                Map.of("xy:reason", reason.strip())));
    }

    @Override
    public void waste(
            Visitor by, UUID party, UUID lot, BigDecimal kilograms, String reason, LocalDate day) {
        mine(by, party);
        var part = new Part(lot, kilograms);
        look(List.of(part), day, 1, "");
        new Problems.Collector().require(!reason.isBlank(), "reason", "请写明报废原因。").throwIfAny();
        if (!ledger.exists(Account.holding(lot, party, KG))) {
            throw new NotFound("没有这个批次");
        }
        acts.carryOut(
                by,
                party,
                numbers(List.of(part)),
                () -> {
                    waste(party, part, reason, day);
                    return part;
                });
    }

    /**
     * Waste is allowed of held lots: destroying is what a recall ends in. Packs without a label are
     * taken to be wasted first, so that no label is ever put on a pack that is no more; the codes
     * of labelled ones are voided by issuing.
     */
    private void waste(UUID party, Part part, String reason, LocalDate day) {
        var lot = lots.lock(List.of(part.lot())).getFirst();
        long boxes = packs(lot, part.kilograms());
        var event = UUID.randomUUID();
        write(
                event,
                "waste",
                GoodsEvent.destroy(
                        event,
                        timeOn(day),
                        gln(party),
                        new Amount(lots.epcClass(lot.id()), part.kilograms(), boxes),
                        Map.of("xy:reason", reason.strip())),
                day,
                party,
                List.of(lot.id()));
        var moves = new ArrayList<Move>();
        moves.add(
                new Move(
                        Account.holding(lot.id(), party, KG),
                        Account.waste(lot.id(), KG),
                        part.kilograms()));
        if (boxes > 0) {
            moves.add(
                    Move.of(
                            Account.holding(lot.id(), party, PACK),
                            Account.waste(lot.id(), PACK),
                            boxes));
            var blank = ledger.balance(Account.unlabelled(lot.id())).min(BigDecimal.valueOf(boxes));
            if (blank.signum() > 0) {
                moves.add(
                        new Move(
                                Account.unlabelled(lot.id()),
                                Account.packing(lot.id(), LABEL),
                                blank));
            }
        }
        ledger.post(event, moves);
    }

    // ---- what the acts share

    private void transform(
            String command,
            String step,
            UUID party,
            List<Part> inputs,
            Map<UUID, Lot> from,
            List<Lot> made,
            Map<String, String> facts,
            LocalDate day) {
        var event = UUID.randomUUID();
        var in = new ArrayList<Amount>();
        var moves = new ArrayList<Move>();
        var total = sum(inputs);
        var out = sumOf(made);
        for (Part part : inputs) {
            var lot = lotIn(from, part.lot());
            in.add(
                    new Amount(
                            lots.epcClass(lot.id()),
                            part.kilograms(),
                            lot.packs() == 0 ? 0 : packs(lot, part.kilograms())));
        }
        write(
                event,
                command,
                GoodsEvent.transform(
                        event,
                        timeOn(day),
                        step,
                        gln(party),
                        in,
                        made.stream()
                                .map(l -> new Amount(lotClass(l), l.kilograms(), l.packs()))
                                .toList(),
                        facts),
                day,
                party,
                from.keySet());
        for (Lot lot : made) {
            lots.add(lot, lotClass(lot), event);
        }
        lots.touched(event, made.stream().map(Lot::id).toList());
        share(command, inputs, made, total, event, moves, party);
        var rest = total.subtract(out);
        if (rest.signum() > 0) {
            lose(inputs, rest, total, moves, party);
        }
        for (Lot lot : made) {
            if (lot.packs() > 0) {
                packsOf(command, inputs, from, lot, moves, party);
            }
        }
        ledger.post(event, moves);
        made.forEach(this::announced);
    }

    /** Splits each output over the inputs in proportion, to the gram, nothing lost in rounding. */
    private void share(
            String command,
            List<Part> inputs,
            List<Lot> made,
            BigDecimal total,
            UUID event,
            List<Move> moves,
            UUID party) {
        for (Lot lot : made) {
            var left = lot.kilograms();
            for (int i = 0; i < inputs.size(); i++) {
                var part = inputs.get(i);
                var share =
                        i == inputs.size() - 1
                                ? left
                                : lot.kilograms()
                                        .multiply(part.kilograms())
                                        .divide(total, 3, RoundingMode.DOWN);
                left = left.subtract(share);
                lots.link(new Edge(part.lot(), lot.id(), share, command, false), event);
                moves.add(
                        new Move(
                                Account.holding(part.lot(), party, KG),
                                Account.holding(lot.id(), party, KG),
                                share));
            }
        }
    }

    /** What no output took: each input gives the rest of its own part. */
    private static void lose(
            List<Part> inputs, BigDecimal rest, BigDecimal total, List<Move> moves, UUID party) {
        for (Part part : inputs) {
            var holding = Account.holding(part.lot(), party, KG);
            var used =
                    moves.stream()
                            .filter(m -> m.from().equals(holding))
                            .map(Move::amount)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            moves.add(
                    new Move(
                            holding,
                            Account.loss(part.lot(), KG),
                            part.kilograms().subtract(used).max(BigDecimal.ZERO)));
        }
    }

    /** Packs come into being by packing; a split takes them, and unlabelled ones first, along. */
    private void packsOf(
            String command,
            List<Part> inputs,
            Map<UUID, Lot> from,
            Lot lot,
            List<Move> moves,
            UUID party) {
        if (command.equals("pack")) {
            moves.add(
                    Move.of(
                            Account.packing(lot.id(), PACK),
                            Account.holding(lot.id(), party, PACK),
                            lot.packs()));
            moves.add(
                    Move.of(
                            Account.packing(lot.id(), LABEL),
                            Account.unlabelled(lot.id()),
                            lot.packs()));
            return;
        }
        var source = lotIn(from, inputs.getFirst().lot());
        moves.add(
                Move.of(
                        Account.holding(source.id(), party, PACK),
                        Account.holding(lot.id(), party, PACK),
                        lot.packs()));
        var moved =
                moves.stream()
                        .filter(m -> m.from().equals(Account.unlabelled(source.id())))
                        .map(Move::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var blank =
                ledger.balance(Account.unlabelled(source.id()))
                        .subtract(moved)
                        .min(BigDecimal.valueOf(lot.packs()));
        if (blank.signum() > 0) {
            moves.add(
                    new Move(Account.unlabelled(source.id()), Account.unlabelled(lot.id()), blank));
        }
    }

    private static Lot lotIn(Map<UUID, Lot> from, UUID id) {
        var lot = from.get(id);
        if (lot == null) {
            throw new IllegalStateException("not an input: " + id);
        }
        return lot;
    }

    /** Whole packs of a packing lot that weigh {@code kilograms}; 0 for bulk. */
    private long packs(Lot lot, BigDecimal kilograms) {
        if (lot.packs() == 0) {
            return 0;
        }
        var each = lot.kilograms().divide(BigDecimal.valueOf(lot.packs()), 6, RoundingMode.HALF_UP);
        var boxes = kilograms.divide(each, 6, RoundingMode.HALF_UP);
        if (boxes.stripTrailingZeros().scale() > 0) {
            throw Problems.of(
                    "kilograms",
                    "%s 按箱计，每箱 %s kg；%s kg 不是整箱。"
                            .formatted(
                                    lot.number(), Figures.plain(each), Figures.plain(kilograms)));
        }
        return boxes.longValueExact();
    }

    private void mine(Visitor by, UUID party) {
        if (!party.equals(by.party())) {
            throw new NotFound("没有这个批次");
        }
    }

    private void look(List<Part> parts, LocalDate day, int atLeast, String tooFew) {
        var problems = new Problems.Collector();
        problems.require(parts.size() >= atLeast, "inputs", tooFew);
        var seen = new HashSet<UUID>();
        for (int i = 0; i < parts.size(); i++) {
            Figures.kilograms(problems, parts.get(i).kilograms(), "inputs[" + i + "].kilograms");
            problems.require(seen.add(parts.get(i).lot()), "inputs[" + i + "].lot", "同一个批次只能选一次。");
        }
        Figures.day(problems, day, ChinaTime.today(clock));
        problems.throwIfAny();
    }

    /** Locks the lots of an act, and looks that the party has them and none is held. */
    private Map<UUID, Lot> locked(UUID party, List<Part> parts, LocalDate day) {
        var ids = parts.stream().map(Part::lot).toList();
        var found = new java.util.LinkedHashMap<UUID, Lot>();
        lots.lock(ids).forEach(l -> found.put(l.id(), l));
        for (Part part : parts) {
            var lot = found.get(part.lot());
            if (lot == null || !ledger.exists(Account.holding(lot.id(), party, KG))) {
                throw new NotFound("没有这个批次");
            }
            if (lot.held() != null) {
                throw new Refused(
                        "lot-held",
                        "批次 %s 已冻结（%s），解除前不能加工、发货或贴标。".formatted(lot.number(), lot.held()));
            }
            if (day.isBefore(lot.day())) {
                throw Problems.of(
                        "day", "%s 早于批次 %s 的日期 %s。".formatted(day, lot.number(), lot.day()));
            }
        }
        return found;
    }

    private static void bulk(Collection<Lot> inputs) {
        for (Lot lot : inputs) {
            if (lot.packs() > 0) {
                throw new Refused(
                        "already-packed", "批次 %s 已经包装，不能再当散货用；要分开请用“拆分”。".formatted(lot.number()));
            }
        }
    }

    private static void one(List<String> values, String text) {
        if (values.stream().distinct().count() > 1) {
            throw new Refused("mixed-categories", text);
        }
    }

    private static void outNotMoreThanIn(BigDecimal in, BigDecimal out) {
        if (out.compareTo(in) > 0) {
            throw new Refused(
                    "out-exceeds-in",
                    "产出 %s kg 多于投入 %s kg，多出 %s kg。请核对。"
                            .formatted(
                                    Figures.plain(out),
                                    Figures.plain(in),
                                    Figures.plain(out.subtract(in))));
        }
    }

    private static BigDecimal sum(List<Part> parts) {
        return parts.stream().map(Part::kilograms).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sumOf(List<Lot> made) {
        return made.stream().map(Lot::kilograms).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String numbers(List<Part> parts) {
        var found = lots.all(parts.stream().map(Part::lot).toList());
        return found.isEmpty()
                ? "批次"
                : "批次 " + String.join("、", found.stream().map(Lot::number).toList());
    }

    /** The platform gives numbers; a system that tells of its own acts has given them already. */
    private String lotNumber(char kind, LocalDate day, int place) {
        if (!Told.NOW.isBound()) {
            return lots.nextLotNumber(kind, day);
        }
        var number = Told.NOW.get().number(place);
        if (lots.findByNumber(number).isPresent()) {
            throw new Refused("lot-number-taken", "批号 %s 在平台上已经用过，请换一个批号。".formatted(number));
        }
        return number;
    }

    private String lotClass(Lot lot) {
        if (Told.NOW.isBound()) {
            return Told.NOW.get().epcClass(lot.number());
        }
        return lot.product() == null
                ? bulkClass(lot)
                : GoodsEvent.lotClass(catalog.get(lot.product()).gtin(), lot.number());
    }

    private static String bulkClass(Lot lot) {
        return GoodsEvent.lotClass(BulkGtin.of(lot.category(), lot.variety()), lot.number());
    }

    private String gln(UUID party) {
        return parties.get(party).gln();
    }

    /** Now, if it is today; else the middle of the day that the paper says. */
    private Instant timeOn(LocalDate day) {
        var now = clock.instant();
        return ChinaTime.day(now).equals(day)
                ? now
                : ChinaTime.startOf(day).plusSeconds(12L * 3600);
    }

    private void write(
            UUID id,
            String command,
            Draft draft,
            LocalDate day,
            UUID party,
            Collection<UUID> touched) {
        var kept = Told.NOW.isBound() ? Told.NOW.get().event() : draft;
        eventBook.write(
                new EventBook.Written(
                        id,
                        kept.eventId(),
                        kept.hash(),
                        command,
                        kept.at(),
                        clock.instant(),
                        day,
                        party,
                        false,
                        true,
                        List.of(),
                        kept.json(),
                        List.of()));
        lots.touched(id, touched);
    }

    private UUID eventOf(Lot lot) {
        return lots.eventOf(lot.id());
    }

    private UUID shipmentId() {
        var told = Told.NOW.isBound() ? Told.NOW.get().shipment() : null;
        if (told == null) {
            return UUID.randomUUID();
        }
        if (lots.isShipment(told)) {
            throw new Refused("already-shipped", "这份发货通知已经发过一次货（撤销的也算）；请给每次发货一个自己的单号。");
        }
        return told;
    }

    /**
     * Sees goods of ours without moving them: the event is kept, and nothing is posted.
     *
     * @param seen lots that the party holds or held
     * @param inside further lots that the event is about, in containers that it names
     * @return the id of the event
     */
    UUID observe(
            Visitor by,
            UUID party,
            List<UUID> seen,
            Collection<UUID> inside,
            LocalDate day,
            Told told) {
        mine(by, party);
        return acts.carryOut(
                by,
                party,
                "批次",
                () -> {
                    for (UUID lot : seen) {
                        if (!ledger.exists(Account.holding(lot, party, KG))) {
                            throw new NotFound("没有这个批次");
                        }
                    }
                    var event = UUID.randomUUID();
                    var touched = new java.util.LinkedHashSet<>(seen);
                    touched.addAll(inside);
                    write(event, "observe", told.event(), day, party, touched);
                    return event;
                });
    }

    /**
     * Takes back what an event posted: every posting once more with the opposite sign, under the
     * event that declares it wrong. Refused when what it made has gone on since.
     */
    void reverse(Visitor by, EventBook.Written wrong, LocalDate day, Told told) {
        mine(by, wrong.party());
        acts.carryOut(
                by,
                wrong.party(),
                "撤销 " + wrong.eventId() + "：批次",
                () -> {
                    var event = UUID.randomUUID();
                    lots.lock(wrong.lots());
                    write(event, "reverse", told.event(), day, wrong.party(), wrong.lots());
                    ledger.reverse(wrong.id(), event);
                    lots.reversed(wrong.id(), event);
                    switch (wrong.command()) {
                        case "ship", "return" -> shipmentOf(wrong).ifPresent(lots::withdraw);
                        case "receive" -> shipmentOf(wrong).ifPresent(lots::unreceive);
                        default -> {}
                    }
                    return event;
                });
    }

    private static Optional<UUID> shipmentOf(EventBook.Written event) {
        try {
            var node = EpcisJson.parse(event.json().getBytes(StandardCharsets.UTF_8));
            if (node instanceof ObjectNode object) {
                object.remove("@context");
            }
            return EpcisJson.readEvent(node, "") instanceof Reading.Understood understood
                    ? GoodsEvent.shipment(understood.event())
                    : Optional.empty();
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }

    private Lot announced(Lot lot) {
        events.publishEvent(
                new LotMade(
                        lot.id(),
                        lot.kind().name(),
                        lot.maker(),
                        lot.kilograms(),
                        lot.packs(),
                        clock.instant()));
        return lot;
    }
}
