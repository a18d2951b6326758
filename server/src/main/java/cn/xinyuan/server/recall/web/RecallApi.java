package cn.xinyuan.server.recall.web;

import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.trace.Lots;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
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

/** Recalls for machines. */
@RestController
@RequestMapping("/api/v1/recalls")
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class RecallApi {

    private final Recalls recalls;
    private final Lots lots;
    private final SignedIn signedIn;

    RecallApi(Recalls recalls, Lots lots, SignedIn signedIn) {
        this.recalls = recalls;
        this.lots = lots;
        this.signedIn = signedIn;
    }

    /**
     * A recall to publish; {@code retyped} repeats the lot number, so that nobody recalls by a
     * slip.
     */
    record Publication(
            @NotNull UUID lot,
            @NotNull String retyped,
            @NotNull String reason,
            Recalls.@NotNull Level level,
            @Nullable UUID report) {}

    /** What a holder gave back, in kilograms. */
    record Recovery(@NotNull UUID holder, @NotNull BigDecimal kilograms, @NotNull String note) {}

    /** A holder who was told. */
    record Notification(@NotNull UUID holder) {}

    /** How it ended. */
    @Schema(name = "RecallConclusion")
    record Conclusion(@NotNull String conclusion) {}

    @GetMapping
    List<Recall> all() {
        return recalls.all().stream().filter(this::inSight).toList();
    }

    @GetMapping("/{id}")
    Recall one(@PathVariable UUID id) {
        return recalls.find(id).filter(this::inSight).orElseThrow(() -> new NotFound("没有这次召回"));
    }

    @PostMapping
    ResponseEntity<Recall> publish(@Valid @RequestBody Publication publication) {
        var recall =
                recalls.publish(
                        signedIn.get(),
                        publication.lot(),
                        publication.retyped(),
                        publication.reason(),
                        publication.level(),
                        publication.report());
        return ResponseEntity.created(URI.create("/api/v1/recalls/" + recall.id())).body(recall);
    }

    @PostMapping("/{id}/notifications")
    Recall notified(@PathVariable UUID id, @Valid @RequestBody Notification notification) {
        recalls.notified(signedIn.get(), id, notification.holder());
        return one(id);
    }

    @PostMapping("/{id}/recoveries")
    Recall recovered(@PathVariable UUID id, @Valid @RequestBody Recovery recovery) {
        recalls.recovered(
                signedIn.get(), id, recovery.holder(), recovery.kilograms(), recovery.note());
        return one(id);
    }

    @PostMapping("/{id}/conclusion")
    Recall close(@PathVariable UUID id, @Valid @RequestBody Conclusion conclusion) {
        return recalls.close(signedIn.get(), id, conclusion.conclusion());
    }

    private boolean inSight(Recall recall) {
        return lots.find(recall.lot())
                .filter(l -> signedIn.get().seesDistrict(l.district()))
                .isPresent();
    }
}
