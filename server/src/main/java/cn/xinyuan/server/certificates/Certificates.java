package cn.xinyuan.server.certificates;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commitment certificates. */
public interface Certificates {

    /**
     * Issues the certificate of a lot.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code harvest-gate-closed}, {@code not-tested} when
     *     {@code TESTED} is claimed without a covering passed report, {@code lot-held}, {@code
     *     already-certified}
     */
    Certificate issue(Visitor by, UUID lot, Set<Basis> basis);

    /** Takes a certificate back; the old one stays and says why. */
    void revoke(Visitor by, UUID certificate, String reason);

    /**
     * Takes the valid certificate of a recalled lot back, if it has one, wherever the lot lies: the
     * recall was allowed before, and it does not stop at a county's border.
     */
    void recalled(Visitor by, UUID lot, String reason);

    Optional<Certificate> find(UUID certificate);

    /** By the number printed on it, for whoever checks one. */
    Optional<Certificate> findByNumber(String number);

    /** The valid certificate of exactly this lot: merged and split lots need a new one. */
    Optional<Certificate> ofLot(UUID lot);

    List<Certificate> of(UUID party);

    /**
     * On what the commitment rests (order 4/2025): quality control, own test, commissioned test.
     */
    enum Basis {
        QUALITY_CONTROL,
        SELF_TEST,
        TESTED
    }

    /** A certificate as it was issued; quantity in kilograms. */
    record Certificate(
            UUID id,
            String number,
            UUID lot,
            UUID party,
            String product,
            BigDecimal kilograms,
            String origin,
            LocalDate day,
            String committer,
            String phone,
            Set<Basis> basis,
            @Nullable UUID report,
            boolean revoked,
            @Nullable String revokedBecause) {}
}
