package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large EPCIS documents are received, the program is killed in the middle, and goes on. */
class CaptureStory {

    private static final int EVENTS = 60_000;

    @TempDir Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_capture_that_was_killed_in_the_middle_is_kept_whole_after_the_next_start()
            throws Exception {
        String all = killedInTheMiddle("a", "rollback");
        String some = killedInTheMiddle("p", "proceed");
        try (Program program = Program.ready("demo", data, "--port", "0")) {
            for (String job : new String[] {all, some}) {
                String done = finished(program, job);
                // an event that had been kept before would have been met again as a repeated one
                assertThat(done)
                        .contains("\"success\":true")
                        .contains("\"captured\":" + EVENTS)
                        .contains("\"repeated\":0");
            }
        }
    }

    private String killedInTheMiddle(String name, String behaviour) throws Exception {
        Program program = Program.ready("demo", data, "--port", "0");
        HttpResponse<String> accepted =
                http.send(
                        request(program, "/epcis/capture")
                                .header("Content-Type", "application/json")
                                .header("GS1-Capture-Error-Behaviour", behaviour)
                                .POST(BodyPublishers.ofString(document(name)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String job = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(get(program, job)).contains("\"running\":true");
        Thread.sleep(Duration.ofSeconds(2));
        assertThat(get(program, job)).contains("\"running\":true");
        program.killEverything();
        return job;
    }

    private String finished(Program program, String job) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            String now = get(program, job);
            if (now.contains("\"running\":false")) {
                return now;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never finished: " + get(program, job));
    }

    private String get(Program program, String path) throws Exception {
        return http.send(request(program, path).build(), BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(Program program, String path) {
        String key = program.line("key CLERK ").orElseThrow().split(" ")[2];
        return HttpRequest.newBuilder(URI.create(program.address() + path))
                .header("Authorization", "Bearer " + key);
    }

    private static String document(String name) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            events.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"type":"ObjectEvent","eventID":"urn:example:%s:%d",
                             "eventTime":"2025-06-11T08:00:00+08:00",
                             "eventTimeZoneOffset":"+08:00","action":"ADD",
                             "bizStep":"commissioning","quantityList":[{"epcClass":
                             "https://id.gs1.org/01/09521234000013/10/%s-%d",
                             "quantity":1,"uom":"KGM"}]}"""
                                    .formatted(name, i, name, i));
        }
        return """
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2025-06-11T08:00:00Z",
         "epcisBody":{"eventList":[%s]}}"""
                .formatted(events);
    }
}
