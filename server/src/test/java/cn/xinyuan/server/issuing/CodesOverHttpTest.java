package cn.xinyuan.server.issuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.codes.SeasonFile;
import cn.xinyuan.codes.UnifiedSocialCreditCode;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders, downloads, activation and revocation through the whole program on a real database. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"xinyuan.demo=true", "xinyuan.public-address=https://xin.example"})
@Import(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CodesOverHttpTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger SERIAL = new AtomicInteger(1);
    private static final int PLANNED = 40_000;

    /** A key store of its own: the last test begins a key version. */
    private static final Path DATA = folder();

    private static Path folder() {
        try {
            Files.createDirectories(Path.of("target"));
            return Files.createTempDirectory(Path.of("target"), "codes-http-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) {
        properties.add("xinyuan.data", DATA::toString);
    }

    @LocalServerPort int port;
    @Autowired Accounts accounts;
    @Autowired Parties parties;
    @Autowired Farming farming;
    @Autowired Goods goods;
    @Autowired Catalog catalog;
    @Autowired Standards standards;
    @Autowired Codes codes;
    @Autowired Labels labels;
    @Autowired JdbcClient db;
    @Autowired Clock clock;
    @Autowired Certificates certificates;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Visitor administrator =
            new Visitor(UUID.randomUUID(), "演示 管理员", Role.ADMINISTRATOR, null, Set.of("44"));
    private Party cooperative =
            new Party(new UUID(0, 0), Party.Kind.FARMER, "", "", null, "", "", "", "");
    private String clerk = "";
    private String stranger = "";
    private String supervisor = "";
    private String elsewhere = "";
    private String operator = "";
    private LocalDate today = LocalDate.EPOCH;

    @BeforeAll
    void people() {
        today = ChinaTime.today(clock);
        standards.loadReference();
        cooperative = party("演示荔枝合作社");
        clerk = key(Role.CLERK, cooperative.id(), Set.of());
        stranger = key(Role.CLERK, party("演示邻社").id(), Set.of());
        supervisor = key(Role.SUPERVISOR, null, Set.of("440981"));
        elsewhere = key(Role.SUPERVISOR, null, Set.of("440982"));
        operator = key(Role.ADMINISTRATOR, null, Set.of("44"));
    }

    @AfterAll
    void close() {
        http.close();
    }

    @Test
    void many_clerks_at_once_never_order_one_code_more_than_planned() throws Exception {
        Product box = box();
        var ordered = new AtomicLong();
        var refused = new AtomicInteger();
        // 60 orders of 1,000 want 60,000, planned are 40,000
        together(
                60,
                () -> {
                    try {
                        ordered.addAndGet(codes.order(clerk(), box.id(), 1_000).count());
                    } catch (Refused no) {
                        assertThat(no.rule()).isEqualTo("over-plan");
                        refused.incrementAndGet();
                    }
                    return null;
                });
        assertThat(ordered.get()).isEqualTo(PLANNED);
        assertThat(refused.get()).isEqualTo(20);
        assertThat(labels.left(cooperative.id(), box.id(), today.getYear())).isZero();
        assertThat(
                        db.sql("select sum(codes) from issuing.batch where product = :p")
                                .param("p", box.id())
                                .query(Long.class)
                                .single())
                .isEqualTo(PLANNED);
        assertThat(post("/api/v1/code-batches", clerk, order(box, 1)).statusCode()).isEqualTo(409);
    }

    @Test
    void many_clerks_at_once_never_activate_one_code_more_than_packed() throws Exception {
        Product box = box();
        Lot lot = packed(box, 100);
        var activated = new AtomicLong();
        var batches = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            batches.add(codes.order(clerk(), box.id(), 200).number());
        }
        var turn = new AtomicInteger();
        together(
                40,
                () -> {
                    long batch = batches.get(turn.getAndIncrement() % 4);
                    try {
                        activated.addAndGet(codes.activate(clerk(), batch, lot.id(), 7).count());
                    } catch (Refused no) {
                        assertThat(no.rule()).isEqualTo("over-packed");
                    }
                    return null;
                });
        // 14 times 7 are 98: the next seven would be five too many
        assertThat(activated.get()).isEqualTo(98);
        assertThat(labels.activated(lot.id())).isEqualTo(98);
        assertThat(codes.activate(clerk(), batches.getFirst(), lot.id(), 2).count()).isEqualTo(2);
    }

    @Test
    void a_file_of_codes_comes_whole_in_parts_and_with_a_checksum_and_who_took_it_is_kept()
            throws Exception {
        long batch = codes.order(clerk(), box().id(), 20_000).number();
        String path = "/api/v1/code-batches/" + batch;
        for (String format : List.of("txt", "csv", "addresses")) {
            var whole = bytes(path + "/codes?format=" + format, clerk, null, null);
            assertThat(whole.statusCode()).isEqualTo(200);
            String tag = whole.headers().firstValue("ETag").orElseThrow();
            byte[] all = whole.body();
            assertThat(new String(all, UTF_8).lines().count())
                    .isEqualTo(format.equals("csv") ? 20_001 : 20_000);
            var rest = bytes(path + "/codes?format=" + format, clerk, "bytes=123456-", tag);
            assertThat(rest.statusCode()).isEqualTo(206);
            assertThat(rest.headers().firstValue("Content-Range"))
                    .contains("bytes 123456-" + (all.length - 1) + "/" + all.length);
            assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(all, 123_456, all.length));
            // another file than the one that was begun is sent from its beginning
            assertThat(bytes(path + "/codes?format=" + format, clerk, "bytes=5-9", "\"x\"").body())
                    .isEqualTo(all);
            assertThat(
                            bytes(
                                            path + "/codes?format=" + format,
                                            clerk,
                                            "bytes=" + all.length + "-",
                                            null)
                                    .statusCode())
                    .isEqualTo(416);
            String name =
                    "codes-%d%s"
                            .formatted(
                                    batch,
                                    format.equals("addresses") ? "-addresses.txt" : "." + format);
            JsonNode entry = json(200, get(path + "/manifest", clerk)).get("files").get(name);
            assertThat(entry.get("bytes").asLong()).isEqualTo(all.length);
            assertThat(entry.get("sha256").asString())
                    .isEqualTo(
                            HexFormat.of()
                                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all)));
        }
        var part = get(path + "/codes?from=19999&count=2", clerk);
        assertThat(part.body().lines().toList())
                .containsExactly(codes.text(batch, 19_998), codes.text(batch, 19_999));
        assertThat(get(path + "/codes?format=addresses&from=1&count=1", clerk).body())
                .isEqualTo("HTTPS://XIN.EXAMPLE/T/" + codes.text(batch, 0) + "\n");
        assertThat(get(path + "/codes?from=20001", clerk).statusCode()).isEqualTo(422);
        assertThat(get(path + "/codes", stranger).statusCode()).isEqualTo(404);
        assertThat(get("/p/codes/" + batch + "/codes.txt", stranger).statusCode()).isEqualTo(404);

        assertThat(get("/p/codes/" + batch + "/codes.csv", clerk).body()).startsWith("\uFEFF序号");
        JsonNode log = json(200, get(path + "/downloads", supervisor));
        // the last byte is with us a moment before it is written down
        for (int i = 0; i < 100 && log.get(0).get("ended").isNull(); i++) {
            Thread.sleep(20);
            log = json(200, get(path + "/downloads", supervisor));
        }
        assertThat(log.size()).isEqualTo(12);
        assertThat(log.valueStream().allMatch(d -> d.get("complete").asBoolean())).isTrue();
        assertThat(log.valueStream().map(d -> d.get("from").asLong()))
                .contains(0L, 123_456L, 19_998L * 17);
        assertThat(get("/p/codes/" + batch, clerk).body())
                .contains("下载记录", "codes-" + batch + ".txt", "已完成", "第 123,457 字节起");
    }

    @Test
    void a_download_that_is_cut_off_says_how_far_it_came() throws Exception {
        Product box = box("0.001");
        long batch = codes.order(clerk(), box.id(), 2_000_000).number();
        String path = "/api/v1/code-batches/" + batch;
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(
                            "GET %s/codes?format=addresses HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                                    .formatted(path, clerk)
                                    .getBytes(UTF_8));
            byte[] begun = socket.getInputStream().readNBytes(1_000_000);
            assertThat(new String(begun, 0, 2_000, UTF_8))
                    .contains(
                            "Content-Length: "
                                    + 2_000_000L * ("HTTPS://XIN.EXAMPLE/T/".length() + 17));
            socket.setSoLinger(true, 0);
        }
        JsonNode taken = json(200, get(path + "/downloads", clerk)).get(0);
        for (int i = 0; i < 100 && taken.get("ended").isNull(); i++) {
            Thread.sleep(50);
            taken = json(200, get(path + "/downloads", clerk)).get(0);
        }
        assertThat(taken.get("ended").isNull()).isFalse();
        assertThat(taken.get("complete").asBoolean()).isFalse();
        assertThat(taken.get("sent").asLong()).isBetween(1_000_000L, 77_999_999L);
        assertThat(get("/p/codes/" + batch, clerk).body()).contains("中断于");
    }

    @Test
    void an_order_needs_a_kilobyte_at_most_however_many_codes_it_has() {
        Product box = box("0.001");
        codes.order(clerk(), box.id(), 5);
        long before = stored();
        int orders = 2_000;
        for (int i = 0; i < orders; i++) {
            codes.order(clerk(), box.id(), i % 2 == 0 ? 1 : 10_000);
        }
        double each = (stored() - before) / (double) orders;
        assertThat(each).as("bytes per order").isBetween(100.0, 1_024.0);
        System.out.println("bytes per order, all tables and indexes: " + each);
    }

    /** All rows and indexes of every table, without the free space that updates leave. */
    private long stored() {
        db.sql("vacuum full").update();
        return db.sql(
                        """
                        select sum(pg_total_relation_size(c.oid)) from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
                        """)
                .query(Long.class)
                .single();
    }

    @Test
    void an_official_revokes_a_range_and_the_next_scan_says_so() throws Exception {
        Product box = box();
        long batch = codes.order(clerk(), box.id(), 100).number();
        String body = "{\"batch\":%d,\"from\":11,\"count\":5,\"reason\":\"%s\"}";
        assertThat(post("/api/v1/code-revocations", clerk, body.formatted(batch, "x")).statusCode())
                .isEqualTo(403);
        assertThat(
                        post("/api/v1/code-revocations", elsewhere, body.formatted(batch, "x"))
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        post("/api/v1/code-revocations", supervisor, body.formatted(batch, " "))
                                .statusCode())
                .isEqualTo(422);
        json(201, post("/api/v1/code-revocations", supervisor, body.formatted(batch, "标签卷被盗")));

        for (int serial : new int[] {9, 10, 14, 15}) {
            String text = codes.text(batch, serial);
            boolean gone = serial == 10 || serial == 14;
            assertThat(codes.read(text).orElseThrow().voided()).isEqualTo(gone ? "标签卷被盗" : null);
            JsonNode checked =
                    json(
                            200,
                            post(
                                    "/api/v1/codes/check",
                                    clerk,
                                    "{\"codes\":[\"https://xin.example/t/%s?x=1\"]}"
                                            .formatted(text.toLowerCase(java.util.Locale.ROOT))));
            assertThat(checked.at("/results/0/state").asString())
                    .isEqualTo(gone ? "VOIDED" : "NOT_ACTIVATED");
        }
        String scan = scanned(codes.text(batch, 10));
        assertThat(scan).contains("\"REVOKED\"", "CODE_VOID");
        assertThat(
                        post(
                                        "/api/v1/code-batches/" + batch + "/activations",
                                        clerk,
                                        "{\"lot\":\"%s\",\"from\":10,\"count\":3}"
                                                .formatted(packed(box, 10).id()))
                                .body())
                .contains("revoked");
        assertThat(get("/s/codes", supervisor).body())
                .contains("标签卷被盗", "第 11 至 15 号")
                .doesNotContain("启用新的密钥版本");
        assertThat(get("/s/codes", elsewhere).body()).doesNotContain("标签卷被盗");
        var wrong = form("/s/codes/revocations", supervisor, "batch=999999&reason=x");
        assertThat(wrong.body()).contains("辖区内没有", "value=\"999999\"");
        var whole = form("/s/codes/revocations", supervisor, "batch=" + batch + "&reason=whole");
        assertThat(whole.statusCode()).isIn(302, 303);
        assertThat(codes.read(codes.text(batch, 99)).orElseThrow().voided()).isEqualTo("whole");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void a_key_that_leaked_is_followed_by_another_and_its_version_revoked() throws Exception {
        Product box = box();
        long old = codes.order(clerk(), box.id(), 10).number();
        String before = codes.text(old, 3);
        assertThat(post("/api/v1/code-keys", supervisor, "{\"current\":0}").statusCode())
                .isEqualTo(403);
        String revoke = "{\"keyVersion\":0,\"reason\":\"密钥泄露\"}";
        assertThat(post("/api/v1/code-revocations", operator, revoke).body())
                .contains("key-in-use");
        assertThat(post("/api/v1/code-keys", operator, "{\"current\":5}").statusCode())
                .isEqualTo(422);

        JsonNode begun = json(201, post("/api/v1/code-keys", operator, "{\"current\":0}"));

        assertThat(begun.get("version").asInt()).isEqualTo(1);
        long batch = codes.order(clerk(), box.id(), 10).number();
        String after = codes.text(batch, 3);
        assertThat(after.charAt(0)).isBetween('2', '3');
        assertThat(codes.read(before).orElseThrow().voided()).isNull();
        assertThat(post("/api/v1/code-revocations", supervisor, revoke).statusCode())
                .isEqualTo(422);
        json(201, post("/api/v1/code-revocations", operator, revoke));

        assertThat(codes.read(before).orElseThrow().voided()).isEqualTo("密钥泄露");
        assertThat(codes.read(after).orElseThrow().voided()).isNull();
        assertThat(scanned(before)).contains("\"REVOKED\"", "CODE_VOID");
        assertThat(post("/api/v1/code-revocations", operator, revoke).body())
                .contains("already-revoked");
        assertThat(get("/s/codes", operator).body()).contains("密钥版本 0", "新码用版本 1");
        assertThat(form("/s/codes/versions", operator, "current=0").body()).contains("当前的密钥版本号 1");
        assertThat(
                        db.sql(
                                        "select count(*) from journal.entry where kind = 'code-revocation/1'")
                                .query(Integer.class)
                                .single())
                .isPositive();
    }

    @Test
    void a_handheld_gets_a_signed_file_of_the_good_codes_and_checks_them_alone() throws Exception {
        Product box = box();
        long batch = codes.order(clerk(), box.id(), 10_000).number();
        codes.activate(clerk(), batch, packed(box, 900).id(), 900);
        codes.voidCodes(clerk(), batch, 100, 3, "卡纸");
        json(
                201,
                post(
                        "/api/v1/code-revocations",
                        supervisor,
                        "{\"batch\":%d,\"from\":501,\"count\":10,\"reason\":\"被盗\"}"
                                .formatted(batch)));
        String address = "/api/v1/codes/season-files/" + today.getYear();
        assertThat(get(address, clerk).statusCode()).isEqualTo(403);
        var answer = bytes(address, supervisor, null, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        Path file = Files.write(DATA.resolve("fetched.xin"), answer.body());
        String pem = get("/api/v1/codes/season-files/key", null).body();
        var key =
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(
                                        Base64.getMimeDecoder()
                                                .decode(pem.replaceAll("-----.*-----", ""))));
        SeasonFile season = SeasonFile.read(file, key);

        for (int serial = 0; serial < 1_000; serial++) {
            boolean good =
                    serial < 900
                            && (serial < 100 || serial >= 103)
                            && (serial < 500 || serial >= 510);
            assertThat(season.holds(new ItemCode(codes.text(batch, serial))))
                    .as("serial " + serial)
                    .isEqualTo(good);
        }
        assertThat(bytes(address, supervisor, "bytes=0-20", null).body())
                .isEqualTo("xinyuan season file 1".getBytes(UTF_8));
        assertThat(get("/api/v1/codes/season-files/2001", supervisor).statusCode()).isEqualTo(404);
        assertThat(get("/r/codes", supervisor).body()).contains("离线验码", address);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(DATA.resolve("season-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_code_of_another_installation_is_unknown_and_answered_calmly() throws Exception {
        var foreign =
                new cn.xinyuan.codes.CodeEngine(
                        new cn.xinyuan.codes.CodeKey(new UUID(9, 9), 0, new byte[32]));
        ItemCode code = foreign.code(0, 0);
        assertThat(codes.read(code.text())).isEmpty();
        assertThat(scanned(code.text())).contains("\"UNKNOWN\"");
        JsonNode checked =
                json(
                        200,
                        post(
                                "/api/v1/codes/check",
                                clerk,
                                "{\"codes\":[\"%s\",\"荔枝\"]}".formatted(code)));
        assertThat(checked.at("/results/0/state").asString()).isEqualTo("UNKNOWN");
        assertThat(checked.at("/results/1/state").asString()).isEqualTo("MALFORMED");
    }

    private void together(int many, Callable<Void> act) throws Exception {
        try (var people = Executors.newFixedThreadPool(16)) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < many; i++) {
                all.add(act);
            }
            for (var one : people.invokeAll(all)) {
                one.get();
            }
        }
    }

    private Visitor clerk() {
        return new Visitor(UUID.randomUUID(), "演示 社员", Role.CLERK, cooperative.id(), Set.of());
    }

    private Product box() {
        return box("2.5");
    }

    private Product box(String kilograms) {
        Product product =
                catalog.register(
                        clerk(),
                        new Catalog.NewProduct(
                                cooperative.id(),
                                null,
                                "演示桂味荔枝" + SERIAL.incrementAndGet(),
                                "Demo litchi",
                                "litchi",
                                "桂味",
                                "特级",
                                new BigDecimal(kilograms),
                                kilograms + " kg 盒",
                                false));
        license(product);
        return product;
    }

    private static String order(Product box, long count) {
        return "{\"product\":\"%s\",\"count\":%d}".formatted(box.id(), count);
    }

    /** 100 tonnes in a season: 40,000 packs of 2.5 kg, a hundred million of a gram. */
    private void license(Product product) {
        // the application that a licence comes from is another room's story
        db.sql(
                        """
                        do $$ begin
                            set local session_replication_role = replica;
                            insert into licensing.licence
                                   (id, number, application, party, product, district, from_day,
                                    until_day, yearly_kg, standing, granted_at, version)
                            values (gen_random_uuid(), '信-演示-' || gen_random_uuid(),
                                    gen_random_uuid(), '%s', '%s', '440981', '%s', '%s', 100000,
                                    'IN_FORCE', now(), 1);
                        end $$
                        """
                                .formatted(
                                        cooperative.id(),
                                        product.id(),
                                        today.minusDays(1),
                                        today.plusYears(1)))
                .update();
    }

    private Lot packed(Product box, long packs) {
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
        BigDecimal kilograms = box.packKg().multiply(BigDecimal.valueOf(packs));
        Lot lot = goods.harvest(clerk(), new Goods.Harvest(plot.id(), kilograms, today));
        Lot packed =
                goods.pack(
                        clerk(),
                        new Goods.Packing(
                                cooperative.id(),
                                box.id(),
                                List.of(new Goods.Part(lot.id(), kilograms)),
                                packs,
                                today));
        certificates.issue(clerk(), packed.id(), Set.of(Certificates.Basis.QUALITY_CONTROL));
        return packed;
    }

    private Party party(String name) {
        String body = "91440900MA5DEN%03d".formatted(SERIAL.incrementAndGet());
        String code =
                "0123456789ABCDEFGHJKLMNPQRTUWXY"
                        .chars()
                        .mapToObj(c -> body + (char) c)
                        .filter(text -> UnifiedSocialCreditCode.read(text).isPresent())
                        .findFirst()
                        .orElseThrow();
        return parties.register(
                administrator,
                new NewParty(
                        Party.Kind.COOPERATIVE, name, "Demo", code, "440981", "演示", "13800000000"));
    }

    private String key(Role role, @Nullable UUID party, Set<String> districts) {
        Visitor visitor =
                accounts.open(
                        new NewAccount(
                                "codes-test-" + SERIAL.incrementAndGet(),
                                "演示 " + role + SERIAL.get(),
                                role,
                                party,
                                districts,
                                "correct horse 7 battery"));
        return accounts.newKey(visitor.account(), "test");
    }

    private String scanned(String code) throws Exception {
        return http.send(
                        to("/t/" + code, null).header("Accept", "application/json").build(),
                        BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder to(String path, @Nullable String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> get(String path, @Nullable String key) throws Exception {
        return http.send(to(path, key).build(), BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> bytes(
            String path, String key, @Nullable String range, @Nullable String ifRange)
            throws Exception {
        HttpRequest.Builder request = to(path, key);
        if (range != null) {
            request.header("Range", range);
        }
        if (ifRange != null) {
            request.header("If-Range", ifRange);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
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
