package cn.xinyuan.server.scan.store;

import static cn.xinyuan.server.scan.store.JdbcTally.at;

import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.scan.domain.ComplaintBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcComplaintBook implements ComplaintBook {

    private static final String ADD =
            """
            insert into scan.complaint
                   (number, once, code, party, district, about, text, phone, at, state)
            values (:number, :once, :code, :party, :district, :about, :text, :phone, :at,
                    'RECEIVED')
                on conflict (once) do nothing
            """;

    private static final String FIND =
            """
            select number, code, about, text, phone, at, state, answer
              from scan.complaint where number = :number
            """;

    private static final String ALL =
            """
            select number, code, about, text, phone, at, state, answer
              from scan.complaint order by at desc limit :most
            """;

    private static final String ANSWER =
            """
            update scan.complaint
               set state = 'ANSWERED', answer = :answer, answered_by = :by, answered_at = :at
             where number = :number and state = 'RECEIVED'
            """;

    private final JdbcClient db;

    JdbcComplaintBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String add(
            String number,
            String once,
            @Nullable String code,
            @Nullable UUID party,
            @Nullable String district,
            String about,
            String text,
            @Nullable String phone,
            Instant at) {
        db.sql(ADD)
                .param("number", number)
                .param("once", once)
                .param("code", code)
                .param("party", party)
                .param("district", district)
                .param("about", about)
                .param("text", text)
                .param("phone", phone)
                .param("at", at(at))
                .update();
        return db.sql("select number from scan.complaint where once = :once")
                .param("once", once)
                .query(String.class)
                .single();
    }

    @Override
    public Optional<Scans.Complaint> find(String number) {
        return db.sql(FIND).param("number", number).query(JdbcComplaintBook::complaint).optional();
    }

    @Override
    public Optional<String> district(String number) {
        return db.sql("select district from scan.complaint where number = :number")
                .param("number", number)
                .query((row, n) -> Optional.ofNullable(row.getString("district")))
                .optional()
                .flatMap(d -> d);
    }

    @Override
    public List<Scans.Complaint> all(int atMost) {
        return db.sql(ALL).param("most", atMost).query(JdbcComplaintBook::complaint).list();
    }

    @Override
    public void answer(String number, String answer, String by, Instant at) {
        db.sql(ANSWER)
                .param("number", number)
                .param("answer", answer)
                .param("by", by)
                .param("at", at(at))
                .update();
    }

    private static Scans.Complaint complaint(ResultSet row, int n) throws SQLException {
        return new Scans.Complaint(
                row.getString("number"),
                row.getString("code"),
                row.getString("about"),
                row.getString("text"),
                row.getString("phone"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("state"),
                row.getString("answer"));
    }
}
