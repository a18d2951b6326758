package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.usecase.PackCases;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cases and pallets for machines. Serials are counted from 1, as on the pages. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "cases", description = "Cases of boxes and pallets of cases, under SSCCs")
@MayCall(Role.CLERK)
class CasesApi {

    private final PackCases pack;
    private final Codes codes;
    private final Lots lots;
    private final SignedIn signedIn;

    CasesApi(PackCases pack, Codes codes, Lots lots, SignedIn signedIn) {
        this.pack = pack;
        this.codes = codes;
        this.lots = lots;
        this.signedIn = signedIn;
    }

    @PostMapping("/cases")
    @Operation(
            summary = "Packs labelled boxes into a case and gives it an SSCC",
            description =
                    "1 to 20 ranges, at most 10,000 boxes, of one product. 409 void, not-activated,"
                            + " already-in-case, mixed-products, mixed-lots (unless mixedLots),"
                            + " lot-held, not-in-hand")
    ResponseEntity<UnitView> pack(@RequestBody NewCase body) {
        var ranges = new ArrayList<CodeRange>();
        List<@Nullable Part> parts = body.parts() == null ? List.of() : body.parts();
        for (int i = 0; i < parts.size(); i++) {
            ranges.add(range(parts.get(i), "parts[" + i + "]"));
        }
        return made(pack.pack(signedIn.get(), ranges, Boolean.TRUE.equals(body.mixedLots())));
    }

    @PostMapping("/pallets")
    @Operation(
            summary = "Puts cases onto a new pallet, or onto the one that is named",
            description = "at most 200 cases. 409 unpacked, already-on-pallet, lot-held")
    ResponseEntity<UnitView> palletise(@RequestBody NewPallet body) {
        return made(pack.palletise(signedIn.get(), known(body.cases()), body.pallet()));
    }

    @PostMapping("/pallets/{sscc}/removals")
    @Operation(
            summary = "Takes cases off a pallet; the last one ends it",
            description = "409 not-on-pallet")
    UnitView takeOff(@PathVariable String sscc, @RequestBody Removal body) {
        return view(
                pack.takeOff(
                        signedIn.get(),
                        sscc,
                        known(body.cases()),
                        body.reason() == null ? "" : body.reason()));
    }

    @PostMapping("/cases/{sscc}/unpackings")
    @Operation(
            summary = "Empties a case, or takes all cases off a pallet",
            description = "its SSCC is not used again. 409 unpacked")
    UnitView unpack(@PathVariable String sscc, @RequestBody Unpacking body) {
        return view(pack.unpack(signedIn.get(), sscc, body.reason() == null ? "" : body.reason()));
    }

    @GetMapping("/cases/{sscc}")
    @MayCall({
        Role.ADMINISTRATOR,
        Role.CITY_MANAGER,
        Role.SUPERVISOR,
        Role.CLERK,
        Role.RETAILER,
        Role.ASSOCIATION
    })
    @Operation(summary = "What is in a case or on a pallet")
    UnitView one(@PathVariable String sscc) {
        return pack.find(sscc)
                .map(this::view)
                .orElseThrow(() -> new NotFound("logistic unit " + sscc));
    }

    @GetMapping("/codes/{code}/case")
    @MayCall({
        Role.ADMINISTRATOR,
        Role.CITY_MANAGER,
        Role.SUPERVISOR,
        Role.CLERK,
        Role.RETAILER,
        Role.ASSOCIATION
    })
    @Operation(
            summary = "The case that a box is in, by the code on the box",
            description = "404 for a code that nobody issued, and for a box that is in no case")
    UnitView of(@PathVariable String code) {
        Issued issued = codes.read(code).orElseThrow(() -> new NotFound("code"));
        return pack.holding(issued.batch(), issued.serial())
                .map(this::view)
                .orElseThrow(() -> new NotFound("the case of a code"));
    }

    private ResponseEntity<UnitView> made(LogisticUnit unit) {
        return ResponseEntity.created(URI.create("/api/v1/cases/" + unit.sscc())).body(view(unit));
    }

    private static CodeRange range(@Nullable Part part, String field) {
        if (part == null || part.batch() == null || part.from() == null || part.count() == null) {
            throw Problems.of(field, "请给出 batch、from 和 count。");
        }
        try {
            return new CodeRange(part.batch(), part.from() - 1, part.count());
        } catch (IllegalArgumentException none) {
            throw Problems.of(field, "没有这样的序号：from 从 1 起，count 至少 1。");
        }
    }

    private static List<String> known(@Nullable List<@Nullable String> ssccs) {
        return ssccs == null ? List.of() : ssccs.stream().map(s -> s == null ? "" : s).toList();
    }

    private UnitView view(LogisticUnit unit) {
        return new UnitView(
                unit.sscc(),
                unit.kind(),
                PackCases.isDemo(unit.sscc()),
                unit.party(),
                unit.boxes(),
                unit.at(),
                unit.unpacked(),
                unit.because(),
                unit.contents().stream()
                        .map(
                                c ->
                                        new ContentView(
                                                c.range().batch(),
                                                c.range().from() + 1,
                                                c.range().count(),
                                                c.lot(),
                                                lots.find(c.lot()).map(Lot::number).orElse(""),
                                                c.voided()))
                        .toList(),
                unit.pallet(),
                unit.cases());
    }

    /** Boxes with consecutive codes; {@code from} counts from 1. */
    record Part(@Nullable Long batch, @Nullable Long from, @Nullable Long count) {}

    /** A case to pack. */
    record NewCase(@Nullable List<@Nullable Part> parts, @Nullable Boolean mixedLots) {}

    /** Cases for a pallet; {@code pallet} may be left out for a new one. */
    record NewPallet(@Nullable List<@Nullable String> cases, @Nullable String pallet) {}

    /** Cases to take off, and why. */
    record Removal(@Nullable List<@Nullable String> cases, @Nullable String reason) {}

    /** Why it is emptied. */
    record Unpacking(@Nullable String reason) {}

    /** A case or pallet; {@code demo} when its SSCC bears GS1's prefix for demonstrations. */
    record UnitView(
            String sscc,
            Kind kind,
            boolean demo,
            UUID party,
            long boxes,
            Instant at,
            @Nullable Instant unpacked,
            @Nullable String because,
            List<ContentView> contents,
            @Nullable String pallet,
            List<String> cases) {}

    /** Boxes of one lot; {@code voided} of their codes were made void since. */
    record ContentView(long batch, long from, long count, UUID lot, String number, long voided) {}
}
