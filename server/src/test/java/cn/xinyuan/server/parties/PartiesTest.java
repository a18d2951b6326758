package cn.xinyuan.server.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.access.Accounts.NewAccount;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties.NewParty;
import cn.xinyuan.server.parties.Parties.NewPlot;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

@ApplicationModuleTest(
        mode = BootstrapMode.ALL_DEPENDENCIES,
        extraIncludes = "access",
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestDatabase.class)
class PartiesTest {

    @Autowired Parties parties;
    @Autowired Accounts accounts;
    @Autowired JdbcClient db;
    @LocalServerPort int port;

    private final Visitor city =
            new Visitor(UUID.randomUUID(), "市局 演示", Role.CITY_MANAGER, null, Set.of("4409"));

    @Test
    void a_cooperative_has_bases_plots_and_members() {
        Party cooperative = cooperative("根子示例合作社", "440981");
        Visitor clerk = clerk(cooperative);
        Base base = parties.addBase(clerk, cooperative.id(), "一号基地", "440981104");
        Party farmer = farmer(clerk, "何演示");
        parties.enrol(clerk, cooperative.id(), farmer.id());

        Plot plot = parties.addPlot(clerk, plot(base, "根子-01", farmer.id(), "12.6"));

        assertThat(plot.areaSquareMetres()).isEqualByComparingTo("8400");
        assertThat(parties.plotsOf(cooperative.id())).containsExactly(plot);
        assertThat(parties.plotsOf(farmer.id())).containsExactly(plot);
        assertThat(parties.plotsIn(Set.of("445201", plot.district().substring(0, 6))))
                .contains(plot);
        assertThat(parties.plotsIn(Set.of("445201"))).isEmpty();
        assertThat(parties.plotsIn(Set.of())).isEmpty();
        assertThat(parties.membersOf(cooperative.id())).containsExactly(farmer);
        assertThat(parties.findByGln(cooperative.gln())).contains(cooperative);
        assertThat(cooperative.gln()).startsWith("952");
        assertThat(parties.district("440981104").name()).isEqualTo("根子镇");
    }

    @Test
    void a_firm_without_a_right_credit_code_is_not_registered() {
        for (@Nullable String wrong : new @Nullable String[] {null, "", "91330100799655058A"}) {
            assertThatExceptionOfType(Problems.class)
                    .isThrownBy(
                            () ->
                                    parties.register(
                                            city,
                                            new NewParty(
                                                    Party.Kind.ENTERPRISE,
                                                    "无码公司",
                                                    "",
                                                    wrong,
                                                    "440981",
                                                    "",
                                                    "")))
                    .satisfies(
                            p -> assertThat(p.list().getFirst().field()).isEqualTo("creditCode"));
        }
    }

    @Test
    void a_clerk_can_neither_see_nor_fill_another_cooperatives_base() throws Exception {
        Party ours = cooperative("我们的合作社", "440981");
        Party theirs = cooperative("别人的合作社", "440981");
        Base base = parties.addBase(clerk(theirs), theirs.id(), "别人的基地", "440981104");

        assertThatThrownBy(() -> parties.addPlot(clerk(ours), plot(base, "1", null, "1")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> parties.addBase(clerk(ours), theirs.id(), "偷来的", "440981104"))
                .isInstanceOf(NotFound.class);

        String key = key(Role.CLERK, ours.id(), Set.of());
        assertThat(get("/p/bases/" + base.id(), key).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/parties/" + theirs.id(), key).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/parties/" + theirs.id() + "/plots", key).statusCode())
                .isEqualTo(404);
        assertThat(get("/s/entities/" + theirs.id(), key).statusCode()).isEqualTo(403);
        assertThat(get("/api/v1/parties", key).body()).contains("我们的").doesNotContain("别人的");
    }

    @Test
    void a_county_supervisor_sees_his_county_only() throws Exception {
        Party inside = cooperative("高州里面合作社", "440981");
        Party outside = cooperative("信宜外面合作社", "440983");
        String key = key(Role.SUPERVISOR, null, Set.of("440981"));
        assertThat(get("/s/entities/" + inside.id(), key).statusCode()).isEqualTo(200);
        assertThat(get("/s/entities/" + outside.id(), key).statusCode()).isEqualTo(404);
        assertThat(get("/s/entities", key).body()).contains("高州里面").doesNotContain("信宜外面");
    }

    @Test
    void every_page_of_a_clerk_opens_and_hides_the_middle_of_a_phone() throws Exception {
        Party cooperative = cooperative("页面合作社", "440981");
        Visitor clerk = clerk(cooperative);
        Base base = parties.addBase(clerk, cooperative.id(), "页面基地", "440981104");
        Party farmer = farmer(clerk, "电话演示");
        parties.enrol(clerk, cooperative.id(), farmer.id());
        String key = key(Role.CLERK, cooperative.id(), Set.of());
        for (String page : List.of("/p/bases", "/p/bases/" + base.id(), "/p/members")) {
            var answer = get(page, key);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).contains("<h1>").doesNotContain("13800000000");
        }
        assertThat(get("/p/members", key).body()).contains("138****0000");
    }

    @Test
    void areas_and_numbers_that_cannot_be_are_turned_away() {
        Party cooperative = cooperative("面积合作社", "440981");
        Visitor clerk = clerk(cooperative);
        Base base = parties.addBase(clerk, cooperative.id(), "基地", "440981104");
        for (String area : List.of("0", "-1", "100001", "1.2345")) {
            assertThatThrownBy(() -> parties.addPlot(clerk, plot(base, "x", null, area)))
                    .as(area)
                    .isInstanceOf(Problems.class);
        }
        parties.addPlot(clerk, plot(base, "1", null, "1"));
        assertThatThrownBy(() -> parties.addPlot(clerk, plot(base, "1", null, "1")))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> db.sql("update parties.plot set area_mu = -1").update())
                .isInstanceOf(DataAccessException.class);
    }

    private static NewPlot plot(Base base, String number, @Nullable UUID farmer, String area) {
        return new NewPlot(
                base.id(), number, farmer, new BigDecimal(area), "litchi", "桂味", "440981104");
    }

    private Party cooperative(String name, String district) {
        return parties.register(
                city,
                new NewParty(
                        Party.Kind.COOPERATIVE,
                        name,
                        "Demo Cooperative",
                        code(name),
                        district,
                        "陈演示",
                        "13800000000"));
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

    private Party farmer(Visitor clerk, String name) {
        return parties.register(
                clerk,
                new NewParty(Party.Kind.FARMER, name, "", null, "440981104", name, "13800000000"));
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

    private HttpResponse<String> get(String path, String key) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Authorization", "Bearer " + key)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
