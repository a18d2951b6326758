package cn.xinyuan.server.certificates.domain;

import cn.xinyuan.server.certificates.Certificates.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where certificates are kept. */
public interface CertificateBook {

    /** Such as HGZ-2025-000017. */
    String nextNumber(int year);

    /** False if the lot has a valid certificate already. */
    boolean issue(Certificate certificate, UUID by, Instant at);

    /** False if it was revoked before. */
    boolean revoke(Certificate certificate, String reason, UUID by, Instant at);

    Optional<Certificate> find(UUID id);

    Optional<Certificate> findByNumber(String number);

    Optional<Certificate> validOf(UUID lot);

    List<Certificate> of(UUID party);

    void refused(UUID lot, String rule, String text, UUID by, Instant at);
}
