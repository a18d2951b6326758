package cn.xinyuan.server.access.store;

import static cn.xinyuan.server.access.store.JdbcAccountBook.at;

import cn.xinyuan.server.access.domain.Devices;
import cn.xinyuan.server.access.domain.Secret;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcDevices implements Devices {

    private static final String KNOWS =
            """
            select count(*) from access.device
             where token_hash = :hash and account = :account and seen_at > :since
            """;

    private static final String REMEMBER =
            """
            insert into access.device (token_hash, account, seen_at) values (:hash, :account, :now)
                on conflict (token_hash, account) do update set seen_at = excluded.seen_at
            """;

    private static final String FORGET_OLD = "delete from access.device where seen_at <= :since";

    private final JdbcClient db;

    JdbcDevices(JdbcClient db) {
        this.db = db;
    }

    @Override
    public boolean knows(UUID account, Secret device, Instant now) {
        return db.sql(KNOWS)
                        .param("hash", device.hash())
                        .param("account", account)
                        .param("since", at(now.minus(REMEMBERED)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    @Transactional
    public void remember(UUID account, Secret device, Instant now) {
        db.sql(FORGET_OLD).param("since", at(now.minus(REMEMBERED))).update();
        db.sql(REMEMBER)
                .param("hash", device.hash())
                .param("account", account)
                .param("now", at(now))
                .update();
    }
}
