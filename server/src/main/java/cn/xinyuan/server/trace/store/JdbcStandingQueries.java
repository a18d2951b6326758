package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.StandingQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Named queries and subscriptions in the schema of trace. */
@NullMarked
@Repository
class JdbcStandingQueries implements StandingQueries {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String ADD =
            """
            insert into trace.named_query (id, owner, account, name, definition, created_at)
            values (:id, :owner, :account, :name, :definition, :created)
            on conflict (owner, name) do nothing
            """;

    private static final String ALL =
            """
            select * from trace.named_query where owner = :owner and made > :after
             order by made limit :most
            """;

    private static final String SUBSCRIBE =
            """
            insert into trace.subscription (id, query, account, dest, secret, stream, schedule,
                report_if_empty, epc_format, initial_time, min_record_time, position, batch,
                created_at, next_at)
            values (:id, :query, :account, :dest, :secret, :stream, :schedule, :empty, :format,
                :initial, :min, :position, :batch, :created, :next)
            """;

    private static final String SUBSCRIPTIONS =
            """
            select * from trace.subscription where query = :query
             order by created_at, id limit :most offset :skip
            """;

    private static final String CLAIM =
            """
            update trace.subscription s set claimed_until = :until
             where s.id in (
                select d.id from trace.subscription d
                 where d.next_at <= :now and (d.claimed_until is null or d.claimed_until <= :now)
                   and (not d.stream or d.position < :newest)
                 order by d.next_at limit :most for update skip locked)
            returning s.*
            """;

    private static final String HEARD =
            """
            update trace.subscription
               set position = greatest(position, :position), min_record_time = :min, failures = 0,
                   last_failure = null, last_notified_at = coalesce(:notified, last_notified_at)
             where id = :id
            """;

    private static final String RELEASE =
            """
            update trace.subscription set claimed_until = null, next_at = :next, batch = :batch
             where id = :id
            """;

    private static final String FAILED =
            """
            update trace.subscription
               set claimed_until = null, next_at = :next, failures = failures + 1,
                   last_failure = :why, batch = :batch
             where id = :id
            """;

    private final JdbcClient jdbc;

    JdbcStandingQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Named query) {
        return jdbc.sql(ADD)
                        .param("id", query.id())
                        .param("owner", query.owner())
                        .param("account", query.account())
                        .param("name", query.name())
                        .param("definition", query.definition())
                        .param("created", at(query.createdAt()))
                        .update()
                == 1;
    }

    @Override
    public Optional<Named> find(UUID owner, String name) {
        return jdbc.sql("select * from trace.named_query where owner = :owner and name = :name")
                .param("owner", owner)
                .param("name", name)
                .query(JdbcStandingQueries::named)
                .optional();
    }

    @Override
    public Optional<Named> find(UUID id) {
        return jdbc.sql("select * from trace.named_query where id = :id")
                .param("id", id)
                .query(JdbcStandingQueries::named)
                .optional();
    }

    @Override
    public List<Named> all(UUID owner, long after, int atMost) {
        return jdbc.sql(ALL)
                .param("owner", owner)
                .param("after", after)
                .param("most", atMost)
                .query(JdbcStandingQueries::named)
                .list();
    }

    @Override
    public long countOf(UUID owner) {
        return jdbc.sql("select count(*) from trace.named_query where owner = :owner")
                .param("owner", owner)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean remove(UUID owner, String name) {
        return jdbc.sql("delete from trace.named_query where owner = :owner and name = :name")
                        .param("owner", owner)
                        .param("name", name)
                        .update()
                > 0;
    }

    @Override
    public void add(Subscription s) {
        jdbc.sql(SUBSCRIBE)
                .param("id", s.id())
                .param("query", s.query())
                .param("account", s.account())
                .param("dest", s.dest())
                .param("secret", s.secret())
                .param("stream", s.stream())
                .param("schedule", JSON.writeValueAsString(s.schedule()))
                .param("empty", s.reportIfEmpty())
                .param("format", s.epcFormat())
                .param("initial", at(s.initialTime()))
                .param("min", at(s.minRecordTime()))
                .param("position", s.position())
                .param("batch", s.batch())
                .param("created", at(s.createdAt()))
                .param("next", at(s.nextAt()))
                .update();
    }

    @Override
    public Optional<Subscription> findSubscription(UUID query, UUID id) {
        return jdbc.sql("select * from trace.subscription where query = :query and id = :id")
                .param("query", query)
                .param("id", id)
                .query(JdbcStandingQueries::subscription)
                .optional();
    }

    @Override
    public List<Subscription> subscriptions(UUID query, int skip, int atMost) {
        return jdbc.sql(SUBSCRIPTIONS)
                .param("query", query)
                .param("skip", skip)
                .param("most", atMost)
                .query(JdbcStandingQueries::subscription)
                .list();
    }

    @Override
    public boolean removeSubscription(UUID query, UUID id) {
        return jdbc.sql("delete from trace.subscription where query = :query and id = :id")
                        .param("query", query)
                        .param("id", id)
                        .update()
                > 0;
    }

    @Override
    public boolean hasSubscribers() {
        return jdbc.sql("select exists (select 1 from trace.subscription)")
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Subscription> claim(Instant now, Instant until, long newest, int atMost) {
        return jdbc.sql(CLAIM)
                .param("now", at(now))
                .param("until", at(until))
                .param("newest", newest)
                .param("most", atMost)
                .query(JdbcStandingQueries::subscription)
                .list();
    }

    @Override
    public void heard(UUID id, long position, Instant minRecordTime, @Nullable Instant notifiedAt) {
        jdbc.sql(HEARD)
                .param("id", id)
                .param("position", position)
                .param("min", at(minRecordTime))
                .param(
                        "notified",
                        notifiedAt == null ? null : at(notifiedAt),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    @Override
    public void release(UUID id, Instant next, int batch) {
        jdbc.sql(RELEASE).param("id", id).param("next", at(next)).param("batch", batch).update();
    }

    @Override
    public void failed(UUID id, Instant next, String why, int batch) {
        jdbc.sql(FAILED)
                .param("id", id)
                .param("next", at(next))
                .param("why", why)
                .param("batch", batch)
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Named named(ResultSet row, int number) throws SQLException {
        return new Named(
                row.getObject("id", UUID.class),
                row.getObject("owner", UUID.class),
                row.getObject("account", UUID.class),
                row.getString("name"),
                row.getString("definition"),
                row.getLong("made"),
                time(row, "created_at"));
    }

    private static Subscription subscription(ResultSet row, int number) throws SQLException {
        OffsetDateTime notified = row.getObject("last_notified_at", OffsetDateTime.class);
        return new Subscription(
                row.getObject("id", UUID.class),
                row.getObject("query", UUID.class),
                row.getObject("account", UUID.class),
                row.getString("dest"),
                row.getString("secret"),
                row.getBoolean("stream"),
                JSON.readValue(
                        row.getString("schedule"), new TypeReference<Map<String, String>>() {}),
                row.getBoolean("report_if_empty"),
                row.getString("epc_format"),
                time(row, "initial_time"),
                time(row, "min_record_time"),
                row.getLong("position"),
                row.getInt("batch"),
                time(row, "created_at"),
                time(row, "next_at"),
                row.getInt("failures"),
                row.getString("last_failure"),
                notified == null ? null : notified.toInstant());
    }
}
