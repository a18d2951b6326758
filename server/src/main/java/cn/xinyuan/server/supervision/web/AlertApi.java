package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.supervision.Alerts;
import cn.xinyuan.server.supervision.Alerts.Alert;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts for machines. */
@RestController
@RequestMapping("/api/v1/alerts")
@Tag(name = "alerts", description = "Alerts, each with one person and one deadline")
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class AlertApi {

    private static final String RULING =
            """
            {"as": "SHOP_DISPLAY", "reason": "标签贴在门店样品箱上，店员和顾客都扫过。（演示）"}
            """;

    private final Alerts alerts;
    private final Scans scans;
    private final SignedIn signedIn;

    AlertApi(Alerts alerts, Scans scans, SignedIn signedIn) {
        this.alerts = alerts;
        this.scans = scans;
        this.signedIn = signedIn;
    }

    /** Who is to do it, until when. */
    record Assignment(@NotNull String person, @NotNull LocalDate deadline) {}

    /** What was done, found or concluded. */
    record Note(@NotNull String note) {}

    /** What was ruled about a suspicious code, and why. */
    record NewRuling(Ruling.@NotNull As as, @NotNull String reason) {}

    /** What a re-check found. */
    record Recheck(boolean mended, @NotNull String finding) {}

    @GetMapping
    List<Alert> list(@RequestParam(defaultValue = "false") boolean all) {
        var districts = signedIn.get().districts();
        return all ? alerts.all(districts) : alerts.open(districts);
    }

    @GetMapping("/{id}")
    Alert one(@PathVariable UUID id) {
        return alerts.find(id)
                .filter(a -> a.district() != null && signedIn.get().seesDistrict(a.district()))
                .orElseThrow(() -> new NotFound("没有这条预警"));
    }

    @PostMapping("/{id}/assignment")
    Alert assign(@PathVariable UUID id, @Valid @RequestBody Assignment to) {
        return alerts.assign(signedIn.get(), id, to.person(), to.deadline());
    }

    @PostMapping("/{id}/handling")
    Alert handle(@PathVariable UUID id, @Valid @RequestBody Note note) {
        return alerts.handle(signedIn.get(), id, note.note());
    }

    @GetMapping("/{id}/mark")
    @Operation(
            summary = "What speaks for copies of the code of an alert, and what was ruled about it",
            description = "404 for an alert that is not about a suspicious code")
    Mark mark(@PathVariable UUID id) {
        var code = one(id).subject();
        return Optional.ofNullable(code)
                .flatMap(scans::mark)
                .orElseThrow(() -> new NotFound("没有可疑码"));
    }

    @PostMapping("/{id}/ruling")
    @Operation(
            summary =
                    "Handles an alert about a suspicious code: it is genuine, or copies were found",
            description =
                    "as: SHOP_DISPLAY, FAMILY or ERROR take the mark away, and scans from before no"
                            + " longer count; COPIED voids the code for good, with the reason that a"
                            + " scan shows. 409 impossible-step unless the alert is ASSIGNED,"
                            + " not-suspicious, already-voided, no-code",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(examples = @ExampleObject(RULING))))
    Alert rule(@PathVariable UUID id, @Valid @RequestBody NewRuling ruling) {
        return alerts.rule(signedIn.get(), id, ruling.as(), ruling.reason());
    }

    @PostMapping("/{id}/recheck")
    Alert recheck(@PathVariable UUID id, @Valid @RequestBody Recheck recheck) {
        return alerts.recheck(signedIn.get(), id, recheck.mended(), recheck.finding());
    }

    @PostMapping("/{id}/conclusion")
    Alert close(@PathVariable UUID id, @Valid @RequestBody Note note) {
        return alerts.close(signedIn.get(), id, note.note());
    }
}
