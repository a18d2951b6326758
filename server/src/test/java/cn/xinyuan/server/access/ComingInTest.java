package cn.xinyuan.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Access on a real database, called as browsers and machines call it. */
@ApplicationModuleTest(
        mode = BootstrapMode.DIRECT_DEPENDENCIES,
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({TestDatabase.class, ComingInTest.Probe.class})
class ComingInTest {

    private static final String PASSWORD = "litchi is red in June";
    private static final UUID COOPERATIVE = UUID.randomUUID();

    @RestController
    static class Probe {
        static final AtomicInteger TIMES = new AtomicInteger();
        private final SignedIn signedIn;
        private final JdbcClient db;

        private final TransactionTemplate transaction;

        Probe(SignedIn signedIn, JdbcClient db, TransactionTemplate transaction) {
            this.signedIn = signedIn;
            this.db = db;
            this.transaction = transaction;
        }

        @GetMapping("/api/v1/probe/clerk")
        @MayCall(Role.CLERK)
        String clerk() {
            return signedIn.get().name();
        }

        @GetMapping("/probe/clerk")
        @MayCall(Role.CLERK)
        String clerksPage() {
            return signedIn.get().name();
        }

        @GetMapping("/probe/open")
        @AnyoneMayCall
        String open() {
            return "open";
        }

        @GetMapping("/probe/silent")
        String silent() {
            return "nobody said who may call this";
        }

        @PostMapping("/api/v1/probe/count")
        @MayCall(Role.CLERK)
        Map<String, Integer> count(@RequestBody Map<String, String> body) {
            if (body.containsKey("refuse")) {
                throw new Refused("probe", "再也不行 " + TIMES.incrementAndGet());
            }
            if (body.containsKey("mistake")) {
                throw Problems.of("mistake", "请更正");
            }
            db.sql("select 1").query(Integer.class).single();
            return Map.of("times", TIMES.incrementAndGet());
        }

        @PostMapping("/probe/form")
        @MayCall(Role.CLERK)
        Object form() {
            return "done " + TIMES.incrementAndGet();
        }

        record Read(
                @Nullable String text,
                @Nullable BigDecimal figure,
                @Nullable Long count,
                @Nullable LocalDate day,
                @Nullable Role role,
                @Nullable List<String> list) {}

        @PostMapping("/api/v1/probe/read")
        @AnyoneMayCall
        Read read(@RequestBody Read body) {
            return body;
        }

        @PostMapping("/api/v1/probe/slow")
        @MayCall(Role.CLERK)
        String slow() throws InterruptedException {
            Thread.sleep(300);
            return "done " + TIMES.incrementAndGet();
        }

        @PostMapping("/api/v1/probe/fails-late")
        @MayCall(Role.CLERK)
        String failsLate() {
            transaction.executeWithoutResult(
                    tx -> db.sql("select 1").query(Integer.class).single());
            TIMES.incrementAndGet();
            throw new IllegalStateException("after it was done");
        }

        @RequestMapping("/probe/echo")
        @AnyoneMayCall
        String echo(@RequestParam(defaultValue = "") String q) {
            return q;
        }
    }

    @LocalServerPort int port;
    @Autowired Accounts accounts;
    @Autowired JdbcClient db;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void forgetEarlierGuesses() {
        db.sql("delete from access.attempt").update();
    }

    @Test
    void a_stranger_is_sent_to_the_sign_in_page_and_comes_back_to_where_he_wanted()
            throws Exception {
        var answer = get("/probe/clerk?a=1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/login?next=%2Fprobe%2Fclerk%3Fa%3D1");

        var clerk = clerk();
        var in = logIn(clerk.loginName, PASSWORD, "/probe/clerk?a=1");
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(in.headers().firstValue("Location").orElse("")).endsWith("/probe/clerk?a=1");
        assertThat(get("/probe/clerk", "Cookie", session(in)).body()).isEqualTo("演示文员");
    }

    @Test
    void a_machine_without_a_key_is_told_so_in_its_own_format() throws Exception {
        var answer = get("/api/v1/probe/clerk");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void next_never_leads_to_another_site() throws Exception {
        for (String evil :
                List.of(
                        "https://evil.example",
                        "//evil.example",
                        "/\\evil.example",
                        "/.//evil.example",
                        "/p/../..//evil.example",
                        "/;//evil.example",
                        "/%0d%0aX: y")) {
            var in = logIn(clerk().loginName, PASSWORD, evil);
            assertThat(in.headers().firstValue("Location").orElse(""))
                    .as(evil)
                    .doesNotContain("evil")
                    .doesNotContain("X:");
        }
    }

    @Test
    void the_session_cookie_is_kept_from_scripts_and_other_sites() throws Exception {
        var in = logIn(clerk().loginName, PASSWORD, "");
        assertThat(in.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .contains("xinyuan_session=")
                                        .contains("HttpOnly")
                                        .contains("SameSite=Lax"));
    }

    @Test
    void a_wrong_role_is_refused_and_a_silent_handler_lets_nobody_in() throws Exception {
        String key = key(Role.FARMER);
        assertThat(get("/api/v1/probe/clerk", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(403);
        assertThat(get("/probe/silent", "Authorization", "Bearer " + key(Role.CLERK)).statusCode())
                .isEqualTo(403);
        assertThat(get("/probe/silent").statusCode()).isEqualTo(303);
        assertThat(get("/probe/open").body()).isEqualTo("open");
    }

    @Test
    void a_key_opens_without_a_cookie_until_it_is_revoked() throws Exception {
        String admin = "Bearer " + key(Role.ADMINISTRATOR);
        String key = key(Role.CLERK);
        var answer = get("/api/v1/probe/clerk", "Authorization", "Bearer " + key);
        assertThat(answer.body()).isEqualTo("演示文员");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();

        String id =
                db.sql("select id::text from access.api_key where prefix = :p")
                        .param("p", key.substring(0, 9))
                        .query(String.class)
                        .single();
        assertThat(
                        post("/api/v1/keys/" + id + "/revoke", "{}", "Authorization", admin)
                                .statusCode())
                .isEqualTo(204);
        assertThat(get("/api/v1/probe/clerk", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(401);
    }

    @Test
    void no_secret_stands_in_the_database() throws Exception {
        String key = key(Role.CLERK);
        String session = session(logIn(clerk().loginName, PASSWORD, "")).substring(16);
        String everything =
                db.sql(
                                """
                                select string_agg(t::text, ' ') from (
                                  select a::text as t from access.account a
                                  union all select s::text from access.session s
                                  union all select k::text from access.api_key k) x
                                """)
                        .query(String.class)
                        .single();
        assertThat(everything)
                .contains("$argon2id$")
                .doesNotContain(key)
                .doesNotContain(session)
                .doesNotContain(PASSWORD);
    }

    @Test
    void guessing_is_stopped_and_the_right_password_has_to_wait_too() throws Exception {
        var victim = clerk();
        for (int i = 0; i < 5; i++) {
            assertThat(basic(victim.loginName, "guess number " + i).statusCode()).isEqualTo(401);
        }
        var stopped = basic(victim.loginName, PASSWORD);
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
        var page = logIn(victim.loginName, PASSWORD, "");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("之后再试");
    }

    @Test
    void a_name_that_nobody_bears_is_answered_like_any_other() throws Exception {
        String nobody = "nobody" + UUID.randomUUID().toString().substring(0, 8);
        var victim = clerk();
        for (int i = 0; i < 5; i++) {
            var one = basic(nobody, "guess number " + i);
            var other = basic(victim.loginName, "guess number " + i);
            assertThat(one.statusCode()).isEqualTo(other.statusCode());
            assertThat(one.body()).isEqualTo(other.body());
        }
        assertThat(basic(nobody, "guess").statusCode()).isEqualTo(429);
    }

    @Test
    void twenty_guesses_at_once_get_no_further_than_five_one_by_one() {
        var victim = clerk();
        var answers =
                IntStream.range(0, 20)
                        .parallel()
                        .mapToObj(
                                i -> {
                                    try {
                                        return basic(victim.loginName, "guess number " + i)
                                                .statusCode();
                                    } catch (IOException | InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                })
                        .collect(
                                Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
        assertThat(answers).containsEntry(401, 5L).containsEntry(429, 15L);
    }

    @Test
    void a_form_from_another_site_is_refused() throws Exception {
        String session = session(logIn(clerk().loginName, PASSWORD, ""));
        int before = Probe.TIMES.get();
        assertThat(form("/probe/form", Map.of(), session).statusCode()).isEqualTo(403);
        assertThat(form("/probe/form", Map.of("_csrf", "forged"), session).statusCode())
                .isEqualTo(403);
        assertThat(Probe.TIMES.get()).isEqualTo(before);
    }

    @Test
    void a_form_sent_twice_is_carried_out_once() throws Exception {
        String session = session(logIn(clerk().loginName, PASSWORD, ""));
        var fields = Map.of("_csrf", csrf("/me", session), "_key", UUID.randomUUID().toString());
        var first = form("/probe/form", fields, session);
        var second = form("/probe/form", fields, session);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void a_repeated_post_with_the_same_key_gets_the_same_answer_and_does_nothing()
            throws Exception {
        String bearer = "Bearer " + key(Role.CLERK);
        String once = UUID.randomUUID().toString();
        var first = keyed(once, "{\"a\":\"1\"}", bearer);
        var again = keyed(once, "{\"a\":\"1\"}", bearer);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(keyed(once, "{\"a\":\"2\"}", bearer).statusCode()).isEqualTo(422);
        assertThat(keyed(once, "{\"a\":\"1\"}", "Bearer " + key(Role.CLERK)).body())
                .as("another account's key is another key")
                .isNotEqualTo(first.body());
    }

    @Test
    void a_refusal_is_repeated_but_a_mistake_may_be_mended_under_the_same_key() throws Exception {
        String bearer = "Bearer " + key(Role.CLERK);
        String refused = UUID.randomUUID().toString();
        var first = keyed(refused, "{\"refuse\":\"1\"}", bearer);
        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(keyed(refused, "{\"refuse\":\"1\"}", bearer).body()).isEqualTo(first.body());

        String mended = UUID.randomUUID().toString();
        assertThat(keyed(mended, "{\"mistake\":\"1\"}", bearer).statusCode()).isEqualTo(422);
        assertThat(keyed(mended, "{\"a\":\"1\"}", bearer).statusCode()).isEqualTo(200);
    }

    @Test
    void ten_posts_at_once_with_one_key_are_carried_out_once() {
        String bearer = "Bearer " + key(Role.CLERK);
        String once = UUID.randomUUID().toString();
        int before = Probe.TIMES.get();
        var answers =
                IntStream.range(0, 10)
                        .parallel()
                        .mapToObj(
                                i -> {
                                    try {
                                        return keyed(once, "{\"a\":\"1\"}", bearer).statusCode();
                                    } catch (IOException | InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                })
                        .collect(Collectors.toSet());
        assertThat(Probe.TIMES.get()).isEqualTo(before + 1);
        assertThat(answers).as("all hear what came of the first").containsExactly(200);
    }

    @Test
    void a_button_pressed_twice_shows_what_came_of_the_first_press() throws Exception {
        String bearer = "Bearer " + key(Role.CLERK);
        String once = UUID.randomUUID().toString();
        String[] headers = {"Authorization", bearer, "Idempotency-Key", once};
        int before = Probe.TIMES.get();
        var bodies =
                IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(
                                i -> {
                                    try {
                                        return post("/api/v1/probe/slow", "{}", headers).body();
                                    } catch (IOException | InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                })
                        .collect(Collectors.toSet());
        assertThat(bodies).containsExactly("done " + (before + 1));
    }

    @Test
    void what_was_done_and_then_failed_is_not_done_again() throws Exception {
        String bearer = "Bearer " + key(Role.CLERK);
        String[] headers = {
            "Authorization", bearer, "Idempotency-Key", UUID.randomUUID().toString()
        };
        int before = Probe.TIMES.get();
        assertThat(post("/api/v1/probe/fails-late", "{}", headers).statusCode()).isEqualTo(500);
        var again = post("/api/v1/probe/fails-late", "{}", headers);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("answer-lost");
        assertThat(Probe.TIMES.get()).isEqualTo(before + 1);
    }

    @Test
    void no_plain_hash_of_a_password_is_kept_and_the_same_page_signs_in_again() throws Exception {
        var clerk = clerk();
        String once = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(session(logIn(clerk.loginName, PASSWORD, "", "_key", once))).isNotEmpty();
        }
        assertThat(
                        db.sql("select count(*) from access.answer where path = '/login'")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void guesses_of_strangers_do_not_lock_the_owner_out_of_his_own_browser() throws Exception {
        var owner = clerk();
        var first = logIn(owner.loginName, PASSWORD, "");
        String device =
                first.headers().allValues("Set-Cookie").stream()
                        .filter(c -> c.startsWith("xinyuan_device="))
                        .map(c -> c.split(";", 2)[0])
                        .findFirst()
                        .orElseThrow();
        for (int i = 0; i < 5; i++) {
            basic(owner.loginName, "guess number " + i);
        }
        assertThat(logIn(owner.loginName, PASSWORD, "").statusCode()).isEqualTo(429);
        assertThat(logIn(owner.loginName, PASSWORD, "", device).statusCode()).isEqualTo(302);
        assertThat(logIn(clerk().loginName, PASSWORD, "", device).statusCode())
                .as("a colleague may use the same browser")
                .isEqualTo(302);

        for (int i = 0; i < 5; i++) {
            logIn(owner.loginName, "guess number " + i, "", device);
        }
        assertThat(logIn(owner.loginName, PASSWORD, "", device).statusCode())
                .as("who guesses in the owner's browser has to wait as well")
                .isEqualTo(429);
    }

    @Test
    void text_that_cannot_be_kept_is_sent_back_with_its_place() throws Exception {
        for (String bad : List.of("\\u0000", "\\ud800", "\\u0007", "\\uffff")) {
            var answer = read("{\"text\":\"荔枝" + bad + "干\"}");
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).contains("\"field\":\"text\"").contains("第 3 个字符");
        }
        assertThat(read("{\"list\":[\"a\",\"\\u0000\"]}").body()).contains("\"field\":\"list[1]\"");
        assertThat(read("{\"text\":\"荔枝\\ud83c\\udf52\\n𠮷\"}").statusCode()).isEqualTo(200);

        assertThat(get("/probe/echo?q=a%00b").statusCode()).isEqualTo(400);
        assertThat(get("/probe/echo?lang=en%00").statusCode()).isEqualTo(200);
        assertThat(get("/probe/echo?q=a%0Ab").body()).isEqualTo("a\nb");
    }

    @Test
    void json_is_not_guessed_at() throws Exception {
        assertThat(read("{\"count\":1.9}").body()).contains("\"count\"").contains("请写整数");
        assertThat(read("{\"day\":\"2026-06-11T23:00:00Z\"}").body())
                .contains("\"day\"")
                .contains("日期请写成");
        assertThat(read("{\"day\":20000}").statusCode()).isEqualTo(400);
        assertThat(read("{\"day\":\"2026-02-30\"}").statusCode()).isEqualTo(400);
        assertThat(read("{\"role\":\"KING\"}").body()).contains("ADMINISTRATOR、CITY_MANAGER");
        for (String absurd : List.of("1e2147483647", "1e-400", "-1e999")) {
            assertThat(read("{\"figure\":" + absurd + "}").statusCode()).as(absurd).isEqualTo(422);
        }
        assertThat(read("{\"figure\":\"１２\"}").body()).contains("请写数字");
        assertThat(read("{\"figure\":0.001,\"count\":3,\"day\":\"2026-06-11\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_no_request_is_the_senders_mistake_and_not_ours() throws Exception {
        var notAllowed =
                send(
                        request("/api/v1/me")
                                .DELETE()
                                .header("Authorization", "Bearer " + key(Role.CLERK))
                                .build());
        assertThat(notAllowed.statusCode()).isEqualTo(405);
        assertThat(notAllowed.headers().firstValue("Allow")).contains("GET");

        var parts =
                send(
                        request("/api/v1/probe/read")
                                .header("Content-Type", "multipart/form-data")
                                .POST(BodyPublishers.ofString("{}"))
                                .build());
        assertThat(parts.statusCode()).isEqualTo(400);
        assertThat(get("/probe/echo?" + "a=b&".repeat(3000)).statusCode()).isBetween(400, 414);

        var far = get("/probe/clerk?q=" + "x".repeat(20_000));
        assertThat(far.statusCode()).isEqualTo(303);
        assertThat(far.headers().firstValue("Location")).contains("/login");
    }

    @Test
    void an_escaped_slash_passes_where_ids_stand_in_the_path_and_nowhere_else() throws Exception {
        assertThat(get("/epcis/events/a%2Fb").statusCode()).isEqualTo(404);
        assertThat(get("/01/09520000000004/10/a%2Fb").statusCode()).isEqualTo(404);
        assertThat(get("/probe/a%2Fb").statusCode()).isEqualTo(400);
    }

    @Test
    void addresses_of_ours_are_told_without_host_and_pages_tell_their_language() throws Exception {
        var in = logIn(clerk().loginName, PASSWORD, "");
        assertThat(in.headers().firstValue("Location").orElse("")).startsWith("/");
        assertThat(get("/login").headers().firstValue("Content-Language")).contains("zh-CN");
    }

    @Test
    void a_disabled_account_is_out_at_once() throws Exception {
        String admin = "Bearer " + key(Role.ADMINISTRATOR);
        var clerk = clerk();
        String key = accounts.newKey(clerk.visitor.account(), "试");
        String session = session(logIn(clerk.loginName, PASSWORD, ""));
        assertThat(get("/probe/clerk", "Cookie", session).statusCode()).isEqualTo(200);

        post(
                "/api/v1/accounts/" + clerk.visitor.account() + "/disable",
                "{}",
                "Authorization",
                admin);

        assertThat(get("/probe/clerk", "Cookie", session).statusCode()).isEqualTo(303);
        assertThat(get("/api/v1/probe/clerk", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(401);
        assertThat(basic(clerk.loginName, PASSWORD).statusCode()).isEqualTo(403);
    }

    @Test
    void signing_out_ends_the_session_on_the_server_too() throws Exception {
        String session = session(logIn(clerk().loginName, PASSWORD, ""));
        form("/logout", Map.of("_csrf", csrf("/me", session)), session);
        assertThat(get("/probe/clerk", "Cookie", session).statusCode()).isEqualTo(303);
    }

    @Test
    void every_page_of_the_administrator_opens() throws Exception {
        var admin = open(Role.ADMINISTRATOR);
        String session = session(logIn(admin.loginName, PASSWORD, ""));
        for (String page :
                List.of(
                        "/me",
                        "/a/accounts",
                        "/a/accounts/new",
                        "/a/accounts/" + admin.visitor.account(),
                        "/a/keys")) {
            var answer = get(page, "Cookie", session);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).contains("<h1>");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("frame-ancestors 'none'")
                    .contains("script-src 'self';");
        }
        var told =
                form(
                        "/a/keys",
                        Map.of(
                                "_csrf",
                                csrf("/a/keys", session),
                                "account",
                                admin.visitor.account().toString(),
                                "label",
                                "市场收货系统"),
                        session);
        assertThat(told.body()).containsPattern("xy_[0-9a-z]{40}");
    }

    @Test
    void a_clerk_does_not_open_the_administrators_pages() throws Exception {
        String session = session(logIn(clerk().loginName, PASSWORD, ""));
        assertThat(get("/a/accounts", "Cookie", session).statusCode()).isEqualTo(403);
    }

    @Test
    void an_official_without_a_district_or_a_clerk_without_a_party_cannot_be_opened() {
        assertThatThrownBy(
                        () ->
                                accounts.open(
                                        new NewAccount(
                                                name(),
                                                "甲",
                                                Role.SUPERVISOR,
                                                null,
                                                Set.of(),
                                                PASSWORD)))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(
                        () ->
                                accounts.open(
                                        new NewAccount(
                                                name(), "乙", Role.CLERK, null, Set.of(), PASSWORD)))
                .isInstanceOf(Problems.class);
    }

    @Test
    void the_closest_supervisor_is_in_charge_of_a_district() {
        supervisor("全市", "4409");
        supervisor("高州", "440981");
        assertThat(accounts.officerFor("440981103")).contains("高州");
        assertThat(accounts.officerFor("440902")).contains("全市");
        assertThat(accounts.officerFor("110101")).isEmpty();
    }

    @Test
    void the_audit_of_log_ins_cannot_be_changed() throws Exception {
        logIn(clerk().loginName, PASSWORD, "");
        assertThatThrownBy(() -> db.sql("delete from access.log_in").update())
                .hasMessageContaining("append-only");
    }

    private void supervisor(String displayName, String district) {
        accounts.open(
                new NewAccount(
                        name(), displayName, Role.SUPERVISOR, null, Set.of(district), PASSWORD));
    }

    private record Opened(String loginName, Visitor visitor) {}

    private Opened clerk() {
        return open(Role.CLERK);
    }

    private Opened open(Role role) {
        String loginName = name();
        boolean official = role.isOfficial();
        return new Opened(
                loginName,
                accounts.open(
                        new NewAccount(
                                loginName,
                                "演示文员",
                                role,
                                official ? null : COOPERATIVE,
                                official ? Set.of("4409") : Set.of(),
                                PASSWORD)));
    }

    private static String name() {
        return "u" + UUID.randomUUID().toString().substring(0, 12);
    }

    private String key(Role role) {
        return accounts.newKey(open(role).visitor.account(), "试");
    }

    private HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    private HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    private HttpResponse<String> keyed(String key, String json, String bearer)
            throws IOException, InterruptedException {
        return post("/api/v1/probe/count", json, "Authorization", bearer, "Idempotency-Key", key);
    }

    private HttpResponse<String> basic(String name, String password)
            throws IOException, InterruptedException {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
        return get("/api/v1/probe/clerk", "Authorization", "Basic " + pair);
    }

    private HttpResponse<String> form(String path, Map<String, String> fields, String cookie)
            throws IOException, InterruptedException {
        String body =
                fields.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return send(
                request(path, "Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private HttpResponse<String> read(String json) throws IOException, InterruptedException {
        return post("/api/v1/probe/read", json);
    }

    private HttpResponse<String> logIn(String name, String password, String next)
            throws IOException, InterruptedException {
        return logIn(name, password, next, "", "_key", "");
    }

    private HttpResponse<String> logIn(String name, String password, String next, String device)
            throws IOException, InterruptedException {
        return logIn(name, password, next, device, "_key", "");
    }

    private HttpResponse<String> logIn(
            String name, String password, String next, String field, String value)
            throws IOException, InterruptedException {
        return logIn(name, password, next, "", field, value);
    }

    private HttpResponse<String> logIn(
            String name, String password, String next, String device, String field, String value)
            throws IOException, InterruptedException {
        var page = get("/login");
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        return form(
                "/login",
                Map.of(
                        "loginName",
                        name,
                        "password",
                        password,
                        "next",
                        next,
                        field,
                        value,
                        "_csrf",
                        csrf(page.body())),
                device.isEmpty() ? cookie : cookie + "; " + device);
    }

    private static String session(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(c -> c.startsWith("xinyuan_session="))
                .map(c -> c.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
    }

    private String csrf(String path, String cookie) throws IOException, InterruptedException {
        return csrf(get(path, "Cookie", cookie).body());
    }

    private static String csrf(String page) {
        var field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private HttpRequest.Builder request(String path, @Nullable String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }
}
