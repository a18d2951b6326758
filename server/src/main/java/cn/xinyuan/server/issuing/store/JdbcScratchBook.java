package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.domain.ScratchBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcScratchBook implements ScratchBook {

    private static final String CHOSEN =
            """
            select chosen from issuing.scratch_choice
             where product = :product order by id desc limit 1
            """;

    private static final String CHOOSE =
            """
            insert into issuing.scratch_choice (product, chosen, by, by_name, at)
            values (:product, :chosen, :by, :name, :at)
            """;

    private static final String TOOK_AWAY =
            """
            insert into issuing.scratch_download (batch, first, codes, by, by_name, at)
            values (:batch, :first, :codes, :by, :name, :at)
            """;

    private static final String FIRST_USE =
            "select at from issuing.first_use where batch = :batch and serial = :serial";

    private static final String USE =
            """
            insert into issuing.first_use (batch, serial, at) values (:batch, :serial, :at)
            on conflict do nothing
            """;

    private static final String LOCK =
            """
            insert into issuing.scratch_tries as t (batch, serial, day, today, wrong)
            values (:batch, :serial, :day, 0, 0)
            on conflict (batch, serial) do update
               set today = case when t.day = :day then t.today else 0 end, day = :day
            returning today, wrong
            """;

    private static final String WRONG =
            """
            update issuing.scratch_tries set today = today + 1, wrong = wrong + 1
             where batch = :batch and serial = :serial and day = :day
            """;

    private final JdbcClient db;

    JdbcScratchBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public boolean isChosen(UUID product) {
        return db.sql(CHOSEN)
                .param("product", product)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    @Override
    public void choose(UUID product, boolean chosen, UUID by, String byName, Instant at) {
        db.sql(CHOOSE)
                .param("product", product)
                .param("chosen", chosen)
                .param("by", by)
                .param("name", byName)
                .param("at", utc(at))
                .update();
    }

    @Override
    public void tookAway(CodeRange codes, UUID by, String byName, Instant at) {
        db.sql(TOOK_AWAY)
                .param("batch", codes.batch())
                .param("first", codes.from())
                .param("codes", codes.count())
                .param("by", by)
                .param("name", byName)
                .param("at", utc(at))
                .update();
    }

    @Override
    public Optional<Instant> firstUse(long batch, long serial) {
        return db.sql(FIRST_USE)
                .param("batch", batch)
                .param("serial", serial)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    @Override
    public boolean use(long batch, long serial, Instant at) {
        return db.sql(USE)
                        .param("batch", batch)
                        .param("serial", serial)
                        .param("at", utc(at))
                        .update()
                == 1;
    }

    @Override
    public Tries lock(long batch, long serial, LocalDate day) {
        return db.sql(LOCK)
                .param("batch", batch)
                .param("serial", serial)
                .param("day", day)
                .query((row, n) -> new Tries(row.getInt("today"), row.getInt("wrong")))
                .single();
    }

    @Override
    public void wrong(long batch, long serial, LocalDate day) {
        db.sql(WRONG).param("batch", batch).param("serial", serial).param("day", day).update();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
