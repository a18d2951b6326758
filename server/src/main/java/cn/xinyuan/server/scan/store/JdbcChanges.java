package cn.xinyuan.server.scan.store;

import cn.xinyuan.server.scan.domain.Changes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes noted by triggers: whatever commits a row of a watched table, on whichever node or by
 * hand, leaves a note in {@code scan.change} in the same transaction
 * (docs/decisions/0006-what-a-scan-shows-is-remembered.md).
 */
@Component
class JdbcChanges implements Changes {

    /** A table and its column that names what changed. */
    private record Watched(String table, String column) {}

    /** What a scan page rests on. */
    private static final List<Watched> WATCHED =
            List.of(
                    new Watched("issuing.batch", "number"),
                    new Watched("issuing.voiding", "batch"),
                    new Watched("issuing.revocation", "everything"),
                    new Watched("trace.label_range", "batch"),
                    new Watched("trace.hold", "lot"),
                    new Watched("trace.event_lot", "lot"),
                    new Watched("trace.edge", "target"),
                    new Watched("recall.reached", "lot"),
                    new Watched("recall.recall", "id"),
                    new Watched("licensing.licence", "id"),
                    new Watched("certificates.valid", "lot"),
                    new Watched("laboratory.report", "lot"),
                    new Watched("laboratory.rejudgement", "everything"),
                    new Watched("farming.record", "plot"),
                    new Watched("parties.party", "id"),
                    new Watched("catalog.product", "id"));

    /** Missing triggers on tables that exist; a room that is not there has none. */
    private static final String MISSING =
            """
            select w.name
              from unnest(cast(:tables as text[])) w (name)
             where to_regclass(w.name) is not null
               and not exists (select 1 from pg_trigger
                                where tgrelid = to_regclass(w.name)
                                  and tgname = 'scan_notes_change')
            """;

    private static final String SINCE =
            """
            select pg_current_snapshot()::text as now, c.about, c.batch
              from (select) one
              left join scan.change c
                on c.xact >= pg_snapshot_xmin(cast(:since as pg_snapshot))
               and c.xact < pg_snapshot_xmax(pg_current_snapshot())
               and not pg_visible_in_snapshot(c.xact, cast(:since as pg_snapshot))
            """;

    private final JdbcClient db;
    private final TransactionTemplate transaction;

    JdbcChanges(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void watch() {
        if (missing().isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(
                status -> {
                    db.sql("select pg_advisory_xact_lock(hashtext('scan.change'))")
                            .query((row, n) -> 0)
                            .list();
                    List<String> missing = missing();
                    WATCHED.stream()
                            .filter(w -> missing.contains(w.table()))
                            .forEach(
                                    w ->
                                            db.sql(
                                                            "create trigger scan_notes_change after"
                                                                    + " insert or update or delete on "
                                                                    + w.table()
                                                                    + " for each row execute"
                                                                    + " function scan.note_"
                                                                    + w.column()
                                                                    + "()")
                                                    .update());
                });
    }

    private List<String> missing() {
        return db.sql(MISSING)
                .param("tables", WATCHED.stream().map(Watched::table).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    @Override
    public Look since(@Nullable String moment) {
        if (moment == null) {
            String now = db.sql("select pg_current_snapshot()::text").query(String.class).single();
            return new Look(now, Set.of(), Set.of());
        }
        Set<UUID> about = new HashSet<>();
        Set<Long> batches = new HashSet<>();
        String now =
                db.sql(SINCE)
                        .param("since", moment)
                        .query(
                                (row, n) -> {
                                    UUID thing = row.getObject("about", UUID.class);
                                    if (thing != null) {
                                        about.add(thing);
                                    }
                                    long batch = row.getLong("batch");
                                    if (!row.wasNull()) {
                                        batches.add(batch);
                                    }
                                    return Objects.requireNonNull(row.getString("now"));
                                })
                        .list()
                        .getFirst();
        return new Look(now, about, batches);
    }

    @Override
    public void forget(Instant before) {
        db.sql("delete from scan.change where at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}
