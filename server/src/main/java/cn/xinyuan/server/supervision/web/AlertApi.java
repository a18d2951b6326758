package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.supervision.Alerts;
import cn.xinyuan.server.supervision.Alerts.Alert;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
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
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class AlertApi {

    private final Alerts alerts;
    private final SignedIn signedIn;

    AlertApi(Alerts alerts, SignedIn signedIn) {
        this.alerts = alerts;
        this.signedIn = signedIn;
    }

    /** Who is to do it, until when. */
    record Assignment(@NotNull String person, @NotNull LocalDate deadline) {}

    /** What was done, found or concluded. */
    record Note(@NotNull String note) {}

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

    @PostMapping("/{id}/recheck")
    Alert recheck(@PathVariable UUID id, @Valid @RequestBody Recheck recheck) {
        return alerts.recheck(signedIn.get(), id, recheck.mended(), recheck.finding());
    }

    @PostMapping("/{id}/conclusion")
    Alert close(@PathVariable UUID id, @Valid @RequestBody Note note) {
        return alerts.close(signedIn.get(), id, note.note());
    }
}
