package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Queries with names, and those who are told of what is new (EPCIS 2.0, 8.2.5 and 12.8). */
class EpcisSubscriptionsTest extends EpcisHttp {

    private record Report(String path, String signature, byte[] bytes) {
        JsonNode json() {
            return JSON.readTree(bytes);
        }

        List<String> ids() {
            return json().at("/epcisBody/queryResults/resultsBody/eventList")
                    .valueStream()
                    .map(EpcisHttp::shortId)
                    .toList();
        }
    }

    private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answer = new AtomicInteger(200);
    private HttpServer receiver;

    @BeforeAll
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    int status = answer.get();
                    if (status == 200) {
                        reports.add(
                                new Report(
                                        exchange.getRequestURI().getPath(),
                                        String.valueOf(
                                                exchange.getRequestHeaders()
                                                        .getFirst("GS1-Signature")),
                                        body));
                    }
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterAll
    void hangUp() {
        receiver.stop(0);
    }

    @Test
    void a_named_query_is_made_asked_listed_and_forgotten_by_its_owner_alone() throws Exception {
        String clerk = clerk();
        send(clerk, "n-ship", "shipping");
        send(clerk, "n-pack", "packing");
        String query =
                """
                {"name":"shipped 荔枝","query":{"eventType":["ObjectEvent"],
                 "EQ_bizStep":["shipping"],"EQ_ex:lot":["n-ship"],
                 "@context":{"ex":"https://ns.example.org/epcis/"}}}
                """;
        HttpResponse<String> made = post("/epcis/queries", clerk, query);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = header(made, "Location");
        assertThat(location).startsWith("/epcis/queries/shipped%20");
        HttpResponse<String> again = post("/epcis/queries", clerk, query);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("epcisException:ResourceAlreadyExistsException");

        JsonNode one = JSON.readTree(get(location, clerk).body());
        assertThat(one.path("name").asString()).isEqualTo("shipped 荔枝");
        assertThat(one.path("query").path("EQ_bizStep").get(0).asString()).isEqualTo("shipping");
        assertThat(found(location + "/events", clerk)).containsExactly("n-ship");
        assertThat(get(location + "/events", clerk).body())
                .contains("\"queryName\":\"shipped 荔枝\"");
        post("/epcis/queries", clerk, "{\"name\":\"second\",\"query\":{}}");
        HttpResponse<String> page = get("/epcis/queries?perPage=1", clerk);
        assertThat(page.body()).contains("shipped").doesNotContain("second");
        assertThat(get(next(page), clerk).body()).contains("second").doesNotContain("shipped");

        String other = clerk();
        assertThat(get(location, other).statusCode()).isEqualTo(404);
        assertThat(get(location, other).body()).contains("epcisException:NoSuchNameException");
        assertThat(get("/epcis/queries", other).body()).isEqualTo("[]");
        assertThat(send("DELETE", location, other, null).statusCode()).isEqualTo(404);
        assertThat(post("/epcis/queries", other, query).statusCode()).isEqualTo(201);
        assertThat(found(location + "/events", other)).isEmpty();

        assertThat(send("DELETE", location, clerk, null).statusCode()).isEqualTo(204);
        assertThat(get(location, clerk).statusCode()).isEqualTo(404);
        assertThat(post("/epcis/queries", clerk, "{\"name\":\"x\",\"query\":{\"EQ_a\":1}}").body())
                .contains("epcisException:QueryValidationException");
        assertThat(post("/epcis/queries", clerk, "{\"query\":{}}").statusCode()).isEqualTo(400);
    }

    @Test
    void a_stream_tells_every_new_event_once_and_signs_it() throws Exception {
        String clerk = clerk();
        send(clerk, "s-before", "shipping");
        named(clerk, "live");
        String path = "/stream-" + clerk.hashCode();
        HttpResponse<String> made =
                post(
                        "/epcis/queries/live/subscriptions",
                        clerk,
                        "{\"dest\":\"%s\",\"signatureToken\":\"secret-1\",\"stream\":true}"
                                .formatted(dest(path)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).doesNotContain("secret-1");
        String location = header(made, "Location");
        send(clerk, "s-1", "shipping");
        send(clerk, "s-not", "packing");
        send(clerk, "s-2", "shipping");
        until(() -> told(path).size() >= 2);
        assertThat(told(path)).containsExactly("s-1", "s-2");
        Report first = reports(path).getFirst();
        assertThat(first.json().at("/epcisBody/queryResults/subscriptionID").asString())
                .isEqualTo(location.substring(location.lastIndexOf('/') + 1));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret-1".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(first.signature())
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(first.bytes())));
        assertThat(get(location, clerk).body()).contains("lastNotifiedAt", "minRecordTime");
        assertThat(get("/epcis/queries/live/subscriptions", clerk).body()).contains(path);
        assertThat(get(location, clerk()).statusCode()).isEqualTo(404);

        assertThat(send("DELETE", location, clerk, null).statusCode()).isEqualTo(204);
        assertThat(get(location, clerk).statusCode()).isEqualTo(404);
        send(clerk, "s-after", "shipping");
        Thread.sleep(800);
        assertThat(told(path)).containsExactly("s-1", "s-2");
    }

    @Test
    void who_does_not_answer_is_told_later_and_from_where_he_stopped() throws Exception {
        String clerk = clerk();
        named(clerk, "patient");
        String path = "/patient-" + clerk.hashCode();
        answer.set(503);
        HttpResponse<String> made;
        try {
            made =
                    post(
                            "/epcis/queries/patient/subscriptions",
                            clerk,
                            "{\"dest\":\"%s\",\"stream\":true}".formatted(dest(path)));
            send(clerk, "p-1", "shipping");
            String location = header(made, "Location");
            until(() -> body(location, clerk).contains("\"failures\":"));
            assertThat(body(location, clerk)).contains("answered 503", "nextAttemptAt");
            var waits =
                    jdbc.sql(
                                    "select next_at > now() + interval '3 seconds' from"
                                            + " trace.subscription where dest = :dest")
                            .param("dest", dest(path))
                            .query(Boolean.class)
                            .single();
            assertThat(waits).as("waits before the next attempt").isTrue();
        } finally {
            answer.set(200);
        }
        send(clerk, "p-2", "shipping");
        Thread.sleep(500);
        assertThat(told(path)).isEmpty();
        jdbc.sql("update trace.subscription set next_at = now() where dest = :dest")
                .param("dest", dest(path))
                .update();
        until(() -> told(path).size() >= 2);
        assertThat(told(path)).containsExactly("p-1", "p-2");
        assertThat(body(header(made, "Location"), clerk)).doesNotContain("failures");
    }

    @Test
    void a_receiver_that_finds_reports_too_large_gets_smaller_ones() throws Exception {
        String clerk = clerk();
        named(clerk, "small");
        String path = "/small-" + clerk.hashCode();
        AtomicBoolean first = new AtomicBoolean(true);
        receiver.createContext(
                path,
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    Report report = new Report(path, "", body);
                    boolean large = report.ids().size() > 1;
                    if (large) {
                        first.set(false);
                    } else {
                        reports.add(report);
                    }
                    exchange.sendResponseHeaders(large ? 413 : 204, -1);
                    exchange.close();
                });
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(
                    event(
                            "small-" + i,
                            "2025-06-11T08:00:00+08:00",
                            "\"bizStep\":\"shipping\",\"epcList\":[\"urn:x:small" + i + "\"],"));
        }
        post(
                "/epcis/queries/small/subscriptions",
                clerk,
                "{\"dest\":\"%s\",\"stream\":true}".formatted(dest(path)));
        jdbc.sql("update trace.subscription set batch = 2 where dest = :dest")
                .param("dest", dest(path))
                .update();
        capture(clerk, document(events.toArray(String[]::new)));
        until(() -> told(path).size() >= 3);
        assertThat(told(path)).containsExactly("small-0", "small-1", "small-2");
        assertThat(first).as("a report was refused as too large").isFalse();
    }

    @Test
    void a_schedule_tells_since_the_last_report_and_says_when_there_is_nothing() throws Exception {
        String clerk = clerk();
        send(clerk, "c-old", "shipping");
        named(clerk, "hourly");
        String path = "/cron-" + clerk.hashCode();
        HttpResponse<String> made =
                post(
                        "/epcis/queries/hourly/subscriptions",
                        clerk,
                        """
                        {"dest":"%s","schedule":{"second":"0/1"},"reportIfEmpty":true,
                         "initialRecordTime":"2000-01-01T00:00:00Z"}
                        """
                                .formatted(dest(path)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        until(() -> told(path).size() == 1 && reports(path).size() >= 2);
        assertThat(told(path)).containsExactly("c-old");
        send(clerk, "c-new", "shipping");
        until(() -> told(path).size() == 2);
        assertThat(told(path)).containsExactly("c-old", "c-new");
        send("DELETE", "/epcis/queries/hourly", clerk, null);
        assertThat(
                        jdbc.sql("select count(*) from trace.subscription where dest = :dest")
                                .param("dest", dest(path))
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void wishes_that_cannot_be_met_are_refused() throws Exception {
        String clerk = clerk();
        named(clerk, "strict");
        for (String dest :
                List.of(
                        "http://127.0.0.2/x",
                        "http://10.0.0.1/x",
                        "http://192.168.1.1/",
                        "http://169.254.169.254/latest",
                        "http://100.64.0.1/",
                        "http://[::1]/x",
                        "http://[::ffff:10.0.0.1]/x",
                        "http://[fd00::1]/x",
                        "http://0/x",
                        "http://2130706434/x",
                        "ftp://example.org/x",
                        "file:///etc/passwd",
                        "http://user:pass@127.0.0.1/x",
                        "nonsense")) {
            HttpResponse<String> no =
                    post(
                            "/epcis/queries/strict/subscriptions",
                            clerk,
                            "{\"dest\":\"%s\",\"stream\":true}".formatted(dest));
            assertThat(no.statusCode()).as(dest + no.body()).isEqualTo(400);
            assertThat(no.body()).contains("epcisException:ValidationException");
        }
        for (String how :
                List.of(
                        "\"reportIfEmpty\":true",
                        "\"stream\":true,\"schedule\":{\"hour\":\"1\"}",
                        "\"schedule\":{\"hour\":\"25\"}",
                        "\"schedule\":{\"fortnight\":\"1\"}",
                        "\"schedule\":{}",
                        "\"schedule\":{\"month\":\"2\",\"dayOfMonth\":\"30\"}",
                        "\"stream\":true,\"initialRecordTime\":\"yesterday\"")) {
            HttpResponse<String> no =
                    post(
                            "/epcis/queries/strict/subscriptions",
                            clerk,
                            "{\"dest\":\"%s\",%s}".formatted(dest("/x"), how));
            assertThat(no.statusCode()).as(how + no.body()).isEqualTo(400);
            assertThat(no.body()).contains("epcisException:SubscriptionControlsException");
        }
        post(
                "/epcis/queries",
                clerk,
                "{\"name\":\"sorted\",\"query\":{\"orderBy\":\"eventTime\"}}");
        assertThat(
                        post(
                                        "/epcis/queries/sorted/subscriptions",
                                        clerk,
                                        "{\"dest\":\"%s\",\"stream\":true}".formatted(dest("/x")))
                                .body())
                .contains("SubscriptionControlsException", "orderBy");
        assertThat(post("/epcis/queries/none/subscriptions", clerk, "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_web_socket_hears_of_new_events_until_the_query_is_gone() throws Exception {
        String clerk = clerk();
        send(clerk, "w-before", "shipping");
        named(clerk, "socket");
        Ear ear = new Ear();
        WebSocket socket = listen(clerk, "socket", "stream=true", ear);
        send(clerk, "w-1", "shipping");
        send(clerk, "w-not", "packing");
        send(clerk, "w-2", "shipping");
        until(() -> ear.ids().size() >= 2);
        assertThat(ear.ids()).containsExactly("w-1", "w-2");
        Ear all = new Ear();
        listen(
                clerk,
                "socket",
                "second=0/1&reportIfEmpty=true&initialRecordTime=2000-01-01T00:00:00Z",
                all);
        until(() -> all.texts.size() >= 2);
        assertThat(all.ids()).containsExactly("w-before", "w-1", "w-2");
        send("DELETE", "/epcis/queries/socket", clerk, null);
        until(ear.closed::get);
        until(all.closed::get);
        assertThat(socket.isInputClosed()).isTrue();
    }

    @Test
    void a_web_socket_is_refused_to_strangers_and_other_sites() throws Exception {
        String clerk = clerk();
        named(clerk, "shut");
        refused(404, () -> listen(clerk(), "shut", "stream=true", new Ear()));
        refused(401, () -> listen("", "shut", "stream=true", new Ear()));
        refused(400, () -> listen(clerk, "shut", "stream=true&hour=1", new Ear()));
        refused(400, () -> listen(clerk, "shut", "reportIfEmpty=true", new Ear()));
    }

    private interface Handshake {
        WebSocket shake() throws Exception;
    }

    private static void refused(int status, Handshake handshake) {
        assertThatThrownBy(handshake::shake)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        no -> assertThat(no.getResponse().statusCode()).isEqualTo(status));
    }

    private WebSocket listen(String key, String query, String how, Ear ear) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!key.isEmpty()) {
            builder.header("Authorization", "Bearer " + key);
        }
        return builder.buildAsync(
                        URI.create(
                                "ws://localhost:"
                                        + port
                                        + "/epcis/queries/"
                                        + query
                                        + "/events?"
                                        + how),
                        ear)
                .join();
    }

    private static final class Ear implements WebSocket.Listener {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.set(true);
            return null;
        }

        List<String> ids() {
            return texts.stream()
                    .flatMap(
                            t ->
                                    new Report("", "", t.getBytes(StandardCharsets.UTF_8))
                                            .ids().stream())
                    .toList();
        }
    }

    private void named(String key, String name) throws Exception {
        assertThat(
                        post(
                                        "/epcis/queries",
                                        key,
                                        "{\"name\":\"%s\",\"query\":{\"EQ_bizStep\":[\"shipping\"]}}"
                                                .formatted(name))
                                .statusCode())
                .isEqualTo(201);
    }

    private void send(String key, String id, String step) throws Exception {
        capture(
                key,
                document(
                        event(
                                id,
                                "2025-06-11T08:00:00+08:00",
                                "\"bizStep\":\"%s\",\"ex:lot\":\"%s\",\"epcList\":[\"urn:x:%s\"],"
                                        .formatted(step, id, id))));
    }

    private String dest(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private List<Report> reports(String path) {
        return reports.stream().filter(r -> r.path().equals(path)).toList();
    }

    private List<String> told(String path) {
        return reports(path).stream().flatMap(r -> r.ids().stream()).toList();
    }

    private String body(String path, String key) {
        try {
            return get(path, key).body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
