package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import cn.xinyuan.server.farming.Farming.HarvestGate;
import cn.xinyuan.server.farming.Farming.NewFarmRecord;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Farm records and gates for machines and for the farmer's outbox. */
@RestController
class FarmApi {

    private final Farming farming;
    private final Parties parties;
    private final SignedIn signedIn;
    private final Clock clock;

    FarmApi(Farming farming, Parties parties, SignedIn signedIn, Clock clock) {
        this.farming = farming;
        this.parties = parties;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** A record to write down; {@code corrects} and {@code reason} come together. */
    record Entry(
            @NotNull UUID plot,
            @NotNull Activity activity,
            @NotNull LocalDate day,
            @Nullable String product,
            @Nullable String dose,
            @NotNull String person,
            @Nullable String note,
            @Nullable UUID corrects,
            @Nullable String reason) {}

    @PostMapping("/api/v1/farm-records")
    @MayCall({Role.FARMER, Role.CLERK})
    ResponseEntity<FarmRecord> write(@Valid @RequestBody Entry entry) {
        var fresh =
                new NewFarmRecord(
                        entry.plot(),
                        entry.activity(),
                        entry.day(),
                        entry.product(),
                        entry.dose(),
                        entry.person(),
                        entry.note() == null ? "" : entry.note());
        var corrects = entry.corrects();
        var record =
                corrects == null
                        ? farming.record(signedIn.get(), fresh)
                        : farming.correct(
                                signedIn.get(),
                                corrects,
                                fresh,
                                entry.reason() == null ? "" : entry.reason());
        return ResponseEntity.created(URI.create("/api/v1/plots/" + record.plot() + "/records"))
                .body(record);
    }

    @GetMapping("/api/v1/plots/{id}/records")
    @MayCall({Role.FARMER, Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    List<FarmRecord> records(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer season) {
        return farming.recordsOf(
                inSight(id).id(), season == null ? ChinaTime.today(clock).getYear() : season);
    }

    @GetMapping("/api/v1/plots/{id}/gate")
    @MayCall({Role.FARMER, Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    HarvestGate gate(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable LocalDate day) {
        return farming.gate(inSight(id).id(), day == null ? ChinaTime.today(clock) : day);
    }

    private Plot inSight(UUID id) {
        var visitor = signedIn.get();
        return parties.findPlot(id)
                .filter(
                        p ->
                                visitor.maySee(p.party(), p.district())
                                        || p.farmer() != null
                                                && Objects.equals(visitor.party(), p.farmer()))
                .orElseThrow(() -> new NotFound("没有这块地"));
    }
}
