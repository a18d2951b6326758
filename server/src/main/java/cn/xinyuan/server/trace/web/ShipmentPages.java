package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Shipments of a clerk, and the receiving desk of a retailer. */
@Controller
class ShipmentPages {

    private static final String SHIPMENTS = "/p/shipments";
    private static final String DESK = "/r";
    private static final int MOST = 200;

    private final Goods goods;
    private final Lots lots;
    private final LotsInSight sight;
    private final Parties parties;
    private final Catalog catalog;
    private final LotWords words;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    ShipmentPages(
            Goods goods,
            Lots lots,
            LotsInSight sight,
            Parties parties,
            Catalog catalog,
            LotWords words,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.goods = goods;
        this.lots = lots;
        this.sight = sight;
        this.parties = parties;
        this.catalog = catalog;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(SHIPMENTS)
    @MayCall(Role.CLERK)
    Object all() {
        UUID party = party();
        return console.page(
                "trace/shipments",
                SHIPMENTS,
                new ShipmentsPage(
                        "收发货",
                        true,
                        rows(lots.shipmentsTo(party), true),
                        rows(lots.shipmentsFrom(party), false),
                        "还没有收发货记录。"));
    }

    @GetMapping(DESK)
    @MayCall(Role.RETAILER)
    Object desk() {
        UUID party = party();
        return console.page(
                "trace/shipments",
                DESK,
                new ShipmentsPage(
                        "收货查验",
                        false,
                        rows(lots.shipmentsTo(party), true),
                        rows(lots.shipmentsFrom(party), false),
                        "现在没有发给您的货。供货方发货后，这里会出现待收的单子。"));
    }

    @GetMapping(SHIPMENTS + "/{id}")
    @MayCall({Role.CLERK, Role.RETAILER})
    Object one(@PathVariable UUID id) {
        return page(mine(id), Form.empty());
    }

    @PostMapping(SHIPMENTS + "/{id}/receive")
    @MayCall({Role.CLERK, Role.RETAILER})
    Object receive(@PathVariable UUID id, HttpServletRequest request) {
        Shipment shipment = mine(id);
        Form form = Form.of(request);
        try {
            Map<UUID, BigDecimal> received = new HashMap<>();
            for (Part part : shipment.parts()) {
                String typed = form.value("kg-" + part.lot());
                if (!typed.isBlank()) {
                    received.put(part.lot(), figure("kg-" + part.lot(), typed));
                }
            }
            goods.receive(signedIn.get(), id, day(form), received);
            return "redirect:" + SHIPMENTS + "/" + id;
        } catch (Problems problems) {
            return page(shipment, Form.of(request, onFields(problems, shipment)));
        } catch (Refused refused) {
            return page(mine(id), Form.of(request, refused));
        }
    }

    @PostMapping(SHIPMENTS + "/{id}/return")
    @MayCall({Role.CLERK, Role.RETAILER})
    Object giveBack(@PathVariable UUID id, HttpServletRequest request) {
        Shipment shipment = mine(id);
        Form form = Form.of(request);
        try {
            UUID lot =
                    shipment.parts().stream()
                            .map(Part::lot)
                            .filter(l -> l.toString().equals(form.value("lot")))
                            .findFirst()
                            .orElseThrow(() -> Problems.of("lot", "请选择要退的批次。"));
            Shipment back =
                    goods.giveBack(
                            signedIn.get(),
                            party(),
                            id,
                            lot,
                            figure("back", form.value("back")),
                            form.value("reason"),
                            day(form));
            return "redirect:" + SHIPMENTS + "/" + back.id();
        } catch (Problems problems) {
            return page(
                    shipment,
                    Form.of(
                            request,
                            new Problems(
                                    problems.list().stream()
                                            .map(
                                                    p ->
                                                            p.field().startsWith("inputs")
                                                                    ? new Problem("back", p.text())
                                                                    : p)
                                            .toList())));
        } catch (Refused refused) {
            return page(shipment, Form.of(request, refused));
        }
    }

    private Object page(Shipment shipment, Form form) {
        Visitor by = signedIn.get();
        boolean desk = by.role() == Role.RETAILER;
        boolean mine = shipment.to().equals(by.party());
        return console.page(
                "trace/shipment",
                desk ? DESK : SHIPMENTS,
                new ShipmentPage(
                        desk ? DESK : SHIPMENTS,
                        desk ? "收货查验" : "收发货",
                        shipment.number(),
                        badge(shipment),
                        SHIPMENTS + "/" + shipment.id(),
                        mine && !shipment.received(),
                        mine && shipment.received(),
                        Words.day(shipment.sent()),
                        sight.receivedOn(shipment).map(Words::day).orElse("还没有收"),
                        ChinaTime.today(clock).toString(),
                        side(shipment.from()),
                        side(shipment.to()),
                        shipment.parts().stream().map(p -> line(by, p)).toList(),
                        form));
    }

    private ShipmentPage.Line line(Visitor by, Part part) {
        Lot lot = lots.get(part.lot());
        UUID product = lot.product();
        BigDecimal has =
                lots.holdings(lot.id()).stream()
                        .filter(h -> !h.inTransit() && h.party().equals(by.party()))
                        .map(Lots.Holding::kilograms)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ShipmentPage.Line(
                lot.id().toString(),
                "/p/lots/" + lot.id(),
                lot.number(),
                words.goods(lot),
                product == null
                        ? "散货"
                        : catalog.find(product).map(p -> p.name() + " " + p.pack()).orElse("—"),
                Words.day(lot.day()),
                packs(lot, part.kilograms()),
                part.kilograms().stripTrailingZeros().toPlainString(),
                Words.kg(has),
                LotWords.state(lot));
    }

    private static String packs(Lot lot, BigDecimal kilograms) {
        if (lot.packs() == 0 || lot.kilograms().signum() == 0) {
            return Words.kg(kilograms);
        }
        long packs =
                kilograms
                        .multiply(BigDecimal.valueOf(lot.packs()))
                        .divide(lot.kilograms(), 0, java.math.RoundingMode.HALF_UP)
                        .longValue();
        return LotWords.amount(kilograms, packs);
    }

    private ShipmentPage.Side side(UUID id) {
        return parties.find(id)
                .map(this::side)
                .orElseGet(() -> new ShipmentPage.Side("—", "—", "—", null));
    }

    private ShipmentPage.Side side(Party party) {
        return new ShipmentPage.Side(
                party.name(),
                words.town(party.district()),
                party.contact() + " " + Words.maskedPhone(party.phone()),
                party.creditCode());
    }

    private List<ShipmentsPage.Row> rows(List<Shipment> shipments, boolean coming) {
        return shipments.stream()
                .limit(MOST)
                .map(
                        s ->
                                new ShipmentsPage.Row(
                                        SHIPMENTS + "/" + s.id(),
                                        s.number(),
                                        words.party(coming ? s.from() : s.to()),
                                        s.parts().size()
                                                + " 批 · "
                                                + Words.kg(
                                                        s.parts().stream()
                                                                .map(Part::kilograms)
                                                                .reduce(
                                                                        BigDecimal.ZERO,
                                                                        BigDecimal::add)),
                                        Words.day(s.sent()),
                                        badge(s)))
                .toList();
    }

    private static Badge badge(Shipment shipment) {
        return shipment.received() ? Badge.RECEIVED : Badge.IN_TRANSIT;
    }

    private Shipment mine(UUID id) {
        UUID party = party();
        return lots.findShipment(id)
                .filter(s -> Set.of(s.from(), s.to()).contains(party))
                .orElseThrow(() -> new NotFound("没有这次发货"));
    }

    private UUID party() {
        @Nullable UUID party = signedIn.get().party();
        if (party == null) {
            throw new NotFound("没有代表的主体");
        }
        return party;
    }

    private static Problems onFields(Problems problems, Shipment shipment) {
        String first = "kg-" + shipment.parts().getFirst().lot();
        return new Problems(
                problems.list().stream()
                        .map(
                                p ->
                                        p.field().equals("received")
                                                        || p.field().equals("kilograms")
                                                ? new Problem(first, p.text())
                                                : p)
                        .toList());
    }

    private static BigDecimal figure(String field, String typed) {
        return ActPages.figure(typed).orElseThrow(() -> Problems.of(field, "请填写数字，例如 500 或 62.5。"));
    }

    private static LocalDate day(Form form) {
        try {
            return LocalDate.parse(form.value("day").strip());
        } catch (DateTimeException _) {
            throw Problems.of("day", "请填写日期，例如 2025-06-11。");
        }
    }
}
