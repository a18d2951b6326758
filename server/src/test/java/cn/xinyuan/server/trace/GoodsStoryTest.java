package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import java.math.BigDecimal;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/** One box from the plot to the shop and back, over the API and the pages, with the real rooms. */
@ApplicationModuleTest(
        mode = BootstrapMode.ALL_DEPENDENCIES,
        extraIncludes = "access",
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestDatabase.class)
class GoodsStoryTest {

    @Autowired Parties parties;
    @Autowired Catalog catalog;
    @Autowired Farming farming;
    @Autowired Accounts accounts;
    @LocalServerPort int port;

    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private final Visitor city =
            new Visitor(UUID.randomUUID(), "市局 演示", Role.CITY_MANAGER, null, Set.of("4409"));

    @Test
    void one_box_goes_from_the_plot_to_the_shop_and_partly_back() throws Exception {
        Party cooperative = party("根子示例合作社", Party.Kind.COOPERATIVE, "440981");
        Party shop = party("示例超市", Party.Kind.RETAILER, "440902");
        Visitor clerk = clerk(cooperative);
        Base base = parties.addBase(clerk, cooperative.id(), "一号基地", "440981104");
        Party farmer =
                parties.register(
                        clerk,
                        new NewParty(
                                Party.Kind.FARMER,
                                "何演示",
                                "",
                                null,
                                "440981104",
                                "何演示",
                                "13800000000"));
        parties.enrol(clerk, cooperative.id(), farmer.id());
        Plot plot =
                parties.addPlot(
                        clerk,
                        new NewPlot(
                                base.id(),
                                "根子-01",
                                farmer.id(),
                                new BigDecimal("10"),
                                "litchi",
                                "桂味",
                                "440981104"));
        farming.agreeYield(city, plot.id(), today.getYear(), new BigDecimal("500"));
        Product box =
                catalog.register(
                        clerk,
                        new Catalog.NewProduct(
                                cooperative.id(),
                                null,
                                "桂味荔枝",
                                "Guiwei litchi",
                                "litchi",
                                "桂味",
                                "一级",
                                new BigDecimal("2.5"),
                                "2.5 kg 礼盒",
                                false));
        String ours = key(Role.CLERK, cooperative.id(), Set.of());
        String farm = key(Role.FARMER, farmer.id(), Set.of());
        String desk = key(Role.RETAILER, shop.id(), Set.of());
        String office = key(Role.SUPERVISOR, null, Set.of("440981"));
        String elsewhere = key(Role.SUPERVISOR, null, Set.of("440983"));
        String stranger =
                key(Role.CLERK, party("别的合作社", Party.Kind.COOPERATIVE, "440981").id(), Set.of());

        // harvest, by the farmer on his page and by the clerk over the API
        var saved =
                form(
                        "/f/harvest",
                        farm,
                        Map.of(
                                "plot",
                                plot.id().toString(),
                                "kilograms",
                                "８00",
                                "day",
                                "" + today));
        assertThat(saved.statusCode()).isBetween(302, 303);
        assertThat(page("/f/harvest", farm)).contains("800 kg", "本季还可采 4,200 kg");
        var harvested = post("/api/v1/harvests", ours, "{\"plot\":\"根子-01\",\"kilograms\":1200}");
        assertThat(harvested.statusCode()).isEqualTo(201);
        String lot = field(harvested, "id");

        // beyond the cap: refused with the figures, on the page with what was typed
        var over = post("/api/v1/harvests", ours, "{\"plot\":\"根子-01\",\"kilograms\":3000.001}");
        assertThat(over.statusCode()).isEqualTo(409);
        assertThat(over.body()).contains("over-harvest", "3000 kg", "3000.001 kg");
        var again =
                form(
                        "/p/lots/harvest",
                        ours,
                        Map.of(
                                "plot",
                                plot.id().toString(),
                                "kilograms",
                                "5000",
                                "day",
                                "" + today));
        assertThat(again.body()).contains("超过本季产量上限", "value=\"5000\"");
        for (String wrong :
                List.of(
                        "{\"plot\":\"根子-01\",\"kilograms\":-1}",
                        "{\"plot\":\"没有\",\"kilograms\":1}",
                        "{\"plot\":\"根子-01\"}",
                        "{\"plot\":\"根子-01\",\"kilograms\":1,\"day\":\""
                                + today.plusDays(1)
                                + "\"}")) {
            assertThat(post("/api/v1/harvests", ours, wrong).statusCode()).as(wrong).isEqualTo(422);
        }
        assertThat(post("/api/v1/harvests", ours, "{\"plot\":").statusCode()).isEqualTo(400);

        // the officer sees cap, harvest and rest, and cannot agree less than was harvested
        String season = "" + today.getYear();
        String yield = "/s/yields/" + plot.id();
        assertThat(page("/s/yields", office))
                .contains("根子-01", "根子示例合作社", "500 kg/亩", "5,000 kg", "2,000 kg", "3,000 kg");
        assertThat(page("/s/yields", elsewhere)).doesNotContain("根子-01");
        assertThat(page("/p/yields/" + plot.id(), ours))
                .contains("现在有效", "市局 演示")
                .doesNotContain("改为这个数");
        var below =
                form(yield, office, Map.of("season", season, "kgPerMu", "199.9", "reason", "减产"));
        assertThat(below.body())
                .contains("已采收 2,000 kg", "最少要核定 200 kg/亩", "value=\"199.9\"", "减产");
        var typo = form(yield, office, Map.of("season", season, "kgPerMu", "三百", "reason", ""));
        assertThat(typo.body()).contains("只写数字，例如 380", "value=\"三百\"");
        var agreed =
                form(yield, office, Map.of("season", season, "kgPerMu", "250", "reason", "冰雹减产"));
        assertThat(agreed.statusCode()).as(agreed.body()).isBetween(302, 303);
        assertThat(page(yield, office)).contains("冰雹减产", "500 kg/亩", "250 kg/亩", "500 kg");
        var late = post("/api/v1/harvests", ours, "{\"plot\":\"根子-01\",\"kilograms\":500.001}");
        assertThat(late.statusCode()).as(late.body()).isEqualTo(409);
        String caps = "/api/v1/plots/" + plot.id() + "/season-cap";
        var lower =
                post(
                        caps,
                        office,
                        "{\"season\":%s,\"kgPerMu\":1,\"reason\":\"误\"}".formatted(season));
        assertThat(lower.statusCode()).isEqualTo(409);
        assertThat(lower.body()).contains("below-harvested");
        var absurd = post(caps, office, "{\"season\":%s,\"kgPerMu\":-1}".formatted(season));
        assertThat(absurd.statusCode()).isEqualTo(422);
        for (String other : List.of(ours, farm, desk)) {
            var no = post(caps, other, "{\"season\":%s,\"kgPerMu\":900}".formatted(season));
            assertThat(no.statusCode()).isEqualTo(403);
        }
        var outside = post(caps, elsewhere, "{\"season\":%s,\"kgPerMu\":300}".formatted(season));
        assertThat(outside.statusCode()).isEqualTo(404);
        var raised =
                post(
                        caps,
                        office,
                        "{\"season\":%s,\"kgPerMu\":500,\"reason\":\"复测\"}".formatted(season));
        assertThat(raised.statusCode()).as(raised.body()).isEqualTo(200);
        assertThat(raised.body()).contains("\"harvested\":2000", "\"left\":3000");

        // pack, over the form of the page
        var packed =
                form(
                        "/p/lots/pack",
                        ours,
                        Map.of(
                                "kg-" + lot,
                                "1,000 kg",
                                "product",
                                box.id().toString(),
                                "packs",
                                "396",
                                "day",
                                "" + today));
        assertThat(packed.statusCode()).as(packed.body()).isBetween(302, 303);
        String boxes = packed.headers().firstValue("Location").orElseThrow();
        boxes = boxes.substring(boxes.lastIndexOf('/') + 1);
        assertThat(page("/p/lots/" + boxes, ours)).contains("396 箱 · 990 kg", "批次谱系", "根子-01");

        // ship 100 boxes, of which the shop takes in 98 and gives 2 back
        var shipped =
                post(
                        "/api/v1/shipments",
                        ours,
                        "{\"to\":\"%s\",\"parts\":[{\"lot\":\"%s\",\"kilograms\":250}],\"vehicle\":\"粤K·演示\"}"
                                .formatted(shop.gln(), boxes));
        assertThat(shipped.statusCode()).as(shipped.body()).isEqualTo(201);
        String shipment = field(shipped, "id");
        assertThat(page("/r", desk)).contains("根子示例合作社", "在途");
        assertThat(page("/p/shipments/" + shipment, desk)).contains("进货查验记录", "确认收货");
        var received =
                form(
                        "/p/shipments/" + shipment + "/receive",
                        desk,
                        Map.of("kg-" + boxes, "245", "day", "" + today));
        assertThat(received.statusCode()).isBetween(302, 303);
        var back =
                post(
                        "/api/v1/returns",
                        desk,
                        "{\"shipment\":\"%s\",\"lot\":\"%s\",\"kilograms\":5,\"reason\":\"破损\"}"
                                .formatted(shipment, boxes));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(201);
        assertThat(
                        post(
                                        "/api/v1/shipments",
                                        ours,
                                        "{\"to\":\"%s\",\"parts\":[{\"lot\":\"%s\",\"kilograms\":3}]}"
                                                .formatted(shop.id(), boxes))
                                .statusCode())
                .as("half a box")
                .isEqualTo(422);

        // who sees what
        assertThat(get("/api/v1/lots/" + lot + "/recall-scope", office).body())
                .contains("\"kilograms\":1185", "\"packs\":394", "示例超市", "\"codeRanges\":[");
        var sheet = get("/api/v1/lots/" + lot + "/recall-scope?format=csv", office);
        assertThat(sheet.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment", "recall-", ".csv");
        assertThat(sheet.body().lines().filter(l -> l.contains("示例超市")))
                .singleElement()
                .asString()
                .contains(shop.gln() + ",", ",在手,240.000,96,");
        assertThat(sheet.body().lines().filter(l -> l.contains(",在途,5.000,2,"))).hasSize(1);
        assertThat(get("/api/v1/lots/" + lot + "/recall-scope?format=xlsx", office).body())
                .startsWith("PK");
        assertThat(get("/api/v1/lots/" + lot + "/recall-scope?format=doc", office).statusCode())
                .isEqualTo(422);
        assertThat(get("/api/v1/lots/" + boxes + "/recall-scope?format=csv", desk).statusCode())
                .isEqualTo(404);
        assertThat(page("/p/lots/" + lot, ours)).contains("recall-scope?format=xlsx");
        assertThat(page("/p/lots/" + boxes, desk)).doesNotContain("recall-scope?format=xlsx");
        assertThat(get("/api/v1/lots/" + boxes + "/trace?direction=back", desk).body())
                .contains(lot, plot.id().toString());
        assertThat(get("/api/v1/lots/" + boxes + "/events", ours).body())
                .contains("TransformationEvent", "ni:///sha-256");
        assertThat(get("/api/v1/lots/" + boxes + "/recall-scope", desk).statusCode())
                .isEqualTo(404);
        String both = "{\"lots\":[\"%s\",\"%s\"]}".formatted(lot, boxes);
        var shared = post("/api/v1/lots/shared-sources", office, both);
        assertThat(shared.statusCode()).as(shared.body()).isEqualTo(200);
        assertThat(shared.body()).contains("\"sources\":[{\"id\":\"" + lot, "\"others\":0");
        assertThat(post("/api/v1/lots/shared-sources", ours, both).statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/lots/shared-sources", elsewhere, both).statusCode())
                .isEqualTo(404);
        var one = "{\"lots\":[\"%s\",\"%s\"]}".formatted(lot, lot);
        assertThat(post("/api/v1/lots/shared-sources", office, one).statusCode()).isEqualTo(422);
        for (String address :
                List.of(
                        "/p/lots/" + lot,
                        "/api/v1/lots/" + lot,
                        "/api/v1/lots/" + lot + "/trace",
                        "/api/v1/lots/" + lot + "/events",
                        "/api/v1/lots/" + lot + "/recall-scope",
                        "/p/lots/" + lot + "/waste",
                        "/p/shipments/" + shipment)) {
            assertThat(get(address, stranger).statusCode()).as(address).isEqualTo(404);
        }
        assertThat(get("/p/lots/" + lot, elsewhere).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/lots", stranger).body()).isEqualTo("[]");
        assertThat(get("/api/v1/lots", desk).body()).contains(boxes).doesNotContain(lot);
        assertThat(
                        post(
                                        "/api/v1/wastes",
                                        stranger,
                                        "{\"lot\":\"%s\",\"kilograms\":1,\"reason\":\"试\"}"
                                                .formatted(lot))
                                .statusCode())
                .isEqualTo(404);

        // every page opens
        for (String address :
                List.of(
                        "/p/lots",
                        "/p/lots?kind=PACKED&state=free&q=P",
                        "/p/lots/harvest",
                        "/p/lots/merge",
                        "/p/lots/pack?lot=" + lot,
                        "/p/lots/" + lot,
                        "/p/lots/" + lot + "/sort",
                        "/p/lots/" + lot + "/split",
                        "/p/lots/" + lot + "/waste",
                        "/p/shipments",
                        "/p/shipments/new",
                        "/p/shipments/" + shipment)) {
            page(address, ours);
        }
        page("/s/lots", office);
        page("/p/lots/" + boxes, office);
        page("/p/lots/" + boxes, desk);
        page("/p/shipments/" + shipment, desk);
        page("/p/lots/" + lot, ours);
    }

    private String page(String address, String key) throws Exception {
        var answer = get(address, key);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        assertThat(answer.body()).as(address).contains("<h1>").doesNotContain("null");
        keep(address, answer.body());
        return answer.body();
    }

    /** For looking at the pages after the test. */
    private static void keep(String address, String body) throws Exception {
        Path folder = Path.of("target", "trace-pages");
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(
                        address.replaceAll("[0-9a-f-]{36}", "ID").replaceAll("[^A-Za-z]+", "_")
                                + ".html"),
                body);
    }

    private Party party(String name, Party.Kind kind, String district) {
        return parties.register(
                city, new NewParty(kind, name, "Demo", code(name), district, "陈演示", "13800000000"));
    }

    /** A code with a right check character, of a firm that does not exist. */
    private static String code(String name) {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        String body = "93440900MA%07d".formatted(Math.floorMod(name.hashCode(), 10_000_000));
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += alphabet.indexOf(body.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return body + alphabet.charAt((31 - sum % 31) % 31);
    }

    private static Visitor clerk(Party of) {
        return new Visitor(UUID.randomUUID(), "文员 演示", Role.CLERK, of.id(), Set.of());
    }

    private String key(Role role, @Nullable UUID party, Set<String> districts) {
        Visitor visitor =
                accounts.open(
                        new NewAccount(
                                "u" + UUID.randomUUID().toString().substring(0, 12),
                                "演示",
                                role,
                                party,
                                districts,
                                "litchi is red in June"));
        return accounts.newKey(visitor.account(), "试");
    }

    private static String field(HttpResponse<String> answer, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return send(request(path, key).GET());
    }

    private HttpResponse<String> post(String path, String key, String json) throws Exception {
        return send(
                request(path, key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> form(String path, String key, Map<String, String> fields)
            throws Exception {
        String body =
                fields.entrySet().stream()
                        .map(
                                f ->
                                        f.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        f.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(
                request(path, key)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
