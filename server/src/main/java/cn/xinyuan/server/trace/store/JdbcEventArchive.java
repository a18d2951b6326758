package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.CapturedEvents.Sight;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EventArchive;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The events of the schema of trace, as the query interface asks for them. */
@NullMarked
@Repository
class JdbcEventArchive implements EventArchive {

    private static final String STORED =
            """
            select e.key, e.own, e.event_id, e.hash, e.record_time, e.body, e.context, e.unbalanced
              from trace.epcis_event e
            """;

    private static final String SEEN =
            """
             (cast(:party as uuid) is null or e.party = :party or exists (
                 select 1 from trace.captured_for f
                  where f.event = e.captured and f.party = :party))
            """;

    private final JdbcClient jdbc;

    JdbcEventArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Stored> query(EventQuery query, Sight sight) {
        StringBuilder sql = new StringBuilder(STORED).append(" where e.key > :after and ");
        sql.append(SEEN);
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("after", query.after());
        params.put("party", sight.party());
        params.put("most", query.atMost());
        any(sql, params, "e.type", "types", query.types());
        any(sql, params, "e.biz_step", "steps", query.bizSteps());
        any(sql, params, "e.action", "actions", query.actions());
        any(sql, params, "e.event_id", "eventIds", query.eventIds());
        if (query.from() != null) {
            sql.append(" and e.event_time >= :from");
            params.put("from", at(query.from()));
        }
        if (query.before() != null) {
            sql.append(" and e.event_time < :before");
            params.put("before", at(query.before()));
        }
        named(sql, params, "things", query.things(), false);
        named(sql, params, "classes", query.classes(), true);
        sql.append(" order by e.key limit :most");
        return jdbc.sql(sql.toString()).params(params).query(JdbcEventArchive::stored).list();
    }

    private static void any(
            StringBuilder sql,
            Map<String, @Nullable Object> params,
            String column,
            String name,
            List<String> wanted) {
        if (!wanted.isEmpty()) {
            sql.append(" and ").append(column).append(" = any(:").append(name).append(')');
            params.put(name, wanted.toArray(String[]::new));
        }
    }

    private static void named(
            StringBuilder sql,
            Map<String, @Nullable Object> params,
            String name,
            List<String> wanted,
            boolean classes) {
        if (!wanted.isEmpty()) {
            String in = " = any(:" + name + "))";
            sql.append(
                            " and (exists (select 1 from trace.captured_name n where n.event ="
                                    + " e.captured and n.class = ")
                    .append(classes)
                    .append(" and n.name")
                    .append(in);
            if (classes) {
                sql.append(
                                " or exists (select 1 from trace.event_lot t join trace.lot l on"
                                        + " l.id = t.lot where t.event = e.own and l.epc_class")
                        .append(in);
            }
            sql.append(')');
            params.put(name, wanted.toArray(String[]::new));
        }
    }

    @Override
    public Optional<Stored> find(String eventIdOrHash, Sight sight) {
        String sql =
                STORED
                        + " where (e.event_id = :id or e.hash = :id or e.hash = :hex) and "
                        + SEEN
                        + " order by e.key limit 1";
        return jdbc.sql(sql)
                .param("id", eventIdOrHash)
                .param("hex", "ni:///sha-256;" + eventIdOrHash + "?ver=CBV2.0")
                .param("party", sight.party())
                .query(JdbcEventArchive::stored)
                .optional();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("key"),
                row.getObject("own") != null,
                row.getString("event_id"),
                row.getString("hash"),
                row.getObject("record_time", OffsetDateTime.class).toInstant(),
                row.getString("body"),
                row.getString("context"),
                row.getBoolean("unbalanced"));
    }
}
