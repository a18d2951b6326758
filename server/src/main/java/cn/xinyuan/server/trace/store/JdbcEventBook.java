package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.EventBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcEventBook implements EventBook {

    private static final String WRITE =
            """
            insert into trace.event (id, event_id, hash, command, event_time, record_time, day, party,
                                     is_foreign, balanced, warnings, body)
            values (:id, :eventId, :hash, :command, :eventTime, :recordTime, :day, :party,
                    :foreign, :balanced, to_jsonb(:warnings::text[]), :body::jsonb)
            """;

    static final String SELECT =
            """
            select e.*, e.body::text as json,
                   array(select jsonb_array_elements_text(e.warnings)) as warned,
                   array(select lot from trace.event_lot where event = e.id order by lot) as lots
              from trace.event e
            """;

    private static final String TOUCHING =
            SELECT
                    + """
                      where e.id in (select event from trace.event_lot where lot = any (:lots))
                      order by e.event_time, e.seq
                      """;

    private final JdbcClient db;

    JdbcEventBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void write(Written event) {
        db.sql(WRITE)
                .param("id", event.id())
                .param("eventId", event.eventId())
                .param("hash", event.hash())
                .param("command", event.command())
                .param("eventTime", event.eventTime().atOffset(ZoneOffset.UTC))
                .param("recordTime", event.recordTime().atOffset(ZoneOffset.UTC))
                .param("day", event.day())
                .param("party", event.party())
                .param("foreign", event.foreign())
                .param("balanced", event.balanced())
                .param("warnings", event.warnings().toArray(String[]::new))
                .param("body", event.json())
                .update();
    }

    @Override
    public Optional<Written> find(String eventId) {
        return db.sql(SELECT + "where e.event_id = :id and e.command <> 'reverse'")
                .param("id", eventId)
                .query(JdbcEventBook::event)
                .optional();
    }

    @Override
    public Optional<Written> findByHash(String hash) {
        return db.sql(SELECT + "where e.hash = :hash order by e.seq limit 1")
                .param("hash", hash)
                .query(JdbcEventBook::event)
                .optional();
    }

    @Override
    public List<Written> touching(Collection<UUID> lots) {
        return db.sql(TOUCHING)
                .param("lots", lots.toArray(UUID[]::new))
                .query(JdbcEventBook::event)
                .list();
    }

    static Written event(ResultSet row, int n) throws SQLException {
        return new Written(
                row.getObject("id", UUID.class),
                row.getString("event_id"),
                row.getString("hash"),
                row.getString("command"),
                row.getObject("event_time", OffsetDateTime.class).toInstant(),
                row.getObject("record_time", OffsetDateTime.class).toInstant(),
                row.getObject("day", LocalDate.class),
                row.getObject("party", UUID.class),
                row.getBoolean("is_foreign"),
                row.getBoolean("balanced"),
                List.of((String[]) row.getArray("warned").getArray()),
                row.getString("json"),
                List.of((UUID[]) row.getArray("lots").getArray()));
    }
}
