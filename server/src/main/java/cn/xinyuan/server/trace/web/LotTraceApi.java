package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.ForeignLots;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.SharedSource;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a lot comes from and where it went: our own lots by id or number, and foreign ones from
 * captured events by id, identifier or lot number.
 */
@NullMarked
@RestController
@RequestMapping("/api/v1/lots")
@Tag(name = "trace")
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.LABORATORY,
    Role.CLERK,
    Role.FARMER,
    Role.RETAILER,
    Role.ASSOCIATION
})
class LotTraceApi {

    private final LotsInSight ours;
    private final ForeignLots foreign;
    private final Genealogy genealogy;
    private final SignedIn signedIn;

    LotTraceApi(LotsInSight ours, ForeignLots foreign, Genealogy genealogy, SignedIn signedIn) {
        this.ours = ours;
        this.foreign = foreign;
        this.genealogy = genealogy;
        this.signedIn = signedIn;
    }

    /**
     * Lots to be compared.
     *
     * @param lots 2 to 50, by id or number
     * @param atMost how many sources to name, 20 when it is left out
     */
    record Complained(@Nullable List<String> lots, @Nullable Integer atMost) {}

    /** What the lots have in common, the likeliest cause first. */
    record InCommon(List<Lot> lots, List<SharedSource> sources) {}

    /** The trace of a foreign lot; {@code warnings} say why a lot does not balance. */
    record Told(
            UUID start,
            Genealogy.Direction direction,
            List<ToldLot> lots,
            List<ForeignLots.Edge> edges,
            boolean unbalanced,
            boolean circular) {

        static Told of(ForeignLots.Trace trace) {
            return new Told(
                    trace.start(),
                    trace.direction(),
                    trace.lots().stream()
                            .map(
                                    l ->
                                            new ToldLot(
                                                    l.id(),
                                                    l.number(),
                                                    l.kind(),
                                                    l.name(),
                                                    l.depth(),
                                                    l.amounts(),
                                                    l.balanced(),
                                                    l.doubts().stream()
                                                            .map(DoubtWords::english)
                                                            .toList()))
                            .toList(),
                    trace.edges(),
                    trace.unbalanced(),
                    trace.circular());
        }
    }

    /** A reached foreign lot. */
    record ToldLot(
            UUID id,
            String number,
            Lot.Kind kind,
            String name,
            int depth,
            List<ForeignLots.Amount> amounts,
            boolean balanced,
            List<String> warnings) {}

    @PostMapping("/shared-sources")
    @MayCall({Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.SUPERVISOR})
    @Operation(
            summary = "What several complained-of lots have in common",
            description =
                    "For 2 to 50 lots, by id or number: the lots and plots that at least two of them"
                            + " came from; first the one that most came from, then the one that"
                            + " least else came from, then the nearest.")
    InCommon sharedSources(@RequestBody Complained complained) {
        int atMost = complained.atMost() == null ? 20 : complained.atMost();
        List<String> asked = complained.lots() == null ? List.of() : complained.lots();
        new Problems.Collector()
                .require(atMost >= 1 && atMost <= 1_000, "atMost", "请写 1 到 1000 之间的个数。")
                .require(
                        asked.stream().distinct().count() >= 2 && asked.size() <= 50,
                        "lots",
                        "请给 2 到 50 个不同的批次。")
                .throwIfAny();
        Visitor visitor = signedIn.get();
        List<Lot> lots = asked.stream().distinct().map(id -> ours.get(visitor, id)).toList();
        return new InCommon(
                lots, genealogy.sharedSources(lots.stream().map(Lot::id).toList(), atMost));
    }

    @GetMapping("/{id}/trace")
    @Operation(
            summary = "Trace a lot",
            description =
                    "The id is a lot's id or number; of a foreign lot also GTIN.LOT. Direction is"
                            + " back, forward or both; depth limits the links. Other forms and"
                            + " starts: /api/v1/traces.")
    Object trace(
            @PathVariable String id,
            @RequestParam(defaultValue = "both") String direction,
            @RequestParam(defaultValue = "") String depth,
            HttpServletRequest request) {
        FollowGoods.Reach reach = TraceQuestion.reach(request);
        Genealogy.Direction way = reach.direction();
        if (id.length() > 2_000 || id.indexOf('\0') >= 0) {
            throw new NotFound("lot");
        }
        Visitor visitor = signedIn.get();
        Optional<Lot> own = ours.find(visitor, id);
        if (own.isPresent()) {
            return ours.trace(visitor, own.get(), way, reach.depth());
        }
        ForeignLots.ForeignLot start =
                foreign.find(visitor, id).orElseThrow(() -> new NotFound("lot"));
        return Told.of(foreign.trace(visitor, start, way));
    }
}
