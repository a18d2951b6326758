package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.usecase.RecheckCaptured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** EPCIS events of others come in over HTTP, are kept, marked, asked for and traced. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort int port;
    @Autowired Accounts accounts;
    @Autowired JdbcClient jdbc;
    @Autowired RecheckCaptured recheck;

    private final HttpClient http = HttpClient.newHttpClient();
    private String administrator = "";
    private String clerk = "";
    private String otherClerk = "";
    private String farmer = "";

    @BeforeAll
    void people() {
        administrator = key(Role.ADMINISTRATOR, null, Set.of("44"));
        clerk = key(Role.CLERK, UUID.randomUUID(), Set.of());
        otherClerk = key(Role.CLERK, UUID.randomUUID(), Set.of());
        farmer = key(Role.FARMER, UUID.randomUUID(), Set.of());
    }

    @AfterAll
    void close() {
        http.close();
    }

    @Test
    void the_seven_foreign_files_are_kept_marked_and_traced() throws Exception {
        Path folder = fsma204();
        int unbalanced = 0;
        List<String> warnings = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                JsonNode job = job(capture(administrator, Files.readString(file)), administrator);
                assertThat(job.path("success").asBoolean())
                        .as(file.getFileName() + " " + job)
                        .isTrue();
                unbalanced += job.path("unbalanced").asInt();
                job.path("warnings").forEach(w -> warnings.add(w.path("text").asString()));
            }
        }

        assertThat(unbalanced).isGreaterThanOrEqualTo(4);
        assertThat(warnings)
                .anyMatch(w -> w.contains("ABC1234 was made before: 11339.80925 kg"))
                .anyMatch(
                        w ->
                                w.contains("22793.0165925 kg are used in all")
                                        && w.contains("only 22679.6185 kg were made"))
                .anyMatch(w -> w.contains("DEF2345 is used, but no event says where"))
                .anyMatch(w -> w.contains("ABC5678 is packed, but no event says where"))
                .anyMatch(w -> w.contains("-05:00 contradicts the event time"))
                .anyMatch(w -> w.contains("differs in its amounts; both are kept"));

        JsonNode back = trace("SALAD-20260420-A", "back");
        assertThat(numbers(back))
                .containsExactlyInAnyOrder("SALAD-20260420-A", "ABC1234", "DEF2345", "ABC1234");
        assertThat(back.path("unbalanced").asBoolean()).isTrue();
        assertThat(back.path("circular").asBoolean()).isFalse();
        JsonNode start =
                back.path("lots")
                        .valueStream()
                        .filter(l -> l.path("depth").asInt() == 2)
                        .findFirst()
                        .orElseThrow();
        assertThat(start.path("name").asString())
                .isEqualTo("https://id.gs1.org/01/00860009999923/10/ABC1234");
        assertThat(start.path("balanced").asBoolean()).isFalse();

        assertThat(numbers(trace("00860009999923.ABC1234", "forward")))
                .contains("SALAD-20260420-A", "008600099999850000");
        assertThat(numbers(trace("SWF-2026-0223", "both"))).containsExactly("SWF-2026-0223");
        assertThat(get("/api/v1/lots/ABC1234/trace", administrator).statusCode()).isEqualTo(422);
        assertThat(numbers(trace(back.path("start").asString(), "back"))).hasSize(4);
    }

    @Test
    void a_repeated_capture_changes_nothing() throws Exception {
        String document = document(event("a1", "R-1", "10", "commissioning"));
        capture(clerk, document);
        long before = count();

        JsonNode again = job(capture(clerk, document), clerk);

        assertThat(again.path("success").asBoolean()).isTrue();
        assertThat(again.path("captured").asInt()).isZero();
        assertThat(again.path("repeated").asInt()).isEqualTo(1);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void another_event_under_a_known_id_is_refused_and_nothing_of_its_document_is_kept()
            throws Exception {
        capture(clerk, document(event("b1", "R-2", "10", "commissioning")));
        long before = count();
        String both =
                document(
                        event("b2", "R-3", "5", "commissioning"),
                        event("b1", "R-2", "10", "creating_class_instance"));

        JsonNode job = job(capture(clerk, both), clerk);

        assertThat(job.path("success").asBoolean()).isFalse();
        assertThat(job.path("captured").asInt()).isZero();
        JsonNode error = job.path("errors").get(0);
        assertThat(error.path("pointer").asString()).isEqualTo("/epcisBody/eventList/1/eventID");
        assertThat(error.path("status").asInt()).isEqualTo(409);
        assertThat(count()).isEqualTo(before);

        HttpResponse<String> answer =
                post(clerk, both, "application/json", "GS1-Capture-Error-Behaviour", "proceed");
        JsonNode partly = job(answer, clerk);
        assertThat(partly.path("success").asBoolean()).isFalse();
        assertThat(partly.path("captured").asInt()).isEqualTo(1);
        assertThat(count()).isEqualTo(before + 1);
    }

    @Test
    void outputs_beyond_the_inputs_are_kept_and_marked() throws Exception {
        String change =
                """
                {"type":"TransformationEvent","eventTime":"2025-06-12T08:00:00+08:00",
                 "eventTimeZoneOffset":"+08:00",
                 "inputQuantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/T-1",
                 "quantity":100,"uom":"LBR"}],
                 "outputQuantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/T-2",
                 "quantity":45.4,"uom":"KGM"}]}
                """;

        JsonNode job = job(capture(clerk, document(change)), clerk);

        assertThat(job.path("success").asBoolean()).isTrue();
        assertThat(job.path("unbalanced").asInt()).isEqualTo(1);
        assertThat(job.path("warnings").toString())
                .contains("outputs of 45.4 kg exceed inputs of 45.359237 kg by 0.040763 kg");
    }

    @Test
    void events_are_found_by_what_the_standard_asks_page_by_page() throws Exception {
        for (int i = 0; i < 5; i++) {
            capture(clerk, document(event("q" + i, "Q-" + i, "1", "packing")));
        }
        String asked =
                "/epcis/events?EQ_bizStep=https%3A%2F%2Fref.gs1.org%2Fcbv%2FBizStep-packing"
                        + "&eventType=ObjectEvent&GE_eventTime=2025-06-11T00:00:00Z&perPage=2";
        List<String> seen = new ArrayList<>();
        String next = asked;
        while (!next.isEmpty()) {
            HttpResponse<String> page = get(next, clerk);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.headers().firstValue("GS1-EPCIS-Version")).contains("2.0.0");
            JsonNode root = JSON.readTree(page.body());
            assertThat(root.path("type").asString()).isEqualTo("EPCISQueryDocument");
            root.at("/epcisBody/queryResults/resultsBody/eventList")
                    .forEach(e -> seen.add(e.path("eventID").asString()));
            next =
                    page.headers()
                            .firstValue("Link")
                            .map(l -> l.substring(1, l.indexOf('>')))
                            .orElse("");
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();

        assertThat(get("/epcis/events/urn:uuid:q3", clerk).body()).contains("Q-3");
        assertThat(get("/epcis/events/urn:uuid:nobody", clerk).statusCode()).isEqualTo(404);
        assertThat(
                        get(
                                        "/epcis/events?MATCH_anyEPCClass=urn:epc:class:lgtin:"
                                                + "9521234.000001.Q-4",
                                        clerk)
                                .body())
                .contains("urn:uuid:q4")
                .doesNotContain("urn:uuid:q3");
        assertThat(get("/epcis/events?EQ_colour=red", clerk).statusCode()).isEqualTo(400);
        assertThat(get("/epcis/events?perPage=0", clerk).statusCode()).isEqualTo(400);
        assertThat(get("/epcis/events?nextPageToken=x", clerk).statusCode()).isEqualTo(400);
        assertThat(get("/epcis/events?GE_eventTime=yesterday", clerk).statusCode()).isEqualTo(400);
    }

    @Test
    void a_clerk_neither_sees_nor_guesses_what_another_party_handed_in() throws Exception {
        HttpResponse<String> captured =
                post(clerk, document(event("s1", "S-1", "1", "commissioning")), "application/json");
        String job = captured.headers().firstValue("Location").orElseThrow();

        assertThat(get(job, clerk).statusCode()).isEqualTo(200);
        assertThat(get(job, otherClerk).statusCode()).isEqualTo(404);
        assertThat(get("/epcis/events/urn:uuid:s1", otherClerk).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/lots/S-1/trace", otherClerk).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/lots/S-1/trace", clerk).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/lots/S-1/trace", administrator).statusCode()).isEqualTo(200);
        assertThat(get("/epcis/capture", otherClerk).body()).doesNotContain(job.substring(15));
        assertThat(post(farmer, "{}", "application/json").statusCode()).isEqualTo(403);
        assertThat(post("", "{}", "application/json").statusCode()).isEqualTo(401);
    }

    @Test
    void hostile_bodies_get_a_precise_no_and_leave_nothing() throws Exception {
        long before = count();
        assertThat(post(clerk, "{\"a\":", "application/json").body())
                .contains("epcisException:ValidationException", "not well-formed JSON");
        assertThat(post(clerk, "[".repeat(200_000), "application/json").body())
                .contains("nested deeper than 64 levels");
        assertThat(post(clerk, "", "application/json").statusCode()).isEqualTo(400);
        HttpResponse<String> wrong =
                post(
                        clerk,
                        document(event("h1", "H-1", "\"10\"", "commissioning")),
                        "application/ld+json");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(wrong.body())
                .contains("/epcisBody/eventList/0/quantityList/0/quantity", "a string instead");
        assertThat(
                        post(
                                        clerk,
                                        document(event("h2", "H-2", "1e999999", "packing")),
                                        "application/json")
                                .statusCode())
                .isEqualTo(400);
        assertThat(post(clerk, "<xml/>", "application/xml").statusCode()).isEqualTo(400);
        assertThat(post(clerk, "hello", "text/plain").statusCode()).isEqualTo(415);
        String half =
                event("h3", "H-3", "1", "packing")
                        .replace("\"action\"", "\"x:y\":\"\\ud800\",\"action\"");
        assertThat(post(clerk, document(half), "application/json").body())
                .contains("/epcisBody/eventList/0/x:y: holds the character U+D800");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            many.append(i == 0 ? "" : ",").append("\"urn:x:").append(i).append('"');
        }
        String mesh =
                """
                {"type":"TransformationEvent","eventTime":"2025-06-12T08:00:00+08:00",
                 "eventTimeZoneOffset":"+08:00","inputEPCList":[%s],"outputEPCList":[%s]}
                """
                        .formatted(many, many);
        assertThat(job(capture(clerk, document(mesh)), clerk).path("errors").get(0).toString())
                .contains("CaptureLimitExceededException");
        HttpResponse<String> broken = send(clerk, new byte[] {1, 2, 3}, "Content-Encoding", "gzip");
        assertThat(broken.statusCode()).as(broken.body()).isEqualTo(400);
        HttpResponse<String> bomb =
                send(clerk, gzip(new byte[64 << 20]), "Content-Encoding", "gzip");
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(bomb.body()).contains("200 times what was sent");
        assertThat(send(clerk, new byte[0], "Content-Encoding", "br").statusCode()).isEqualTo(415);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void a_document_of_thousands_of_events_is_captured_at_once() throws Exception {
        String[] events = new String[3_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = event("m" + i, "M-" + i, "1", "commissioning");
        }

        long begun = System.nanoTime();
        JsonNode job = job(capture(clerk, document(events)), clerk);

        assertThat(job.path("captured").asInt()).isEqualTo(events.length);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void a_large_document_is_accepted_at_once_and_worked_off_in_the_background() throws Exception {
        String[] events = new String[12_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = event("l" + i, "L-" + i, "1", "commissioning");
        }
        long before = count();

        HttpResponse<String> answer =
                send(
                        clerk,
                        gzip(document(events).getBytes(StandardCharsets.UTF_8)),
                        "Content-Encoding",
                        "gzip");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode job = finished(answer);
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
        assertThat(job.path("captured").asInt()).isEqualTo(events.length);
        assertThat(count()).isEqualTo(before + events.length);
        assertThat(
                        jdbc.sql("select count(*) from trace.capture_document")
                                .query(Long.class)
                                .single())
                .isZero();

        events[11_999] = event("l1", "L-other", "1", "storing");
        byte[] wrong = document(events).getBytes(StandardCharsets.UTF_8);
        JsonNode nothing = finished(send(clerk, wrong));
        assertThat(nothing.path("success").asBoolean()).isFalse();
        assertThat(nothing.path("captured").asInt()).isZero();
        assertThat(nothing.path("errors").get(0).path("status").asInt()).isEqualTo(409);

        events[0] = event("l-new", "L-new", "1", "commissioning");
        events[1] = "{\"type\":\"ObjectEvent\"}";
        byte[] partly = document(events).getBytes(StandardCharsets.UTF_8);
        JsonNode rest = finished(send(clerk, partly, "GS1-Capture-Error-Behaviour", "proceed"));
        assertThat(rest.path("success").asBoolean()).isFalse();
        assertThat(rest.path("captured").asInt()).isEqualTo(1);
        assertThat(rest.path("repeated").asInt()).isEqualTo(11_997);
        assertThat(rest.path("errors").size()).isGreaterThan(1);
    }

    private JsonNode finished(HttpResponse<String> accepted) throws Exception {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        for (int i = 0; i < 600; i++) {
            JsonNode job = job(accepted, clerk);
            if (!job.path("running").asBoolean()) {
                return job;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never finished");
    }

    private HttpResponse<String> send(String key, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/epcis/capture"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void of_64_captures_of_the_same_event_at_once_one_keeps_it_and_all_are_answered()
            throws Exception {
        String document = document(event("c1", "C-1", "1", "commissioning"));
        int captured = 0;
        int repeated = 0;
        for (JsonNode job : atOnce(64, i -> document)) {
            assertThat(job.path("success").asBoolean()).isTrue();
            captured += job.path("captured").asInt();
            repeated += job.path("repeated").asInt();
        }
        assertThat(captured).isEqualTo(1);
        assertThat(repeated).isEqualTo(63);
    }

    @Test
    void of_64_events_under_one_id_one_is_kept_and_the_others_hear_that_the_id_is_taken()
            throws Exception {
        int kept = 0;
        for (JsonNode job : atOnce(64, i -> document(event("c2", "C-2-" + i, "1", "storing")))) {
            if (job.path("success").asBoolean()) {
                kept++;
            } else {
                assertThat(job.path("errors").get(0).path("type").asString())
                        .isEqualTo("epcisException:ResourceAlreadyExistsException");
                assertThat(job.path("errors").get(0).path("status").asInt()).isEqualTo(409);
            }
        }
        assertThat(kept).isEqualTo(1);
        assertThat(
                        jdbc.sql(
                                        "select count(*) from trace.captured_event where event_id ="
                                                + " 'urn:uuid:c2'")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_group_that_the_database_refuses_is_tried_again_one_by_one() throws Exception {
        jdbc.sql(
                        "alter table trace.captured_event add constraint spoilt check (event_id <>"
                                + " 'urn:uuid:g13')")
                .update();
        int kept = 0;
        int failed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String document = document(event("g" + i, "G-" + i, "1", "commissioning"));
                calls.add(() -> post(clerk, document, "application/json").statusCode());
            }
            for (var done : threads.invokeAll(calls)) {
                kept += done.get() == 202 ? 1 : 0;
                failed += done.get() >= 400 ? 1 : 0;
            }
        } finally {
            jdbc.sql("alter table trace.captured_event drop constraint spoilt").update();
        }
        assertThat(kept).isEqualTo(39);
        assertThat(failed).isEqualTo(1);
    }

    private List<JsonNode> atOnce(int times, IntFunction<String> document) throws Exception {
        List<JsonNode> jobs = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<JsonNode>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                String each = document.apply(i);
                calls.add(() -> job(capture(clerk, each), clerk));
            }
            for (var done : threads.invokeAll(calls)) {
                jobs.add(done.get());
            }
        }
        return jobs;
    }

    @Test
    void a_captured_event_is_final_even_in_the_database() throws Exception {
        capture(clerk, document(event("f1", "F-1", "1", "commissioning")));

        assertThatThrownBy(() -> jdbc.sql("update trace.captured_event set body = '{}'").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
    }

    @Test
    void what_was_drawn_from_events_agrees_with_them_until_somebody_meddles() throws Exception {
        capture(clerk, document(event("v1", "V-1", "1.50", "commissioning")));
        List<Verification.Difference> found = new ArrayList<>();
        assertThat(recheck.recheck(found::add)).isPositive();
        assertThat(found).isEmpty();

        jdbc.sql("alter table trace.captured_mention disable trigger user").update();
        jdbc.sql(
                        "update trace.captured_mention set made = made + 1 where lot = (select n from trace.foreign_lot where name like '%/V-1')")
                .update();

        recheck.recheck(found::add);
        assertThat(found).singleElement().extracting("kind").isEqualTo("captured-movements");

        jdbc.sql(
                        "update trace.captured_mention set made = made - 1 where lot = (select n from trace.foreign_lot where name like '%/V-1')")
                .update();
        jdbc.sql("alter table trace.captured_mention enable trigger user").update();
    }

    @Test
    void an_error_declaration_takes_back_what_the_event_said() throws Exception {
        capture(clerk, document(event("e1", "E-1", "7", "commissioning")));
        String declared =
                event("e1", "E-1", "7", "commissioning")
                        .replace(
                                "\"action\"",
                                "\"errorDeclaration\":{\"declarationTime\":"
                                        + "\"2025-06-12T08:00:00Z\",\"reason\":"
                                        + "\"incorrect_data\"},\"action\"");

        JsonNode job = job(capture(clerk, document(declared)), clerk);

        assertThat(job.path("captured").asInt()).as(job.toString()).isEqualTo(1);
        JsonNode lot =
                JSON.readTree(get("/api/v1/lots/E-1/trace", clerk).body()).path("lots").get(0);
        assertThat(lot.path("amounts").get(0).path("made").asInt()).isZero();
    }

    @Test
    void our_own_events_are_in_the_same_repository_and_cannot_be_captured_again() throws Exception {
        UUID party = UUID.randomUUID();
        String maker = key(Role.CLERK, party, Set.of());
        String own = event("own1", "OWN-1", "5", "commissioning");
        var read =
                (Reading.Understood)
                        EpcisJson.readEvent(
                                EpcisJson.parse(own.getBytes(StandardCharsets.UTF_8)), "");
        jdbc.sql(
                        """
                        insert into trace.event (id, event_id, hash, command, event_time,
                            record_time, day, party, body)
                        values (gen_random_uuid(), 'urn:uuid:own1', :hash, 'HARVEST', now(), now(),
                            current_date, :party, cast(:body as jsonb))
                        """)
                .param("hash", EventHash.of(read.event(), Context.standard()))
                .param("party", party)
                .param("body", own)
                .update();

        assertThat(get("/epcis/events/urn:uuid:own1", maker).body()).contains("OWN-1");
        assertThat(get("/epcis/events?EQ_bizStep=commissioning", maker).body()).contains("OWN-1");
        assertThat(get("/epcis/events/urn:uuid:own1", otherClerk).statusCode()).isEqualTo(404);

        JsonNode job = job(capture(otherClerk, document(own)), otherClerk);
        assertThat(job.path("repeated").asInt()).isEqualTo(1);
        JsonNode forged = job(capture(otherClerk, document(own.replace(":5,", ":6,"))), otherClerk);
        assertThat(forged.path("success").asBoolean()).isFalse();
    }

    @Test
    void the_description_of_the_api_has_an_example_to_capture() throws Exception {
        JsonNode api = JSON.readTree(get("/v3/api-docs", administrator).body());
        String example =
                api.path("paths")
                        .path("/epcis/capture")
                        .path("post")
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .toString();
        assertThat(example).contains("EPCISDocument", "L250611-01");
    }

    @Test
    void an_endpoint_says_what_it_can() throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(uri("/epcis/capture"))
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
        assertThat(answer.headers().firstValue("GS1-EPCIS-Version")).contains("2.0.0");
        assertThat(answer.headers().firstValue("GS1-EPCIS-Capture-File-Size-Limit")).isPresent();
    }

    private static String event(String id, String lot, String quantity, String step) {
        return """
        {"type":"ObjectEvent","eventID":"urn:uuid:%s","eventTime":"2025-06-11T08:00:00+08:00",
         "eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"%s",
         "quantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/%s",
         "quantity":%s,"uom":"KGM"}]}
        """
                .formatted(id, step, lot, quantity);
    }

    private static String document(String... events) {
        return """
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2025-06-11T08:00:00Z",
         "epcisBody":{"eventList":[%s]}}
        """
                .formatted(String.join(",", events));
    }

    private HttpResponse<String> capture(String key, String document)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(key, document, "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer;
    }

    private JsonNode job(HttpResponse<String> captured, String key)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                get(captured.headers().firstValue("Location").orElseThrow(), key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode trace(String lot, String direction) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                get("/api/v1/lots/" + lot + "/trace?direction=" + direction, administrator);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> numbers(JsonNode trace) {
        return trace.path("lots").valueStream().map(l -> l.path("number").asString()).toList();
    }

    private HttpResponse<String> get(String path, String key)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + key).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String key, String body, String type, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/epcis/capture"))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private long count() {
        return jdbc.sql("select count(*) from trace.captured_event").query(Long.class).single();
    }

    private String key(Role role, @Nullable UUID party, Set<String> districts) {
        Visitor visitor =
                accounts.open(
                        new NewAccount(
                                "p" + UUID.randomUUID().toString().substring(0, 12),
                                "演示",
                                role,
                                party,
                                districts,
                                "Litchi-" + UUID.randomUUID()));
        return accounts.newKey(visitor.account(), "test");
    }

    private static Path fsma204() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/vectors/fsma204/epcis");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        assumeTrue(false, "skipped: no shared/vectors/fsma204 beside the project");
        throw new IllegalStateException();
    }
}
