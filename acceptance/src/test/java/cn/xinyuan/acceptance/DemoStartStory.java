package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.postgres.Postgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo season is cut off, goes on after a stop, and plays on somebody else's database. */
class DemoStartStory {

    @TempDir Path data;

    @Test
    void a_season_cut_off_by_kill_is_played_anew_and_a_finished_one_goes_on() throws Exception {
        Program cutOff = Program.started("demo", data, "--port", "0");
        cutOff.waitForLine("season 4/8");
        cutOff.killEverything();

        List<String> told;
        try (Program anew = Program.ready("demo", data, "--port", "0")) {
            assertThat(anew.line("season 上次播放中断")).isPresent();
            told = lasting(anew);
            assertThat(told).hasSizeGreaterThan(30);
            assertBalanced(Map.of());
            anew.killProgram();
        }
        try (Program again = Program.ready("demo", data, "--port", "0")) {
            assertThat(again.line("season ")).isEmpty();
            assertThat(lasting(again)).isEqualTo(told);
            Program.Ended printed = Program.run("demo", "--print", "--data", data.toString());
            assertThat(printed.text().lines().map(DemoStartStory::withoutHost)).containsAll(told);
        }
        assertBalanced(Map.of());
    }

    @Test
    void a_named_database_is_used_and_never_overwritten(
            @TempDir Path elsewhere, @TempDir Path other) throws Exception {
        try (Postgres server = Postgres.start(elsewhere)) {
            Postgres.Address at = server.address();
            try (var connection = DriverManager.getConnection(at.url(), at.user(), at.password());
                    var statement = connection.createStatement()) {
                statement.execute("create database season");
            }
            Map<String, String> named =
                    Map.of(
                            "XINYUAN_DB_URL", at.url().replaceAll("/[^/]*$", "/season"),
                            "XINYUAN_DB_USER", at.user(),
                            "XINYUAN_DB_PASSWORD", at.password());
            try (Program demo = Program.ready(named, "demo", data, "--port", "0")) {
                assertThat(data.resolve("postgres")).doesNotExist();
                assertBalanced(named);
                Program.Ended second =
                        Program.run(named, "serve", "--data", data.toString(), "--port", "0");
                assertThat(second.code()).isEqualTo(2);
                assertThat(second.text()).contains("is already using the data folder");
                assertThat(demo.interrupt()).isTrue();
            }
            Program.Ended stranger =
                    Program.run(named, "demo", "--data", other.toString(), "--port", "0");
            assertThat(stranger.code()).isEqualTo(2);
            assertThat(stranger.text()).contains("play the demo on an empty database");
            assertBalanced(named);
        }
    }

    /** What a stop must not change: everything but the port and the progress. */
    private static List<String> lasting(Program program) {
        return program.lines().stream()
                .filter(line -> line.matches("(login|key|scan|lot) .*"))
                .map(DemoStartStory::withoutHost)
                .toList();
    }

    private static String withoutHost(String line) {
        return line.replaceAll("http://localhost:[0-9]+", "");
    }

    private void assertBalanced(Map<String, String> environment) throws Exception {
        Program.Ended verified = Program.run(environment, "verify", "--data", data.toString());
        assertThat(verified.text()).matches("verified [1-9][0-9]+ events [1-9][0-9]+ lots\n");
        assertThat(verified.code()).isZero();
    }
}
