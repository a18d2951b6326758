package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.farming.domain.PlotSeason;
import cn.xinyuan.server.farming.usecase.AgreeYields;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Season caps for machines. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "yields", description = "Agreed yields, season caps and what is harvested of them")
@MayCall({Role.FARMER, Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class YieldApi {

    private static final String YIELD =
            """
            {"season": 2026, "kgPerMu": 380, "reason": "测产 12 株，折合每亩 380 kg。（演示）"}
            """;

    private final AgreeYields yields;
    private final SignedIn signedIn;
    private final Clock clock;

    YieldApi(AgreeYields yields, SignedIn signedIn, Clock clock) {
        this.yields = yields;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** Kilograms per mu that an officer agrees for a season, and why. */
    record Yield(int season, @NotNull BigDecimal kgPerMu, @Nullable String reason) {}

    /**
     * What a plot may bear in a season and has borne, in kilograms.
     *
     * @param kilograms the cap; null until a yield is agreed, as {@code kgPerMu} and {@code left}
     */
    record Cap(
            UUID plot,
            int season,
            @Nullable BigDecimal kilograms,
            @Nullable BigDecimal kgPerMu,
            BigDecimal areaMu,
            BigDecimal harvested,
            @Nullable BigDecimal left) {

        static Cap of(PlotSeason p) {
            AgreedYield agreed = p.agreed();
            return new Cap(
                    p.plot().id(),
                    p.season(),
                    agreed == null ? null : agreed.kilograms(),
                    agreed == null ? null : agreed.kgPerMu(),
                    p.plot().areaMu(),
                    p.harvested(),
                    p.left());
        }
    }

    @GetMapping("/season-caps")
    @Operation(
            summary = "The plots you may see with cap, harvest and what is left",
            description = "season is this year if left out")
    List<Cap> caps(@RequestParam(required = false) @Nullable Integer season) {
        return yields.all(signedIn.get(), year(season)).stream().map(Cap::of).toList();
    }

    @GetMapping("/plots/{id}/season-cap")
    @Operation(
            summary = "Cap of a plot for a season, what is harvested and what is left",
            description = "season is this year if left out")
    Cap cap(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer season) {
        return Cap.of(yields.of(signedIn.get(), id, year(season)));
    }

    @GetMapping("/plots/{id}/yields")
    @Operation(summary = "Every yield agreed for a plot and season, the newest first; it counts")
    List<AgreedYield> history(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer season) {
        return yields.history(signedIn.get(), id, year(season));
    }

    @PostMapping("/plots/{id}/season-cap")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    @Operation(
            summary = "Agrees the yield of a plot for a season; the cap is area x agreed yield",
            description =
                    "reason is needed to change an agreed figure, and for one above twice what was"
                            + " published for the crop; ten times is refused. The same figure again"
                            + " changes nothing. 409 below-harvested",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(YIELD))))
    Cap agree(@PathVariable UUID id, @Valid @RequestBody Yield yield) {
        yields.agree(
                signedIn.get(),
                id,
                yield.season(),
                yield.kgPerMu(),
                yield.reason() == null ? "" : yield.reason());
        return cap(id, yield.season());
    }

    private int year(@Nullable Integer season) {
        return season == null ? ChinaTime.today(clock).getYear() : season;
    }
}
