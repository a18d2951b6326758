package cn.xinyuan.server.farming.store;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.farming.domain.YieldBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcYieldBook implements YieldBook {

    private static final String AGREE =
            """
            insert into farming.agreed_yield
                   (plot, season, kg_per_mu, area_mu, kilograms, agreed_by, agreed_at, reason, account, salt)
            values (:plot, :season, :perMu, :area, :kilograms, :by, :at, :reason, :account, :salt)
            """;

    private static final String SELECT =
            """
            select plot, season, kg_per_mu, area_mu, kilograms, agreed_by, agreed_at, reason
              from farming.agreed_yield
            """;

    private static final String HISTORY =
            SELECT + " where plot = :plot and season = :season order by id desc";

    private static final String NEWEST_OF_EACH =
            """
            select distinct on (plot) plot, season, kg_per_mu, area_mu, kilograms, agreed_by,
                   agreed_at, reason
              from farming.agreed_yield
             where plot = any (:plots) and season = :season
             order by plot, id desc
            """;

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:plot, 7))";

    private final JdbcClient db;

    JdbcYieldBook(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void agree(AgreedYield agreed, UUID account, String salt) {
        db.sql(AGREE)
                .param("plot", agreed.plot())
                .param("season", agreed.season())
                .param("perMu", agreed.kgPerMu())
                .param("area", agreed.areaMu())
                .param("kilograms", agreed.kilograms())
                .param("by", agreed.by())
                .param("at", agreed.at().atOffset(ZoneOffset.UTC))
                .param("reason", agreed.reason())
                .param("account", account)
                .param("salt", salt)
                .update();
    }

    @Override
    public Optional<AgreedYield> newest(UUID plot, int season) {
        return db.sql(HISTORY + " limit 1")
                .param("plot", plot)
                .param("season", season)
                .query(JdbcYieldBook::agreed)
                .optional();
    }

    @Override
    public Map<UUID, AgreedYield> newest(Collection<UUID> plots, int season) {
        return db
                .sql(NEWEST_OF_EACH)
                .param("plots", plots.toArray(UUID[]::new))
                .param("season", season)
                .query(JdbcYieldBook::agreed)
                .list()
                .stream()
                .collect(Collectors.toMap(AgreedYield::plot, a -> a));
    }

    @Override
    public List<AgreedYield> history(UUID plot, int season) {
        return db.sql(HISTORY)
                .param("plot", plot)
                .param("season", season)
                .query(JdbcYieldBook::agreed)
                .list();
    }

    @Override
    public void lock(UUID plot) {
        db.sql(LOCK).param("plot", plot.toString()).query((row, n) -> n).list();
    }

    private static AgreedYield agreed(ResultSet row, int n) throws SQLException {
        return new AgreedYield(
                row.getObject("plot", UUID.class),
                row.getInt("season"),
                row.getBigDecimal("kg_per_mu"),
                row.getBigDecimal("area_mu"),
                row.getBigDecimal("kilograms"),
                row.getString("agreed_by"),
                row.getObject("agreed_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"));
    }
}
