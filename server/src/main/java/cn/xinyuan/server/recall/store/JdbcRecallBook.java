package cn.xinyuan.server.recall.store;

import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.recall.Recalls.Holder;
import cn.xinyuan.server.recall.Recalls.Level;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.recall.domain.RecallBook;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcRecallBook implements RecallBook {

    private static final String NEXT = "select nextval('recall.number')";

    private static final String PUBLISH =
            """
            insert into recall.recall (id, number, lot, reason, level, report, party, district,
                                       published_at, published_by, kilograms, packs, codes)
            values (:id, :number, :lot, :reason, :level, :report, :party, :district,
                    :at, :by, :kilograms, :packs, :codes)
            """;

    private static final String REACH =
            "insert into recall.reached (recall, lot) select :recall, unnest(:lots::uuid[])";

    private static final String HOLDER =
            """
            insert into recall.holder (recall, party, kilograms, packs)
            values (:recall, :party, :kilograms, :packs)
            """;

    private static final String SELECT =
            """
            select r.*, array(select lot from recall.reached where recall = r.id order by lot) as lots
              from recall.recall r
            """;

    private static final String FIND = SELECT + " where r.id = :id";

    /** An open recall before a closed one, then the newest. */
    private static final String REACHING =
            SELECT
                    + """
                      where r.id in (select recall from recall.reached where lot = :lot)
                      order by r.closed_at is null desc, r.published_at desc
                      limit 1
                      """;

    private static final String ALL = SELECT + " order by r.published_at desc";

    private static final String HOLDERS =
            """
            select party, kilograms, packs, notified_at is not null as notified, recovered
              from recall.holder where recall = :recall order by kilograms desc, party
            """;

    private static final String NOTIFIED =
            """
            update recall.holder set notified_at = :at, notified_by = :by
             where recall = :recall and party = :party and notified_at is null
            """;

    private static final String TAKE_BACK =
            """
            update recall.holder set recovered = recovered + :kilograms
             where recall = :recall and party = :party and recovered + :kilograms <= kilograms
            """;

    private static final String WRITE_DOWN =
            """
            insert into recall.recovery (recall, party, kilograms, note, at, by)
            values (:recall, :party, :kilograms, :note, :at, :by)
            """;

    private static final String CLOSE =
            """
            update recall.recall set closed_at = :at, closed_by = :by, conclusion = :conclusion
             where id = :recall and closed_at is null
            """;

    private final JdbcClient db;

    JdbcRecallBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String nextNumber(int year) {
        return "召-%d-%04d".formatted(year, db.sql(NEXT).query(Long.class).single());
    }

    @Override
    public void publish(Recall recall, UUID party, String district) {
        try {
            db.sql(PUBLISH)
                    .param("id", recall.id())
                    .param("number", recall.number())
                    .param("lot", recall.lot())
                    .param("reason", recall.reason())
                    .param("level", recall.level().name())
                    .param("report", recall.report())
                    .param("party", party)
                    .param("district", district)
                    .param("at", utc(recall.publishedAt()))
                    .param("by", recall.publishedBy())
                    .param("kilograms", recall.kilograms())
                    .param("packs", recall.packs())
                    .param("codes", recall.codes())
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("already-recalled", "这个批次已有一次未结束的召回，请打开它继续处理。");
        }
        db.sql(REACH)
                .param("recall", recall.id())
                .param("lots", recall.lots().toArray(UUID[]::new))
                .update();
        for (Holder holder : recall.holders()) {
            db.sql(HOLDER)
                    .param("recall", recall.id())
                    .param("party", holder.party())
                    .param("kilograms", holder.kilograms())
                    .param("packs", holder.packs())
                    .update();
        }
    }

    @Override
    public Optional<Recall> find(UUID id) {
        return db.sql(FIND).param("id", id).query(this::recall).optional();
    }

    @Override
    public Optional<Recall> reaching(UUID lot) {
        return db.sql(REACHING).param("lot", lot).query(this::recall).optional();
    }

    @Override
    public List<Recall> all() {
        return db.sql(ALL).query(this::recall).list();
    }

    @Override
    public String district(UUID recall) {
        return db.sql("select district from recall.recall where id = :id")
                .param("id", recall)
                .query(String.class)
                .single();
    }

    @Override
    public Optional<Holder> holder(UUID recall, UUID party) {
        return holders(recall).stream().filter(h -> h.party().equals(party)).findFirst();
    }

    @Override
    public void notified(UUID recall, UUID party, String by, Instant at) {
        db.sql(NOTIFIED)
                .param("recall", recall)
                .param("party", party)
                .param("by", by)
                .param("at", utc(at))
                .update();
    }

    @Override
    public boolean recovered(
            UUID recall, UUID party, BigDecimal kilograms, String note, String by, Instant at) {
        int rows =
                db.sql(TAKE_BACK)
                        .param("recall", recall)
                        .param("party", party)
                        .param("kilograms", kilograms)
                        .update();
        if (rows == 0) {
            return false;
        }
        db.sql(WRITE_DOWN)
                .param("recall", recall)
                .param("party", party)
                .param("kilograms", kilograms)
                .param("note", note)
                .param("at", utc(at))
                .param("by", by)
                .update();
        return true;
    }

    @Override
    public void close(UUID recall, String conclusion, String by, Instant at) {
        int rows =
                db.sql(CLOSE)
                        .param("recall", recall)
                        .param("conclusion", conclusion)
                        .param("by", by)
                        .param("at", utc(at))
                        .update();
        if (rows == 0) {
            throw new Refused("already-closed", "这次召回已经结束，不能再次结束。");
        }
    }

    private List<Holder> holders(UUID recall) {
        return db.sql(HOLDERS)
                .param("recall", recall)
                .query(
                        (row, n) ->
                                new Holder(
                                        row.getObject("party", UUID.class),
                                        row.getBigDecimal("kilograms"),
                                        row.getLong("packs"),
                                        row.getBoolean("notified"),
                                        row.getBigDecimal("recovered")))
                .list();
    }

    private Recall recall(ResultSet row, int n) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Recall(
                id,
                row.getString("number"),
                row.getObject("lot", UUID.class),
                row.getString("reason"),
                Level.valueOf(row.getString("level")),
                row.getObject("report", UUID.class),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                row.getString("published_by"),
                row.getObject("closed_at") != null,
                List.of((UUID[]) row.getArray("lots").getArray()),
                row.getBigDecimal("kilograms"),
                row.getLong("packs"),
                row.getLong("codes"),
                holders(id));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
