package cn.xinyuan.server;

import cn.xinyuan.postgres.Postgres;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A real PostgreSQL for tests: one server per test run, a fresh and empty database for every Spring
 * context. Use it with {@code @Import(TestDatabase.class)}; outside Spring call {@link
 * #freshDatabase()}.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabase {

    @Bean(destroyMethod = "close")
    DataSource dataSource() {
        return freshDatabase();
    }

    /** A new database of its own; the caller closes it. */
    public static HikariDataSource freshDatabase() {
        Postgres.Address address = OneServer.RUNNING.address();
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection =
                        DriverManager.getConnection(
                                address.url(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException("no database for the test", failed);
        }
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(address.urlOf(name));
        source.setUsername(address.user());
        source.setPassword(address.password());
        source.setMaximumPoolSize(20);
        source.setMinimumIdle(1);
        return source;
    }

    /** Started by the first test that asks, stopped when the test run ends. */
    private static final class OneServer {
        static final Postgres RUNNING = start();

        private static Postgres start() {
            Path folder = Path.of("target", "test-database");
            // the databases are thrown away, so the disk need not be waited for
            Postgres server =
                    Postgres.start(
                            folder,
                            Map.of(
                                    "fsync",
                                    "off",
                                    "full_page_writes",
                                    "off",
                                    "max_connections",
                                    "300"));
            dropLeftovers(server.address());
            // only after the contexts are closed: their last queries would wait for it in vain
            SpringApplication.getShutdownHandlers().add(server::close);
            return server;
        }

        private static void dropLeftovers(Postgres.Address address) {
            try (Connection connection =
                            DriverManager.getConnection(
                                    address.url(), address.user(), address.password());
                    Statement statement = connection.createStatement();
                    Statement drop = connection.createStatement();
                    var names =
                            statement.executeQuery(
                                    "select datname from pg_database where datname like 'test\\_%'")) {
                while (names.next()) {
                    drop.execute("drop database " + names.getString(1) + " with (force)");
                }
            } catch (SQLException failed) {
                throw new IllegalStateException("old test databases could not be dropped", failed);
            }
        }
    }
}
