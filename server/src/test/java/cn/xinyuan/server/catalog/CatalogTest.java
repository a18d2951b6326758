package cn.xinyuan.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cn.xinyuan.codes.Gtin;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.ProductLinks.NewLink;
import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Party;
import java.math.BigDecimal;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.test.context.TestPropertySource;

/** Products and their links on a real database, and over real HTTP. */
@ApplicationModuleTest(
        mode = BootstrapMode.ALL_DEPENDENCIES,
        extraIncludes = "access",
        webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = "xinyuan.links.allowed-hosts=shop.example.com,*.farm.example.org")
@Import(TestDatabase.class)
class CatalogTest {

    private static final String PASSWORD = "litchi is red in June";

    @Autowired Catalog catalog;
    @Autowired ProductLinks links;
    @Autowired Parties parties;
    @Autowired Accounts accounts;
    @Autowired Journal journal;
    @Autowired JdbcClient db;
    @LocalServerPort int port;

    private final Visitor city =
            new Visitor(UUID.randomUUID(), "市局 演示", Role.CITY_MANAGER, null, Set.of("4409"));

    @Test
    void a_product_without_a_gtin_is_given_one_of_the_installation() {
        Visitor clerk = clerk(cooperative());
        Product first = product(clerk, null);
        Product second = product(clerk, "");
        assertThat(first.gtin()).startsWith("09521234").isNotEqualTo(second.gtin());
        assertThat(Gtin.read(first.gtin())).isPresent();
        assertThat(catalog.findByGtin(first.gtin())).contains(first);
        assertThat(catalog.get(first.id())).isEqualTo(first);
        assertThat(catalog.productsOf(first.party())).containsExactly(first, second);
        assertThat(catalog.all()).contains(first, second);
    }

    @Test
    void a_gtin_of_ones_own_is_widened_checked_and_taken_once() {
        Visitor clerk = clerk(cooperative());
        assertThat(product(clerk, "6291041500213").gtin()).isEqualTo("06291041500213");
        assertThatThrownBy(() -> product(clerk, "06291041500213"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("已经登记过");
        assertThatThrownBy(() -> product(clerk, "6291041500214"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("末位应为 3");
    }

    @Test
    void a_clerk_registers_nothing_for_another_party() {
        Party theirs = cooperative();
        assertThatThrownBy(
                        () ->
                                catalog.register(
                                        clerk(cooperative()), fresh(theirs.id(), "别家产品", null)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void every_mistake_in_a_product_is_named_at_once() {
        Party party = cooperative();
        assertThatExceptionOfType(Problems.class)
                .isThrownBy(
                        () ->
                                catalog.register(
                                        clerk(party),
                                        new NewProduct(
                                                party.id(),
                                                null,
                                                " ",
                                                "",
                                                "Litchi!",
                                                null,
                                                "",
                                                new BigDecimal("0"),
                                                "",
                                                false)))
                .satisfies(
                        p ->
                                assertThat(p.list())
                                        .extracting(Problem::field)
                                        .containsExactly(
                                                "name",
                                                "nameEn",
                                                "category",
                                                "grade",
                                                "pack",
                                                "packKg"));
    }

    @Test
    void an_owner_registers_a_link_and_takes_it_back_and_the_journal_knows_both() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        long before = lastEntry();

        ProductLink link =
                links.register(
                        clerk,
                        product.id(),
                        link("gs1:recipeInfo", "HTTPS://Shop.Example.com/recipes?a=b", "荔枝的六种吃法"));

        assertThat(link.href()).isEqualTo("https://shop.example.com/recipes?a=b");
        assertThat(link.type()).isEqualTo(LinkType.RECIPE_INFO);
        assertThat(link.mediaType()).isEqualTo("text/html");
        assertThat(links.of(product.id())).containsExactly(link);

        links.withdraw(clerk, product.id(), link.id());

        assertThat(links.of(product.id())).isEmpty();
        assertThatThrownBy(() -> links.withdraw(clerk, product.id(), link.id()))
                .isInstanceOf(NotFound.class);
        assertThat(journal.after(before, 10))
                .extracting(
                        Journal.Entry::kind,
                        e -> new String(e.bytes(), StandardCharsets.UTF_8).split("\n", -1)[1])
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("product-link/1", "REGISTERED"),
                        org.assertj.core.groups.Tuple.tuple("product-link/1", "WITHDRAWN"));
        assertThat(
                        db.sql("select count(*) from catalog.product_link where id = :id")
                                .param("id", link.id())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        // and may be registered again
        links.register(
                clerk,
                product.id(),
                link("gs1:recipeInfo", "https://shop.example.com/recipes?a=b", "荔枝的吃法"));
    }

    @Test
    void a_link_leads_only_where_the_operator_allows() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        for (String wrong :
                List.of(
                        "https://evil.example.net/",
                        "https://farm.example.org/",
                        "https://shop.example.com.evil.example.net/",
                        "http://shop.example.com/",
                        "https://shop.example.com@evil.example.net/",
                        "//shop.example.com/",
                        "javascript:alert(1)")) {
            assertThatExceptionOfType(Problems.class)
                    .as(wrong)
                    .isThrownBy(
                            () -> links.register(clerk, product.id(), link("gs1:pip", wrong, "x")))
                    .satisfies(
                            p ->
                                    assertThat(p.list())
                                            .extracting(Problem::field)
                                            .containsExactly("href"));
        }
        links.register(clerk, product.id(), link("gs1:pip", "https://a.farm.example.org/", "果园"));
    }

    @Test
    void a_host_that_is_allowed_no_more_is_led_to_no_more() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        links.register(clerk, product.id(), link("gs1:pip", "https://shop.example.com/", "x"));
        db.sql(
                        "update catalog.product_link set href = 'https://once.example.net/' where"
                                + " product = :p")
                .param("p", product.id())
                .update();
        assertThat(links.of(product.id())).isEmpty();
    }

    @Test
    void what_the_platform_vouches_for_nobody_else_states() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        for (String type :
                List.of(
                        "gs1:traceability",
                        "gs1:certificationInfo",
                        "gs1:recallStatus",
                        "gs1:defaultLink",
                        "gs1:epcis",
                        "schema:review",
                        "")) {
            assertThatExceptionOfType(Problems.class)
                    .isThrownBy(
                            () ->
                                    links.register(
                                            clerk,
                                            product.id(),
                                            link(type, "https://shop.example.com/", "x")))
                    .satisfies(p -> assertThat(p.list().getFirst().field()).isEqualTo("type"));
        }
    }

    @Test
    void every_mistake_in_a_link_is_named_at_once() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        assertThatExceptionOfType(Problems.class)
                .isThrownBy(
                        () ->
                                links.register(
                                        clerk,
                                        product.id(),
                                        new NewLink(null, null, null, "chinese", "html", "a b")))
                .satisfies(
                        p ->
                                assertThat(p.list())
                                        .extracting(Problem::field)
                                        .containsExactly(
                                                "type",
                                                "href",
                                                "title",
                                                "language",
                                                "mediaType",
                                                "context"));
    }

    @Test
    void the_same_link_twice_and_more_than_forty_are_refused() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        for (int i = 0; i < 39; i++) {
            links.register(
                    clerk, product.id(), link("gs1:faqs", "https://shop.example.com/" + i, "x"));
        }
        assertThatThrownBy(
                        () ->
                                links.register(
                                        clerk,
                                        product.id(),
                                        link("gs1:faqs", "https://shop.example.com/0", "y")))
                .isInstanceOf(Problems.class);
        links.register(clerk, product.id(), link("gs1:support", "https://shop.example.com/0", "y"));
        assertThatThrownBy(
                        () ->
                                links.register(
                                        clerk,
                                        product.id(),
                                        link("gs1:faqs", "https://shop.example.com/40", "x")))
                .asInstanceOf(type(Refused.class))
                .extracting(Refused::rule)
                .isEqualTo("too-many-links");
    }

    @Test
    void a_stranger_finds_no_product_to_link_and_no_link_to_withdraw() {
        Visitor owner = clerk(cooperative());
        Product product = product(owner, null);
        ProductLink link =
                links.register(
                        owner, product.id(), link("gs1:pip", "https://shop.example.com/", "x"));
        Visitor stranger = clerk(cooperative());
        assertThatThrownBy(
                        () ->
                                links.register(
                                        stranger,
                                        product.id(),
                                        link("gs1:pip", "https://shop.example.com/b", "x")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> links.withdraw(stranger, product.id(), link.id()))
                .isInstanceOf(NotFound.class);
        Product other = product(stranger, null);
        assertThatThrownBy(() -> links.withdraw(stranger, other.id(), link.id()))
                .isInstanceOf(NotFound.class);
        links.withdraw(
                new Visitor(UUID.randomUUID(), "管理员 演示", Role.ADMINISTRATOR, null, Set.of()),
                product.id(),
                link.id());
        assertThat(links.of(product.id())).isEmpty();
    }

    @Test
    void the_database_itself_refuses_another_scheme_and_half_a_withdrawal() {
        Visitor clerk = clerk(cooperative());
        Product product = product(clerk, null);
        links.register(clerk, product.id(), link("gs1:pip", "https://shop.example.com/", "x"));
        for (String change :
                List.of(
                        "href = 'http://shop.example.com/'",
                        "href = 'https://shop.example.com@evil.example.net/'",
                        "href = '/catalog'",
                        "media_type = 'x'",
                        "withdrawn_at = now()",
                        "language = 'chinese'")) {
            assertThatThrownBy(() -> db.sql("update catalog.product_link set " + change).update())
                    .as(change)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void a_machine_registers_reads_and_withdraws_a_link() throws Exception {
        Party party = cooperative();
        Product product = product(clerk(party), null);
        String path = "/api/v1/products/" + product.id() + "/links";
        String key = key(Role.CLERK, party.id());
        String body =
                """
                {"type": "https://ref.gs1.org/voc/hasRetailers", "href": "https://shop.example.com/buy",
                 "title": "Where to buy", "language": "en"}
                """;

        assertThat(post(path, null, body).statusCode()).isEqualTo(401);
        assertThat(post(path, key(Role.CLERK, cooperative().id()), body).statusCode())
                .isEqualTo(404);
        assertThat(post(path, key(Role.RETAILER, party.id()), body).statusCode()).isEqualTo(403);
        HttpResponse<String> made = post(path, key, body);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"type\":\"gs1:hasRetailers\"");
        HttpResponse<String> wrong = post(path, key, body.replace("shop.", "evil."));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("shop.example.com").contains("href");
        assertThat(post(path, key, "{}").statusCode()).isEqualTo(422);

        assertThat(get(path).body()).contains("https://shop.example.com/buy");
        assertThat(get("/catalog/" + product.id()).body())
                .contains("href=\"https://shop.example.com/buy\"")
                .contains("rel=\"nofollow noopener external\"");

        String link = String.valueOf(made.headers().firstValue("Location").orElseThrow());
        assertThat(post(link + "/withdraw", key, "").statusCode()).isEqualTo(204);
        assertThat(get(path).body()).isEqualTo("[]");
        assertThat(get("/catalog/" + product.id()).body()).doesNotContain("shop.example.com/buy");
    }

    @Test
    void a_clerk_registers_a_link_on_paper_and_keeps_what_was_typed() throws Exception {
        Party party = cooperative();
        Product product = product(clerk(party), null);
        String name = account(Role.CLERK, party.id());
        String page = "/p/products/" + product.id() + "/links";
        try (HttpClient browser =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            form(browser, "/login", Map.of("loginName", name, "password", PASSWORD));
            String again =
                    form(
                                    browser,
                                    page,
                                    Map.of(
                                            "type",
                                            "gs1:recipeInfo",
                                            "href",
                                            "https://evil.example.net/",
                                            "title",
                                            "荔枝的\"六\"种吃法"))
                            .body();
            assertThat(again)
                    .contains("运营方没有允许这个网站")
                    .contains("value=\"https://evil.example.net/\"")
                    .contains("value=\"荔枝的&#34;六&#34;种吃法\"");
            String done =
                    form(
                                    browser,
                                    page,
                                    Map.of(
                                            "type",
                                            "gs1:recipeInfo",
                                            "href",
                                            "https://shop.example.com/eat",
                                            "title",
                                            "荔枝的六种吃法",
                                            "language",
                                            "zh"))
                            .body();
            assertThat(done).contains("href=\"https://shop.example.com/eat\"").contains("撤下");
            ProductLink link = links.of(product.id()).getFirst();
            String gone =
                    form(browser, page, page + "/" + link.id() + "/withdraw", Map.of()).body();
            assertThat(gone).contains("还没有登记链接");
        }
    }

    private HttpResponse<String> form(HttpClient browser, String page, Map<String, String> fields)
            throws Exception {
        return form(browser, page, page, fields);
    }

    /** Opens a page, and sends fields with its token against forgery. */
    private HttpResponse<String> form(
            HttpClient browser, String page, String action, Map<String, String> fields)
            throws Exception {
        String drawn =
                browser.send(
                                HttpRequest.newBuilder(URI.create(root() + page)).build(),
                                BodyHandlers.ofString())
                        .body();
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(drawn);
        assertThat(token.find()).as(drawn).isTrue();
        String body =
                "_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)
                        + fields.entrySet().stream()
                                .map(
                                        e ->
                                                "&"
                                                        + e.getKey()
                                                        + "="
                                                        + URLEncoder.encode(
                                                                e.getValue(),
                                                                StandardCharsets.UTF_8))
                                .collect(Collectors.joining());
        return browser.send(
                HttpRequest.newBuilder(URI.create(root() + action))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private long lastEntry() {
        return journal.after(0, Integer.MAX_VALUE).stream()
                .mapToLong(Journal.Entry::number)
                .max()
                .orElse(0);
    }

    private static NewLink link(String type, String href, String title) {
        return new NewLink(type, href, title, null, null, null);
    }

    private Product product(Visitor clerk, @Nullable String gtin) {
        return catalog.register(clerk, fresh(clerk.party(), "桂味荔枝 " + UUID.randomUUID(), gtin));
    }

    private static NewProduct fresh(@Nullable UUID party, String name, @Nullable String gtin) {
        if (party == null) {
            throw new IllegalArgumentException("a clerk acts for a party");
        }
        return new NewProduct(
                party,
                gtin,
                name,
                "Guiwei litchi",
                "litchi",
                "桂味",
                "特级",
                new BigDecimal("2.500"),
                "2.5 kg 礼盒",
                true);
    }

    private Party cooperative() {
        return parties.register(
                city,
                new NewParty(
                        Party.Kind.COOPERATIVE,
                        "示例合作社 " + UUID.randomUUID(),
                        "Demo Cooperative",
                        creditCode(),
                        "440981",
                        "陈演示",
                        "13800000000"));
    }

    private static String creditCode() {
        String body =
                "93440900MA%07d"
                        .formatted(
                                java.util.concurrent.ThreadLocalRandom.current()
                                        .nextInt(10_000_000));
        return body + cn.xinyuan.codes.UnifiedSocialCreditCode.checkCharacter(body);
    }

    private static Visitor clerk(Party of) {
        return new Visitor(UUID.randomUUID(), "文员 演示", Role.CLERK, of.id(), Set.of());
    }

    private String account(Role role, UUID party) {
        String name = "u" + UUID.randomUUID().toString().substring(0, 12);
        accounts.open(new NewAccount(name, "演示", role, party, Set.of(), PASSWORD));
        return name;
    }

    private String key(Role role, UUID party) {
        return accounts.newKey(
                accounts.findByName(account(role, party)).orElseThrow().account(), "试");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(root() + path)).build());
    }

    private HttpResponse<String> post(String path, @Nullable String key, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(root() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private String root() {
        return "http://localhost:" + port;
    }
}
