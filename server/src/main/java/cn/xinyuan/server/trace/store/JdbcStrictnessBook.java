package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.Strictness.Profile;
import cn.xinyuan.server.trace.domain.StrictnessBook;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@NullMarked
@Repository
class JdbcStrictnessBook implements StrictnessBook {

    private static final String CHOICES =
            """
            select distinct on (account) account, profile, by, at
              from trace.strictness_choice
             order by account, seq desc
            """;

    private final JdbcClient jdbc;

    JdbcStrictnessBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<UUID, Choice> choices() {
        Map<UUID, Choice> found = new HashMap<>();
        jdbc.sql(CHOICES)
                .query(
                        row -> {
                            String profile = row.getString("profile");
                            found.put(
                                    row.getObject("account", UUID.class),
                                    new Choice(
                                            profile == null ? null : Profile.valueOf(profile),
                                            row.getObject("by", UUID.class),
                                            row.getObject("at", OffsetDateTime.class).toInstant()));
                        });
        return found;
    }

    @Override
    public void choose(UUID account, Choice choice) {
        Profile profile = choice.profile();
        jdbc.sql(
                        "insert into trace.strictness_choice (account, profile, by, at)"
                                + " values (:account, :profile, :by, :at)")
                .param("account", account)
                .param("profile", profile == null ? null : profile.name())
                .param("by", choice.by())
                .param("at", choice.at().atOffset(ZoneOffset.UTC))
                .update();
    }
}
