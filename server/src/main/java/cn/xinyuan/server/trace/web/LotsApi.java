package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Spreadsheet;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.Lots.Balance;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What machines may ask of lots and shipments. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "lots")
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.CLERK,
    Role.FARMER,
    Role.RETAILER
})
class LotsApi {

    private final LotsInSight sight;
    private final Lots lots;
    private final Labels labels;
    private final TraceFiles files;
    private final Parties parties;
    private final SignedIn signedIn;

    LotsApi(
            LotsInSight sight,
            Lots lots,
            Labels labels,
            TraceFiles files,
            Parties parties,
            SignedIn signedIn) {
        this.sight = sight;
        this.lots = lots;
        this.labels = labels;
        this.files = files;
        this.parties = parties;
        this.signedIn = signedIn;
    }

    /** A lot with its balance, its holders and the labels on it. */
    record OneLot(Lot lot, Balance balance, List<Holder> holdings) {}

    /** Who holds what of a lot. */
    @Schema(name = "LotHolder")
    record Holder(
            UUID lot,
            UUID party,
            String name,
            BigDecimal kilograms,
            long packs,
            boolean inTransit) {}

    /** Labels with consecutive serials of a batch of codes; {@code last} is included. */
    record CodeRange(UUID lot, long batch, long first, long last) {}

    /** What a recall of the lot would reach; nothing is counted twice. */
    record Scope(
            UUID lot,
            String number,
            BigDecimal kilograms,
            long packs,
            long codes,
            List<CodeRange> codeRanges,
            List<Lot> lots,
            List<Holder> holders) {}

    /** An EPCIS event of a lot, and what it was for us. */
    record LotEvent(
            UUID id,
            String command,
            LocalDate day,
            Instant recorded,
            String hash,
            JsonNode event) {}

    @GetMapping("/lots")
    @Operation(summary = "The lots you may see, newest first, at most 2,000")
    List<Lot> all() {
        return sight.all(signedIn.get());
    }

    @GetMapping("/lots/{id}")
    @Operation(summary = "One lot by id or number, with its balance and holders")
    OneLot one(@PathVariable String id) {
        Visitor by = signedIn.get();
        Lot lot = sight.get(by, id);
        return new OneLot(
                lot,
                lots.balance(lot.id()),
                sight.holdings(by, lot).stream().map(this::holder).toList());
    }

    @GetMapping("/lots/{id}/recall-scope")
    @Operation(
            summary = "What a recall of the lot would reach",
            description =
                    "Kilograms and packs that exist now in the lot and everything made of it, in"
                            + " hand or under way; what became something else counts as what it"
                            + " became. format is json, csv or xlsx: in the last two a row for"
                            + " whoever holds some of a lot now, with the codes on the lot.")
    @Nullable Scope scope(
            @PathVariable String id,
            @RequestParam(defaultValue = "json") String format,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        Visitor by = signedIn.get();
        Lot lot = sight.get(by, id);
        var scope = sight.recallScope(by, lot);
        List<Labels.Range> ranges = labels.ranges(scope.lots().stream().map(Lot::id).toList());
        switch (format.toLowerCase(Locale.ROOT)) {
            case "json" -> {}
            case "csv" -> {
                files.recall(lot, scope, ranges, Spreadsheet.Format.CSV, response);
                return null;
            }
            case "xlsx" -> {
                files.recall(lot, scope, ranges, Spreadsheet.Format.XLSX, response);
                return null;
            }
            default -> throw Problems.of("format", "请写 json、csv 或 xlsx。");
        }
        return new Scope(
                lot.id(),
                lot.number(),
                scope.kilograms(),
                scope.packs(),
                scope.codes(),
                ranges.stream()
                        .map(
                                r ->
                                        new CodeRange(
                                                r.lot(),
                                                r.batch(),
                                                r.first(),
                                                r.first() + r.count() - 1))
                        .toList(),
                scope.lots(),
                scope.holdings().stream().map(this::holder).toList());
    }

    @GetMapping("/lots/{id}/events")
    @Operation(summary = "The EPCIS 2.0 events that touch a lot, oldest first")
    List<LotEvent> events(@PathVariable String id) {
        Visitor by = signedIn.get();
        return sight.events(by, sight.get(by, id)).stream()
                .map(
                        e ->
                                new LotEvent(
                                        e.id(),
                                        e.command(),
                                        e.day(),
                                        e.recordTime(),
                                        e.hash(),
                                        json(e.json())))
                .toList();
    }

    @GetMapping("/shipments")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "Shipments to and from your party, newest first")
    List<Shipment> shipments() {
        UUID party = signedIn.get().party();
        if (party == null) {
            return List.of();
        }
        return java.util.stream.Stream.concat(
                        lots.shipmentsTo(party).stream(), lots.shipmentsFrom(party).stream())
                .toList();
    }

    @GetMapping("/shipments/{id}")
    @MayCall({Role.CLERK, Role.RETAILER})
    @Operation(summary = "One shipment to or from your party")
    Shipment shipment(@PathVariable UUID id) {
        UUID party = signedIn.get().party();
        return lots.findShipment(id)
                .filter(s -> Set.of(s.from(), s.to()).contains(party))
                .orElseThrow(() -> new NotFound("没有这次发货"));
    }

    private Holder holder(Holding holding) {
        return new Holder(
                holding.lot(),
                holding.party(),
                parties.find(holding.party()).map(Party::name).orElse("—"),
                holding.kilograms(),
                holding.packs(),
                holding.inTransit());
    }

    private static JsonNode json(String text) {
        try {
            return EpcisJson.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableDocument broken) {
            throw new IllegalStateException("a stored event cannot be read", broken);
        }
    }
}
