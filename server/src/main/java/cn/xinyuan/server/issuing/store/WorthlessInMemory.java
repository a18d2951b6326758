package cn.xinyuan.server.issuing.store;

import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.Revoked;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Voidings by batch and serial, and the few revocations there are. The numbers of {@code
 * issuing.news} become visible in their order, so that what is new is what has a higher number than
 * what was read; that is asked four times a second, and on this node after every act.
 */
@Component
class WorthlessInMemory implements WorthlessCodes, SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(WorthlessInMemory.class);

    private static final String NUMBER = "select number from issuing.news";

    private static final String VOIDED =
            "select batch, first, codes, reason from issuing.voiding where news > :known";

    private static final String REVOKED =
            """
            select id, key_version, first_index, codes, batch, reason, by, by_name, at
              from issuing.revocation where news > :known
            """;

    private static final String ADD =
            """
            insert into issuing.revocation
                   (id, key_version, first_index, codes, batch, reason, by, by_name, at, news)
            values (:id, :version, :first, :codes, :batch, :reason, :by, :name, :at, 0)
            """;

    private final JdbcClient db;

    /** By batch, then by first serial; ranges do not overlap. Replaced, never changed. */
    private final Map<Long, TreeMap<Long, Run>> voided = new ConcurrentHashMap<>();

    private volatile List<Revoked> revoked = List.of();
    private volatile long known = -1;

    private record Run(long end, String reason) {}

    WorthlessInMemory(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterSingletonsInstantiated() {
        refresh();
    }

    @Override
    public Optional<String> why(IssuedRange range, long serial) {
        for (Revoked each : revoked) {
            if (each.holds(range.keyVersion(), range.first() + serial)) {
                return Optional.of(each.reason());
            }
        }
        TreeMap<Long, Run> runs = voided.get(range.batch());
        if (runs == null) {
            return Optional.empty();
        }
        var before = runs.floorEntry(serial);
        return before == null || serial >= before.getValue().end()
                ? Optional.empty()
                : Optional.of(before.getValue().reason());
    }

    @Override
    public List<Revoked> revoked(IssuedRange range, long from, long count) {
        return revoked.stream()
                .filter(r -> r.overlaps(range.keyVersion(), range.first() + from, count))
                .toList();
    }

    @Override
    public List<Revoked> revoked() {
        return revoked;
    }

    @Override
    public void add(Revoked act) {
        db.sql(ADD)
                .param("id", act.id())
                .param("version", act.keyVersion())
                .param("first", act.first())
                .param("codes", act.count())
                .param("batch", act.batch())
                .param("reason", act.reason())
                .param("by", act.by())
                .param("name", act.byName())
                .param("at", act.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void refreshAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            refresh();
                        }
                    });
        } else {
            refresh();
        }
    }

    /**
     * Another node may have voided or revoked codes. What is known stays true without a database.
     */
    @Scheduled(fixedDelay = 250)
    void follow() {
        try {
            refresh();
        } catch (DataAccessException away) {
            LOG.debug("the database is away: {}", away.getMessage());
        }
    }

    private synchronized void refresh() {
        long number = db.sql(NUMBER).query(Long.class).single();
        if (number <= known) {
            return;
        }
        db.sql(VOIDED)
                .param("known", known)
                .query(
                        row -> {
                            long batch = row.getLong("batch");
                            long first = row.getLong("first");
                            var runs = new TreeMap<>(voided.getOrDefault(batch, new TreeMap<>()));
                            runs.put(
                                    first,
                                    new Run(first + row.getLong("codes"), row.getString("reason")));
                            voided.put(batch, runs);
                        });
        var all = new ArrayList<>(revoked);
        db.sql(REVOKED)
                .param("known", known)
                .query(
                        row -> {
                            Revoked one =
                                    new Revoked(
                                            row.getObject("id", UUID.class),
                                            row.getInt("key_version"),
                                            row.getLong("first_index"),
                                            row.getLong("codes"),
                                            row.getObject("batch", Long.class),
                                            row.getString("reason"),
                                            row.getObject("by", UUID.class),
                                            row.getString("by_name"),
                                            row.getObject("at", OffsetDateTime.class).toInstant());
                            // what came in since the number was read comes again next time
                            if (all.stream().noneMatch(r -> r.id().equals(one.id()))) {
                                all.add(one);
                            }
                        });
        all.sort(Comparator.comparing(Revoked::at).reversed());
        revoked = List.copyOf(all);
        known = number;
    }
}
