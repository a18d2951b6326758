package cn.xinyuan.server.licensing.store;

import cn.xinyuan.server.licensing.Evaluation.Advice;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.domain.CaseBook;
import cn.xinyuan.server.licensing.domain.LicenceAct;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.pages.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcCaseBook implements CaseBook {

    private static final String SERIAL =
            """
            insert into licensing.serial as s (kind, year, last) values (:kind, :year, 1)
                on conflict (kind, year) do update set last = s.last + 1
            returning last
            """;

    private static final String APPLICATION =
            """
            select id, number, party, product, district, yearly_kg, statement, stage, missing, in_charge,
                   officer, deadline, applied_by, applied_at, changed_at, version
              from licensing.application
            """;

    private static final String ADD =
            """
            insert into licensing.application
                (id, number, party, product, district, yearly_kg, statement, stage, missing, in_charge,
                 officer, deadline, applied_by, applied_at, changed_at, version)
            values (:id, :number, :party, :product, :district, :yearlyKg, :statement, :stage, :missing,
                    :inCharge, :officer, :deadline, :appliedBy, :appliedAt, :changedAt, 1)
                on conflict do nothing
            """;

    /** Touches no row when the version read is no longer the version there. */
    private static final String SAVE =
            """
            update licensing.application
               set stage = :stage, missing = :missing, in_charge = :inCharge, officer = :officer,
                   deadline = :deadline, changed_at = :changedAt, version = version + 1
             where id = :id and version = :read
            """;

    private static final String STEP =
            """
            insert into licensing.step (application, from_stage, to_stage, taken_by, name, note, taken_at)
            values (:application, :from, :to, :by, :name, :note, :at)
            """;

    private static final String STEPS =
            """
            select from_stage, to_stage, taken_by, name, note, taken_at
              from licensing.step
             where application = :application
             order by id
            """;

    private static final String OPINION =
            """
            insert into licensing.opinion (application, advice, opinion, taken_by, name, taken_at)
            values (:application, :advice, :opinion, :by, :name, :at)
                on conflict do nothing
            """;

    private static final String OPINIONS =
            """
            select advice, opinion, taken_by, name, taken_at
              from licensing.opinion
             where application = :application
             order by id
            """;

    private static final String LICENCE =
            """
            select id, number, application, party, product, district, from_day, until_day, yearly_kg,
                   standing, reason
              from licensing.licence
            """;

    private static final String ADD_LICENCE =
            """
            insert into licensing.licence
                (id, number, application, party, product, district, from_day, until_day, yearly_kg,
                 standing, reason, granted_at, version)
            values (:id, :number, :application, :party, :product, :district, :from, :until, :yearlyKg,
                    :standing, null, :at, 1)
            """;

    private static final String STANDING =
            """
            update licensing.licence
               set standing = :to, reason = :reason, version = version + 1
             where id = :id and standing = :from
            """;

    private static final String ACT =
            """
            insert into licensing.act (licence, act, taken_by, name, reason, salt, taken_at)
            values (:licence, :act, :by, :name, :reason, :salt, :at)
            """;

    private static final String ACTS =
            """
            select act, name, reason, taken_at from licensing.act where licence = :licence order by id
            """;

    private final JdbcClient db;

    JdbcCaseBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public int nextSerial(String kind, int year) {
        return db.sql(SERIAL).param("kind", kind).param("year", year).query(Integer.class).single();
    }

    @Override
    public void save(LicenceApplication a) {
        boolean fresh = a.version() == 0;
        JdbcClient.StatementSpec statement =
                db.sql(fresh ? ADD : SAVE)
                        .param("id", a.id())
                        .param("stage", a.stage().name())
                        .param("missing", a.missing().toArray(new String[0]))
                        .param("inCharge", a.inCharge())
                        .param("officer", a.officer())
                        .param("deadline", a.deadline())
                        .param("changedAt", at(a.changedAt()));
        statement =
                fresh
                        ? statement
                                .param("number", a.number())
                                .param("party", a.party())
                                .param("product", a.product())
                                .param("district", a.district())
                                .param("yearlyKg", a.yearlyKg())
                                .param("statement", a.statement())
                                .param("appliedBy", a.appliedBy())
                                .param("appliedAt", at(a.appliedAt()))
                        : statement.param("read", a.version());
        if (statement.update() == 0) {
            throw fresh
                    ? new Refused("case-open", "这个产品已有一件在办的申请，请先办完它。")
                    : new Refused("changed-meanwhile", "申请 " + a.number() + " 刚刚被别人办理过，请刷新后再办。");
        }
        for (Step step : a.taken()) {
            db.sql(STEP)
                    .param("application", a.id())
                    .param("from", step.from() == null ? null : step.from().name())
                    .param("to", step.to().name())
                    .param("by", step.by())
                    .param("name", step.name())
                    .param("note", step.note())
                    .param("at", at(step.at()))
                    .update();
        }
    }

    @Override
    public Optional<LicenceApplication> find(UUID id) {
        return db.sql(APPLICATION + "where id = :id")
                .param("id", id)
                .query(JdbcCaseBook::application)
                .optional();
    }

    @Override
    public Optional<LicenceApplication> findByNumber(String number) {
        return db.sql(APPLICATION + "where number = :number")
                .param("number", number)
                .query(JdbcCaseBook::application)
                .optional();
    }

    @Override
    public List<LicenceApplication> of(UUID party) {
        return db.sql(APPLICATION + "where party = :party order by applied_at desc, number desc")
                .param("party", party)
                .query(JdbcCaseBook::application)
                .list();
    }

    @Override
    public List<LicenceApplication> all() {
        return db.sql(APPLICATION + "order by deadline nulls last, changed_at desc, number")
                .query(JdbcCaseBook::application)
                .list();
    }

    @Override
    public List<Step> steps(UUID application) {
        return db.sql(STEPS)
                .param("application", application)
                .query(
                        (row, i) -> {
                            String from = row.getString("from_stage");
                            return new Step(
                                    from == null ? null : Stage.valueOf(from),
                                    Stage.valueOf(row.getString("to_stage")),
                                    row.getObject("taken_by", UUID.class),
                                    row.getString("name"),
                                    row.getString("note"),
                                    instant(row, "taken_at"));
                        })
                .list();
    }

    @Override
    public boolean add(UUID application, Opinion opinion) {
        return db.sql(OPINION)
                        .param("application", application)
                        .param("advice", opinion.advice().name())
                        .param("opinion", opinion.text())
                        .param("by", opinion.by())
                        .param("name", opinion.name())
                        .param("at", at(opinion.at()))
                        .update()
                == 1;
    }

    @Override
    public List<Opinion> opinions(UUID application) {
        return db.sql(OPINIONS)
                .param("application", application)
                .query(
                        (row, i) ->
                                new Opinion(
                                        Advice.valueOf(row.getString("advice")),
                                        row.getString("opinion"),
                                        row.getObject("taken_by", UUID.class),
                                        row.getString("name"),
                                        instant(row, "taken_at")))
                .list();
    }

    @Override
    public void add(Granted granted, Instant at) {
        Licence licence = granted.licence();
        db.sql(ADD_LICENCE)
                .param("id", licence.id())
                .param("number", licence.number())
                .param("application", granted.application())
                .param("party", licence.party())
                .param("product", licence.product())
                .param("district", granted.district())
                .param("from", licence.from())
                .param("until", licence.until())
                .param("yearlyKg", licence.yearlyKg())
                .param("standing", licence.standing().name())
                .param("at", at(at))
                .update();
    }

    @Override
    public boolean changeStanding(
            UUID licence, Licence.Standing from, Licence.Standing to, String reason) {
        return db.sql(STANDING)
                        .param("id", licence)
                        .param("from", from.name())
                        .param("to", to.name())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    @Override
    public void writeDown(LicenceAct act, UUID by, String name) {
        db.sql(ACT)
                .param("licence", act.licence())
                .param("act", act.kind().name())
                .param("by", by)
                .param("name", name)
                .param("reason", act.reason())
                .param("salt", act.salt())
                .param("at", at(act.at()))
                .update();
    }

    @Override
    public Optional<Granted> findLicence(UUID id) {
        return db.sql(LICENCE + "where id = :id")
                .param("id", id)
                .query(JdbcCaseBook::licence)
                .optional();
    }

    @Override
    public Optional<Granted> findLicenceByNumber(String number) {
        return db.sql(LICENCE + "where number = :number")
                .param("number", number)
                .query(JdbcCaseBook::licence)
                .optional();
    }

    @Override
    public List<Granted> licencesOf(UUID party) {
        return db.sql(LICENCE + "where party = :party order by granted_at desc, number desc")
                .param("party", party)
                .query(JdbcCaseBook::licence)
                .list();
    }

    @Override
    public List<Granted> allLicences() {
        return db.sql(LICENCE + "order by granted_at desc, number desc")
                .query(JdbcCaseBook::licence)
                .list();
    }

    @Override
    public List<ActRow> acts(UUID licence) {
        return db.sql(ACTS)
                .param("licence", licence)
                .query(
                        (row, i) ->
                                new ActRow(
                                        LicenceAct.Kind.valueOf(row.getString("act")),
                                        row.getString("name"),
                                        row.getString("reason"),
                                        instant(row, "taken_at")))
                .list();
    }

    private static LicenceApplication application(ResultSet row, int index) throws SQLException {
        return new LicenceApplication(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("party", UUID.class),
                row.getObject("product", UUID.class),
                row.getString("district"),
                row.getBigDecimal("yearly_kg"),
                row.getString("statement"),
                Stage.valueOf(row.getString("stage")),
                List.of((String[]) row.getArray("missing").getArray()),
                row.getString("in_charge"),
                row.getObject("officer", UUID.class),
                row.getObject("deadline", LocalDate.class),
                row.getObject("applied_by", UUID.class),
                instant(row, "applied_at"),
                instant(row, "changed_at"),
                row.getInt("version"));
    }

    private static Granted licence(ResultSet row, int index) throws SQLException {
        return new Granted(
                new Licence(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        row.getObject("party", UUID.class),
                        row.getObject("product", UUID.class),
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("until_day", LocalDate.class),
                        row.getBigDecimal("yearly_kg"),
                        Licence.Standing.valueOf(row.getString("standing")),
                        row.getString("reason")),
                row.getObject("application", UUID.class),
                row.getString("district"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
