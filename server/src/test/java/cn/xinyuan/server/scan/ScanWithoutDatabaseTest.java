package cn.xinyuan.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.postgres.Postgres;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL is really stopped while people scan, and started again. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@Import(ScanWithoutDatabaseTest.OwnDatabase.class)
@DirtiesContext
class ScanWithoutDatabaseTest {

    private static Path data = Path.of("target");
    private static final DriverManagerDataSource behind = new DriverManagerDataSource();
    private static Optional<Postgres> server = Optional.empty();

    @Autowired Codes codes;
    @Autowired JsonMapper json;
    @LocalServerPort int port;
    private final HttpClient client = HttpClient.newHttpClient();

    @TestConfiguration(proxyBeanMethods = false)
    static class OwnDatabase {
        @Bean(destroyMethod = "close")
        DataSource dataSource() {
            started();
            var pool = new HikariDataSource();
            pool.setDataSource(behind);
            return pool;
        }
    }

    /**
     * Started on whichever port is free; the pool is told, as a proxy before a cluster would do.
     */
    private static void started() {
        Postgres fresh = Postgres.start(data.resolve("postgres"), Map.of("fsync", "off"));
        server = Optional.of(fresh);
        behind.setUrl(fresh.address().url());
        behind.setUsername(fresh.address().user());
        behind.setPassword(fresh.address().password());
    }

    @DynamicPropertySource
    static void a_folder_of_its_own(DynamicPropertyRegistry properties) throws IOException {
        data = Files.createTempDirectory("scan-away");
        properties.add("xinyuan.data", () -> data.toString());
    }

    @AfterAll
    static void stop() {
        server.ifPresent(Postgres::close);
    }

    private static String code(String state) throws IOException {
        return Files.readAllLines(data.resolve("demo-lines.txt")).stream()
                .filter(l -> l.startsWith("scan " + state + " "))
                .map(l -> l.substring(l.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String code, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/t/" + code))
                        .header("Accept", type)
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode scan(String code) throws Exception {
        HttpResponse<String> answer = get(code, "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @Test
    void the_tag_still_tells_true_from_false_and_the_page_says_what_it_could_not_check()
            throws Exception {
        String valid = code("VALID");
        String recalled = code("RECALLED");
        Issued issued = codes.read(valid).orElseThrow();
        String neverSeen = codes.text(issued.batch(), issued.serial() + 9);
        long before = scan(valid).path("scans").path("count").asLong();
        assertThat(scan(recalled).path("state").asString()).isEqualTo("RECALLED");

        server.ifPresent(Postgres::close);
        long stopped = System.nanoTime();
        while (!scan(valid).path("state").asString().equals("UNCHECKED")) {
            assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                    .isLessThan(Duration.ofSeconds(10));
        }
        // within the second in which what is remembered is sure, it may still be said
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(4));
        TimeUnit.SECONDS.sleep(2);

        assertThat(scan(neverSeen).path("state").asString()).isEqualTo("UNCHECKED");
        assertThat(scan("7ZEV7777WTWEYCV2").path("state").asString()).isEqualTo("UNKNOWN");
        // a recall is never taken back: what was known stays said
        assertThat(scan(recalled).path("state").asString()).isEqualTo("RECALLED");
        String page = get(valid, "text/html").body();
        assertThat(page)
                .contains("编号是真的，其余暂时查不到")
                .contains("已核对")
                .contains("是否召回、作废、暂停销售")
                .doesNotContain("授权有效")
                .doesNotContain("第 1 次查询");
        assertThat(get(valid + "?lang=en", "text/html").body())
                .contains("Genuine code; nothing else can be checked now")
                .contains("Not checked");
        long began = System.nanoTime();
        for (int n = 0; n < 20; n++) {
            get(valid, "text/html");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));

        started();
        long back = System.nanoTime();
        while (!scan(valid).path("state").asString().equals("VALID")) {
            assertThat(Duration.ofNanos(System.nanoTime() - back))
                    .isLessThan(Duration.ofSeconds(60));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(3);
        // counted from the log: the scans while the database was away are not lost
        assertThat(scan(valid).path("scans").path("count").asLong()).isGreaterThan(before + 20);
    }
}
