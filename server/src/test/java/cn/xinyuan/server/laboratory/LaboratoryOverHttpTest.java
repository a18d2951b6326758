package cn.xinyuan.server.laboratory;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.UnifiedSocialCreditCode;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the harvest to a failed report, through the whole program and over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "xinyuan.demo=true")
@Import(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaboratoryOverHttpTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger SERIAL = new AtomicInteger(1);

    @LocalServerPort int port;
    @Autowired Accounts accounts;
    @Autowired Parties parties;
    @Autowired Farming farming;
    @Autowired Goods goods;
    @Autowired Lots lots;
    @Autowired Genealogy genealogy;
    @Autowired Standards standards;
    @Autowired Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Visitor administrator =
            new Visitor(UUID.randomUUID(), "演示 管理员", Role.ADMINISTRATOR, null, Set.of("44"));
    private Party cooperative =
            new Party(new UUID(0, 0), Party.Kind.FARMER, "", "", null, "", "", "", "");
    private Party laboratory = cooperative;
    private String analyst = "";
    private String signatory = "";
    private String clerk = "";
    private String otherClerk = "";
    private String supervisor = "";
    private LocalDate today = LocalDate.EPOCH;

    @BeforeAll
    void people() {
        today = ChinaTime.today(clock);
        standards.loadReference();
        cooperative = party(Party.Kind.COOPERATIVE, "演示荔枝合作社");
        laboratory = party(Party.Kind.LABORATORY, "演示检测中心");
        analyst = key(Role.LABORATORY, laboratory.id(), Set.of());
        signatory = key(Role.LABORATORY, laboratory.id(), Set.of());
        clerk = key(Role.CLERK, cooperative.id(), Set.of());
        otherClerk = key(Role.CLERK, party(Party.Kind.COOPERATIVE, "演示邻社").id(), Set.of());
        supervisor = key(Role.SUPERVISOR, null, Set.of("440981"));
    }

    @AfterAll
    void close() {
        http.close();
    }

    @Test
    void a_failed_report_freezes_the_lot_until_a_correction_passed_and_an_official_lifts_it()
            throws Exception {
        Lot lot = harvested();
        JsonNode sample =
                json(
                        201,
                        post(
                                "/api/v1/samples",
                                clerk,
                                "{\"lot\":\"%s\",\"laboratory\":\"%s\"}"
                                        .formatted(lot.number(), laboratory.id())));
        JsonNode draft =
                json(
                        201,
                        post(
                                "/api/v1/reports",
                                analyst,
                                """
                                {"sample":"%s","values":[
                                  {"substance":"氯氟氰菊酯","kind":"FOUND","value":0.420,"unit":"mg/kg"},
                                  {"substance":"嘧菌酯","result":"未检出<0.01"}]}
                                """
                                        .formatted(sample.get("number").asString())));
        String id = draft.get("id").asString();
        assertThat(draft.get("released").asBoolean()).isFalse();
        assertThat(draft.at("/judgement/outcome").asString()).isEqualTo("FAIL");
        assertThat(get("/api/v1/reports/" + id, clerk).statusCode()).isEqualTo(404);
        assertThat(post("/api/v1/reports/" + id + "/release", analyst, "").statusCode())
                .isEqualTo(409);
        assertThat(lots.get(lot.id()).held()).isNull();

        json(200, post("/api/v1/reports/" + id + "/release", signatory, ""));

        assertThat(lots.get(lot.id()).held()).contains("不合格");
        JsonNode released = json(200, get("/api/v1/reports/" + id, clerk));
        assertThat(released.at("/judgement/lines/0/value/figure").decimalValue())
                .isEqualByComparingTo("0.42");
        assertThat(get("/api/v1/reports/" + id, otherClerk).statusCode()).isEqualTo(404);
        assertThat(get("/lab/reports/" + id, clerk).body()).contains("不合格", "≤0.1 mg/kg", "冻结");
        assertThat(get("/lab/reports/" + id, otherClerk).statusCode()).isEqualTo(404);

        JsonNode second =
                json(
                        201,
                        post(
                                "/api/v1/reports/" + id + "/amendments",
                                analyst,
                                """
                                {"reason":"小数点录错","signedBy":"演示 签字人","values":[
                                  {"substance":"氯氟氰菊酯","result":"0.042","unit":"mg/kg"}]}
                                """));
        assertThat(second.get("version").asInt()).isEqualTo(2);
        assertThat(lots.get(lot.id()).held()).isNotNull();
        String page = get("/lab/reports/" + second.get("id").asString(), supervisor).body();
        assertThat(page).contains("解除冻结", "与上一版不同的地方", "小数点录错");
        assertThat(
                        form(
                                        "/lab/reports/" + second.get("id").asString() + "/lift",
                                        supervisor,
                                        "")
                                .statusCode())
                .isIn(200, 302, 303);
        assertThat(lots.get(lot.id()).held()).isNull();
    }

    @Test
    void results_typed_into_the_grid_become_a_report_and_a_mistake_keeps_what_was_typed()
            throws Exception {
        Lot lot = harvested();
        HttpResponse<String> received =
                form("/lab/samples", analyst, "lot=" + lot.number() + "&day=" + today);
        String grid = received.headers().firstValue("Location").orElseThrow();
        String blank = get(path(grid), analyst).body();
        assertThat(blank).contains("氯氟氰菊酯和高效氯氟氰菊酯", "≤0.1 mg/kg", "lab-grid");
        String sample = grid.substring(grid.indexOf("sample=") + 7);

        HttpResponse<String> wrong =
                form(
                        "/lab/grid",
                        analyst,
                        "sample="
                                + sample
                                + "&day="
                                + today
                                + "&substance="
                                + enc("嘧菌酯")
                                + "&result="
                                + enc("大概没有 <b>")
                                + "&unit=mg/kg"
                                + "&substance="
                                + enc("毒死蜱")
                                + "&result=0.020&unit=mg/kg");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("看不懂", "大概没有 &lt;b>", "value=\"0.020\"");

        HttpResponse<String> right =
                form(
                        "/lab/grid",
                        analyst,
                        "sample="
                                + sample
                                + "&day="
                                + today
                                + "&substance=&result=&unit=mg/kg&paste="
                                + enc("嘧菌酯\t未检出<0.01\tmg/kg\n毒死蜱\t20\tµg/kg\n"));
        String report = path(right.headers().firstValue("Location").orElseThrow());
        assertThat(get(report, analyst).body()).contains("另一位授权签字人", "20 µg/kg", "合格");
        assertThat(get(report, signatory).body()).contains("复核无误，签发");
        assertThat(form(report + "/release", signatory, "").statusCode()).isIn(302, 303);
        assertThat(get("/p/tests", clerk).body()).contains("已签发", "合格");
        assertThat(get("/lab", analyst).body()).contains(lot.number());
        JsonNode coverage = json(200, get("/api/v1/lots/" + lot.id() + "/coverage", clerk));
        assertThat(coverage.get("covered").asBoolean()).isTrue();
        assertThat(get("/api/v1/lots/" + lot.id() + "/coverage", otherClerk).statusCode())
                .isEqualTo(404);
    }

    @Test
    void twenty_samples_by_ten_indicators_and_bad_rows_stay_while_good_ones_are_entered()
            throws Exception {
        Lot lot = harvested();
        farming.record(
                new Visitor(UUID.randomUUID(), "演示 社员", Role.CLERK, cooperative.id(), Set.of()),
                new Farming.NewFarmRecord(
                        plotOf(lot),
                        Farming.Activity.SPRAYING,
                        today,
                        "40%除虫脲",
                        "1000x",
                        "演示",
                        ""));
        var ids = new ArrayList<String>();
        var numbers = new ArrayList<String>();
        for (int n = 0; n < 20; n++) {
            JsonNode sample =
                    json(
                            201,
                            post(
                                    "/api/v1/samples",
                                    analyst,
                                    "{\"lot\":\"%s\"}".formatted(lot.number())));
            ids.add(sample.get("id").asString());
            numbers.add(sample.get("number").asString());
        }
        assertThat(get("/lab/grid", analyst).body()).contains(numbers.get(0), "打开录入表");
        var columns =
                standards.limits("litchi", today).stream()
                        .map(Standards.LimitInForce::substance)
                        .filter(s -> !s.equals("除虫脲"))
                        .limit(9)
                        .toList();
        String address =
                "/lab/grid?sample="
                        + String.join("&sample=", ids)
                        + columns.stream().map(c -> "&column=" + enc(c)).collect(joining());
        String blank = get(address, analyst).body();
        // what was sprayed is there though nobody ticked it
        assertThat(blank).contains("成批录入 20 × 10", "用过，须检", "sample-grid.js", "≤0.1 mg/kg");
        var all = new ArrayList<>(columns);
        all.add("除虫脲");

        var body = new StringBuilder("day=" + today);
        ids.forEach(id -> body.append("&sample=").append(id));
        all.forEach(c -> body.append("&lod=0.001&loq=0.002&column=").append(enc(c)));
        for (int row = 0; row < 20; row++) {
            for (int n = 0; n < 10; n++) {
                String text = n % 3 == 0 ? "0.003" : n % 3 == 1 ? "ND" : "<LOQ";
                if (row == 3 && n == 4) {
                    text = "o.12 <b>";
                }
                if (row == 7) {
                    text = "";
                }
                body.append("&c-%d-%d=%s".formatted(row, n, enc(text)));
            }
        }
        var first = form("/lab/grid", analyst, body.toString());
        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(first.body())
                .contains(
                        "已提交复核 18 份",
                        "成批录入 2 × 10",
                        "value=\"o.12 &lt;b>\"",
                        numbers.get(3) + " " + all.get(4) + "：请写数值",
                        "href=\"#f-c-0-4\"",
                        numbers.get(7),
                        "name=\"lod\" value=\"0.001\"")
                .doesNotContain("value=\"" + ids.get(0) + "\"");

        var second =
                form(
                        "/lab/grid",
                        analyst,
                        "day="
                                + today
                                + "&sample="
                                + ids.get(3)
                                + "&sample="
                                + ids.get(7)
                                + "&column="
                                + enc("除虫脲")
                                + "&lod=0.01&loq=&c-0-0=ND&c-1-0="
                                + enc("<0.01"));
        assertThat(second.statusCode()).as(second.body()).isIn(302, 303);
        assertThat(get("/lab/grid", analyst).body()).doesNotContain(numbers.get(3));
        // a second person releases each as any other draft
        assertThat(get("/lab", signatory).body()).contains("复核签发");
        var again =
                form(
                        "/lab/grid",
                        analyst,
                        "day=" + today + "&sample=" + ids.get(3) + "&column=x&lod=&loq=&c-0-0=1");
        assertThat(again.body()).contains("已有报告");

        String tooMany = address + "&sample=" + UUID.randomUUID();
        assertThat(get(tooMany, analyst).body()).contains("一次最多 20 个样品，选了 21 个");
        assertThat(form("/lab/grid", clerk, body.toString()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_grid_over_the_api_is_entered_whole_or_by_its_good_rows() throws Exception {
        Lot lot = harvested();
        var numbers = new ArrayList<String>();
        for (int n = 0; n < 2; n++) {
            numbers.add(
                    json(
                                    201,
                                    post(
                                            "/api/v1/samples",
                                            analyst,
                                            "{\"lot\":\"%s\"}".formatted(lot.number())))
                            .get("number")
                            .asString());
        }
        String grid =
                """
                {"columns":[{"substance":"毒死蜱","lod":0.01,"loq":0.02},{"substance":"嘧菌酯"}],
                 "rows":[{"sample":"%s","results":["<LOQ","0.3"]},{"sample":"%s","results":["%s",""]}]}
                """;
        String bad = grid.formatted(numbers.get(0), numbers.get(1), "0.015");
        JsonNode none = json(422, post("/api/v1/reports/grid", analyst, bad));
        assertThat(none.at("/problems/0/field").asString()).isEqualTo("rows[1].results[0]");
        JsonNode some = json(200, post("/api/v1/reports/grid?partial=true", analyst, bad));
        assertThat(some.get("entered").size()).isEqualTo(1);
        assertThat(some.at("/problems/0/text").asString()).contains("请写 <LOQ");
        // the first row has a report by now: all or none enters nothing
        String right = grid.formatted(numbers.get(1), numbers.get(0), "ND");
        assertThat(post("/api/v1/reports/grid", analyst, right).statusCode()).isEqualTo(409);
        assertThat(
                        json(200, get("/api/v1/samples", analyst)).findValues("number").stream()
                                .filter(x -> x.asString().equals(numbers.get(1))))
                .hasSize(1);
        JsonNode free = json(200, get("/api/v1/samples", analyst));
        for (JsonNode sample : free) {
            if (sample.get("number").asString().equals(numbers.get(1))) {
                assertThat(sample.get("reported").asBoolean()).isFalse();
            }
        }
        for (String wrong :
                new String[] {
                    "{}",
                    "{\"columns\":[{\"substance\":\"毒死蜱\",\"lod\":0.02,\"loq\":0.01}],\"rows\":[]}",
                    "{\"columns\":[{\"substance\":\"毒死蜱\"}],\"rows\":[{\"sample\":\"%s\",\"results\":[]}]}"
                            .formatted(numbers.get(1))
                }) {
            assertThat(post("/api/v1/reports/grid", analyst, wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(post("/api/v1/reports/grid", clerk, right).statusCode()).isEqualTo(403);
    }

    /** The plot of the newest harvest. */
    private UUID plotOf(Lot lot) {
        return genealogy.trace(lot.id(), Genealogy.Direction.BACK).edges().stream()
                .filter(Genealogy.Edge::fromPlot)
                .map(Genealogy.Edge::from)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anyone_may_have_values_judged_by_the_edition_of_a_day() throws Exception {
        String values = "\"values\":[{\"substance\":\"毒死蜱\",\"value\":0.7,\"unit\":\"mg/kg\"}]}";
        JsonNode before =
                json(
                        200,
                        post(
                                "/api/v1/judgements",
                                null,
                                "{\"product\":\"荔枝干\",\"samplingDay\":\"2026-02-28\"," + values));
        assertThat(before.get("edition").asString()).isEqualTo("GB 2763-2021");
        assertThat(before.get("outcome").asString()).isEqualTo("PASS");
        JsonNode after =
                json(
                        200,
                        post(
                                "/api/v1/judgements",
                                null,
                                "{\"product\":\"dried-litchi\",\"samplingDay\":\"2026-03-01\","
                                        + values));
        assertThat(after.get("edition").asString()).contains("演示");
        assertThat(after.get("outcome").asString()).isEqualTo("FAIL");

        for (String bad :
                new String[] {
                    "{\"product\":\"石头\",\"samplingDay\":\"2025-06-11\"," + values,
                    "{\"product\":\"litchi\"," + values,
                    "{\"product\":\"litchi\",\"samplingDay\":\"1999-01-01\"," + values,
                    "{\"product\":\"litchi\",\"samplingDay\":\"2025-06-11\",\"values\":[]}",
                    "{\"product\":\"litchi\",\"samplingDay\":\"2025-06-11\",\"values\":[null]}",
                    "{\"product\":\"litchi\",\"samplingDay\":\"2025-06-11\",\"values\":[{\"substance\":\"毒死蜱\",\"value\":-1}]}",
                    "{\"product\":\"litchi\",\"samplingDay\":\"2025-06-11\",\"values\":[{\"substance\":\"毒死蜱\",\"value\":1,\"unit\":\"升\"}]}"
                }) {
            assertThat(post("/api/v1/judgements", null, bad).statusCode()).as(bad).isEqualTo(422);
        }
        assertThat(post("/api/v1/judgements", null, "{\"product\":").statusCode()).isEqualTo(400);
    }

    @Test
    void the_library_is_public_and_says_which_edition_held_on_a_day() throws Exception {
        assertThat(get("/standards?product=litchi&day=2025-06-11", null).body())
                .contains("GB 2763-2021", "演示版 2026-03-01", "禁用农药", "安全间隔期");
        assertThat(get("/standards/GB%202763-2021", null).body())
                .contains("氯氟氰菊酯和高效氯氟氰菊酯", "≤0.1 mg/kg", "未核对");
        assertThat(get("/standards/" + enc("演示版 2026-03-01").replace("+", "%20"), null).body())
                .contains("虚构");
        assertThat(get("/standards/XIN-LZ-1", null).body()).contains("取严取全", "禁止使用");
        assertThat(get("/standards/XIN-LZ-1?lang=en", null).body()).contains("strictest value");
        assertThat(get("/standards/none", null).statusCode()).isEqualTo(404);
        JsonNode inForce =
                json(200, get("/api/v1/standards/in-force?product=litchi&day=2025-06-11", null));
        assertThat(inForce.at("/edition/number").asString()).isEqualTo("GB 2763-2021");
        assertThat(inForce.get("limits").size()).isGreaterThan(30);
        assertThat(post("/api/v1/standards/reference", clerk, "").statusCode()).isEqualTo(403);
    }

    private Lot harvested() {
        Base base =
                parties.addBase(
                        administrator,
                        cooperative.id(),
                        "演示基地" + SERIAL.incrementAndGet(),
                        "440981");
        Plot plot =
                parties.addPlot(
                        administrator,
                        new NewPlot(
                                base.id(),
                                "演示-" + SERIAL.incrementAndGet(),
                                null,
                                new BigDecimal("10"),
                                "litchi",
                                "桂味",
                                "440981"));
        farming.agreeYield(administrator, plot.id(), today.getYear(), new BigDecimal("500"));
        Visitor by =
                new Visitor(UUID.randomUUID(), "演示 社员", Role.CLERK, cooperative.id(), Set.of());
        return goods.harvest(by, new Goods.Harvest(plot.id(), new BigDecimal("100"), today));
    }

    private Party party(Party.Kind kind, String name) {
        String code = creditCode(SERIAL.incrementAndGet());
        return parties.register(
                administrator,
                new NewParty(kind, name, "Demo", code, "440981", "演示", "13800000000"));
    }

    /** A unified credit code with a right check character (GB 32100-2015). */
    private static String creditCode(int serial) {
        String body = "91440900MA5DEM%03d".formatted(serial);
        for (char c : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
            if (UnifiedSocialCreditCode.read(body + c).isPresent()) {
                return body + c;
            }
        }
        throw new IllegalStateException("no check character for " + body);
    }

    private String key(Role role, @Nullable UUID party, Set<String> districts) {
        Visitor visitor =
                accounts.open(
                        new NewAccount(
                                "lab-test-" + SERIAL.incrementAndGet(),
                                "演示 " + role + SERIAL.get(),
                                role,
                                party,
                                districts,
                                "correct horse 7 battery"));
        return accounts.newKey(visitor.account(), "test");
    }

    private static String path(String location) {
        URI address = URI.create(location);
        return address.getRawPath()
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder to(String path, @Nullable String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> get(String path, @Nullable String key) throws Exception {
        return http.send(to(path, key).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, @Nullable String key, String body)
            throws Exception {
        return http.send(
                to(path, key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> form(String path, String key, String body) throws Exception {
        return http.send(
                to(path, key)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
