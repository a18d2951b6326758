package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty installation is started, stopped, killed and started again. */
class StartAndStopStory {

    @TempDir Path data;

    @Test
    void an_empty_installation_offers_the_first_administrator_a_link_and_stops_cleanly()
            throws Exception {
        Program program = Program.ready("serve", data, "--port", "0");
        assertThat(health(program)).contains("\"status\":\"UP\"");
        String link = program.line("setup ").orElseThrow().substring("setup ".length());
        assertThat(link).startsWith(program.address() + "/setup?token=");
        assertThat(get(link).statusCode()).isEqualTo(200);

        var database = program.databaseProcesses();
        assertThat(database).isNotEmpty();
        assertThat(program.interrupt()).isTrue();
        assertThat(program.databaseProcesses()).isEmpty();
    }

    @Test
    void after_everything_was_killed_the_next_start_recovers_by_itself() throws Exception {
        Program first = Program.ready("serve", data, "--port", "0");
        first.killEverything();
        Program second = Program.ready("serve", data, "--port", "0");
        second.killProgram();
        try (Program third = Program.ready("serve", data, "--port", "0")) {
            assertThat(health(third)).contains("\"status\":\"UP\"");
        }
    }

    @Test
    void a_second_start_on_the_same_folder_says_so_and_the_first_goes_on() throws Exception {
        try (Program program = Program.ready("serve", data, "--port", "0")) {
            Program.Ended second = Program.run("serve", "--data", data.toString(), "--port", "0");
            assertThat(second.code()).isEqualTo(2);
            assertThat(second.text())
                    .contains("is already using the data folder " + data.toRealPath());
            assertThat(health(program)).contains("\"status\":\"UP\"");
        }
    }

    @Test
    void an_empty_installation_verifies_running_and_stopped() throws Exception {
        try (Program program = Program.ready("serve", data, "--port", "0")) {
            Program.Ended running = Program.run("verify", "--data", data.toString());
            assertThat(running.text()).isEqualTo("verified 0 events 0 lots\n");
            assertThat(running.code()).isZero();
            assertThat(health(program)).contains("\"status\":\"UP\"");
        }
        Program.Ended stopped = Program.run("verify", "--data", data.toString());
        assertThat(stopped.text()).isEqualTo("verified 0 events 0 lots\n");
        assertThat(stopped.code()).isZero();
    }

    @Test
    void a_port_that_is_taken_is_said_in_one_sentence(@TempDir Path other) throws Exception {
        try (Program program = Program.ready("serve", data, "--port", "0")) {
            String port = program.address().replaceAll(".*:", "");
            Program.Ended second = Program.run("serve", "--data", other.toString(), "--port", port);
            assertThat(second.code()).isEqualTo(2);
            assertThat(second.text())
                    .isEqualTo(
                            "Port %s is already used by another program; choose another one with --port.\n"
                                    .formatted(port));
        }
    }

    @Test
    void words_that_are_not_understood_are_answered_with_exit_code_2() throws Exception {
        assertThat(Program.run("serve", "--prot", "1").code()).isEqualTo(2);
        assertThat(Program.run("serve", "--port", "many").code()).isEqualTo(2);
        assertThat(Program.run("dance").code()).isEqualTo(2);
        assertThat(Program.run("check", "stars").code()).isEqualTo(2);
        Program.Ended check = Program.run("check", "codes", "x");
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.text()).contains("--key KEY", "season file");
        assertThat(Program.run("demo", "--print", "--data", data.toString()).code()).isEqualTo(2);
    }

    @Test
    void the_doctor_finds_this_machine_well() throws Exception {
        Program.Ended doctor = Program.run("doctor", "--data", data.toString(), "--port", "0");
        assertThat(doctor.text())
                .contains("jdk", "database", "disk", "port", "fonts", "clock")
                .doesNotContain("missing");
        assertThat(doctor.code()).isZero();
    }

    private static String health(Program program) throws Exception {
        return get(program.address() + "/actuator/health").body();
    }

    private static HttpResponse<String> get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        }
    }
}
