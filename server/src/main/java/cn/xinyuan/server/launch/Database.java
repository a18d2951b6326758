package cn.xinyuan.server.launch;

import cn.xinyuan.postgres.FolderLock;
import cn.xinyuan.postgres.Postgres;
import cn.xinyuan.postgres.PostgresFailed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * The database of this run: our own server on the data folder, or the one that the environment
 * names with {@code XINYUAN_DB_URL}, {@code XINYUAN_DB_USER} and {@code XINYUAN_DB_PASSWORD}.
 *
 * @param named whether the environment names it; then it may hold more than this data folder knows
 * @param end what is to be let go or stopped at the end
 */
record Database(String url, String user, String password, boolean named, Runnable end)
        implements AutoCloseable {

    private static final int OLDEST = 15;

    private static final String EMPTY =
            """
            do $$ declare name text; begin
                for name in select nspname from pg_namespace
                             where nspname not like 'pg\\_%' and nspname <> 'information_schema' loop
                    execute format('drop schema %I cascade', name);
                end loop;
                create schema public;
            end $$
            """;

    private static final String USED =
            "select exists (select 1 from pg_namespace where nspname = 'access')";

    /**
     * @throws cn.xinyuan.postgres.FolderInUse when another program works on the folder
     * @throws PostgresFailed with a sentence for the operator
     */
    static Database open(Path data, Map<String, String> environment) {
        return namedBy(environment)
                .map(named -> named.with(FolderLock.take(data)))
                .orElseGet(() -> of(Postgres.start(data)));
    }

    /** For a look at the data: through the running server if there is one. */
    static Database openBeside(Path data, Map<String, String> environment) {
        Optional<Database> named = namedBy(environment);
        if (named.isPresent()) {
            return named.get();
        }
        return Postgres.runningOn(data)
                .map(
                        live ->
                                new Database(
                                        live.url(), live.user(), live.password(), false, () -> {}))
                .orElseGet(() -> of(Postgres.start(data)));
    }

    @Override
    public void close() {
        end.run();
    }

    /** The version of the server, after looking that we can work with it. */
    String version() {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            var facts = connection.getMetaData();
            if (facts.getDatabaseMajorVersion() < OLDEST) {
                throw new PostgresFailed(
                        "The PostgreSQL server at %s is version %s; Xinyuan needs %d or newer."
                                .formatted(url, facts.getDatabaseProductVersion(), OLDEST));
            }
            return facts.getDatabaseProductVersion();
        } catch (SQLException failed) {
            throw new PostgresFailed(
                    "The PostgreSQL server at %s cannot be used: %s"
                            .formatted(url, failed.getMessage()),
                    failed);
        }
    }

    /** Whether a Xinyuan has worked on it before. */
    boolean isUsed() {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement();
                var answer = statement.executeQuery(USED)) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException failed) {
            throw new PostgresFailed(
                    "The PostgreSQL server at %s cannot be used: %s"
                            .formatted(url, failed.getMessage()),
                    failed);
        }
    }

    /**
     * Throws everything away: only for a demo season that was cut off while it was played, and only
     * in the database of the data folder itself.
     */
    void empty() {
        if (named) {
            throw new IllegalStateException("a named database is never emptied");
        }
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute(EMPTY);
        } catch (SQLException failed) {
            throw new PostgresFailed(
                    "The unfinished demo season could not be removed: " + failed.getMessage(),
                    failed);
        }
    }

    private static Database of(Postgres server) {
        Postgres.Address at = server.address();
        return new Database(at.url(), at.user(), at.password(), false, server::close);
    }

    private Database with(FolderLock lock) {
        return new Database(url, user, password, named, lock::close);
    }

    private static Optional<Database> namedBy(Map<String, String> environment) {
        String url = environment.getOrDefault("XINYUAN_DB_URL", "").strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Database named =
                new Database(
                        url.startsWith("jdbc:") ? url : "jdbc:" + url,
                        environment.getOrDefault("XINYUAN_DB_USER", ""),
                        environment.getOrDefault("XINYUAN_DB_PASSWORD", ""),
                        true,
                        () -> {});
        if (!named.url().startsWith("jdbc:postgresql:")) {
            throw new PostgresFailed(
                    "XINYUAN_DB_URL must name a PostgreSQL server (jdbc:postgresql://host:5432/name), not "
                            + url
                            + ".");
        }
        named.version();
        return Optional.of(named);
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
