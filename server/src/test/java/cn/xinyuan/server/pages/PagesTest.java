package cn.xinyuan.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PagesTest {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    @Test
    void a_form_that_comes_back_keeps_what_was_typed_and_leads_to_the_mistake() {
        var form =
                new Form(
                        Map.of("kg", List.of("12,5 公斤 <b>")),
                        List.of(new Problem("kg", "请写数字，例如 12.5。")));

        String page = render("pages/field", Map.of("name", "kg", "label", "重量", "form", form));
        String summary = render("pages/summary", Map.of("form", form));

        assertThat(page)
                .contains("value=\"12,5 公斤 &lt;b>\"")
                .contains("aria-invalid=\"true\"")
                .contains("aria-describedby=\"f-kg-e\"");
        assertThat(summary).contains("href=\"#f-kg\"").contains("请写数字");
    }

    @Test
    void a_password_is_never_given_back() {
        var form = new Form(Map.of("password", List.of("secret")), List.of());
        assertThat(
                        render(
                                "pages/field",
                                Map.of(
                                        "name",
                                        "password",
                                        "label",
                                        "密码",
                                        "type",
                                        "password",
                                        "form",
                                        form)))
                .doesNotContain("secret");
    }

    @Test
    void the_error_page_shows_its_number_and_the_way_back() {
        String page =
                render(
                        "pages/error",
                        Map.of(
                                "shell",
                                Shell.stranger(false),
                                "page",
                                new ErrorPage("500", "系统出错了", "请稍后再试。", List.of(), "E-23456789")));
        assertThat(page).contains("E-23456789").contains("<h1>系统出错了</h1>").contains("href=\"/\"");
    }

    @Test
    void every_icon_that_a_badge_or_the_navigation_names_is_in_the_sprite() throws Exception {
        String sprite;
        try (var in = getClass().getResourceAsStream("/static/img/sprite.svg")) {
            sprite = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> named =
                Arrays.stream(Badge.values()).map(Badge::icon).collect(Collectors.toSet());
        Arrays.stream(Nav.values()).map(Nav::icon).forEach(named::add);
        Arrays.stream(Evidence.values()).map(Evidence::icon).forEach(named::add);
        assertThat(named).allSatisfy(i -> assertThat(sprite).contains("id=\"" + i + "\""));
    }

    @Test
    void every_role_has_a_page_to_start_its_day_on() {
        assertThat(Role.values()).allSatisfy(r -> assertThat(Nav.home(r)).isNotEqualTo("/me"));
    }

    @Test
    void the_navigation_shows_a_role_its_own_pages_and_what_waits_behind_them() {
        List<Nav.Group> groups = Nav.groups(Role.CLERK, Map.of("/p/tests", 3L));
        List<Nav.Entry> entries = groups.stream().flatMap(g -> g.entries().stream()).toList();
        assertThat(entries).extracting(Nav.Entry::address).contains("/p/lots").doesNotContain("/s");
        assertThat(entries)
                .filteredOn(e -> e.address().equals("/p/tests"))
                .extracting(Nav.Entry::waiting)
                .containsExactly(3L);
    }

    @Test
    void the_console_marks_where_one_is_and_carries_the_token_on_the_way_out() {
        var visitor = new Visitor(new UUID(0, 1), "李 示例", Role.SUPERVISOR, null, Set.of("4409"));
        var shell =
                new Shell(
                        "/s/alerts",
                        visitor,
                        Nav.groups(Role.SUPERVISOR, Map.of()),
                        "_csrf",
                        "the-token",
                        "the-key",
                        true,
                        false);
        gg.jte.Content body = out -> out.writeContent("<h1>预警</h1>");
        String page = render("pages/console", Map.of("shell", shell, "title", "预警", "body", body));
        assertThat(page)
                .contains("href=\"/s/alerts\" aria-current=\"page\"")
                .contains("name=\"_csrf\" value=\"the-token\"")
                .contains("李 示例");
        assertThat(page.split("<h1", -1)).hasSize(2);
    }

    @Test
    void a_style_sheet_is_named_with_the_hash_of_its_content() {
        assertThat(Assets.url("/css/app.css")).matches("/css/app\\.css\\?v=[0-9a-f]{10}");
    }

    private String render(String template, Map<String, Object> params) {
        var out = new StringOutput();
        templates.render(template + ".jte", params, out);
        return out.toString();
    }
}
