package cn.xinyuan.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole program on the demo season: what a scan shows is remembered, and is right within a
 * second of a change that another node commits, and on the very next scan after one of this node.
 * The other node is played by plain SQL on a connection of its own, which this program has no other
 * way to hear of than the database.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@Import(TestDatabase.class)
class ScanFreshnessTest {

    private static final Duration IN_TIME = Duration.ofSeconds(1);

    private static Path data = Path.of("target");

    @Autowired DataSource database;
    @Autowired JdbcClient db;
    @Autowired Codes codes;
    @Autowired Labels labels;
    @Autowired Holds holds;
    @Autowired JsonMapper json;
    @LocalServerPort int port;
    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void a_folder_of_its_own(DynamicPropertyRegistry properties) throws IOException {
        data = Files.createTempDirectory("scan-freshness");
        properties.add("xinyuan.data", () -> data.toString());
    }

    private static String code(String state) throws IOException {
        return Files.readAllLines(data.resolve("demo-lines.txt")).stream()
                .filter(l -> l.startsWith("scan " + state + " "))
                .map(l -> l.substring(l.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Another code of the same order, so that the tests do not disturb each other. */
    private String neighbour(String code, long away) {
        Issued issued = codes.read(code).orElseThrow();
        return codes.text(issued.batch(), issued.serial() + away);
    }

    private UUID lot(String code) {
        Issued issued = codes.read(code).orElseThrow();
        return labels.lotOf(issued.batch(), issued.serial()).orElseThrow();
    }

    private JsonNode scan(String code, String... headers) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/t/" + code))
                            .header("Accept", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return json.readTree(client.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String state(String code) {
        return scan(code, "Purpose", "prefetch").path("state").asString();
    }

    /** Committed by somebody of whom this program knows nothing. */
    private void elsewhere(String... sentences) throws SQLException {
        try (Connection other =
                        database.unwrap(com.zaxxer.hikari.HikariDataSource.class).getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            for (String sentence : sentences) {
                statement.execute(sentence);
            }
            other.commit();
            other.setAutoCommit(true);
        }
    }

    private void becomes(String code, String wanted) throws InterruptedException {
        long began = System.nanoTime();
        String state = state(code);
        while (!state.equals(wanted) && System.nanoTime() - began < 5_000_000_000L) {
            TimeUnit.MILLISECONDS.sleep(5);
            state = state(code);
        }
        assertThat(state).isEqualTo(wanted);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(wanted).isLessThan(IN_TIME);
    }

    @Test
    void a_stop_elsewhere_shows_within_a_second_and_goes_within_a_second() throws Exception {
        String code = neighbour(code("VALID"), 1);
        assertThat(state(code)).isEqualTo("VALID");
        elsewhere(
                "insert into trace.hold (lot, reason, by, at) values ('%s', '别处查验', '演示', now())"
                        .formatted(lot(code)));
        becomes(code, "ON_HOLD");
        elsewhere(
                "update trace.hold set released_at = now(), released_by = '演示' where reason = '别处查验'");
        becomes(code, "VALID");
    }

    @Test
    void a_stop_of_this_node_shows_on_the_very_next_scan() throws Exception {
        String code = neighbour(code("VALID"), 2);
        for (int n = 0; n < 20; n++) {
            holds.hold(lot(code), "本机查验", "演示");
            assertThat(state(code)).isEqualTo("ON_HOLD");
            holds.release(lot(code), "本机查验", "演示");
            assertThat(state(code)).isEqualTo("VALID");
        }
    }

    @Test
    void a_licence_that_is_suspended_elsewhere_shows_within_a_second() throws Exception {
        String code = neighbour(code("VALID"), 3);
        assertThat(state(code)).isEqualTo("VALID");
        UUID licence = codes.read(code).orElseThrow().licence();
        elsewhere(
                "update licensing.licence set standing = 'SUSPENDED', reason = '演示' where id = '%s'"
                        .formatted(licence));
        becomes(code, "REVOKED");
        assertThat(scan(code).path("ground").asString()).isEqualTo("LICENCE_SUSPENDED");
        elsewhere(
                "update licensing.licence set standing = 'IN_FORCE', reason = null where id = '%s'"
                        .formatted(licence));
        becomes(code, "VALID");
    }

    @Test
    void a_code_that_is_voided_elsewhere_shows_within_a_second_and_its_neighbours_stay()
            throws Exception {
        String code = neighbour(code("VALID"), 4);
        assertThat(state(code)).isEqualTo("VALID");
        Issued issued = codes.read(code).orElseThrow();
        elsewhere(
                "insert into issuing.voiding values (gen_random_uuid(), %d, %d, 1, '演示', gen_random_uuid(), now())"
                        .formatted(issued.batch(), issued.serial()));
        becomes(code, "REVOKED");
        assertThat(scan(code).path("reason").asString()).contains("作废");
        assertThat(state(neighbour(code, 1))).isEqualTo("VALID");
    }

    @Test
    void codes_that_are_activated_elsewhere_show_their_lot_within_a_second() throws Exception {
        String code = code("NOT_ACTIVATED");
        assertThat(state(code)).isEqualTo("NOT_ACTIVATED");
        Issued issued = codes.read(code).orElseThrow();
        UUID lot = lot(code("VALID"));
        elsewhere(
                """
                insert into trace.label_range (codes, batch, first, count, lot, event, at)
                select int8range(%1$d * 4294967296 + %2$d, %1$d * 4294967296 + %2$d + 1), %1$d, %2$d, 1,
                       lot, event, now()
                  from trace.label_range where lot = '%3$s' limit 1
                """
                        .formatted(issued.batch(), issued.serial(), lot));
        becomes(code, "VALID");
        assertThat(scan(code).path("lot").path("number").asString()).isNotEmpty();
    }

    @Test
    void a_recall_that_is_published_elsewhere_shows_within_a_second() throws Exception {
        // a lot of its own: recalls are for good
        String code =
                db
                        .sql(
                                """
                                select r.batch || ' ' || r.first from trace.label_range r
                                 where r.lot <> :lot
                                   and not exists (select 1 from trace.hold h
                                                    where h.lot = r.lot and h.released_at is null)
                                   and r.lot not in (select lot from recall.reached)
                                """)
                        .param("lot", lot(code("VALID")))
                        .query(String.class)
                        .list()
                        .stream()
                        .map(
                                r ->
                                        codes.text(
                                                Long.parseLong(r.split(" ")[0]),
                                                Long.parseLong(r.split(" ")[1])))
                        .filter(c -> state(c).equals("VALID"))
                        .findFirst()
                        .orElseThrow();
        elsewhere(
                """
                insert into recall.recall (id, number, lot, reason, level, party, district,
                                           published_at, published_by, kilograms, packs, codes)
                values ('00000000-0000-0000-0000-00000000cafe', 'ZH2025-9999', '%s', '演示', 'TWO',
                        gen_random_uuid(), '440981', now(), '演示', 1, 1, 1)
                """
                        .formatted(lot(code)),
                "insert into recall.reached values ('00000000-0000-0000-0000-00000000cafe', '%s')"
                        .formatted(lot(code)));
        becomes(code, "RECALLED");
        assertThat(scan(code).path("recall").path("number").asString()).isEqualTo("ZH2025-9999");
    }

    @Test
    void a_code_that_is_scanned_in_four_cities_is_suspicious_within_a_second() throws Exception {
        String code = neighbour(code("VALID"), 6);
        for (String city : List.of("440300", "110000", "510100", "210100")) {
            assertThat(
                            scan(code, "X-Demo-Region", city, "User-Agent", "phone " + city)
                                    .path("state")
                                    .asString())
                    .isEqualTo("VALID");
        }
        becomes(code, "SUSPICIOUS");
        assertThat(state(neighbour(code, 1))).isEqualTo("VALID");
    }

    @Test
    void every_scan_is_one_more_and_robots_and_previews_are_none() throws Exception {
        String code = neighbour(code("VALID"), 8);
        for (int n = 1; n <= 20; n++) {
            assertThat(scan(code).path("scans").path("count").asInt()).isEqualTo(n);
            assertThat(scan(code, "Purpose", "prefetch").path("scans").path("count").asInt())
                    .isEqualTo(n);
            assertThat(
                            scan(code, "User-Agent", "Mozilla/5.0 WeChatShareExtension/8.0")
                                    .path("scans")
                                    .path("count")
                                    .asInt())
                    .isEqualTo(n);
        }
        TimeUnit.SECONDS.sleep(1);
        Issued issued = codes.read(code).orElseThrow();
        assertThat(
                        db.sql(
                                        "select sum(scans) from scan.tally where batch = :batch and serial = :serial")
                                .param("batch", issued.batch())
                                .param("serial", issued.serial())
                                .query(Long.class)
                                .single())
                .isEqualTo(20);
    }

    @Test
    void the_page_shows_the_code_that_was_scanned_whether_compressed_or_not() throws Exception {
        for (long away = 10; away < 13; away++) {
            String code = neighbour(code("VALID"), away);
            for (String language : List.of("", "?lang=en")) {
                var request =
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://localhost:"
                                                        + port
                                                        + "/t/"
                                                        + code
                                                        + language))
                                .header("Accept", "text/html");
                byte[] plain = client.send(request.build(), BodyHandlers.ofByteArray()).body();
                byte[] squeezed =
                        client.send(
                                        request.header("Accept-Encoding", "gzip").build(),
                                        BodyHandlers.ofByteArray())
                                .body();
                assertThat(squeezed).hasSizeLessThan(14_000);
                String opened =
                        new String(
                                new java.util.zip.GZIPInputStream(
                                                new java.io.ByteArrayInputStream(squeezed))
                                        .readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8);
                String page = new String(plain, java.nio.charset.StandardCharsets.UTF_8);
                for (String each : List.of(opened, page)) {
                    assertThat(each)
                            .contains("c=" + code)
                            .contains("<span>" + code.substring(0, 4) + "</span>")
                            .contains("<span>" + code.substring(12) + "</span>")
                            .doesNotContainPattern("[\\uE000-\\uE0FF]")
                            .endsWith("</html>\n");
                }
            }
        }
    }

    /** Sent as it stands, as no decent client would. */
    private String raw(String path, String accept) throws IOException {
        try (var socket = new java.net.Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nAccept: "
                                            + accept
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new String(
                    socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "/t/%",
                "/t/%zz",
                "/t/%E4%BD",
                "/t/%FF%FE",
                "/t/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/t/'%20or%201=1--",
                "/t/1;drop%20table%20scan.code",
                "/t/..%2f..%2fetc%2fpasswd",
                "/t/a%00b",
                "/t/%5c%5c",
                "/t/AAAA%0d%0aSet-Cookie:x",
                "/t/%2525",
                "/t/7K3M",
                "/t/7K3M9QD2X4RT8WZ57K3M9QD2X4RT8WZ5",
                "/t/%20",
                "/t/%F0%9F%98%80"
            })
    void whatever_stands_in_the_path_gets_a_page_of_ours(String path) throws IOException {
        String page = raw(path, "text/html");
        assertThat(page).containsPattern("^HTTP/1.1 (200|400|404) ");
        assertThat(page)
                .contains("<h1")
                .doesNotContain("Tomcat")
                .doesNotContain("<script")
                .doesNotContain("Set-Cookie:x")
                .doesNotContain("xception");
        assertThat(page).containsAnyOf("16 位", "没有这个页面", "查不到", "查标签编号");
        String told = raw(path, "application/json");
        assertThat(told).containsPattern("^HTTP/1.1 (200|400|404) ").contains("json");
    }

    @Test
    void a_code_is_read_however_it_is_written() throws Exception {
        String code = neighbour(code("VALID"), 15);
        var wide = new StringBuilder();
        code.chars().forEach(c -> wide.appendCodePoint(c + 0xFEE0));
        for (String written :
                List.of(
                        code.toLowerCase(java.util.Locale.ROOT),
                        code.replace('0', 'O').replace('1', 'l'),
                        code.replace('0', 'o').replace('1', 'I'),
                        code.substring(0, 4) + "-" + code.substring(4, 8) + " " + code.substring(8),
                        wide.toString())) {
            String path =
                    java.net.URLEncoder.encode(written, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(state(path.replace("+", "%20"))).as(written).isEqualTo("VALID");
        }
        assertThat(raw("/T/" + code.toLowerCase(java.util.Locale.ROOT), "application/json"))
                .contains("\"VALID\"");
    }
}
