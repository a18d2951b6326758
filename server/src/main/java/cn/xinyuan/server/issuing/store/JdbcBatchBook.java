package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Voided;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBatchBook implements BatchBook {

    private static final String TAKE =
            """
            update issuing.code_key set taken = taken + :codes
             where version = :version and taken + :codes <= 2147483648
            returning taken - :codes
            """;

    private static final String NEXT_NUMBER = "select nextval('issuing.batch_number')";

    private static final String ADD =
            """
            insert into issuing.batch
                   (number, party, product, licence, season, codes, used, ordered_by, ordered_at,
                    key_version, first_index)
            values (:number, :party, :product, :licence, :season, :codes, :used, :by, :at,
                    :version, :first)
            """;

    private static final String BATCH =
            """
            select number, party, product, licence, season, codes, used, ordered_at
              from issuing.batch
            """;

    private static final String FIND = BATCH + " where number = :number";

    private static final String LOCK = FIND + " for update";

    private static final String OF_PARTY =
            BATCH + " where party = :party order by ordered_at desc, number desc";

    private static final String ADD_ACTIVATION =
            """
            insert into issuing.activation (id, batch, first, codes, lot, by, at)
            values (:id, :batch, :first, :codes, :lot, :by, :at)
            """;

    private static final String USE =
            "update issuing.batch set used = used + :codes where number = :batch";

    private static final String ACTIVATIONS =
            """
            select id, batch, first, codes, lot, by, at
              from issuing.activation where batch = :batch order by first
            """;

    private static final String ACTIVATED_OF =
            """
            select a.batch, a.first, a.codes
              from issuing.activation a join issuing.batch b on b.number = a.batch
             where b.season = :season order by a.batch, a.first
            """;

    private static final String SEASONS =
            """
            select distinct b.season
              from issuing.activation a join issuing.batch b on b.number = a.batch
             order by b.season desc
            """;

    private static final String ADD_VOIDING =
            """
            insert into issuing.voiding (id, batch, first, codes, reason, by, at)
            values (:id, :batch, :first, :codes, :reason, :by, :at)
            """;

    private static final String VOIDINGS =
            """
            select id, batch, first, codes, reason, by, at
              from issuing.voiding where batch = :batch order by first
            """;

    private final JdbcClient db;

    JdbcBatchBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public OptionalLong take(int keyVersion, long count) {
        return db.sql(TAKE)
                .param("version", keyVersion)
                .param("codes", count)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public long nextNumber() {
        return db.sql(NEXT_NUMBER).query(Long.class).single();
    }

    @Override
    public void add(Batch batch, int keyVersion, long first, UUID by) {
        db.sql(ADD)
                .param("number", batch.number())
                .param("party", batch.party())
                .param("product", batch.product())
                .param("licence", batch.licence())
                .param("season", batch.season())
                .param("codes", batch.count())
                .param("used", batch.used())
                .param("by", by)
                .param("at", utc(batch.at()))
                .param("version", keyVersion)
                .param("first", first)
                .update();
    }

    @Override
    public Optional<Batch> find(long number) {
        return db.sql(FIND).param("number", number).query((row, n) -> batch(row)).optional();
    }

    @Override
    public Optional<Batch> lock(long number) {
        return db.sql(LOCK).param("number", number).query((row, n) -> batch(row)).optional();
    }

    @Override
    public List<Batch> of(UUID party) {
        return db.sql(OF_PARTY).param("party", party).query((row, n) -> batch(row)).list();
    }

    @Override
    public void add(Activated activated) {
        db.sql(ADD_ACTIVATION)
                .param("id", activated.id())
                .param("batch", activated.range().batch())
                .param("first", activated.range().from())
                .param("codes", activated.range().count())
                .param("lot", activated.lot())
                .param("by", activated.by())
                .param("at", utc(activated.at()))
                .update();
        db.sql(USE)
                .param("codes", activated.range().count())
                .param("batch", activated.range().batch())
                .update();
    }

    @Override
    public List<Activated> activated(long batch) {
        return db.sql(ACTIVATIONS)
                .param("batch", batch)
                .query(
                        (row, n) ->
                                new Activated(
                                        row.getObject("id", UUID.class),
                                        range(row),
                                        row.getObject("lot", UUID.class),
                                        row.getObject("by", UUID.class),
                                        instant(row, "at")))
                .list();
    }

    @Override
    public List<CodeRange> activatedOf(int season) {
        return db.sql(ACTIVATED_OF).param("season", season).query((row, n) -> range(row)).list();
    }

    @Override
    public List<Integer> seasons() {
        return db.sql(SEASONS).query(Integer.class).list();
    }

    @Override
    public void add(Voided voided) {
        db.sql(ADD_VOIDING)
                .param("id", voided.id())
                .param("batch", voided.range().batch())
                .param("first", voided.range().from())
                .param("codes", voided.range().count())
                .param("reason", voided.reason())
                .param("by", voided.by())
                .param("at", utc(voided.at()))
                .update();
    }

    @Override
    public List<Voided> voided(long batch) {
        return db.sql(VOIDINGS)
                .param("batch", batch)
                .query(
                        (row, n) ->
                                new Voided(
                                        row.getObject("id", UUID.class),
                                        range(row),
                                        row.getString("reason"),
                                        row.getObject("by", UUID.class),
                                        instant(row, "at")))
                .list();
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong("number"),
                row.getObject("party", UUID.class),
                row.getObject("product", UUID.class),
                row.getObject("licence", UUID.class),
                row.getInt("season"),
                row.getLong("codes"),
                row.getLong("used"),
                instant(row, "ordered_at"));
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
