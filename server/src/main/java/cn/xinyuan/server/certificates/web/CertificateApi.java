package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Commitment certificates for machines. */
@RestController
@RequestMapping("/api/v1/certificates")
class CertificateApi {

    private final Certificates certificates;
    private final Lots lots;
    private final SignedIn signedIn;

    CertificateApi(Certificates certificates, Lots lots, SignedIn signedIn) {
        this.certificates = certificates;
        this.lots = lots;
        this.signedIn = signedIn;
    }

    /** The lot to commit oneself for, and on what basis. */
    record Commitment(@NotNull UUID lot, @NotNull Set<Basis> basis) {}

    /** Why a certificate is taken back. */
    record Reason(@NotNull String reason) {}

    @GetMapping
    @MayCall(Role.CLERK)
    List<Certificate> mine() {
        var party = signedIn.get().party();
        return party == null ? List.of() : certificates.of(party);
    }

    @GetMapping("/{id}")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Certificate one(@PathVariable UUID id) {
        return certificates
                .find(id)
                .filter(
                        c ->
                                signedIn.get()
                                        .maySee(
                                                c.party(),
                                                lots.find(c.lot()).map(Lot::district).orElse("")))
                .orElseThrow(() -> new NotFound("没有这张合格证"));
    }

    @PostMapping
    @MayCall(Role.CLERK)
    ResponseEntity<Certificate> issue(@Valid @RequestBody Commitment commitment) {
        var issued = certificates.issue(signedIn.get(), commitment.lot(), commitment.basis());
        return ResponseEntity.created(URI.create("/api/v1/certificates/" + issued.id()))
                .body(issued);
    }

    @PostMapping("/{id}/revocation")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Certificate revoke(@PathVariable UUID id, @Valid @RequestBody Reason reason) {
        certificates.revoke(signedIn.get(), id, reason.reason());
        return one(id);
    }
}
