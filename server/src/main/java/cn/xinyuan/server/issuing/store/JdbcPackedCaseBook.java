package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Cases.Content;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.issuing.domain.CaseBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPackedCaseBook implements CaseBook {

    private static final String NEXT = "select nextval('issuing.sscc_reference')";

    private static final String ADD =
            """
            insert into issuing.logistic_unit (sscc, kind, party, by, by_name, at)
            values (:sscc, :kind, :party, :by, :name, :at)
            """;

    private static final String ADD_CONTENT =
            """
            insert into issuing.case_content (sscc, batch, first, codes, lot)
            values (:sscc, :batch, :first, :codes, :lot)
            """;

    private static final String PUT_ON =
            "insert into issuing.on_pallet (pallet, item, since) values (:pallet, :item, :at)";

    private static final String TAKE_OFF =
            "update issuing.on_pallet set until = :at where item = :item and until is null";

    private static final String UNIT =
            """
            select u.sscc, u.kind, u.party, u.by_name, u.at, u.unpacked, u.because,
                   (select o.pallet from issuing.on_pallet o
                     where o.item = u.sscc and o.until is null) as pallet
              from issuing.logistic_unit u where u.sscc = :sscc
            """;

    private static final String LOCK = UNIT + " for update of u";

    /** What is in a case now, or was in it when it was emptied; of a pallet what is on it now. */
    private static final String CONTENTS =
            """
            select c.batch, c.first, c.codes, c.lot,
                   coalesce((select sum(least(v.first + v.codes, c.first + c.codes)
                                        - greatest(v.first, c.first))
                               from issuing.voiding v
                              where v.batch = c.batch and v.first < c.first + c.codes
                                and c.first < v.first + v.codes), 0) as voided
              from issuing.case_content c
             where c.sscc = :sscc
                or c.out_at is null and c.sscc in
                   (select o.item from issuing.on_pallet o
                     where o.pallet = :sscc and o.until is null)
             order by c.batch, c.first
            """;

    private static final String CASES_ON =
            "select item from issuing.on_pallet where pallet = :sscc and until is null order by item";

    private static final String OF =
            """
            select u.sscc, u.kind, u.at, u.unpacked is not null as unpacked,
                   (select o.pallet from issuing.on_pallet o
                     where o.item = u.sscc and o.until is null) as pallet,
                   (select count(*) from issuing.on_pallet o
                     where o.pallet = u.sscc and o.until is null) as cases,
                   (select coalesce(sum(c.codes), 0) from issuing.case_content c
                     where c.sscc = u.sscc
                        or c.out_at is null and c.sscc in
                           (select o.item from issuing.on_pallet o
                             where o.pallet = u.sscc and o.until is null)) as boxes
              from issuing.logistic_unit u
             where u.party = :party order by u.at desc, u.sscc desc limit :most
            """;

    private static final String HOLDING =
            """
            select sscc from issuing.case_content
             where out_at is null
               and int8range(batch * 4294967296 + first, batch * 4294967296 + first + codes)
                   && int8range(:from, :end)
             limit 1
            """;

    private static final String EMPTY_CASE =
            "update issuing.case_content set out_at = :at where sscc = :sscc and out_at is null";

    private static final String UNPACK =
            "update issuing.logistic_unit set unpacked = :at, because = :because where sscc = :sscc";

    private final JdbcClient db;

    JdbcPackedCaseBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public long nextReference() {
        return db.sql(NEXT).query(Long.class).single();
    }

    @Override
    public void add(LogisticUnit unit, UUID by) {
        db.sql(ADD)
                .param("sscc", unit.sscc())
                .param("kind", unit.kind().name())
                .param("party", unit.party())
                .param("by", by)
                .param("name", unit.byName())
                .param("at", utc(unit.at()))
                .update();
        for (Content content : unit.kind() == Kind.CASE ? unit.contents() : List.<Content>of()) {
            db.sql(ADD_CONTENT)
                    .param("sscc", unit.sscc())
                    .param("batch", content.range().batch())
                    .param("first", content.range().from())
                    .param("codes", content.range().count())
                    .param("lot", content.lot())
                    .update();
        }
        unit.cases().forEach(item -> putOn(unit.sscc(), item, unit.at()));
    }

    @Override
    public void putOn(String pallet, String item, Instant at) {
        db.sql(PUT_ON).param("pallet", pallet).param("item", item).param("at", utc(at)).update();
    }

    @Override
    public void takeOff(String item, Instant at) {
        db.sql(TAKE_OFF).param("item", item).param("at", utc(at)).update();
    }

    @Override
    public void unpack(String sscc, String because, Instant at) {
        db.sql(EMPTY_CASE).param("sscc", sscc).param("at", utc(at)).update();
        db.sql(UNPACK).param("sscc", sscc).param("because", because).param("at", utc(at)).update();
    }

    @Override
    public Optional<LogisticUnit> find(String sscc) {
        return read(UNIT, sscc);
    }

    @Override
    public Optional<LogisticUnit> lock(String sscc) {
        return read(LOCK, sscc);
    }

    private Optional<LogisticUnit> read(String sql, String sscc) {
        return db.sql(sql)
                .param("sscc", sscc)
                .query(
                        (row, n) ->
                                new LogisticUnit(
                                        sscc,
                                        Kind.valueOf(row.getString("kind")),
                                        row.getObject("party", UUID.class),
                                        row.getString("by_name"),
                                        instant(row, "at"),
                                        row.getObject("unpacked") == null
                                                ? null
                                                : instant(row, "unpacked"),
                                        row.getString("because"),
                                        contents(sscc),
                                        row.getString("pallet"),
                                        casesOn(sscc)))
                .optional();
    }

    private List<Content> contents(String sscc) {
        return db.sql(CONTENTS)
                .param("sscc", sscc)
                .query(
                        (row, n) ->
                                new Content(
                                        new CodeRange(
                                                row.getLong("batch"),
                                                row.getLong("first"),
                                                row.getLong("codes")),
                                        row.getObject("lot", UUID.class),
                                        row.getLong("voided")))
                .list();
    }

    private List<String> casesOn(String sscc) {
        return db.sql(CASES_ON).param("sscc", sscc).query(String.class).list();
    }

    @Override
    public List<Brief> of(UUID party, int atMost) {
        return db.sql(OF)
                .param("party", party)
                .param("most", atMost)
                .query(
                        (row, n) ->
                                new Brief(
                                        row.getString("sscc"),
                                        Kind.valueOf(row.getString("kind")),
                                        row.getLong("boxes"),
                                        row.getLong("cases"),
                                        instant(row, "at"),
                                        row.getBoolean("unpacked"),
                                        pallet(row)))
                .list();
    }

    @Override
    public Optional<String> holding(CodeRange codes) {
        return db.sql(HOLDING)
                .param("from", (codes.batch() << 32) + codes.from())
                .param("end", (codes.batch() << 32) + codes.end())
                .query(String.class)
                .optional();
    }

    private static @Nullable String pallet(ResultSet row) throws SQLException {
        return row.getString("pallet");
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
