package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.catalog.LinkType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishesTest {

    private static final List<TypedLink> LINKS =
            List.of(
                    link("/zh", "zh", "text/html", null),
                    link("/en", "en", "text/html", null),
                    link("/en-GB", "en-GB", "text/html", null),
                    link("/json", null, "application/json", null),
                    link("/hk", "zh", "text/html", "HK"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | - | - | /zh",
                "'' | '' | - | /zh",
                "en | - | - | /en",
                "en-GB,en;q=0.8 | text/html,*/*;q=0.8 | - | /en-GB",
                "en-US,en;q=0.9,zh-CN;q=0.8 | text/html | - | /en",
                "zh-CN,zh;q=0.9,en;q=0.8 | text/html,application/xhtml+xml,*/*;q=0.8 | - | /zh",
                "fr | text/html,*/*;q=0.8 | - | /zh",
                "fr | */* | - | /zh",
                "en | application/json | - | /json",
                "- | application/json;q=0.9, text/html;q=0.1 | - | /json",
                "- | application/pdf | - | /zh",
                "en;q=0 , zh | - | - | /zh",
                "not a language;;; | \u0001/ , /x, q=, text/html;q=7 | - | /zh",
                "en | text/html | HK | /hk",
                "en | text/html | hk | /hk",
                "en | text/html | MO | /en",
            })
    void the_reader_is_led_where_language_and_format_fit_best(
            @Nullable String language,
            @Nullable String accept,
            @Nullable String context,
            String due) {
        assertThat(Wishes.of(language, accept, context).choose(LINKS).href()).isEqualTo(due);
    }

    @Test
    void where_every_link_has_a_context_the_first_is_taken_all_the_same() {
        List<TypedLink> meant =
                List.of(link("/hk", "zh", "text/html", "HK"), link("/mo", "zh", "text/html", "MO"));
        assertThat(Wishes.of(null, null, null).choose(meant).href()).isEqualTo("/hk");
        assertThat(Wishes.of(null, null, "MO").choose(meant).href()).isEqualTo("/mo");
    }

    @Test
    void a_format_is_named_by_itself_and_not_by_a_star() {
        Wishes star = Wishes.of(null, "text/*, */*;q=0.1", null);
        assertThat(star.names("application/linkset+json")).isFalse();
        assertThat(star.weight("application/linkset+json")).isEqualTo(0.1);
        assertThat(star.weight("text/html")).isEqualTo(1);
        assertThat(
                        Wishes.of(null, "application/linkset+json;q=0", null)
                                .names("application/linkset+json"))
                .isFalse();
        assertThat(
                        Wishes.of(null, "APPLICATION/linkset+JSON", null)
                                .names("application/linkset+json"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "/a | - | /a",
                "/a | x=1 | /a?x=1",
                "/a?lang=en | x=1&lang=zh&y | /a?lang=en&x=1&y",
                "/a?lang=en#recall | lang=zh | /a?lang=en#recall",
                "/a#recall | x=%E8%8D%94 | /a?x=%E8%8D%94#recall",
                "https://shop.example.com/?a | &&a=2&b=3& | https://shop.example.com/?a&b=3",
            })
    void the_query_is_passed_on_behind_what_the_address_says_itself(
            String href, @Nullable String query, String due) {
        TypedLink link = link(href, null, "text/html", null);
        assertThat(link.at("", query)).isEqualTo(due);
        assertThat(link.at("https://x.example.com", query))
                .isEqualTo((href.startsWith("/") ? "https://x.example.com" : "") + due);
    }

    private static TypedLink link(
            String href,
            @Nullable String language,
            @Nullable String mediaType,
            @Nullable String context) {
        return new TypedLink(LinkType.PIP, href, "title", language, mediaType, context);
    }
}
