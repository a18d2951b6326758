package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.ContainerBook;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@NullMarked
@Repository
class JdbcContainerBook implements ContainerBook {

    private static final String NOTE =
            """
            insert into trace.container_event (event, thing, at)
            select :event, t, :at from unnest(cast(:things as text[])) t
            on conflict do nothing
            """;

    private static final String TOLD =
            """
            select e.event_id, true as ours, e.party, e.event_time, e.body::text as body,
                   e.seq as place
              from trace.event e
             where e.id in (select event from trace.container_event
                             where thing = any(cast(:things as text[])))
               and e.command <> 'reverse'
               and not exists (select 1 from trace.reversal r where r.event = e.id)
            union all
            select c.event_id, false, f.party, c.event_time, c.body, c.seq
              from trace.captured_event c
              join lateral (select party from trace.captured_for f
                             where f.event = c.seq and f.party = any(cast(:parties as uuid[]))
                             order by party limit 1) f on true
             where c.seq in (select m.event from trace.captured_mention m
                               join trace.foreign_lot l on l.n = m.lot
                              where l.name = any(cast(:things as text[])))
               and not c.declares_error
               and not exists (select 1 from trace.captured_event d
                                where d.hash = c.hash and d.declares_error)
             order by event_time, ours, place
            """;

    private static final String ACTS =
            JdbcEventBook.SELECT.replace("select e.*,", "select e.*, a.told_by, a.shipment,")
                    + """
                      join trace.container_act a on a.event = e.id
                     where a.told_by = any(cast(:ids as text[]))
                       and not exists (select 1 from trace.reversal r where r.event = e.id)
                     order by e.seq
                    """;

    private static final String BESIDE =
            """
            select distinct t.lot from trace.event_lot t
             where t.event in (select event from trace.container_event
                                where thing = any(cast(:things as text[])))
            """;

    private final JdbcClient jdbc;

    JdbcContainerBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void note(UUID event, Instant at, Collection<String> things) {
        jdbc.sql(NOTE)
                .param("event", event)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("things", things.toArray(String[]::new))
                .update();
    }

    @Override
    public List<Told> told(Collection<String> things, Collection<UUID> parties) {
        return jdbc.sql(TOLD)
                .param("things", things.toArray(String[]::new))
                .param("parties", parties.stream().map(UUID::toString).toArray(String[]::new))
                .query(
                        (row, _) ->
                                new Told(
                                        row.getString("event_id"),
                                        row.getBoolean("ours"),
                                        row.getObject("party", UUID.class),
                                        row.getObject("event_time", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getString("body")))
                .list();
    }

    @Override
    public void followed(UUID act, String toldBy, UUID shipment) {
        jdbc.sql(
                        "insert into trace.container_act (event, told_by, shipment)"
                                + " values (:act, :toldBy, :shipment)")
                .param("act", act)
                .param("toldBy", toldBy)
                .param("shipment", shipment)
                .update();
    }

    @Override
    public List<Followed> acts(Collection<String> toldBy) {
        return jdbc.sql(ACTS)
                .param("ids", toldBy.toArray(String[]::new))
                .query(
                        (row, n) ->
                                new Followed(
                                        JdbcEventBook.event(row, n),
                                        row.getString("told_by"),
                                        row.getObject("shipment", UUID.class)))
                .list();
    }

    @Override
    public boolean isKnown(String thing) {
        return jdbc.sql(
                        "select exists (select 1 from trace.foreign_lot where name = :thing)"
                                + " or exists (select 1 from trace.container_event"
                                + " where thing = :thing)")
                .param("thing", thing)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Set<UUID> lotsBeside(Collection<String> things) {
        return jdbc.sql(BESIDE)
                .param("things", things.toArray(String[]::new))
                .query(UUID.class)
                .set();
    }
}
