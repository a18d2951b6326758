package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Grade;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The acts on goods, one address each. A lot is named by its id or its number; the party is the
 * visitor's; the day is today when it is left out. What the rules refuse is answered 409 with the
 * rule, and nothing has changed.
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "goods")
class GoodsApi {

    private final Goods goods;
    private final LotsInSight lots;
    private final Parties parties;
    private final Catalog catalog;
    private final SignedIn signedIn;
    private final Clock clock;

    GoodsApi(
            Goods goods,
            LotsInSight lots,
            Parties parties,
            Catalog catalog,
            SignedIn signedIn,
            Clock clock) {
        this.goods = goods;
        this.lots = lots;
        this.parties = parties;
        this.catalog = catalog;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** A part of a lot. */
    record PartBody(@Nullable String lot, @Nullable BigDecimal kilograms) {}

    /** One grade. */
    record GradeBody(@Nullable String grade, @Nullable BigDecimal kilograms) {}

    /** A harvest of one plot, named by its id or, within the party, its number. */
    record HarvestBody(
            @Nullable String plot, @Nullable BigDecimal kilograms, @Nullable LocalDate day) {}

    /** Lots to merge. */
    record MergeBody(@Nullable List<PartBody> inputs, @Nullable LocalDate day) {}

    /** What sorting yields; what is neither grade nor waste is loss. */
    record SortBody(
            @Nullable String lot,
            @Nullable BigDecimal kilograms,
            @Nullable List<GradeBody> grades,
            @Nullable BigDecimal wasteKg,
            @Nullable LocalDate day) {}

    /** Packs of a product, named by its id or GTIN. */
    record PackBody(
            @Nullable String product,
            @Nullable List<PartBody> inputs,
            @Nullable Long packs,
            @Nullable LocalDate day) {}

    /** Kilograms of each part to split off. */
    record SplitBody(
            @Nullable String lot,
            @Nullable List<@Nullable BigDecimal> kilograms,
            @Nullable LocalDate day) {}

    /** What goes to whom, named by id or GLN. */
    record ShipBody(
            @Nullable String to,
            @Nullable List<PartBody> parts,
            @Nullable String vehicle,
            @Nullable LocalDate day) {}

    /** What arrived; lots that are left out arrived whole. */
    record ReceiveBody(
            @Nullable UUID shipment, @Nullable List<PartBody> received, @Nullable LocalDate day) {}

    /** What goes back. */
    record ReturnBody(
            @Nullable UUID shipment,
            @Nullable String lot,
            @Nullable BigDecimal kilograms,
            @Nullable String reason,
            @Nullable LocalDate day) {}

    /** What is written off. */
    record WasteBody(
            @Nullable String lot,
            @Nullable BigDecimal kilograms,
            @Nullable String reason,
            @Nullable LocalDate day) {}

    /** Lots made by one act. */
    record Made(List<Lot> lots) {}

    @PostMapping("/harvests")
    @MayCall({Role.CLERK, Role.FARMER})
    @Operation(
            summary = "Record a harvest",
            description =
                    "409 harvest-gate-closed within a pre-harvest interval, over-harvest beyond the"
                            + " season cap of the plot.")
    ResponseEntity<Lot> harvest(@RequestBody HarvestBody body) {
        Visitor by = signedIn.get();
        var problems = new Problems.Collector();
        problems.require(given(body.plot()), "plot", "请写地块的 id 或编号。")
                .require(body.kilograms() != null, "kilograms", "请写采收重量（kg）。")
                .throwIfAny();
        UUID plot =
                plot(by, text(body.plot()))
                        .orElseThrow(() -> Problems.of("plot", "没有这块地，请写地块的 id 或您的地块编号。"));
        return made(
                goods.harvest(by, new Goods.Harvest(plot, kg(body.kilograms()), day(body.day()))));
    }

    @PostMapping("/merges")
    @MayCall(Role.CLERK)
    @Operation(summary = "Merge bulk lots of one category into a new one")
    ResponseEntity<Lot> merge(@RequestBody MergeBody body) {
        Visitor by = signedIn.get();
        return made(
                goods.merge(by, party(by), parts(by, body.inputs(), "inputs"), day(body.day())));
    }

    @PostMapping("/sortings")
    @MayCall(Role.CLERK)
    @Operation(summary = "Sort a bulk lot into grades")
    ResponseEntity<Made> sort(@RequestBody SortBody body) {
        Visitor by = signedIn.get();
        var input = part(by, new PartBody(body.lot(), body.kilograms()));
        var grades = new ArrayList<Grade>();
        List<GradeBody> sent = body.grades() == null ? List.of() : body.grades();
        for (int i = 0; i < sent.size(); i++) {
            BigDecimal kilograms = sent.get(i).kilograms();
            if (kilograms == null) {
                throw Problems.of("grades[" + i + "].kilograms", "请写这一级的重量（kg）。");
            }
            grades.add(new Grade(text(sent.get(i).grade()), kilograms));
        }
        return ResponseEntity.status(201)
                .body(
                        new Made(
                                goods.sort(
                                        by,
                                        party(by),
                                        input,
                                        grades,
                                        body.wasteKg() == null ? BigDecimal.ZERO : body.wasteKg(),
                                        day(body.day()))));
    }

    @PostMapping("/packings")
    @MayCall(Role.CLERK)
    @Operation(
            summary = "Pack bulk lots into sales units",
            description =
                    "409 over-balance when a lot holds less, out-exceeds-in when more comes out"
                            + " than goes in, lot-held when a lot is held.")
    ResponseEntity<Lot> pack(@RequestBody PackBody body) {
        Visitor by = signedIn.get();
        new Problems.Collector()
                .require(given(body.product()), "product", "请写产品的 id 或 GTIN。")
                .require(body.packs() != null, "packs", "请写箱数。")
                .throwIfAny();
        UUID product =
                product(text(body.product()))
                        .filter(p -> p.party().equals(by.party()))
                        .map(Product::id)
                        .orElseThrow(() -> Problems.of("product", "没有这个产品，请写产品的 id 或 GTIN。"));
        return made(
                goods.pack(
                        by,
                        new Goods.Packing(
                                party(by),
                                product,
                                parts(by, body.inputs(), "inputs"),
                                body.packs() == null ? 0 : body.packs(),
                                day(body.day()))));
    }

    @PostMapping("/splits")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Split a lot into several; a packing lot by whole packs")
    ResponseEntity<Made> split(@RequestBody SplitBody body) {
        Visitor by = signedIn.get();
        var kilograms = new ArrayList<BigDecimal>();
        List<@Nullable BigDecimal> sent = body.kilograms() == null ? List.of() : body.kilograms();
        for (int i = 0; i < sent.size(); i++) {
            BigDecimal one = sent.get(i);
            if (one == null) {
                throw Problems.of("kilograms[" + i + "]", "请写重量（kg）。");
            }
            kilograms.add(one);
        }
        return ResponseEntity.status(201)
                .body(
                        new Made(
                                goods.split(
                                        by,
                                        party(by),
                                        lot(by, body.lot(), "lot"),
                                        kilograms,
                                        day(body.day()))));
    }

    @PostMapping("/shipments")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Send goods off")
    ResponseEntity<Shipment> ship(@RequestBody ShipBody body) {
        Visitor by = signedIn.get();
        UUID to =
                receiver(text(body.to()))
                        .orElseThrow(() -> Problems.of("to", "没有这个收货方，请写主体的 id 或 GLN。"));
        return sent(
                goods.ship(
                        by,
                        new Goods.NewShipment(
                                party(by),
                                to,
                                parts(by, body.parts(), "parts"),
                                text(body.vehicle()),
                                day(body.day()))));
    }

    @PostMapping("/receipts")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Take in a shipment; what is missing is posted as loss in transit")
    ResponseEntity<Shipment> receive(@RequestBody ReceiveBody body) {
        Visitor by = signedIn.get();
        if (body.shipment() == null) {
            throw Problems.of("shipment", "请写发货单的 id。");
        }
        Map<UUID, BigDecimal> received = new LinkedHashMap<>();
        List<PartBody> parts = body.received() == null ? List.of() : body.received();
        for (int i = 0; i < parts.size(); i++) {
            BigDecimal kilograms = parts.get(i).kilograms();
            if (kilograms == null) {
                throw Problems.of("received[" + i + "].kilograms", "请写收到的重量（kg）。");
            }
            received.put(lot(by, parts.get(i).lot(), "received[" + i + "].lot"), kilograms);
        }
        return sent(goods.receive(by, body.shipment(), day(body.day()), received));
    }

    @PostMapping("/returns")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Send received goods back to whom they came from")
    ResponseEntity<Shipment> giveBack(@RequestBody ReturnBody body) {
        Visitor by = signedIn.get();
        new Problems.Collector()
                .require(body.shipment() != null, "shipment", "请写收货时的发货单 id。")
                .require(body.kilograms() != null, "kilograms", "请写退回的重量（kg）。")
                .throwIfAny();
        UUID shipment = body.shipment() == null ? new UUID(0, 0) : body.shipment();
        return sent(
                goods.giveBack(
                        by,
                        party(by),
                        shipment,
                        lot(by, body.lot(), "lot"),
                        kg(body.kilograms()),
                        text(body.reason()),
                        day(body.day())));
    }

    @PostMapping("/wastes")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Write off kilograms of a lot; the answer is the lot")
    ResponseEntity<Lot> waste(@RequestBody WasteBody body) {
        Visitor by = signedIn.get();
        if (body.kilograms() == null) {
            throw Problems.of("kilograms", "请写报废的重量（kg）。");
        }
        UUID lot = lot(by, body.lot(), "lot");
        goods.waste(by, party(by), lot, body.kilograms(), text(body.reason()), day(body.day()));
        return made(lots.get(by, lot.toString()));
    }

    private static ResponseEntity<Lot> made(Lot lot) {
        return ResponseEntity.created(URI.create("/api/v1/lots/" + lot.id())).body(lot);
    }

    private static ResponseEntity<Shipment> sent(Shipment shipment) {
        return ResponseEntity.created(URI.create("/api/v1/shipments/" + shipment.id()))
                .body(shipment);
    }

    private List<Part> parts(Visitor by, @Nullable List<PartBody> sent, String field) {
        var parts = new ArrayList<Part>();
        List<PartBody> all = sent == null ? List.of() : sent;
        for (int i = 0; i < all.size(); i++) {
            BigDecimal kilograms = all.get(i).kilograms();
            if (kilograms == null) {
                throw Problems.of(field + "[" + i + "].kilograms", "请写重量（kg）。");
            }
            parts.add(new Part(lot(by, all.get(i).lot(), field + "[" + i + "].lot"), kilograms));
        }
        return parts;
    }

    private Part part(Visitor by, PartBody sent) {
        if (sent.kilograms() == null) {
            throw Problems.of("kilograms", "请写重量（kg）。");
        }
        return new Part(lot(by, sent.lot(), "lot"), sent.kilograms());
    }

    private UUID lot(Visitor by, @Nullable String idOrNumber, String field) {
        if (!given(idOrNumber)) {
            throw Problems.of(field, "请写批次的 id 或批次号。");
        }
        return lots.get(by, text(idOrNumber)).id();
    }

    private Optional<UUID> plot(Visitor by, String idOrNumber) {
        UUID party = by.party();
        if (party == null) {
            return Optional.empty();
        }
        return parties.plotsOf(party).stream()
                .filter(
                        p ->
                                p.id().toString().equalsIgnoreCase(idOrNumber)
                                        || p.number().equals(idOrNumber))
                .map(p -> p.id())
                .findFirst();
    }

    private Optional<Product> product(String idOrGtin) {
        return uuid(idOrGtin).map(catalog::find).orElseGet(() -> catalog.findByGtin(idOrGtin));
    }

    private Optional<UUID> receiver(String idOrGln) {
        return uuid(idOrGln)
                .map(parties::find)
                .orElseGet(() -> parties.findByGln(idOrGln))
                .map(Party::id);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static UUID party(Visitor by) {
        UUID party = by.party();
        if (party == null) {
            throw new IllegalStateException("a " + by.role() + " acts for no party");
        }
        return party;
    }

    private LocalDate day(@Nullable LocalDate day) {
        return day == null ? ChinaTime.today(clock) : day;
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static BigDecimal kg(@Nullable BigDecimal kilograms) {
        return kilograms == null ? BigDecimal.ZERO : kilograms;
    }
}
