package cn.xinyuan.server.farming.store;

import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import cn.xinyuan.server.farming.domain.FarmBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcFarmBook implements FarmBook {

    private static final String WRITE =
            """
            insert into farming.record (id, plot, activity, day, product, substances, dose, person, note,
                                        harvest_from, corrects, reason, written_by, written_at)
            values (:id, :plot, :activity, :day, :product, :substances, :dose, :person, :note,
                    :harvestFrom, :corrects, :reason, :by, :at)
                on conflict (corrects) do nothing
            """;

    private static final String SELECT =
            """
            select r.*, exists (select 1 from farming.record c where c.corrects = r.id) as corrected
              from farming.record r
            """;

    private static final String RECORDS =
            SELECT
                    + """
                      where r.plot = any (:plots) and r.day between :from and :until
                      order by r.day desc, r.written_at desc
                      """;

    private static final String SUBSTANCES =
            """
            select distinct unnest(r.substances) from farming.record r
             where r.plot = any (:plots) and r.day between :from and :until
               and not exists (select 1 from farming.record c where c.corrects = r.id)
             order by 1
            """;

    private static final String REFUSED =
            """
            insert into farming.refusal (plot, rule, text, by, at) values (:plot, :rule, :text, :by, :at)
            """;

    private final JdbcClient db;

    JdbcFarmBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public boolean write(FarmRecord record, Set<String> substances, UUID by) {
        return db.sql(WRITE)
                        .param("id", record.id())
                        .param("plot", record.plot())
                        .param("activity", record.activity().name())
                        .param("day", record.day())
                        .param("product", record.product())
                        .param("substances", substances.toArray(String[]::new))
                        .param("dose", record.dose())
                        .param("person", record.person())
                        .param("note", record.note())
                        .param("harvestFrom", record.harvestFrom())
                        .param("corrects", record.corrects())
                        .param("reason", record.reason())
                        .param("by", by)
                        .param("at", record.writtenAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<FarmRecord> find(UUID record) {
        return db.sql(SELECT + " where r.id = :id")
                .param("id", record)
                .query(JdbcFarmBook::record)
                .optional();
    }

    @Override
    public List<FarmRecord> records(Collection<UUID> plots, LocalDate from, LocalDate until) {
        return db.sql(RECORDS)
                .param("plots", plots.toArray(UUID[]::new))
                .param("from", from)
                .param("until", until)
                .query(JdbcFarmBook::record)
                .list();
    }

    @Override
    public Set<String> substances(Collection<UUID> plots, LocalDate from, LocalDate until) {
        return new LinkedHashSet<>(
                db.sql(SUBSTANCES)
                        .param("plots", plots.toArray(UUID[]::new))
                        .param("from", from)
                        .param("until", until)
                        .query(String.class)
                        .list());
    }

    @Override
    public void lock(UUID plot) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:plot, 7))")
                .param("plot", plot.toString())
                .query((row, n) -> n)
                .list();
    }

    @Override
    public void refused(UUID plot, String rule, String text, UUID by, Instant at) {
        db.sql(REFUSED)
                .param("plot", plot)
                .param("rule", rule)
                .param("text", text)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static FarmRecord record(ResultSet row, int n) throws SQLException {
        return new FarmRecord(
                row.getObject("id", UUID.class),
                row.getObject("plot", UUID.class),
                Activity.valueOf(row.getString("activity")),
                row.getObject("day", LocalDate.class),
                row.getString("product"),
                row.getString("dose"),
                row.getString("person"),
                row.getString("note"),
                row.getObject("harvest_from", LocalDate.class),
                row.getObject("corrects", UUID.class),
                row.getString("reason"),
                row.getBoolean("corrected"),
                row.getObject("written_at", OffsetDateTime.class).toInstant());
    }
}
