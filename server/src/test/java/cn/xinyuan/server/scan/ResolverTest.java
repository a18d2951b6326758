package cn.xinyuan.server.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.when;

import cn.xinyuan.codes.CompressedLink;
import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.codes.Gtin;
import cn.xinyuan.codes.UnifiedSocialCreditCode;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.catalog.ProductLinks.NewLink;
import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Cases;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.scan.usecase.LookUp;
import cn.xinyuan.server.trace.Containers;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The room over real HTTP behind the real guard, with products, parties and links on a real
 * database; lots, codes and papers are told by the test.
 */
@ApplicationModuleTest(
        extraIncludes = {"pages", "access", "journal", "parties", "standards", "catalog"},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = "xinyuan.links.allowed-hosts=shop.example.com")
@Import(TestDatabase.class)
class ResolverTest {

    private static final String VOC = "https://ref.gs1.org/voc/";
    private static final String LOT = "L250611/GW+03";
    private static final String CODE = "7000000000000001";

    @Autowired Catalog catalog;
    @Autowired ProductLinks links;
    @Autowired Parties parties;
    @Autowired LookUp lookUp;
    @Autowired JsonMapper json;
    @MockitoBean Codes codes;
    @MockitoBean Cases cases;
    @MockitoBean Labels labels;
    @MockitoBean Lots lots;
    @MockitoBean Containers containers;
    @MockitoBean Genealogy genealogy;
    @MockitoBean Licences licences;
    @MockitoBean Certificates certificates;
    @MockitoBean Recalls recalls;
    @MockitoBean Laboratory laboratory;
    @LocalServerPort int port;

    private Party party = null_();
    private Product product = null_();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T null_() {
        return null;
    }

    @BeforeEach
    void a_certified_lot_of_a_product_with_one_labelled_pack() {
        party =
                parties.register(
                        new Visitor(
                                UUID.randomUUID(),
                                "市局 演示",
                                Role.CITY_MANAGER,
                                null,
                                Set.of("4409")),
                        new NewParty(
                                Party.Kind.COOPERATIVE,
                                "根子示例合作社 " + UUID.randomUUID(),
                                "Genzi Example Cooperative",
                                creditCode(),
                                "440981",
                                "陈演示",
                                "13800000000"));
        product =
                catalog.register(
                        clerk(),
                        new NewProduct(
                                party.id(),
                                null,
                                "桂味荔枝",
                                "Guiwei litchi",
                                "litchi",
                                "桂味",
                                "特级",
                                new BigDecimal("2.5"),
                                "2.5 kg 礼盒",
                                true));
        Lot lot = lot(LOT, product.id());
        Lot other = lot("OTHER", UUID.randomUUID());
        when(lots.findByNumber(any())).thenReturn(Optional.empty());
        when(lots.findByNumber(LOT)).thenReturn(Optional.of(lot));
        when(lots.findByNumber("OTHER")).thenReturn(Optional.of(other));
        when(lots.find(lot.id())).thenReturn(Optional.of(lot));
        when(labels.lotOf(anyLong(), anyLong())).thenReturn(Optional.of(lot.id()));
        lookUp.forget();
        when(labels.rangesOf(1))
                .thenReturn(List.of(new Labels.Range(1, 0, 10, lot.id(), Instant.EPOCH)));
        when(codes.open(any())).thenReturn(Optional.empty());
        when(codes.open(CODE)).thenReturn(Optional.of(new Codes.Tag(CODE, 1, 1)));
        when(codes.find(1))
                .thenReturn(
                        Optional.of(
                                new Codes.Batch(
                                        1,
                                        party.id(),
                                        product.id(),
                                        new UUID(0, 4),
                                        2099,
                                        10,
                                        1,
                                        Instant.EPOCH)));
        when(codes.read(any())).thenReturn(Optional.empty());
        when(codes.read(CODE))
                .thenReturn(
                        Optional.of(
                                new Issued(
                                        CODE,
                                        1,
                                        1,
                                        party.id(),
                                        product.id(),
                                        new UUID(0, 4),
                                        2099,
                                        null)));
        Licence licence =
                new Licence(
                        new UUID(0, 4),
                        "信-4409-2025-0137",
                        party.id(),
                        product.id(),
                        LocalDate.of(2025, 5, 31),
                        LocalDate.of(2099, 5, 30),
                        BigDecimal.TEN,
                        Licence.Standing.IN_FORCE,
                        null);
        when(licences.find(any())).thenReturn(Optional.of(licence));
        when(licences.latest(any(), any())).thenReturn(Optional.of(licence));
        when(certificates.ofLot(lot.id()))
                .thenReturn(
                        Optional.of(
                                new Certificate(
                                        UUID.randomUUID(),
                                        "HGZ-250611-0042",
                                        lot.id(),
                                        party.id(),
                                        "桂味荔枝",
                                        BigDecimal.TEN,
                                        "高州市根子镇",
                                        LocalDate.of(2025, 6, 11),
                                        party.name(),
                                        "13800000000",
                                        Set.of(Basis.TESTED),
                                        null,
                                        false,
                                        null)));
        when(laboratory.reportsOn(any())).thenReturn(List.of());
        when(recalls.reaching(any())).thenReturn(Optional.empty());
        when(genealogy.route(any())).thenReturn(List.of());
    }

    // --- where a link leads

    @Test
    void a_product_leads_to_its_page_in_the_readers_language() throws Exception {
        HttpResponse<String> answer = get("/01/" + product.gtin());
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(location(answer)).isEqualTo("/catalog/" + product.id());
        assertThat(get(location(answer)).statusCode()).isEqualTo(200);
        assertThat(location(get("/01/" + product.gtin(), "Accept-Language", "en-US,en;q=0.9")))
                .isEqualTo("/catalog/" + product.id() + "?lang=en");
        assertThat(location(get("/01/" + product.gtin(), "Accept", "application/json")))
                .isEqualTo("/api/v1/products/" + product.id());
        assertThat(answer.headers().allValues("Vary").toString())
                .contains("Accept, Accept-Language");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void thirteen_digits_and_a_slash_at_the_end_are_let_pass() throws Exception {
        String home = "/catalog/" + product.id();
        assertThat(location(get("/01/" + product.gtin().substring(1)))).isEqualTo(home);
        assertThat(location(get("/01/" + product.gtin() + "/"))).isEqualTo(home);
    }

    @Test
    void a_lot_has_a_page_of_its_own_even_with_a_slash_in_its_number() throws Exception {
        HttpResponse<String> answer = get("/01/" + product.gtin() + "/10/L250611%2FGW%2B03");
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(location(answer)).startsWith("/lot/L250611%2FGW%2B03");
    }

    @Test
    void a_pack_is_answered_with_its_page_at_once() throws Exception {
        HttpResponse<String> page =
                get(
                        "/01/" + product.gtin() + "/10/L250611%2FGW%2B03/21/" + CODE,
                        "Accept",
                        "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("7000 0000 0000 0001".substring(0, 4)).contains("桂味荔枝");
        assertThat(page.headers().firstValue("Content-Location")).contains("/t/" + CODE);
        assertThat(page.headers().firstValue("Link").orElse(""))
                .contains("rel=\"linkset\"")
                .contains("/21/" + CODE + "?linkType=linkset");
        HttpResponse<String> data =
                get("/01/" + product.gtin() + "/21/" + CODE, "Accept", "application/json");
        assertThat(json.readTree(data.body()).path("state").asString()).isEqualTo("VALID");
    }

    @Test
    void the_type_that_was_asked_for_is_looked_for_from_the_pack_upwards() throws Exception {
        String pack = "/01/" + product.gtin() + "/10/L250611%2FGW%2B03/21/" + CODE;
        assertThat(location(get(pack + "?linkType=gs1:traceability")))
                .isEqualTo("/t/" + CODE + "?linkType=gs1:traceability");
        assertThat(location(get(pack + "?linkType=gs1%3AcertificationInfo")))
                .startsWith("/c/HGZ-250611-0042");
        assertThat(location(get(pack + "?linkType=" + VOC + "pip")))
                .startsWith("/catalog/" + product.id() + "?linkType=");
        assertThat(location(get(pack + "?linkType=gs1:defaultLink"))).startsWith("/t/" + CODE);
        assertThat(
                        location(
                                get(
                                        "/01/" + product.gtin() + "?linkType=gs1:certificationInfo",
                                        "Accept-Language",
                                        "en")))
                .startsWith("/licence/%E4%BF%A1-4409-2025-0137?lang=en");
    }

    @Test
    void the_query_is_passed_on() throws Exception {
        assertThat(
                        location(
                                get(
                                        "/01/"
                                                + product.gtin()
                                                + "?17=251231&utm_source=%E5%8D%A1&lang=en")))
                .isEqualTo("/catalog/" + product.id() + "?17=251231&utm_source=%E5%8D%A1&lang=en");
    }

    @Test
    void a_compressed_link_is_answered_as_the_plain_one() throws Exception {
        DigitalLink lot = DigitalLink.of(new Gtin(product.gtin()), LOT, null);
        String word = CompressedLink.write(lot);
        for (String path :
                List.of("/" + word, "/01/" + product.gtin() + "/" + CompressedLink.write(lot))) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(307);
            assertThat(location(answer)).isEqualTo("/lot/L250611%2FGW%2B03");
            assertThat(answer.headers().allValues("Link").getFirst())
                    .isEqualTo("<" + root() + lot.path() + ">; rel=\"owl:sameAs\"");
        }
        JsonNode set = json.readTree(get("/" + word + "?linkType=linkset").body()).path("linkset");
        assertThat(set.get(0).path("anchor").asString()).isEqualTo(root() + lot.path());
        String pack = CompressedLink.write(DigitalLink.of(new Gtin(product.gtin()), null, CODE));
        assertThat(get("/" + pack, "Accept", "text/html").body()).contains("桂味荔枝");
        assertThat(location(get("/" + word + "?a=1"))).endsWith("?a=1");
        for (String nobodys : List.of("/AAAAAAAAAAAAAAAA", "/no-such-page-of-ours")) {
            assertThat(get(nobodys).statusCode()).as(nobodys).isEqualTo(404);
        }
    }

    @Test
    void a_producer_is_known_by_its_location_number() throws Exception {
        for (String key : List.of("414", "417")) {
            HttpResponse<String> answer = get("/" + key + "/" + party.gln());
            assertThat(answer.statusCode()).isEqualTo(307);
            assertThat(location(answer)).startsWith("/catalog?q=");
            assertThat(get(location(answer)).body()).contains("桂味荔枝");
        }
        assertThat(location(get("/414/" + party.gln() + "/254/DOOR-7"))).startsWith("/catalog?q=");
    }

    @Test
    void an_owners_link_is_followed_until_it_is_withdrawn() throws Exception {
        String asked = "/01/" + product.gtin() + "?linkType=gs1:recipeInfo";
        assertThat(get(asked).statusCode()).isEqualTo(404);
        ProductLink chinese = register("https://shop.example.com/zh", "zh", null);
        register("https://shop.example.com/en?a=b#top", "en", null);
        register("https://shop.example.com/hk", "zh", "HK");

        assertThat(location(get(asked))).startsWith("https://shop.example.com/zh?linkType=");
        assertThat(location(get(asked + "&x=1", "Accept-Language", "en-GB")))
                .isEqualTo("https://shop.example.com/en?a=b&linkType=gs1:recipeInfo&x=1#top");
        assertThat(location(get(asked + "&context=HK"))).startsWith("https://shop.example.com/hk?");

        links.withdraw(clerk(), product.id(), chinese.id());
        assertThat(location(get(asked))).startsWith("https://shop.example.com/en");
    }

    // --- 400, 404

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/01/09521234543214 | INCORRECT_CHECK_DIGIT | 应为 3",
                "/01/0952123454321 | INCORRECT_CHECK_DIGIT | 应为",
                "/01/123 | TOO_SHORT | 应为 14 位",
                "/01/ABCDEFGHIJKLMN | NON_DIGIT_CHARACTER | 只能有数字",
                "/01/09521234543213/10/%E8%8D%94 | INVALID_CSET82_CHARACTER | 字符集 82",
                "/01/09521234543213/21/A/10/B | QUALIFIER_OUT_OF_ORDER | 顺序",
                "/01/09521234543213?17=251399 | ILLEGAL_MONTH | 月份",
                "/01/09521234543213?9999=1 | UNKNOWN_AI | 没有这个应用标识符",
                "/01/ | NO_PRIMARY_KEY | 缺少号码",
                "/gtin/9521234543213 | CONVENIENCE_WORD | 请写成 /01/09521234543213",
                "/00/006141411234567891 | INCORRECT_CHECK_DIGIT | 应为 0",
                "/253/9521234543214 | INCORRECT_CHECK_DIGIT | 应为 3",
                "/255/9521234543214 | INCORRECT_CHECK_DIGIT | 应为 3",
                "/401/12 | TOO_SHORT_FOR_GCP | 厂商识别代码",
                "/402/95212345678901236 | INCORRECT_CHECK_DIGIT | 应为 5",
                "/414/9521234543214 | INCORRECT_CHECK_DIGIT | 应为 3",
                "/415/9521234543213 | REQUIRED_AI_MISSING | (8020)",
                "/417/9521234543214 | INCORRECT_CHECK_DIGIT | 应为 3",
                "/8003/19521234543213 | NOT_ZERO | 只能是 0",
                "/8004/A123 | INVALID_GCP_PREFIX | 厂商识别代码",
                "/8006/095212345432130302 | PIECE_NUMBER_EXCEEDS_TOTAL | 大于总件数",
                "/8010/9521234a | INVALID_CSET39_CHARACTER | 字符集 39",
                "/8013/1987654Ad4X4bL5ttr2310c2L | INCORRECT_CHECK_PAIR | 应为 2K",
                "/8017/123456789012345670 | INCORRECT_CHECK_DIGIT | 应为 5",
                "/8018/123456789012345670 | INCORRECT_CHECK_DIGIT | 应为 5",
            })
    void a_broken_rule_is_named_with_where_and_how_to_mend_it(
            String path, String rule, String words) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode body = json.readTree(answer.body());
        assertThat(body.path("rule").asString()).isEqualTo("bad-digital-link");
        assertThat(body.path("problems").get(0).path("rule").asString()).isEqualTo(rule);
        assertThat(body.path("problems").get(0).path("text").asString()).contains(words);
        assertThat(body.path("problems").get(0).path("textEn").asString()).isNotBlank();
        HttpResponse<String> page = get(path, "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/00/006141411234567890",
                "/01/09521234543213",
                "/01/GTIN/10/NO-SUCH-LOT",
                "/01/GTIN/10/OTHER",
                "/01/GTIN/21/7000000000000009",
                "/01/09521234543213/21/" + CODE,
                "/01/GTIN/10/OTHER/21/" + CODE,
                "/253/9521234543213DOC-1",
                "/255/9521234543213000123",
                "/401/9521234ABC",
                "/402/95212345678901235",
                "/414/9521234543213/254/DOOR-7",
                "/415/9521234543213/8020/INVOICE-1",
                "/417/9521234543213",
                "/8003/09521234543213CRATE-7",
                "/8004/9521234SCALE-7/7040/1AB3",
                "/8006/095212345432130102/22/2A/10/L/21/S",
                "/8010/9521234PART-7/8011/7",
                "/8013/1987654Ad4X4bL5ttr2310c2K",
                "/8017/123456789012345675/8019/1",
                "/8018/123456789012345675",
            })
    void every_primary_key_is_understood_and_what_nobody_registered_is_not_found(String path)
            throws Exception {
        String address = path.replace("GTIN", product.gtin());
        for (String type : List.of("", "?linkType=linkset", "?linkType=gs1:pip")) {
            HttpResponse<String> answer = get(address + type);
            assertThat(answer.statusCode()).as(address + type).isEqualTo(404);
        }
        HttpResponse<String> page =
                get(address + "?linkType=gs1:pip&lang=en", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("does not know the number");
        assertThat(json.readTree(get(address + "?linkType=linkset").body()).path("rule").asString())
                .isEqualTo("unknown-item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/00/006141411234567890",
                "/8003/09521234543213CRATE-7",
                "/8004/9521234SCALE-7"
            })
    void a_container_that_events_name_leads_to_its_trace(String path) throws Exception {
        when(containers.isKnown("https://id.gs1.org" + path)).thenReturn(true);
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(307);
        assertThat(page.headers().firstValue("Location").orElse(""))
                .startsWith("/trace?what=https%3A%2F%2Fid.gs1.org%2F");
        assertThat(get(path + "?linkType=gs1:epcis").headers().firstValue("Location").orElse(""))
                .contains("/epcis/events?MATCH_anyEPC=");
        assertThat(get(path + "?linkType=linkset").statusCode()).isEqualTo(200);
        assertThat(get(path + "?linkType=gs1:pip").statusCode()).isEqualTo(404);
    }

    @Test
    void a_code_that_nobody_issued_is_not_found_and_still_warns_the_shopper() throws Exception {
        HttpResponse<String> page =
                get("/01/" + product.gtin() + "/21/7000000000000009", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("没有发放过这个编号");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs1:hasRetailers", "gs1:nonsense", "pip", "schema:review", ""})
    void a_type_that_is_missing_is_not_found_and_the_others_are_listed(String type)
            throws Exception {
        HttpResponse<String> answer = get("/01/" + product.gtin() + "?linkType=" + type);
        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode body = json.readTree(answer.body());
        assertThat(body.path("rule").asString()).isEqualTo("no-such-link-type");
        assertThat(body.path("linkTypes").toString()).contains("gs1:pip", "gs1:traceability");
        assertThat(get("/01/" + product.gtin() + "?linkType=" + type, "Accept", "text/html").body())
                .contains("?linkType=gs1:pip");
    }

    // --- linksets

    @Test
    void the_linkset_has_every_level_and_fits_the_schema_of_gs1() throws Exception {
        register("https://shop.example.com/zh", "zh", null);
        register("https://shop.example.com/hk", "zh", "HK");
        String pack = "/01/" + product.gtin() + "/10/L250611%2FGW%2B03/21/" + CODE;
        HttpResponse<String> answer = get(pack + "?linkType=linkset");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/linkset+json");
        assertThat(answer.headers().firstValue("Link").orElse(""))
                .contains("rel=\"http://www.w3.org/ns/json-ld#context\"")
                .contains("type=\"application/ld+json\"");
        JsonNode set = json.readTree(answer.body()).path("linkset");
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.get(0).path("anchor").asString()).isEqualTo(root() + pack);
        assertThat(set.get(1).path("anchor").asString())
                .isEqualTo(root() + "/01/" + product.gtin() + "/10/L250611%2FGW%2B03");
        assertThat(set.get(2).path("anchor").asString())
                .isEqualTo(root() + "/01/" + product.gtin());
        for (JsonNode level : set) {
            JsonNode defaults = level.path(VOC + "defaultLink");
            assertThat(defaults.size()).isEqualTo(1);
            assertThat(defaults.get(0).propertyNames()).containsExactly("href", "title");
            String href = defaults.get(0).path("href").asString();
            boolean described =
                    level.propertyStream()
                            .filter(e -> !e.getKey().contains("/voc/defaultLink"))
                            .filter(e -> e.getKey().startsWith(VOC))
                            .anyMatch(
                                    e ->
                                            e.getValue()
                                                    .valueStream()
                                                    .anyMatch(
                                                            l ->
                                                                    l.path("href")
                                                                            .asString()
                                                                            .equals(href)));
            assertThat(described).isTrue();
        }
        assertThat(set.get(2).path(VOC + "recipeInfo").get(0).path("href").asString())
                .isEqualTo("https://shop.example.com/zh");
        assertThat(get(pack, "Accept", "application/linkset+json").body()).isEqualTo(answer.body());
        assertThat(get(pack + "?linkType=all").body()).isEqualTo(answer.body());
        fits(answer.body(), "gs1-linkset-schema.json");
    }

    @Test
    void every_page_of_ours_in_a_linkset_is_there() throws Exception {
        String pack = "/01/" + product.gtin() + "/21/" + CODE;
        for (JsonNode level :
                json.readTree(get(pack + "?linkType=linkset").body()).path("linkset")) {
            level.propertyStream()
                    .filter(e -> e.getKey().startsWith(VOC))
                    .flatMap(e -> e.getValue().valueStream())
                    .map(l -> l.path("href").asString())
                    .filter(h -> !h.contains("/licence/") && !h.contains("/c/"))
                    .distinct()
                    .forEach(
                            href -> {
                                try {
                                    assertThat(get(href.substring(root().length())).statusCode())
                                            .as(href)
                                            .isEqualTo(200);
                                } catch (Exception e) {
                                    throw new AssertionError(href, e);
                                }
                            });
        }
    }

    @Test
    void the_linkset_is_text_too_and_linked_data() throws Exception {
        register("https://shop.example.com/zh", "zh", null);
        String asked = "/01/" + product.gtin() + "?linkType=linkset";
        HttpResponse<String> text = get(asked, "Accept", "application/linkset");
        assertThat(text.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/linkset")
                .doesNotContain("json");
        assertThat(text.body())
                .contains(
                        "<https://shop.example.com/zh>; rel=\""
                                + VOC
                                + "recipeInfo\"; anchor=\""
                                + root()
                                + "/01/"
                                + product.gtin()
                                + "\"; type=\"text/html\"; hreflang=\"zh\"; title*=UTF-8''%E8%8F%9C%E8%B0%B1")
                .contains("; title=\"Guiwei litchi\"")
                .matches("(?s)(<[^>]+>(; [a-z*]+=(\"[^\"]*\"|UTF-8''[A-Za-z0-9%]+))+,?\n)+");
        HttpResponse<String> linked = get(asked, "Accept", "application/ld+json");
        assertThat(linked.headers().firstValue("Content-Type")).contains("application/ld+json");
        String context = json.readTree(linked.body()).path("@context").asString();
        HttpResponse<String> terms = get(context.substring(root().length()));
        assertThat(terms.headers().firstValue("Content-Type")).contains("application/ld+json");
        assertThat(json.readTree(terms.body()).path("@context").path("anchor").asString())
                .isEqualTo("@id");
        assertThat(
                        get(asked, "Accept", "application/linkset;q=0.5, application/linkset+json")
                                .headers()
                                .firstValue("Content-Type"))
                .contains("application/linkset+json");
    }

    @Test
    void a_linkset_is_asked_for_again_and_not_sent_again() throws Exception {
        String asked = "/01/" + product.gtin() + "?linkType=linkset";
        HttpResponse<String> first = get(asked);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        HttpResponse<String> second = get(asked, "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        register("https://shop.example.com/new", "zh", null);
        assertThat(get(asked, "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    // --- the resolver itself

    @Test
    void the_resolver_describes_itself() throws Exception {
        HttpResponse<String> answer = get("/.well-known/gs1resolver");
        JsonNode about = json.readTree(answer.body());
        assertThat(about.path("resolverRoot").asString()).isEqualTo(root());
        assertThat(about.path("supportedPrimaryKeys").toString())
                .isEqualTo(
                        "[\"00\",\"01\",\"253\",\"255\",\"401\",\"402\",\"414\",\"415\",\"417\","
                                + "\"8003\",\"8004\",\"8006\",\"8010\",\"8013\",\"8017\",\"8018\"]");
        assertThat(about.path("supportedLinkType").get(0).path("namespace").asString())
                .isEqualTo(VOC);
        assertThat(about.path("linkTypeDefaultCanBeLinkset").asBoolean(true)).isFalse();
        assertThat(
                        get(about.path("jsonLdContext").asString().substring(root().length()))
                                .statusCode())
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=3600");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void pages_of_other_sites_may_ask_and_nobody_may_change_anything() throws Exception {
        String address = "/01/" + product.gtin();
        for (String path : List.of(address, address + "?linkType=linkset", "/01/123")) {
            assertThat(
                            get(path, "Origin", "https://other.example.net")
                                    .headers()
                                    .allValues("Access-Control-Allow-Origin"))
                    .as(path)
                    .containsExactly("*");
        }
        HttpResponse<String> preflight =
                send(
                        HttpRequest.newBuilder(uri(address))
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("Origin", "https://other.example.net")
                                .header("Access-Control-Request-Method", "GET")
                                .header("Access-Control-Request-Headers", "Accept")
                                .build());
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("GET")
                .doesNotContain("POST");
        HttpResponse<String> options =
                send(
                        HttpRequest.newBuilder(uri(address))
                                .method("OPTIONS", BodyPublishers.noBody())
                                .build());
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow").orElse(""))
                .contains("GET", "HEAD", "OPTIONS");
        HttpResponse<String> post =
                send(
                        HttpRequest.newBuilder(uri(address))
                                .POST(BodyPublishers.ofString("{}"))
                                .build());
        assertThat(post.statusCode()).isEqualTo(405);
    }

    @Test
    void head_says_what_get_would_say() throws Exception {
        for (String path :
                List.of(
                        "/01/" + product.gtin(),
                        "/01/" + product.gtin() + "?linkType=linkset",
                        "/01/" + product.gtin() + "/21/" + CODE,
                        "/01/123",
                        "/.well-known/gs1resolver")) {
            HttpResponse<String> head =
                    send(
                            HttpRequest.newBuilder(uri(path))
                                    .method("HEAD", BodyPublishers.noBody())
                                    .build());
            HttpResponse<String> get = get(path);
            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Location"))
                    .isEqualTo(get.headers().firstValue("Location"));
        }
    }

    @Test
    void no_request_leads_anywhere_that_was_not_registered() throws Exception {
        String gtin = product.gtin();
        for (String path :
                List.of(
                        "/01/" + gtin + "?url=https://evil.example.net/",
                        "/01/" + gtin + "?redirect=//evil.example.net&lang=//evil.example.net",
                        "/01/" + gtin + "?linkType=gs1:pip&href=https://evil.example.net",
                        "/01/"
                                + gtin
                                + "/10/L250611%2FGW%2B03?next=%0d%0aLocation:%20https://evil.example.net",
                        "/01/" + gtin + "?@evil.example.net",
                        "/01/" + gtin + "?%5c%5cevil.example.net")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(307);
            URI target = uri(path).resolve(location(answer));
            assertThat(target.getHost()).as(path).isEqualTo("localhost");
            assertThat(target.getPort()).isEqualTo(port);
            assertThat(target.getPath()).startsWith(path.contains("/10/") ? "/lot/" : "/catalog/");
        }
        for (String path :
                List.of(
                        "/01//evil.example.net",
                        "/01/https:%2F%2Fevil.example.net",
                        "/01/..%2F..%2Fapi/v1/products",
                        "/01/%2e%2e/%2e%2e/s",
                        "/01/" + gtin + "?linkType=https://evil.example.net/",
                        "/01/" + gtin + "?linkType=javascript:alert(1)")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void a_forged_host_leads_nobody_astray() throws Exception {
        String answer =
                raw(
                        "GET /01/"
                                + product.gtin()
                                + " HTTP/1.1\r\nHost: evil.example.net\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 307");
        assertThat(answer).contains("Location: /catalog/" + product.id() + "\r\n");
    }

    @Test
    void an_escaped_slash_is_for_values_of_gs1_only() throws Exception {
        assertThat(get("/catalog/a%2Fb").statusCode()).isEqualTo(400);
        assertThat(get("/p%2F..%2Fs").statusCode()).isEqualTo(400);
        assertThat(get("/t/a%2Fb").statusCode()).isEqualTo(400);
    }

    // --- the lot's own page

    @Test
    void the_page_of_a_lot_says_whether_it_is_recalled() throws Exception {
        Lot plain = lot("L250611-GW-04", product.id());
        when(lots.findByNumber("L250611-GW-04")).thenReturn(Optional.of(plain));
        assertThat(get("/lot/L250611-GW-04").body())
                .contains("该批次没有召回。")
                .contains("没有有效的合格证")
                .contains("本批没有检测报告")
                .contains("桂味荔枝")
                .doesNotContain("null");
        assertThat(get("/lot/l250611-gw-04?lang=en").body()).contains("This lot is not recalled.");
        when(recalls.reaching(plain.id()))
                .thenReturn(
                        Optional.of(
                                new Recalls.Recall(
                                        new UUID(0, 6),
                                        "ZH2025-0003",
                                        plain.id(),
                                        "超标",
                                        Recalls.Level.TWO,
                                        null,
                                        java.time.Instant.EPOCH,
                                        "李 演示",
                                        false,
                                        List.of(),
                                        BigDecimal.TEN,
                                        1,
                                        1,
                                        List.of())));
        assertThat(get("/lot/L250611-GW-04").body()).contains("ZH2025-0003").contains("请勿食用");
        assertThat(get("/lot/NONE").statusCode()).isEqualTo(404);
    }

    @Test
    void the_description_of_the_api_knows_the_resolver_and_the_links() throws Exception {
        String api = get("/v3/api-docs").body();
        assertThat(api)
                .contains("Resolve a GS1 Digital Link")
                .contains("/api/v1/products/{id}/links")
                .doesNotContain("/gtin/");
    }

    private ProductLink register(
            String href, String language, @org.jspecify.annotations.Nullable String context) {
        return links.register(
                clerk(),
                product.id(),
                new NewLink("gs1:recipeInfo", href, "菜谱", language, null, context));
    }

    private Visitor clerk() {
        return new Visitor(UUID.randomUUID(), "文员 演示", Role.CLERK, party.id(), Set.of());
    }

    private static Lot lot(String number, UUID product) {
        return new Lot(
                UUID.randomUUID(),
                number,
                Lot.Kind.PACKED,
                UUID.randomUUID(),
                "litchi",
                "桂味",
                "特级",
                product,
                new BigDecimal("100"),
                40,
                LocalDate.of(2025, 6, 11),
                "440981109",
                null);
    }

    private static String creditCode() {
        String body = "93440900MA%07d".formatted(ThreadLocalRandom.current().nextInt(10_000_000));
        return body + UnifiedSocialCreditCode.checkCharacter(body);
    }

    private static void fits(String body, String schema) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/vectors/gs1-linkset").resolve(schema);
            if (Files.exists(found)) {
                var rules =
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                                .getSchema(Files.readString(found));
                assertThat(rules.validate(body, InputFormat.JSON)).isEmpty();
                String invalid = Files.readString(found.resolveSibling("invalid-gs1-example.json"));
                assertThat(rules.validate(invalid, InputFormat.JSON)).isNotEmpty();
                return;
            }
        }
        assumeTrue(false, "skipped: no shared/vectors/gs1-linkset beside the project");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElse("no Location: " + answer.statusCode());
    }

    private URI uri(String path) {
        return URI.create(root() + path);
    }

    private String root() {
        return "http://localhost:" + port;
    }
}
