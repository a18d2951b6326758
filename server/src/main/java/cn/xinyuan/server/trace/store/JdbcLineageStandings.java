package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.server.trace.domain.LineageStandings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcLineageStandings implements LineageStandings {

    private static final String STANDINGS =
            """
            select node, up_to::text as up_to, links, digest
              from trace.lineage_standing, pg_control_system()
             where cluster = system_identifier
             order by node
            """;

    private record Standing(UUID node, String upTo, long links, long digest) {}

    /** How many links, and the sum over them. */
    record Sum(long links, long digest) {}

    private final JdbcClient jdbc;
    private final DataSource database;

    JdbcLineageStandings(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    @Override
    public int compare(Consumer<Difference> differences) {
        List<Standing> standings = new ArrayList<>();
        jdbc.sql(STANDINGS)
                .query(
                        row -> {
                            standings.add(
                                    new Standing(
                                            row.getObject("node", UUID.class),
                                            row.getString("up_to"),
                                            row.getLong("links"),
                                            row.getLong("digest")));
                        });
        for (Standing standing : standings) {
            Sum said = sum(database, Snapshot.of(standing.upTo()));
            if (said.links() != standing.links() || said.digest() != standing.digest()) {
                differences.accept(
                        new Difference(
                                standing.node(),
                                said.links(),
                                said.digest(),
                                standing.links(),
                                standing.digest()));
            }
        }
        return standings.size();
    }

    /** What the database says as of a snapshot. */
    static Sum sum(DataSource database, Snapshot asOf) {
        long[] sum = new long[2];
        try (Connection connection = database.getConnection()) {
            LinkCopy.each(
                    connection,
                    asOf,
                    (sourceHigh, sourceLow, targetHigh, targetLow, fromPlot) -> {
                        sum[0]++;
                        sum[1] += Lineage.mix(sourceHigh, sourceLow, targetHigh, targetLow);
                    });
        } catch (SQLException failed) {
            throw new IllegalStateException("the genealogy could not be read", failed);
        }
        return new Sum(sum[0], sum[1]);
    }
}
