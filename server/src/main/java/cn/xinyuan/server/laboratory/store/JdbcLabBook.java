package cn.xinyuan.server.laboratory.store;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.Laboratory.Sample;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcLabBook implements LabBook {

    private static final String ADD_SAMPLE =
            """
            insert into laboratory.sample
                   (id, number, lot, lot_number, category, party, district, laboratory, day,
                    taken_by, taken_by_name, at)
            values (:id, :number, :lot, :lotNumber, :category, :party, :district, :laboratory, :day,
                    :takenBy, :takenByName, :at)
            """;

    private static final String SAMPLES =
            """
            select s.id, s.number, s.lot, s.lot_number, s.category, s.party, s.district,
                   s.laboratory, s.day, s.taken_by_name,
                   exists (select 1 from laboratory.report r where r.sample = s.id) as reported
              from laboratory.sample s
            """;

    private static final String QUEUE =
            SAMPLES
                    + """
                     where (cast(:laboratory as uuid) is null or s.laboratory = :laboratory)
                       and (cast(:party as uuid) is null or s.party = :party)
                     order by s.day desc, s.number desc
                     limit :atMost
                    """;

    private static final String WAITING =
            """
            select count(*)
              from laboratory.sample s
             where s.laboratory = :laboratory
               and not exists (select 1
                                 from laboratory.report r
                                where r.sample = s.id
                                  and r.released_at is not null)
            """;

    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended(cast(:sample as text), 7))";

    private static final String ADD_REPORT =
            """
            insert into laboratory.report
                   (id, number, version, replaces, reason, sample, lot, laboratory, sampled, day,
                    edition, outcome, entered_by, entered_by_name, entered_at)
            values (:id, :number, :version, :replaces, :reason, :sample, :lot, :laboratory, :sampled,
                    :day, :edition, :outcome, :enteredBy, :enteredByName, :enteredAt)
            """;

    private static final String ADD_LINE =
            """
            insert into laboratory.line
                   (report, position, substance, kind, figure, unit, limit_value, limit_unit,
                    edition, outcome, reason)
            values (:report, :position, :substance, :kind, :figure, :unit, :limit, :limitUnit,
                    :edition, :outcome, :reason)
            """;

    private static final String RELEASE =
            """
            update laboratory.report
               set released_by = :by, released_by_name = :byName, released_at = :at
             where id = :id
            """;

    /** A draft is superseded by any later version, a released report by a later released one. */
    private static final String REPORTS =
            """
            select r.id, r.number, r.version, r.replaces, r.reason, r.sample, r.lot, r.laboratory,
                   r.sampled, r.day, r.edition, r.outcome, r.entered_by, r.entered_by_name,
                   r.entered_at, r.released_by, r.released_by_name, r.released_at,
                   exists (select 1
                             from laboratory.report n
                            where n.number = r.number
                              and n.version > r.version
                              and (r.released_at is null or n.released_at is not null))
                       as superseded
              from laboratory.report r
            """;

    private static final String STANDING =
            """
             where r.released_at is not null
               and not exists (select 1
                                 from laboratory.report n
                                where n.number = r.number
                                  and n.version > r.version
                                  and n.released_at is not null)
            """;

    private static final String NEWEST_FIRST = " order by r.day desc, r.number desc";

    private static final String LINES =
            """
            select report, substance, kind, figure, unit, limit_value, limit_unit, edition, outcome,
                   reason
              from laboratory.line
             where report = any(:reports)
             order by report, position
            """;

    private static final String REJUDGE =
            """
            insert into laboratory.rejudgement (report, edition, day, outcome, text, at)
            values (:report, :edition, :day, :outcome, :text, :at)
                on conflict do nothing
            """;

    private static final String REJUDGED =
            """
            select edition, day, outcome, text
              from laboratory.rejudgement
             where report = :report
             order by day desc
            """;

    private static final DateTimeFormatter SHORT_DAY =
            DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

    private final JdbcClient db;

    JdbcLabBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String nextSampleNumber(LocalDate day) {
        return "S%s-%04d"
                .formatted(
                        SHORT_DAY.format(day), next("select nextval('laboratory.sample_number')"));
    }

    @Override
    public String nextReportNumber(LocalDate day) {
        return "R%d-%05d"
                .formatted(day.getYear(), next("select nextval('laboratory.report_number')"));
    }

    private long next(String sequence) {
        return db.sql(sequence).query(Long.class).single();
    }

    @Override
    public void add(TakenSample taken, UUID takenBy, Instant at) {
        Sample sample = taken.sample();
        db.sql(ADD_SAMPLE)
                .param("id", sample.id())
                .param("number", sample.number())
                .param("lot", sample.lot())
                .param("lotNumber", taken.lotNumber())
                .param("category", taken.category())
                .param("party", taken.party())
                .param("district", taken.district())
                .param("laboratory", sample.laboratory())
                .param("day", sample.day())
                .param("takenBy", takenBy)
                .param("takenByName", sample.takenBy())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<TakenSample> findSample(UUID id) {
        return db.sql(SAMPLES + " where s.id = :id")
                .param("id", id)
                .query(JdbcLabBook::sample)
                .optional();
    }

    @Override
    public Optional<TakenSample> findSample(String number) {
        return db.sql(SAMPLES + " where s.number = :number")
                .param("number", number)
                .query(JdbcLabBook::sample)
                .optional();
    }

    @Override
    public List<Queued> queue(@Nullable UUID laboratory, @Nullable UUID party, int atMost) {
        List<TakenSample> samples =
                db.sql(QUEUE)
                        .param("laboratory", laboratory)
                        .param("party", party)
                        .param("atMost", atMost)
                        .query(JdbcLabBook::sample)
                        .list();
        UUID[] ids = samples.stream().map(s -> s.sample().id()).toArray(UUID[]::new);
        Map<UUID, WrittenReport> latest = new HashMap<>();
        for (WrittenReport each :
                reports(
                        db.sql(REPORTS + " where r.sample = any(:samples) order by r.version")
                                .param("samples", ids))) {
            latest.put(each.report().sample(), each);
        }
        return samples.stream().map(s -> new Queued(s, latest.get(s.sample().id()))).toList();
    }

    @Override
    public long waiting(UUID laboratory) {
        return db.sql(WAITING).param("laboratory", laboratory).query(Long.class).single();
    }

    @Override
    public void add(WrittenReport written) {
        Report report = written.report();
        db.sql(ADD_REPORT)
                .param("id", report.id())
                .param("number", report.number())
                .param("version", report.version())
                .param("replaces", report.replaces())
                .param("reason", written.reason())
                .param("sample", report.sample())
                .param("lot", report.lot())
                .param("laboratory", report.laboratory())
                .param("sampled", report.sampled())
                .param("day", report.day())
                .param("edition", report.judgement().edition())
                .param("outcome", report.judgement().outcome().name())
                .param("enteredBy", written.enteredBy())
                .param("enteredByName", written.enteredByName())
                .param("enteredAt", written.enteredAt().atOffset(ZoneOffset.UTC))
                .update();
        int position = 0;
        for (Line line : report.judgement().lines()) {
            db.sql(ADD_LINE)
                    .param("report", report.id())
                    .param("position", position++)
                    .param("substance", line.substance())
                    .param("kind", line.value().kind().name())
                    .param("figure", line.value().figure())
                    .param("unit", line.value().unit())
                    .param("limit", line.limit())
                    .param("limitUnit", line.unit())
                    .param("edition", line.edition())
                    .param("outcome", line.outcome().name())
                    .param("reason", line.reason())
                    .update();
        }
    }

    @Override
    public void lock(UUID sample) {
        db.sql(LOCK).param("sample", sample.toString()).query((row, index) -> index).list();
    }

    @Override
    public void release(UUID report, UUID by, String byName, Instant at) {
        db.sql(RELEASE)
                .param("id", report)
                .param("by", by)
                .param("byName", byName)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<WrittenReport> find(UUID id) {
        return reports(db.sql(REPORTS + " where r.id = :id").param("id", id)).stream().findFirst();
    }

    @Override
    public List<WrittenReport> versions(String number) {
        return reports(
                db.sql(REPORTS + " where r.number = :number order by r.version desc")
                        .param("number", number));
    }

    @Override
    public List<Report> standing(Collection<UUID> lots) {
        return reports(
                        db.sql(REPORTS + STANDING + " and r.lot = any(:lots)" + NEWEST_FIRST)
                                .param("lots", lots.toArray(UUID[]::new)))
                .stream()
                .map(WrittenReport::report)
                .toList();
    }

    @Override
    public List<Report> standing() {
        return reports(db.sql(REPORTS + STANDING + NEWEST_FIRST)).stream()
                .map(WrittenReport::report)
                .toList();
    }

    @Override
    public boolean rejudge(
            UUID report, String edition, LocalDate day, Outcome outcome, String text, Instant at) {
        return db.sql(REJUDGE)
                        .param("report", report)
                        .param("edition", edition)
                        .param("day", day)
                        .param("outcome", outcome.name())
                        .param("text", text)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public List<Rejudged> rejudgements(UUID report) {
        return db.sql(REJUDGED)
                .param("report", report)
                .query(
                        (row, _) ->
                                new Rejudged(
                                        row.getString("edition"),
                                        row.getObject("day", LocalDate.class),
                                        Outcome.valueOf(row.getString("outcome")),
                                        row.getString("text")))
                .list();
    }

    /** The reports of a query with their lines, in two queries however many there are. */
    private List<WrittenReport> reports(JdbcClient.StatementSpec query) {
        List<WrittenReport> bare = query.query(JdbcLabBook::report).list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<UUID, List<Line>> lines = new HashMap<>();
        db.sql(LINES)
                .param("reports", bare.stream().map(w -> w.report().id()).toArray(UUID[]::new))
                .query(
                        row -> {
                            lines.computeIfAbsent(
                                            row.getObject("report", UUID.class),
                                            _ -> new ArrayList<>())
                                    .add(line(row));
                        });
        return bare.stream()
                .map(w -> with(w, lines.getOrDefault(w.report().id(), List.of())))
                .toList();
    }

    private static WrittenReport with(WrittenReport w, List<Line> lines) {
        Report r = w.report();
        return new WrittenReport(
                new Report(
                        r.id(),
                        r.number(),
                        r.version(),
                        r.replaces(),
                        r.sample(),
                        r.lot(),
                        r.laboratory(),
                        r.sampled(),
                        r.day(),
                        r.released(),
                        new Judgement(
                                r.judgement().outcome(),
                                r.judgement().edition(),
                                r.sampled(),
                                List.copyOf(lines))),
                w.reason(),
                w.enteredBy(),
                w.enteredByName(),
                w.enteredAt(),
                w.releasedBy(),
                w.releasedByName(),
                w.releasedAt(),
                w.superseded());
    }

    private static TakenSample sample(ResultSet row, int index) throws SQLException {
        return new TakenSample(
                new Sample(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        row.getObject("lot", UUID.class),
                        row.getObject("laboratory", UUID.class),
                        row.getObject("day", LocalDate.class),
                        row.getString("taken_by_name"),
                        row.getBoolean("reported")),
                row.getString("lot_number"),
                row.getString("category"),
                row.getObject("party", UUID.class),
                row.getString("district"));
    }

    private static WrittenReport report(ResultSet row, int index) throws SQLException {
        LocalDate sampled = row.getObject("sampled", LocalDate.class);
        Instant released = instant(row, "released_at");
        Instant entered = instant(row, "entered_at");
        if (entered == null) {
            throw new SQLException("a report without the time of its entry");
        }
        return new WrittenReport(
                new Report(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        row.getInt("version"),
                        row.getObject("replaces", UUID.class),
                        row.getObject("sample", UUID.class),
                        row.getObject("lot", UUID.class),
                        row.getObject("laboratory", UUID.class),
                        sampled,
                        row.getObject("day", LocalDate.class),
                        released != null,
                        new Judgement(
                                Outcome.valueOf(row.getString("outcome")),
                                row.getString("edition"),
                                sampled,
                                List.of())),
                row.getString("reason"),
                row.getObject("entered_by", UUID.class),
                row.getString("entered_by_name"),
                entered,
                row.getObject("released_by", UUID.class),
                row.getString("released_by_name"),
                released,
                row.getBoolean("superseded"));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("substance"),
                new Value(
                        row.getString("substance"),
                        Value.Kind.valueOf(row.getString("kind")),
                        row.getBigDecimal("figure"),
                        row.getString("unit")),
                row.getBigDecimal("limit_value"),
                row.getString("limit_unit"),
                row.getString("edition"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
