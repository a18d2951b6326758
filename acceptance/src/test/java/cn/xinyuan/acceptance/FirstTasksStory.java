package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.acceptance.Chromium.Size;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger does the first task of each role, with a phone and at a desk, in no more taps than
 * promised, and finds nothing broken, untranslated or hanging over.
 */
class FirstTasksStory {

    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    // ---- consumer

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_shopper_sees_at_once_whether_it_is_genuine_and_safe(Size size) {
        try (var walk = new Walk(chromium, size, "consumer-verdict")) {
            walk.at(Demo.running().scans().get("VALID"));
            assertThat(walk.page.locator("h1").textContent()).isEqualTo("授权有效，本批检测合格");
            assertThat(walk.isInSight(walk.page.locator("h1"))).isTrue();
            walk.tookAtMost(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_shopper_reads_the_test_without_scrolling_and_the_report_in_one_tap(Size size) {
        try (var walk = new Walk(chromium, size, "consumer-test")) {
            walk.at(Demo.running().scans().get("VALID"));
            Locator verdict = walk.page.locator("section.verdict");
            assertThat(verdict.innerText()).contains("农药残留检测 16 项全部合格");
            assertThat(walk.isInSight(verdict)).isTrue();
            walk.tookAtMost(0);

            walk.tap(verdict.locator("a[href='#tests']"));
            walk.page.waitForTimeout(300);
            Locator tests = walk.page.locator("#tests");
            assertThat(walk.isInSight(tests.locator("h2"))).isTrue();
            assertThat(tests.innerText())
                    .contains("代森锰锌")
                    .contains("0.42")
                    .containsPattern("报告 R\\d{4}-\\d+")
                    .contains("茂名示例检测中心");
            walk.tookAtMost(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_shopper_complains_in_three_fields_and_finds_the_number_again(Size size) {
        try (var walk = new Walk(chromium, size, "consumer-complaint")) {
            walk.at(Demo.running().scans().get("VALID"))
                    .tap("a[href*='/complaint']")
                    .choose("about", 3)
                    .type("text", "演示：箱子是湿的")
                    .type("phone", "13800000000")
                    .tap(button(walk, "提交"));
            assertThat(walk.text()).contains("已收到，请记下编号");
            String number = walk.page.locator("h1").textContent().replace("投诉 ", "");
            assertThat(number).matches("TS\\d{6}-[0-9A-Z]{8}");
            walk.tookAtMost(5);

            walk.at("/complaint").type("number", number.toLowerCase()).tap(button(walk, "查处理情况"));
            assertThat(walk.page.locator("h1").textContent()).isEqualTo("投诉 " + number);
            assertThat(walk.text()).contains("办理中").contains("不迟于").contains("变质");
            walk.tookAtMost(2);
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_shopper_who_reads_english_is_left_with_no_chinese(String state) {
        try (var walk = new Walk(chromium, Size.PHONE, "english-" + state)) {
            walk.at(Demo.running().scans().get(state) + "?lang=en");
            if (List.of("RECALLED", "ON_HOLD", "REVOKED").contains(state)) {
                assertThat(walk.page.locator("dd [lang|=zh]").first().innerText())
                        .containsPattern("\\p{IsHan}");
                assertThat(walk.text()).contains("Original in Chinese");
            }
            walk.tookAtMost(0);
        }
    }

    static Stream<String> states() {
        return Demo.running().scans().keySet().stream();
    }

    // ---- farmer

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_farmer_writes_down_the_same_spraying_in_two_taps(Size size) {
        try (var walk = new Walk(chromium, size, "farmer-record").signedIn("FARMER")) {
            walk.at("/f/records");
            int before = count(walk);
            walk.at("/f").tap("a[href='/f/record']");
            walk.tap(button(walk, "保存"));
            walk.page
                    .locator(
                            "#q",
                            new com.microsoft.playwright.Page.LocatorOptions()
                                    .setHasText("已上传 1 条"))
                    .waitFor();
            walk.look().tookAtMost(2);

            walk.at("/f/records");
            assertThat(count(walk)).isEqualTo(before + 1);
            assertThat(walk.page.locator("main li, main tr").first().innerText())
                    .contains("打药")
                    .contains("80%代森锰锌")
                    .contains("600x");
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_farmer_sees_without_a_tap_what_may_be_harvested(Size size) {
        try (var walk = new Walk(chromium, size, "farmer-gate").signedIn("FARMER")) {
            walk.at("/f");
            assertThat(walk.text()).contains("可采收").containsPattern("起可采收").contains("间隔期");
            walk.tookAtMost(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_farmer_harvests_in_three_taps(Size size) {
        String kilograms = size == Size.PHONE ? "120.5" : "95";
        try (var walk = new Walk(chromium, size, "farmer-harvest").signedIn("FARMER")) {
            walk.at("/f").tap("a[href='/f/harvest']").type("kilograms", kilograms);
            walk.tap(button(walk, "保存"));
            assertThat(walk.page.locator("[role=status]").first().innerText())
                    .matches("(?s).*已生成采收批 H\\d{6}-\\d+ · " + kilograms + " kg.*");
            walk.tookAtMost(3);
        }
    }

    // ---- clerk

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_clerk_issues_and_prints_a_certificate_in_three_taps(Size size) throws IOException {
        try (var walk = new Walk(chromium, size, "clerk-certificate").signedIn("CLERK")) {
            walk.at("/p");
            Locator lot = walk.page.locator("tr").filter(having("开具合格证")).first();
            String number = found("F\\d{6}-\\d+", lot.innerText());
            walk.tap(lot.locator("a.btn"));
            walk.tap(button(walk, "开具"));
            String certificate = found("HGZ-\\d{4}-\\d+", walk.page.locator("h1").innerText());
            assertThat(walk.text()).contains(number).contains("有效");

            Locator print = walk.page.locator("a[href$='/pdf']");
            assertThat(print.innerText()).contains("打印");
            APIResponse paper =
                    walk.page
                            .context()
                            .request()
                            .get(Demo.running().address() + print.getAttribute("href"));
            assertThat(paper.status()).isEqualTo(200);
            assertThat(paper.headers().get("content-type")).startsWith("application/pdf");
            try (var pdf = Loader.loadPDF(paper.body())) {
                assertThat(new PDFTextStripper().getText(pdf))
                        .contains("承诺达标合格证")
                        .contains(certificate)
                        .contains(number)
                        .contains("根子示例荔枝专业合作社");
            }
            walk.page.waitForResponse(answer -> answer.url().endsWith("/pdf"), print::click);
            walk.tapped().tookAtMost(3);

            // and from the lot's own page to its certificate
            walk.at("/p/lots?q=" + number)
                    .tap("td a[href^='/p/lots/']")
                    .tap("a[href^='/p/certs?lot=']");
            assertThat(walk.page.locator("h1").innerText()).contains(certificate);
            walk.tookAtMost(2);
        }
    }

    // ---- laboratory

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_laboratory_receives_a_sample_in_two_taps(Size size) {
        String lot;
        try (var walk = new Walk(chromium, size, "laboratory-lot").signedIn("SUPERVISOR")) {
            // the phone's sample was announced, the desk's comes unannounced
            walk.at(
                    "/s/lots/"
                            + Demo.running().lots().get(size == Size.PHONE ? "DRIED" : "PACKED"));
            lot = walk.page.locator("h1").innerText().strip();
            walk.tookAtMost(0);
        }
        try (var walk = new Walk(chromium, size, "laboratory-sample").signedIn("LABORATORY")) {
            walk.at("/lab");
            int before = walk.page.locator("tbody tr").count();
            walk.type("lot", lot);
            walk.page.locator("main form button[type=submit]").first().click();
            walk.page.waitForLoadState();
            walk.tapped();
            assertThat(walk.page.url()).contains("/lab/grid?sample=");
            assertThat(walk.text()).contains(lot);
            walk.tookAtMost(2);

            walk.at("/lab");
            assertThat(walk.page.locator("tbody tr").count())
                    .as("an announced sample is not entered twice")
                    .isEqualTo(size == Size.PHONE ? before : before + 1);
            assertThat(walk.page.locator("tbody tr").filter(having(lot)).first().innerText())
                    .contains("待检测");
            walk.tookAtMost(0);
        }
    }

    // ---- supervisor

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_supervisor_finds_all_well_on_the_spot_in_three_taps(Size size) {
        try (var walk = new Walk(chromium, size, "supervisor-visit").signedIn("SUPERVISOR")) {
            walk.at("/s").tap("a[href^='/s/visits/']");
            String visit = walk.page.url();
            String application = walk.page.locator(".crumb a").first().getAttribute("href");
            walk.at(application);
            assertThat(walk.text()).contains("还没有去现场");
            assertThat(walk.page.locator("form[action$='/grant']").count()).isZero();

            walk.at(visit).tap("button[name=all]");
            walk.look();
            walk.type("host", "林陪同（演示）").tap(button(walk, "提交结论"));
            assertThat(walk.text())
                    .contains("符合 20 条")
                    .contains("林陪同（演示）")
                    .contains("李示例（演示）")
                    .doesNotContain("不符合");
            walk.look().tookAtMost(3);

            walk.at(application);
            assertThat(walk.text()).contains("符合 20 条").doesNotContain("还没有去现场");
            walk.tookAtMost(0);
        }
    }

    // ---- city manager

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_manager_sees_what_is_late_and_whose_and_acts_in_two_taps(Size size) {
        try (var walk = new Walk(chromium, size, "manager-late").signedIn("CITY_MANAGER")) {
            walk.at("/s");
            Locator late =
                    walk.page
                            .locator("tr")
                            .filter(having("超 "))
                            .filter(having(size == Size.PHONE ? "投诉 " : "羊角"));
            assertThat(late.first().innerText()).contains("李示例（演示）").containsPattern("超 \\d+ 天");
            assertThat(walk.page.locator("tr").filter(having("高州糯米糍荔枝")).first().innerText())
                    .contains("李示例（演示）")
                    .containsPattern("超 \\d+ 天");
            walk.tookAtMost(0);

            walk.tap(late.first().locator("a"));
            walk.tap(button(walk, "派单"));
            assertThat(walk.text()).contains("办理中").contains("派给 李示例（演示）").doesNotContain("超 ");
            walk.tookAtMost(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_manager_recalls_a_lot_in_five_taps(Size size) {
        try (var walk = new Walk(chromium, size, "manager-recall").signedIn("CITY_MANAGER")) {
            walk.at("/s/alerts?kind=FAILED_REPORT")
                    .tap(
                            walk.page
                                    .locator("tr")
                                    .filter(having(size == Size.PHONE ? "霞洞" : "羊角"))
                                    .first()
                                    .locator("a"));
            walk.tap(walk.page.locator("a").filter(having("发起召回")));
            String lot = found("H\\d{6}-\\d+", walk.page.locator("h1").innerText());
            assertThat(walk.text()).contains("涉及重量").contains("600 kg").contains("现在在谁手里");
            walk.type("reason", "检出氯氰菊酯超过限量。（演示）").type("retyped", lot).tap(button(walk, "发布召回"));
            assertThat(walk.text()).contains(lot).contains("检出氯氰菊酯超过限量。（演示）");
            assertThat(walk.page.locator("h1").innerText()).contains("召-");
            walk.tookAtMost(5);

            walk.at("/s/recalls");
            assertThat(walk.text()).contains(lot);
            walk.tookAtMost(0);
        }
    }

    // ---- the others

    @ParameterizedTest
    @EnumSource(Size.class)
    void an_expert_reviews_an_application(Size size) {
        try (var walk = new Walk(chromium, size, "evaluator").signedIn("EVALUATOR")) {
            walk.at("/s/applications")
                    .tap(
                            walk.page
                                    .locator("td a")
                                    .filter(having(size == Size.PHONE ? "电白黑叶" : "茂南糯米糍")))
                    .tap("label:has([name=advice][value=GRANT])")
                    .type("opinion", "资料齐全，建议现场核查后授权。（演示）")
                    .tap(button(walk, "提交意见"));
            assertThat(walk.text())
                    .contains("建议授权")
                    .contains("黄示例（演示）")
                    .contains("资料齐全，建议现场核查后授权。（演示）")
                    .doesNotContain("我的评审意见");
            walk.look().tookAtMost(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void a_retailer_receives_a_shipment_in_two_taps(Size size) {
        try (var walk = new Walk(chromium, size, "retailer").signedIn("RETAILER")) {
            walk.at("/r");
            Locator coming = walk.page.locator("tr").filter(having("在途")).first();
            String number = found("D\\d{6}-\\d+", coming.innerText());
            walk.tap(coming.locator("a")).tap(button(walk, "确认收货"));
            assertThat(walk.page.locator("h1").innerText()).contains(number);
            assertThat(walk.text()).contains("已收货").doesNotContain("还没有收");
            walk.look().tookAtMost(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void an_association_sees_how_its_members_stand(Size size) {
        try (var walk = new Walk(chromium, size, "association").signedIn("ASSOCIATION")) {
            walk.at("/p");
            assertThat(walk.page.locator("tr").filter(having("霞洞")).innerText())
                    .contains("还有 1 个产品没有有效授权");
            assertThat(walk.page.locator("tr").filter(having("根子")).count()).isEqualTo(1);
            walk.tookAtMost(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void an_administrator_opens_an_account_and_its_owner_comes_in_by_the_secret(Size size) {
        String user = "story-" + size.name().toLowerCase();
        String secret;
        try (var walk = new Walk(chromium, size, "administrator").signedIn("ADMINISTRATOR")) {
            walk.at("/a/accounts")
                    .tap("a[href='/a/accounts/new']")
                    .type("displayName", "新文员（演示）")
                    .type("loginName", user)
                    .choose("role", "主体经办")
                    .choose("party", "根子示例荔枝专业合作社（演示）（合作社）")
                    .tap(button(walk, "开账号"));
            walk.look();
            assertThat(walk.text()).contains("只显示这一次").contains(user);
            secret = walk.page.locator("code").innerText().strip();
            assertThat(secret.length()).isGreaterThanOrEqualTo(10);
            walk.tookAtMost(6);
        }
        try (var walk = new Walk(chromium, size, "new-clerk").signedIn(user, secret)) {
            assertThat(walk.page.url()).endsWith("/me#password");
            walk.at("/p");
            assertThat(walk.text()).contains("根子示例荔枝专业合作社（演示）");
            walk.tookAtMost(0);
        }
    }

    private static int count(Walk walk) {
        return Integer.parseInt(found("共 (\\d+) 条", walk.text()));
    }

    private static Locator button(Walk walk, String text) {
        return walk.page
                .locator("main button[type=submit]")
                .filter(
                        new Locator.FilterOptions()
                                .setHasText(Pattern.compile("^\\s*" + text + "\\s*$")));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static String found(String pattern, String text) {
        Matcher match = Pattern.compile(pattern).matcher(text);
        assertThat(match.find()).as(pattern + " in " + text).isTrue();
        return match.groupCount() > 0 ? match.group(1) : match.group();
    }
}
