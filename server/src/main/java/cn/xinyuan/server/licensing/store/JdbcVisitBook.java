package cn.xinyuan.server.licensing.store;

import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Clause;
import cn.xinyuan.server.licensing.Visit.Conclusion;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.licensing.domain.Checklist;
import cn.xinyuan.server.licensing.domain.VisitAct;
import cn.xinyuan.server.licensing.domain.VisitBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcVisitBook implements VisitBook {

    private static final String OPEN =
            """
            insert into licensing.visit (id, application, round, scheme, opened_at)
            select :id, :application, coalesce(max(round), 0) + 1, :scheme, :at
              from licensing.visit
             where application = :application
            having count(*) filter (where concluded_at is null) = 0
                on conflict do nothing
            """;

    private static final String CLAUSE =
            """
            insert into licensing.finding (visit, position, clause, part, wording)
            values (:visit, :position, :clause, :part, :wording)
            """;

    private static final String VISIT =
            """
            select id, application, round, scheme, opened_at, inspector, host, concluded_by, concluded_at
              from licensing.visit
            """;

    private static final String FINDINGS =
            """
            select clause, part, wording, answer, note
              from licensing.finding
             where visit = :visit
             order by position
            """;

    private static final String ANSWER =
            """
            update licensing.finding set answer = :answer, note = :note
             where visit = :visit and clause = :clause
            """;

    /** Whoever comes second waits here and then sees that it is done. */
    private static final String LOCK =
            """
            select id from licensing.visit where id = :id and concluded_at is null for update
            """;

    private static final String CONCLUDE =
            """
            update licensing.visit
               set inspector = :inspector, host = :host, concluded_by = :by, concluded_at = :at, salt = :salt
             where id = :id
            """;

    private final JdbcClient db;

    JdbcVisitBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void open(UUID id, UUID application, Checklist list, Instant at) {
        int opened =
                db.sql(OPEN)
                        .param("id", id)
                        .param("application", application)
                        .param("scheme", list.scheme())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
        if (opened == 0) {
            return;
        }
        int position = 0;
        for (Clause clause : list.clauses()) {
            db.sql(CLAUSE)
                    .param("visit", id)
                    .param("position", ++position)
                    .param("clause", clause.code())
                    .param("part", clause.group())
                    .param("wording", clause.text())
                    .update();
        }
    }

    @Override
    public Optional<Visit> find(UUID id) {
        return visits(db.sql(VISIT + "where id = :id").param("id", id)).stream().findFirst();
    }

    @Override
    public List<Visit> of(UUID application) {
        return visits(
                db.sql(VISIT + "where application = :application order by round")
                        .param("application", application));
    }

    @Override
    public boolean conclude(VisitAct act, Visit visit) {
        if (db.sql(LOCK).param("id", visit.id()).query(UUID.class).optional().isEmpty()) {
            return false;
        }
        Conclusion conclusion = act.conclusion();
        for (Finding finding : conclusion.findings()) {
            db.sql(ANSWER)
                    .param("visit", visit.id())
                    .param("clause", finding.clause())
                    .param("answer", finding.answer().name())
                    .param("note", finding.note())
                    .update();
        }
        db.sql(CONCLUDE)
                .param("id", visit.id())
                .param("inspector", conclusion.inspector())
                .param("host", conclusion.host())
                .param("by", conclusion.by())
                .param("at", conclusion.at().atOffset(ZoneOffset.UTC))
                .param("salt", act.salt())
                .update();
        return true;
    }

    private List<Visit> visits(JdbcClient.StatementSpec which) {
        return which.query(JdbcVisitBook::head).list().stream().map(this::whole).toList();
    }

    private record Head(
            UUID id,
            UUID application,
            int round,
            String scheme,
            Instant openedAt,
            @Nullable String inspector,
            @Nullable String host,
            @Nullable UUID by,
            @Nullable Instant at) {}

    private static Head head(ResultSet row, int index) throws SQLException {
        OffsetDateTime at = row.getObject("concluded_at", OffsetDateTime.class);
        return new Head(
                row.getObject("id", UUID.class),
                row.getObject("application", UUID.class),
                row.getInt("round"),
                row.getString("scheme"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getString("inspector"),
                row.getString("host"),
                row.getObject("concluded_by", UUID.class),
                at == null ? null : at.toInstant());
    }

    private Visit whole(Head head) {
        var clauses = new ArrayList<Clause>();
        var findings = new ArrayList<Finding>();
        db.sql(FINDINGS)
                .param("visit", head.id())
                .query(
                        row -> {
                            String code = row.getString("clause");
                            String answer = row.getString("answer");
                            clauses.add(
                                    new Clause(
                                            code, row.getString("part"), row.getString("wording")));
                            if (answer != null) {
                                findings.add(
                                        new Finding(
                                                code,
                                                Answer.valueOf(answer),
                                                row.getString("note")));
                            }
                        });
        return new Visit(
                head.id(),
                head.application(),
                head.round(),
                head.scheme(),
                clauses,
                head.openedAt(),
                head.inspector() == null
                                || head.host() == null
                                || head.by() == null
                                || head.at() == null
                        ? null
                        : new Conclusion(
                                findings, head.inspector(), head.host(), head.by(), head.at()));
    }
}
