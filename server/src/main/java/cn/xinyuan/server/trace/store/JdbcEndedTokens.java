package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.EndedTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@NullMarked
@Repository
class JdbcEndedTokens implements EndedTokens {

    private static final String END =
            """
            insert into trace.page_token_ended (digest, until) values (:digest, :until)
            on conflict do nothing
            """;

    private final JdbcClient jdbc;

    JdbcEndedTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void end(String digest, Instant until, Instant now) {
        jdbc.sql("delete from trace.page_token_ended where until < :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(END)
                .param("digest", digest)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public boolean isEnded(String digest) {
        return jdbc.sql(
                        "select exists (select 1 from trace.page_token_ended"
                                + " where digest = :digest)")
                .param("digest", digest)
                .query(Boolean.class)
                .single();
    }
}
