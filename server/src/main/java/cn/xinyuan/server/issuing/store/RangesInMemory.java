package cn.xinyuan.server.issuing.store;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The orders, sorted by index, some 200 bytes each. Nothing of them ever changes, so that what is
 * found here is true; what is not found is asked of the database, which another node may have
 * written to. A stranger cannot cause that: only codes that were made with the key come here.
 */
@Component
class RangesInMemory implements IssuedRanges, SmartInitializingSingleton {

    private static final String RANGE =
            """
            select number, key_version, first_index, codes, party, product, licence, season
              from issuing.batch
            """;

    private static final String ALL = RANGE + " order by key_version, first_index";

    private static final String HOLDING =
            RANGE
                    + """
                     where int8range(key_version * 2147483648 + first_index,
                                     key_version * 2147483648 + first_index + codes)
                           @> cast(:at as bigint)
                    """;

    private static final String OF = RANGE + " where number = :number";

    private final JdbcClient db;
    private volatile Held held = new Held(new long[0], new IssuedRange[0], Map.of());

    /** Ranges sorted by their beginning on the axis of all key versions. */
    private record Held(long[] begins, IssuedRange[] ranges, Map<Long, IssuedRange> byBatch) {

        static Held of(List<IssuedRange> sorted) {
            var byBatch = HashMap.<Long, IssuedRange>newHashMap(sorted.size());
            sorted.forEach(range -> byBatch.put(range.batch(), range));
            return new Held(
                    sorted.stream().mapToLong(r -> axis(r.keyVersion(), r.first())).toArray(),
                    sorted.toArray(IssuedRange[]::new),
                    byBatch);
        }

        Held with(IssuedRange range) {
            if (byBatch.containsKey(range.batch())) {
                return this;
            }
            var all = Arrays.copyOf(ranges, ranges.length + 1);
            all[ranges.length] = range;
            return of(
                    Arrays.stream(all)
                            .sorted(
                                    (a, b) ->
                                            Long.compare(
                                                    axis(a.keyVersion(), a.first()),
                                                    axis(b.keyVersion(), b.first())))
                            .toList());
        }
    }

    RangesInMemory(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterSingletonsInstantiated() {
        held = Held.of(db.sql(ALL).query((row, n) -> range(row)).list());
    }

    @Override
    public Optional<IssuedRange> holding(int keyVersion, long index) {
        Held now = held;
        int at = Arrays.binarySearch(now.begins, axis(keyVersion, index));
        int place = at >= 0 ? at : -at - 2;
        if (place >= 0 && now.ranges[place].holds(keyVersion, index)) {
            return Optional.of(now.ranges[place]);
        }
        return kept(
                db.sql(HOLDING)
                        .param("at", axis(keyVersion, index))
                        .query((row, n) -> range(row))
                        .optional());
    }

    @Override
    public Optional<IssuedRange> of(long batch) {
        IssuedRange known = held.byBatch.get(batch);
        return known != null
                ? Optional.of(known)
                : kept(db.sql(OF).param("number", batch).query((row, n) -> range(row)).optional());
    }

    /** A transaction sees what it wrote itself, and may still be rolled back: not for keeping. */
    private Optional<IssuedRange> kept(Optional<IssuedRange> found) {
        if (found.isPresent() && !TransactionSynchronizationManager.isActualTransactionActive()) {
            synchronized (this) {
                held = held.with(found.get());
            }
        }
        return found;
    }

    private static long axis(int keyVersion, long index) {
        return keyVersion * CodeEngine.INDICES + index;
    }

    private static IssuedRange range(ResultSet row) throws SQLException {
        return new IssuedRange(
                row.getLong("number"),
                row.getInt("key_version"),
                row.getLong("first_index"),
                row.getLong("codes"),
                row.getObject("party", UUID.class),
                row.getObject("product", UUID.class),
                row.getObject("licence", UUID.class),
                row.getInt("season"));
    }
}
