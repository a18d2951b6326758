package cn.xinyuan.server.supervision.store;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.supervision.Alerts.Alert;
import cn.xinyuan.server.supervision.domain.AlertBook;
import cn.xinyuan.server.supervision.domain.AlertState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcAlertBook implements AlertBook {

    private static final String RAISE =
            """
            insert into supervision.alert (id, number, cause, kind, level, title, text, district, party,
                                           subject, state, person, deadline, found_at)
            select :id, '警-' || :year || '-' || to_char(nextval('supervision.number'), 'FM000000'),
                   :cause, :kind, :level, :title, :text, :district, :party,
                   :subject, 'FOUND', :person, :deadline, :at
             where not exists (select 1 from supervision.alert where cause = :cause)
                on conflict (cause) do nothing
            """;

    private static final String SELECT = "select * from supervision.alert ";

    private static final String WITHIN =
            SELECT
                    + """
                      where district like any (:prefixes::text[])
                        and (not :open or state <> 'CLOSED')
                      order by state = 'CLOSED', deadline, level = 'HIGH' desc, found_at desc
                      limit 500
                      """;

    private static final String STEPS =
            "select state, by, at, note from supervision.step where alert = :alert order by id";

    private static final String MOVE =
            """
            update supervision.alert
               set state = :to, version = version + 1,
                   person = coalesce(:person, person), deadline = coalesce(:deadline, deadline)
             where id = :id and state = :from
            """;

    private static final String WRITE_DOWN =
            """
            insert into supervision.step (alert, state, by, at, note)
            values (:alert, :state, :by, :at, :note)
            """;

    private final JdbcClient db;

    JdbcAlertBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void raise(NewAlert alert) {
        db.sql(RAISE)
                .param("id", UUID.randomUUID())
                .param("year", String.valueOf(alert.deadline().getYear()))
                .param("cause", alert.cause())
                .param("kind", alert.kind().name())
                .param("level", alert.level().name())
                .param("title", alert.title())
                .param("text", alert.text())
                .param("district", alert.district())
                .param("party", alert.party())
                .param("subject", alert.subject())
                .param("person", alert.person())
                .param("deadline", alert.deadline())
                .param("at", alert.foundAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<Alert> find(UUID id) {
        return db.sql(SELECT + "where id = :id")
                .param("id", id)
                .query(JdbcAlertBook::alert)
                .optional();
    }

    @Override
    public List<Alert> within(Set<String> districts, boolean openOnly) {
        return db.sql(WITHIN)
                .param("prefixes", districts.stream().map(d -> d + "%").toArray(String[]::new))
                .param("open", openOnly)
                .query(JdbcAlertBook::alert)
                .list();
    }

    @Override
    public List<Step> steps(UUID alert) {
        return db.sql(STEPS)
                .param("alert", alert)
                .query(
                        (row, n) ->
                                new Step(
                                        AlertState.valueOf(row.getString("state")),
                                        row.getString("by"),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        row.getString("note")))
                .list();
    }

    @Override
    public void move(
            UUID id, AlertState to, String by, Instant at, String note, @Nullable Charge charge) {
        var alert = find(id).orElseThrow(() -> new NotFound("没有这条预警"));
        var from = AlertState.valueOf(alert.state());
        int rows = 0;
        if (from.next().contains(to)) {
            rows =
                    db.sql(MOVE)
                            .param("id", id)
                            .param("from", from.name())
                            .param("to", to.name())
                            .param("person", charge == null ? null : charge.person())
                            .param("deadline", charge == null ? null : charge.deadline())
                            .update();
        }
        if (rows == 0) {
            throw new Refused(
                    "impossible-step",
                    "这条预警现在是“%s”，不能转为“%s”。可能有人先办了一步，请刷新后再看。".formatted(from.word(), to.word()));
        }
        db.sql(WRITE_DOWN)
                .param("alert", id)
                .param("state", to.name())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("note", note)
                .update();
    }

    private static Alert alert(ResultSet row, int n) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getString("kind"),
                row.getString("level"),
                row.getString("title"),
                row.getString("text"),
                row.getString("district"),
                row.getObject("party", UUID.class),
                row.getString("subject"),
                row.getString("state"),
                row.getString("person"),
                row.getObject("deadline", LocalDate.class),
                row.getObject("found_at", OffsetDateTime.class).toInstant());
    }
}
