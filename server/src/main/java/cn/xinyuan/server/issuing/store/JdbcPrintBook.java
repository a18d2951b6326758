package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.domain.Release;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPrintBook implements PrintBook {

    private static final String ADD =
            """
            insert into issuing.printing
                   (id, batch, first, codes, template, format, position, right_mm, down_mm, across,
                    down, printer, reason, release, by, by_name, at)
            values (:id, :batch, :first, :codes, :template, :format, :position, :right, :downMm,
                    :across, :down, :printer, :reason, :release, :by, :name, :at)
            """;

    private static final String COLUMNS =
            """
            p.id, p.batch, p.first, p.codes, p.template, p.format, p.position, p.right_mm,
            p.down_mm, p.across, p.down, p.printer, p.reason, p.release, p.by, p.by_name, p.at
            """;

    private static final String PRINTING = "select " + COLUMNS + " from issuing.printing p";

    private static final String OF_BATCH =
            PRINTING + " where p.batch = :batch order by p.at desc, p.id";

    private static final String FIND = PRINTING + " where p.id = :id";

    private static final String LAST =
            PRINTING
                    + " join issuing.batch b on b.number = p.batch"
                    + " where b.party = :party order by p.at desc, p.id limit 1";

    private static final String NEWEST =
            "select "
                    + COLUMNS
                    + """
                      , b.number, b.party, b.product, b.licence, b.season, b.codes as ordered, b.used,
                      b.ordered_at
                      from issuing.printing p join issuing.batch b on b.number = p.batch
                     where p.reason is not null or not :reprints
                     order by p.at desc, p.id limit :most
                    """;

    private static final String FETCHED =
            """
            insert into issuing.print_fetch (printing, by, by_name, at)
            values (:printing, :by, :name, :at)
            """;

    private static final String FETCHES =
            "select count(*) from issuing.print_fetch where printing = :printing";

    private static final String RELEASE =
            """
            insert into issuing.reprint_release (id, batch, first, codes, reason, by, by_name, at)
            values (:id, :batch, :first, :codes, :reason, :by, :name, :at)
            """;

    private static final String RELEASES =
            """
            select r.id, r.batch, r.first, r.codes, r.reason, r.by, r.by_name, r.at,
                   exists (select 1 from issuing.printing p where p.release = r.id) as used
              from issuing.reprint_release r where r.batch = :batch order by r.at desc, r.id
            """;

    private final JdbcClient db;

    JdbcPrintBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void add(Printed printed) {
        PrintSetting setting = printed.setting();
        db.sql(ADD)
                .param("id", printed.id())
                .param("batch", printed.range().batch())
                .param("first", printed.range().from())
                .param("codes", printed.range().count())
                .param("template", setting.template().key())
                .param("format", setting.format().name())
                .param("position", setting.position())
                .param("right", setting.rightMm())
                .param("downMm", setting.downMm())
                .param("across", setting.scale().across())
                .param("down", setting.scale().down())
                .param("printer", setting.printer())
                .param("reason", printed.reason())
                .param("release", printed.release())
                .param("by", printed.by())
                .param("name", printed.byName())
                .param("at", utc(printed.at()))
                .update();
    }

    @Override
    public List<Printed> of(long batch) {
        return db.sql(OF_BATCH).param("batch", batch).query((row, n) -> printed(row)).list();
    }

    @Override
    public Optional<Printed> find(UUID id) {
        return db.sql(FIND).param("id", id).query((row, n) -> printed(row)).optional();
    }

    @Override
    public Optional<Printed> last(UUID party) {
        return db.sql(LAST).param("party", party).query((row, n) -> printed(row)).optional();
    }

    @Override
    public List<OfBatch> newest(boolean reprintsOnly, int atMost) {
        return db.sql(NEWEST)
                .param("reprints", reprintsOnly)
                .param("most", atMost)
                .query((row, n) -> new OfBatch(printed(row), batch(row)))
                .list();
    }

    @Override
    public void fetched(UUID printing, UUID by, String byName, Instant at) {
        db.sql(FETCHED)
                .param("printing", printing)
                .param("by", by)
                .param("name", byName)
                .param("at", utc(at))
                .update();
    }

    @Override
    public long fetches(UUID printing) {
        return db.sql(FETCHES).param("printing", printing).query(Long.class).single();
    }

    @Override
    public void add(Release release) {
        db.sql(RELEASE)
                .param("id", release.id())
                .param("batch", release.range().batch())
                .param("first", release.range().from())
                .param("codes", release.range().count())
                .param("reason", release.reason())
                .param("by", release.by())
                .param("name", release.byName())
                .param("at", utc(release.at()))
                .update();
    }

    @Override
    public List<Release> releases(long batch) {
        return db.sql(RELEASES)
                .param("batch", batch)
                .query(
                        (row, n) ->
                                new Release(
                                        row.getObject("id", UUID.class),
                                        range(row),
                                        row.getString("reason"),
                                        row.getObject("by", UUID.class),
                                        row.getString("by_name"),
                                        instant(row, "at"),
                                        row.getBoolean("used")))
                .list();
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong("number"),
                row.getObject("party", UUID.class),
                row.getObject("product", UUID.class),
                row.getObject("licence", UUID.class),
                row.getInt("season"),
                row.getLong("ordered"),
                row.getLong("used"),
                instant(row, "ordered_at"));
    }

    private static Printed printed(ResultSet row) throws SQLException {
        String key = row.getString("template");
        return new Printed(
                row.getObject("id", UUID.class),
                range(row),
                new PrintSetting(
                        LabelTemplate.read(key)
                                .orElseThrow(() -> new IllegalStateException("no template " + key)),
                        LabelFormat.valueOf(row.getString("format")),
                        row.getInt("position"),
                        row.getBigDecimal("right_mm"),
                        row.getBigDecimal("down_mm"),
                        new PrintSetting.Scale(
                                row.getBigDecimal("across"), row.getBigDecimal("down")),
                        row.getString("printer")),
                row.getString("reason"),
                row.getObject("release", UUID.class),
                row.getObject("by", UUID.class),
                row.getString("by_name"),
                instant(row, "at"));
    }

    private static CodeRange range(ResultSet row) throws SQLException {
        return new CodeRange(row.getLong("batch"), row.getLong("first"), row.getLong("codes"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
