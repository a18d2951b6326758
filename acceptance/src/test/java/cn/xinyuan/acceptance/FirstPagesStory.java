package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.acceptance.Chromium.Size;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role signs in and opens every page that its navigation offers. */
class FirstPagesStory {

    private static final String LINKS =
            "[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'))";
    private static final Pattern HREF = Pattern.compile("<a[^>]* href=\"(/[^\"#]*)\"");
    private static final int OF_A_KIND = 3;

    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADMINISTRATOR",
                "CITY_MANAGER",
                "SUPERVISOR",
                "EVALUATOR",
                "LABORATORY",
                "CLERK",
                "FARMER",
                "RETAILER",
                "ASSOCIATION"
            })
    void every_page_in_reach_opens_fits_and_is_accessible(String role) {
        String[] logIn = Demo.running().logIns().get(role).split(" ");
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> followed = new HashMap<>();
        for (Size size : Size.values()) {
            try (BrowserContext visitor = chromium.visitor(size)) {
                Page page = visitor.newPage();
                List<String> broken = new ArrayList<>();
                page.onPageError(broken::add);
                page.navigate(Demo.running().address() + "/login");
                page.locator("input[autocomplete=username]").fill(logIn[0]);
                page.locator("input[type=password]").fill(logIn[1]);
                page.locator("main form button[type=submit]").first().click();
                page.waitForLoadState();
                assertThat(page.url()).doesNotContain("/login");
                List<String> paths = new ArrayList<>(List.of(path(page.url())));
                for (Object link :
                        (List<?>)
                                page.evaluate(
                                        "[...document.querySelectorAll('nav a[href^=\"/\"]')].map(a => a.getAttribute('href'))")) {
                    if (!paths.contains(link)) {
                        paths.add((String) link);
                    }
                }
                for (String path : paths) {
                    Response answer = page.navigate(Demo.running().address() + path);
                    String where = role + " " + size + " " + path + ": ";
                    if (answer.status() != 200) {
                        wrong.add(where + answer.status());
                        continue;
                    }
                    if (!Chromium.fits(page)) {
                        wrong.add(where + "hangs over the right edge");
                    }
                    Chromium.complaints(page).forEach(one -> wrong.add(where + one));
                    if (page.locator("h1").count() != 1) {
                        wrong.add(
                                where
                                        + page.locator("h1").count()
                                        + " headings of the first order");
                    }
                    if (size == Size.DESK) {
                        wrong.addAll(deadLinks(page, followed, where));
                    }
                    Chromium.picture(
                            page, role + "-" + size + path.replaceAll("[^A-Za-z0-9]+", "-"));
                }
                broken.forEach(one -> wrong.add(role + " " + size + ": " + one));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Follows the links of the page, some of each kind, and those of the pages behind them. */
    private static List<String> deadLinks(Page page, Map<String, Integer> followed, String where) {
        List<String> dead = new ArrayList<>();
        for (Object first : (List<?>) page.evaluate(LINKS)) {
            String body = followed(page, (String) first, followed, where, dead);
            for (Matcher next = HREF.matcher(body); next.find(); ) {
                String path = next.group(1).replace("&amp;", "&");
                followed(page, path, followed, where + first + " → ", dead);
            }
        }
        return dead;
    }

    private static String followed(
            Page page,
            String path,
            Map<String, Integer> followed,
            String where,
            List<String> dead) {
        String kind = path.replaceAll("=[^&]*", "=").replaceAll("[0-9A-Za-z-]*[0-9][^/?]*", "*");
        if (path.startsWith("/assets") || followed.merge(kind, 1, Integer::sum) > OF_A_KIND) {
            return "";
        }
        APIResponse answer = page.request().get(Demo.running().address() + path);
        try {
            if (answer.status() >= 400) {
                dead.add(where + path + " leads to " + answer.status());
            }
            String type = answer.headers().getOrDefault("content-type", "");
            return type.startsWith("text/html") ? answer.text() : "";
        } finally {
            answer.dispose();
        }
    }

    private static String path(String url) {
        return url.substring(Demo.running().address().length());
    }
}
