package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.Refusals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcRefusals implements Refusals {

    private static final String WRITE_DOWN =
            """
            insert into trace.refusal (party, district, rule, text, subject, at)
            values (:party, :district, :rule, :text, :subject, :at)
            """;

    private final JdbcClient db;

    JdbcRefusals(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void writeDown(
            @Nullable UUID party,
            String district,
            String rule,
            String text,
            String subject,
            Instant at) {
        db.sql(WRITE_DOWN)
                .param("party", party)
                .param("district", district)
                .param("rule", rule)
                .param("text", text)
                .param("subject", subject)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
