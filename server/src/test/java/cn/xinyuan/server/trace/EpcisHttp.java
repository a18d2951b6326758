package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the EPCIS interface: real HTTP, real PostgreSQL, parties that see only their own. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"xinyuan.epcis.webhook-hosts=127.0.0.1", "xinyuan.epcis.tick=200ms"})
@Import(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EpcisHttp {

    static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort int port;
    @Autowired Accounts accounts;
    @Autowired JdbcClient jdbc;

    final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        http.close();
    }

    static String document(String... events) {
        return """
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
          {"ex":"https://ns.example.org/epcis/"}],
         "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2025-06-11T08:00:00Z",
         "epcisBody":{"eventList":[%s]}}
        """
                .formatted(String.join(",", events));
    }

    /** An object event; {@code more} are further members, each ending in a comma. */
    static String event(String id, String time, String more) {
        return """
        {"type":"ObjectEvent","eventID":"urn:uuid:%s","eventTime":"%s",
         "eventTimeZoneOffset":"+08:00",%s"action":"OBSERVE"}
        """
                .formatted(id, time, more);
    }

    void capture(String key, String document) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/epcis/capture", key, document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode job =
                JSON.readTree(
                        get(answer.headers().firstValue("Location").orElseThrow(), key).body());
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
    }

    /** The short ids of the events that a query finds, page by page. */
    List<String> found(String path, String key, String... headers)
            throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            HttpResponse<String> page = get(next, key, headers);
            assertThat(page.statusCode()).as(next + " " + page.body()).isEqualTo(200);
            events(page).forEach(e -> seen.add(shortId(e)));
            next = next(page);
        }
        return seen;
    }

    static String shortId(JsonNode event) {
        String id = event.path("eventID").asString();
        return id.startsWith("urn:uuid:") ? id.substring(9) : id;
    }

    static Iterable<JsonNode> events(HttpResponse<String> page) {
        return JSON.readTree(page.body()).at("/epcisBody/queryResults/resultsBody/eventList");
    }

    static String next(HttpResponse<String> page) {
        return page.headers()
                .firstValue("Link")
                .map(l -> l.substring(1, l.indexOf('>')))
                .orElse("");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    HttpResponse<String> get(String path, String key, String... headers)
            throws IOException, InterruptedException {
        return send("GET", path, key, null, headers);
    }

    HttpResponse<String> post(String path, String key, String body, String... headers)
            throws IOException, InterruptedException {
        return send("POST", path, key, body, headers);
    }

    HttpResponse<String> send(
            String method, String path, String key, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            typed |= headers[i].equals("Content-Type");
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null && !typed) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    String clerk() {
        return key(Role.CLERK, UUID.randomUUID(), Set.of());
    }

    String key(Role role, @Nullable UUID party, Set<String> districts) {
        return accounts.newKey(visitor(role, party, districts).account(), "test");
    }

    Visitor visitor(Role role, @Nullable UUID party, Set<String> districts) {
        return accounts.open(
                new NewAccount(
                        "p" + UUID.randomUUID().toString().substring(0, 12),
                        "演示",
                        role,
                        party,
                        districts,
                        "Litchi-" + UUID.randomUUID()));
    }

    /** The reference documents of the standard; the test is skipped when they are not here. */
    static Path vectors() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/vectors/gs1-epcis");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        assumeTrue(false, "skipped: no shared/vectors/gs1-epcis beside the project");
        throw new IllegalStateException();
    }
}
