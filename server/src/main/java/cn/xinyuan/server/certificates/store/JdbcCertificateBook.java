package cn.xinyuan.server.certificates.store;

import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.certificates.domain.CertificateBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcCertificateBook implements CertificateBook {

    private static final String ISSUE =
            """
            insert into certificates.certificate (id, number, lot, party, product, kilograms, origin, day,
                                                  committer, phone, basis, report, issued_by, issued_at)
            values (:id, :number, :lot, :party, :product, :kilograms, :origin, :day,
                    :committer, :phone, :basis, :report, :by, :at)
            """;

    private static final String TAKE =
            """
            insert into certificates.valid (lot, certificate) values (:lot, :id) on conflict do nothing
            """;

    private static final String REVOKE =
            """
            insert into certificates.revocation (certificate, reason, by, at)
            values (:id, :reason, :by, :at) on conflict do nothing
            """;

    private static final String SELECT =
            """
            select c.*, r.reason as revoked_because
              from certificates.certificate c
              left join certificates.revocation r on r.certificate = c.id
            """;

    private static final String REFUSED =
            """
            insert into certificates.refusal (lot, rule, text, by, at) values (:lot, :rule, :text, :by, :at)
            """;

    private final JdbcClient db;

    JdbcCertificateBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String nextNumber(int year) {
        return "HGZ-%d-%06d"
                .formatted(
                        year,
                        db.sql("select nextval('certificates.number')").query(Long.class).single());
    }

    @Override
    public boolean issue(Certificate certificate, UUID by, Instant at) {
        db.sql(ISSUE)
                .param("id", certificate.id())
                .param("number", certificate.number())
                .param("lot", certificate.lot())
                .param("party", certificate.party())
                .param("product", certificate.product())
                .param("kilograms", certificate.kilograms())
                .param("origin", certificate.origin())
                .param("day", certificate.day())
                .param("committer", certificate.committer())
                .param("phone", certificate.phone())
                .param("basis", certificate.basis().stream().map(Enum::name).toArray(String[]::new))
                .param("report", certificate.report())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        return db.sql(TAKE).param("lot", certificate.lot()).param("id", certificate.id()).update()
                == 1;
    }

    @Override
    public boolean revoke(Certificate certificate, String reason, UUID by, Instant at) {
        db.sql("delete from certificates.valid where certificate = :id")
                .param("id", certificate.id())
                .update();
        return db.sql(REVOKE)
                        .param("id", certificate.id())
                        .param("reason", reason)
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<Certificate> find(UUID id) {
        return db.sql(SELECT + "where c.id = :id")
                .param("id", id)
                .query(JdbcCertificateBook::certificate)
                .optional();
    }

    @Override
    public Optional<Certificate> findByNumber(String number) {
        return db.sql(SELECT + "where c.number = :number")
                .param("number", number)
                .query(JdbcCertificateBook::certificate)
                .optional();
    }

    @Override
    public Optional<Certificate> validOf(UUID lot) {
        return db.sql(
                        SELECT
                                + "where c.id = (select certificate from certificates.valid where lot = :lot)")
                .param("lot", lot)
                .query(JdbcCertificateBook::certificate)
                .optional();
    }

    @Override
    public List<Certificate> of(UUID party) {
        return db.sql(SELECT + "where c.party = :party order by c.issued_at desc")
                .param("party", party)
                .query(JdbcCertificateBook::certificate)
                .list();
    }

    @Override
    public void refused(UUID lot, String rule, String text, UUID by, Instant at) {
        db.sql(REFUSED)
                .param("lot", lot)
                .param("rule", rule)
                .param("text", text)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Certificate certificate(ResultSet row, int n) throws SQLException {
        var basis = EnumSet.noneOf(Basis.class);
        Arrays.stream((String[]) row.getArray("basis").getArray())
                .map(Basis::valueOf)
                .forEach(basis::add);
        return new Certificate(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("lot", UUID.class),
                row.getObject("party", UUID.class),
                row.getString("product"),
                row.getBigDecimal("kilograms"),
                row.getString("origin"),
                row.getObject("day", LocalDate.class),
                row.getString("committer"),
                row.getString("phone"),
                basis,
                row.getObject("report", UUID.class),
                row.getString("revoked_because") != null,
                row.getString("revoked_because"));
    }
}
