package cn.xinyuan.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir Path data;

    @Test
    void what_was_written_is_there_after_a_restart() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            run(server, "create table fruit (name text); insert into fruit values ('荔枝')");
        }
        assertThat(Postgres.runningOn(data)).isEmpty();
        try (Postgres server = Postgres.start(data)) {
            assertThat(ask(server, "select name from fruit")).isEqualTo("荔枝");
            assertThat(Postgres.runningOn(data)).contains(server.address());
        }
    }

    @Test
    void writes_reach_the_disk_and_only_this_machine_with_the_password_gets_in() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(server, "show data_checksums")).isEqualTo("on");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                                    server.address().url(),
                                                    server.address().user(),
                                                    "guessed")
                                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobody_else_can_read_the_password() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            assertThat(server.address().password()).hasSize(32);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            data.resolve("postgres/password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_second_start_on_the_same_folder_is_turned_back_and_harms_nothing() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            assertThatThrownBy(() -> Postgres.start(data))
                    .isInstanceOf(FolderInUse.class)
                    .hasMessageContaining("is already using the data folder")
                    .hasMessageContaining(data.getFileName().toString());
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_killed_backend_is_recovered_from() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            run(server, "create table fruit (name text); insert into fruit values ('荔枝')");
            ProcessHandle.of(server.pid())
                    .orElseThrow()
                    .children()
                    .forEach(ProcessHandle::destroyForcibly);
            assertThat(eventually(server, "select name from fruit")).isEqualTo("荔枝");
        }
    }

    @Test
    void a_killed_postmaster_is_started_again_on_the_same_port() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            run(server, "create table fruit (name text); insert into fruit values ('荔枝')");
            long before = server.pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            assertThat(eventually(server, "select name from fruit")).isEqualTo("荔枝");
            assertThat(server.pid()).isNotEqualTo(before);
        }
    }

    @Test
    void a_server_that_lost_its_program_is_stopped_and_its_data_found() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Lonely.class.getName(),
                                data.toString())
                        .redirectErrorStream(true)
                        .start();
        String pid = program.inputReader().readLine();
        assertThat(pid).matches("[0-9]+");
        program.destroyForcibly().waitFor();
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (Postgres server = Postgres.start(data)) {
            assertThat(server.pid()).isNotEqualTo(orphan.pid());
            assertThat(ask(server, "select name from fruit")).isEqualTo("荔枝");
        }
    }

    @Test
    void a_pid_file_that_names_a_stranger_does_not_stop_the_start() throws Exception {
        try (Postgres server = Postgres.start(data)) {
            run(server, "create table fruit (name text); insert into fruit values ('荔枝')");
        }
        Files.writeString(
                data.resolve("postgres/cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n/elsewhere\n1\n5432\n\n127.0.0.1\n1 1\nready\n");
        try (Postgres server = Postgres.start(data)) {
            assertThat(ask(server, "select name from fruit")).isEqualTo("荔枝");
        }
    }

    @Test
    void a_first_start_that_was_cut_short_is_begun_anew() throws Exception {
        Path half = Files.createDirectories(data.resolve("postgres/cluster.half/base"));
        Files.writeString(half.resolve("torn"), "x");
        try (Postgres server = Postgres.start(data)) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    /** A program that writes, tells the server's process, and waits to be killed. */
    static final class Lonely {
        public static void main(String[] args) throws Exception {
            Postgres server = Postgres.start(Path.of(args[0]));
            run(server, "create table fruit (name text); insert into fruit values ('荔枝')");
            System.out.println(server.pid());
            Thread.sleep(60_000);
        }
    }

    private static void run(Postgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Postgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String eventually(Postgres server, String sql)
            throws InterruptedException, IOException {
        SQLException last = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            Thread.sleep(200);
            try {
                return ask(server, sql);
            } catch (SQLException notYet) {
                last = notYet;
            }
        }
        throw new IOException("the server did not come back", last);
    }

    private static Connection connect(Postgres server) throws SQLException {
        Postgres.Address address = server.address();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
