package cn.xinyuan.server.licensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.MarkStandings;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.licensing.Evaluation.NewApplication;
import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Finding;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.web.util.UriUtils;

/** Licensing on a real database, by its interface, its pages and its API. */
@ApplicationModuleTest(
        mode = BootstrapMode.ALL_DEPENDENCIES,
        extraIncludes = {"access", "journal", "standards"},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestDatabase.class)
class LicensingTest {

    @Autowired Evaluation evaluation;
    @Autowired Visits visits;
    @Autowired Licences licences;
    @Autowired MarkStandings standings;
    @Autowired Parties parties;
    @Autowired Catalog catalog;
    @Autowired Accounts accounts;
    @Autowired Journal journal;
    @Autowired JdbcClient db;
    @LocalServerPort int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalDate today = LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"));
    private final Visitor city =
            new Visitor(UUID.randomUUID(), "市局 演示", Role.CITY_MANAGER, null, Set.of("4409"));
    private final Visitor gaozhou =
            new Visitor(UUID.randomUUID(), "李 演示", Role.SUPERVISOR, null, Set.of("440981"));
    private final Visitor xinyi =
            new Visitor(UUID.randomUUID(), "信宜 演示", Role.SUPERVISOR, null, Set.of("440983"));

    @Test
    void a_grant_makes_a_licence_that_is_in_force_and_stands_in_the_journal() {
        long before = lastEntry();
        Licence licence = granted();

        assertThat(licence.number()).matches("信-4409-20[0-9]{2}-[0-9]{4}");
        assertThat(licences.inForce(licence.party(), licence.product(), today)).contains(licence);
        assertThat(licences.findByNumber(licence.number())).contains(licence);
        assertThat(standings.standing(licence.product()).orElseThrow().inForce()).isTrue();
        assertThat(journal.after(before, 10))
                .extracting(Journal.Entry::kind)
                .containsExactly("visit/1", "licence-act/1");
    }

    @Test
    void standing_follows_every_decision_at_once_and_a_revocation_is_final() {
        Licence licence = granted();
        evaluation.suspend(gaozhou, licence.id(), "抽检不合格");
        assertThat(standing(licence)).isEqualTo(Standing.SUSPENDED);
        assertThat(licences.inForce(licence.party(), licence.product(), today)).isEmpty();
        refused("impossible-step", () -> evaluation.suspend(gaozhou, licence.id(), "再来"));
        evaluation.reinstate(gaozhou, licence.id(), "整改合格");
        assertThat(standing(licence)).isEqualTo(Standing.IN_FORCE);
        evaluation.revoke(city, licence.id(), "转让标签");
        assertThat(standing(licence)).isEqualTo(Standing.REVOKED);
        refused("impossible-step", () -> evaluation.reinstate(city, licence.id(), "求情"));
        assertThatThrownBy(
                        () -> db.sql("update licensing.licence set standing = 'IN_FORCE'").update())
                .hasMessageContaining("revoked");
    }

    @Test
    void of_two_officers_at_once_one_grants_and_the_other_is_told() {
        var application = inReview(cooperative("440981"));
        var answers =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(
                                i -> {
                                    try {
                                        evaluation.grant(
                                                city, application, today, today.plusYears(1), "同意");
                                        return "granted";
                                    } catch (Refused refused) {
                                        return refused.rule();
                                    }
                                })
                        .toList();
        assertThat(answers.stream().filter("granted"::equals)).hasSize(1);
        assertThat(answers)
                .allMatch(
                        a -> Set.of("granted", "changed-meanwhile", "impossible-step").contains(a));
        assertThat(
                        db.sql("select count(*) from licensing.licence where application = :a")
                                .param("a", application)
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void an_officer_of_another_county_does_not_find_the_case() throws Exception {
        Cooperative ours = cooperative("440981");
        var application = apply(ours);
        assertThatThrownBy(() -> evaluation.review(xinyi, application.id()))
                .isInstanceOf(NotFound.class);
        String key = key(Role.SUPERVISOR, null, Set.of("440983"));
        assertThat(get("/s/applications/" + application.number(), key).statusCode()).isEqualTo(404);
        assertThat(get("/s/applications", key).body()).doesNotContain(application.number());
        assertThat(
                        post("/api/v1/applications/" + application.id() + "/review", "{}", key)
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_clerk_of_another_cooperative_does_not_find_the_case_and_none_may_decide()
            throws Exception {
        Cooperative ours = cooperative("440981");
        var application = apply(ours);
        String stranger = key(Role.CLERK, cooperative("440981").party().id(), Set.of());
        String own = key(Role.CLERK, ours.party().id(), Set.of());
        assertThat(get("/p/apply/" + application.number(), stranger).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/applications/" + application.id(), stranger).statusCode())
                .isEqualTo(404);
        assertThat(get("/p/apply/" + application.number(), own).statusCode()).isEqualTo(200);
        assertThat(
                        post("/api/v1/applications/" + application.id() + "/review", "{}", own)
                                .statusCode())
                .isEqualTo(403);
        refused("own-case", () -> evaluation.review(ours.clerk(), application.id()));
    }

    @Test
    void one_product_has_one_open_case_and_only_its_own_partys() {
        Cooperative ours = cooperative("440981");
        apply(ours);
        refused("case-open", () -> apply(ours));
        Cooperative theirs = cooperative("440981");
        assertThatExceptionOfType(Problems.class)
                .isThrownBy(
                        () ->
                                evaluation.apply(
                                        ours.clerk(),
                                        new NewApplication(
                                                ours.party().id(),
                                                theirs.product().id(),
                                                BigDecimal.TEN,
                                                "别人的产品")));
        for (String kg : List.of("0", "-5", "100000001", "1.2345")) {
            assertThatThrownBy(
                            () ->
                                    evaluation.apply(
                                            theirs.clerk(),
                                            new NewApplication(
                                                    theirs.party().id(),
                                                    theirs.product().id(),
                                                    new BigDecimal(kg),
                                                    "说明")))
                    .as(kg)
                    .isInstanceOf(Problems.class);
        }
    }

    @Test
    void a_licence_whose_last_day_has_passed_is_expired() {
        var application = inReview(cooperative("440981"));
        Licence licence =
                evaluation.grant(city, application, today.minusYears(1), today.minusDays(1), "补录");
        assertThat(standing(licence)).isEqualTo(Standing.EXPIRED);
        refused("impossible-step", () -> evaluation.suspend(city, licence.id(), "晚了"));
    }

    @Test
    void every_page_opens_and_the_public_one_needs_nobody() throws Exception {
        Cooperative ours = cooperative("440981");
        var application = apply(ours);
        Licence licence = granted();
        String officer = key(Role.SUPERVISOR, null, Set.of("4409"));
        String clerk = key(Role.CLERK, ours.party().id(), Set.of());
        String number =
                UriUtils.encodePathSegment(
                        licence.number(), java.nio.charset.StandardCharsets.UTF_8);
        for (String page :
                List.of(
                        "/s/applications",
                        "/s/applications?stage=GRANTED&q=%E8%8D%94%E6%9E%9D&due=week",
                        "/s/applications/" + application.number(),
                        "/s/licences",
                        "/s/licences?standing=SUSPENDED",
                        "/s/licences/" + number)) {
            var answer = get(page, officer);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).containsOnlyOnce("<h1>");
        }
        for (String page : List.of("/p/apply", "/p/apply/" + application.number())) {
            assertThat(get(page, clerk).statusCode()).as(page).isEqualTo(200);
        }
        var open = get("/licence/" + number, null);
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).contains(licence.number()).contains("有效");
        assertThat(get("/licence/" + number + "?lang=en", null).body()).contains("Licence");
        assertThat(get("/licence/nonsense", null).statusCode()).isEqualTo(404);
    }

    @Test
    void an_unmet_clause_stops_the_grant_until_a_second_visit_finds_it_mended() {
        UUID application = takenIn(cooperative("440981"));
        Visit first = visits.of(application).getLast();
        assertThat(first.clauses()).hasSize(20);
        refused(
                "visit-missing",
                () -> evaluation.grant(city, application, today, today.plusYears(1), "没去"));
        assertThatThrownBy(
                        () ->
                                db.sql(
                                                """
                                                insert into licensing.licence
                                                    (id, number, application, party, product, district,
                                                     from_day, until_day, yearly_kg, standing, granted_at, version)
                                                select gen_random_uuid(), 'x', id, party, product, district,
                                                       current_date, current_date + 1, 1, 'IN_FORCE', now(), 1
                                                  from licensing.application where id = :id
                                                """)
                                        .param("id", application)
                                        .update())
                .hasMessageContaining("on-site check");

        var findings = new ArrayList<>(first.all(Answer.MET));
        findings.set(5, new Finding("B2", Answer.UNMET, "有一瓶过期农药"));
        assertThatThrownBy(
                        () -> visits.conclude(gaozhou, first.id(), findings, "别人", gaozhou.name()))
                .isInstanceOfSatisfying(
                        Problems.class,
                        p ->
                                assertThat(p.list())
                                        .extracting(Problem::field)
                                        .containsExactly("inspector"));
        visits.conclude(gaozhou, first.id(), findings, gaozhou.name(), "何 演示");
        refused(
                "visit-concluded",
                () ->
                        visits.conclude(
                                gaozhou,
                                first.id(),
                                first.all(Answer.MET),
                                gaozhou.name(),
                                "何 演示"));
        assertThatThrownBy(
                        () ->
                                db.sql(
                                                "update licensing.finding set answer = 'MET' where visit = :v")
                                        .param("v", first.id())
                                        .update())
                .hasMessageContaining("kept");
        refused(
                "visit-unmet",
                () -> evaluation.grant(city, application, today, today.plusYears(1), "差一条"));

        Visit second = visits.open(gaozhou, application);
        assertThat(second.round()).isEqualTo(2);
        assertThat(visits.open(gaozhou, application).id()).isEqualTo(second.id());
        refused(
                "visit-missing",
                () -> evaluation.grant(city, application, today, today.plusYears(1), "没复查"));
        visits.conclude(gaozhou, second.id(), second.all(Answer.MET), gaozhou.name(), "何 演示");
        assertThat(evaluation.grant(city, application, today, today.plusYears(1), "已整改").standing())
                .isEqualTo(Standing.IN_FORCE);
        refused("impossible-step", () -> visits.open(gaozhou, application));
    }

    @Test
    void of_two_who_conclude_a_visit_at_once_one_is_told() {
        UUID application = takenIn(cooperative("440981"));
        Visit visit = visits.of(application).getLast();
        var answers =
                IntStream.range(0, 6)
                        .parallel()
                        .mapToObj(
                                i -> {
                                    try {
                                        visits.conclude(
                                                gaozhou,
                                                visit.id(),
                                                visit.all(Answer.MET),
                                                gaozhou.name(),
                                                "何 演示");
                                        return "concluded";
                                    } catch (Refused refused) {
                                        return refused.rule();
                                    }
                                })
                        .toList();
        assertThat(answers.stream().filter("concluded"::equals)).hasSize(1);
        assertThat(answers).allMatch(a -> Set.of("concluded", "visit-concluded").contains(a));
    }

    @Test
    void a_visit_is_found_by_its_own_county_only_and_never_made_by_the_applicant()
            throws Exception {
        Cooperative ours = cooperative("440981");
        UUID application = takenIn(ours);
        Visit visit = visits.of(application).getLast();
        assertThatThrownBy(
                        () ->
                                visits.conclude(
                                        xinyi,
                                        visit.id(),
                                        visit.all(Answer.MET),
                                        xinyi.name(),
                                        "何 演示"))
                .isInstanceOf(NotFound.class);
        refused(
                "own-case",
                () ->
                        visits.conclude(
                                ours.clerk(),
                                visit.id(),
                                visit.all(Answer.MET),
                                ours.clerk().name(),
                                "何 演示"));
        String page = "/s/visits/" + visit.id();
        String officer = key(Role.SUPERVISOR, null, Set.of("4409"));
        var open = get(page, officer);
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).contains("全部符合").contains("E4").contains("提交结论");
        assertThat(get(page, key(Role.SUPERVISOR, null, Set.of("440983"))).statusCode())
                .isEqualTo(404);
        assertThat(get(page, key(Role.CLERK, ours.party().id(), Set.of())).statusCode())
                .isEqualTo(403);
        var incomplete =
                post(
                        "/api/v1/visits/" + visit.id() + "/conclusion",
                        "{\"findings\":[{\"clause\":\"A1\",\"answer\":\"MET\"}],\"inspector\":\"演示\",\"host\":\"何\"}",
                        officer);
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(incomplete.body()).contains("answer-A2");
    }

    @Test
    void an_expert_gives_an_opinion_once_and_the_officer_reads_it() throws Exception {
        UUID application = takenIn(cooperative("440981"));
        String number = evaluation.find(application).orElseThrow().number();
        String expert = key(Role.EVALUATOR, null, Set.of("4409"));
        String officer = key(Role.SUPERVISOR, null, Set.of("4409"));
        assertThat(get("/s/applications/" + number, expert).body()).contains("我的评审意见");
        String opinion = "{\"advice\":\"MEND\",\"opinion\":\"缺少水样报告\"}";
        String path = "/api/v1/applications/" + application + "/opinion";
        assertThat(post(path, opinion, officer).statusCode()).isEqualTo(403);
        assertThat(post(path, "{\"advice\":\"MEND\"}", expert).statusCode()).isEqualTo(422);
        assertThat(post(path, opinion, expert).statusCode()).isEqualTo(200);
        assertThat(post(path, opinion, expert).body()).contains("given-already");
        assertThat(get("/s/applications/" + number, officer).body())
                .contains("建议补正后再审")
                .contains("缺少水样报告");
        assertThat(get("/s/applications/" + number, expert).body()).doesNotContain("我的评审意见");
    }

    private record Cooperative(Party party, Visitor clerk, Product product) {}

    private Cooperative cooperative(String district) {
        String name = "合作社" + UUID.randomUUID();
        Party party =
                parties.register(
                        city,
                        new NewParty(
                                Party.Kind.COOPERATIVE,
                                name,
                                "Demo",
                                code(name),
                                district,
                                "演示",
                                ""));
        Visitor clerk = new Visitor(UUID.randomUUID(), "何 演示", Role.CLERK, party.id(), Set.of());
        Product product =
                catalog.register(
                        clerk,
                        new NewProduct(
                                party.id(),
                                null,
                                "桂味荔枝 " + UUID.randomUUID().toString().substring(0, 6),
                                "Guiwei litchi",
                                "litchi",
                                "桂味",
                                "特级",
                                new BigDecimal("2.5"),
                                "2.5 kg 礼盒",
                                true));
        return new Cooperative(party, clerk, product);
    }

    private Evaluation.Application apply(Cooperative of) {
        return evaluation.apply(
                of.clerk(),
                new NewApplication(
                        of.party().id(), of.product().id(), new BigDecimal("42000"), "86.4 亩桂味"));
    }

    private UUID inReview(Cooperative of) {
        UUID id = takenIn(of);
        Visit visit = visits.of(id).getLast();
        visits.conclude(gaozhou, visit.id(), visit.all(Answer.MET), gaozhou.name(), "何 演示");
        return id;
    }

    private UUID takenIn(Cooperative of) {
        UUID id = apply(of).id();
        evaluation.review(gaozhou, id);
        return id;
    }

    private Licence granted() {
        return evaluation.grant(
                gaozhou, inReview(cooperative("440981")), today, today.plusYears(3), "材料齐全");
    }

    private Standing standing(Licence licence) {
        return licences.find(licence.id()).orElseThrow().standing();
    }

    private long lastEntry() {
        return db.sql("select coalesce(max(number), 0) from journal.entry")
                .query(Long.class)
                .single();
    }

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

    private static void refused(String rule, Runnable step) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(step::run)
                .satisfies(r -> assertThat(r.rule()).isEqualTo(rule));
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

    private HttpResponse<String> get(String path, @Nullable String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json, String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }
}
