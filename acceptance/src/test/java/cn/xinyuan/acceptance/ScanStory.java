package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.acceptance.Chromium.Size;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shopper scans a code in each of its states, on a phone. */
class ScanStory {

    private static final int BUDGET = 14 * 1024;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
                "VALID",
                "SUSPICIOUS",
                "NOT_ACTIVATED",
                "ON_HOLD",
                "RECALLED",
                "REVOKED",
                "UNKNOWN"
            })
    void each_state_is_told_within_the_budget_and_to_everyone(String state) throws Exception {
        String address = Demo.running().scans().get(state);
        assertThat(address).as("the demo prints a code in state " + state).isNotNull();

        HttpResponse<byte[]> packed = get(address, "text/html", "gzip");
        assertThat(packed.statusCode()).isEqualTo(200);
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body().length).isLessThanOrEqualTo(BUDGET);
        String page = unpacked(packed.body());
        assertThat(page).contains("<h1").doesNotContain("exception");

        JsonNode told =
                JsonMapper.builder()
                        .build()
                        .readTree(get(address, "application/json", "identity").body());
        assertThat(told.path("state").asString()).isEqualTo(state);

        for (Size size : Size.values()) {
            for (String language : new String[] {"", "?lang=en"}) {
                try (BrowserContext visitor = chromium.visitorWithoutJavaScript(size)) {
                    Page shown = visitor.newPage();
                    shown.navigate(address + language);
                    Chromium.picture(
                            shown, "scan-" + state + language.replace("?lang=", "-") + "-" + size);
                }
                try (BrowserContext visitor = chromium.visitor(size)) {
                    Page shown = visitor.newPage();
                    shown.navigate(address + language);
                    assertThat(Chromium.fits(shown)).isTrue();
                    assertThat(Chromium.complaints(shown)).isEmpty();
                }
            }
        }
    }

    @Test
    void a_code_is_read_in_small_letters_too() throws Exception {
        String address = Demo.running().scans().get("NOT_ACTIVATED");
        URI uri = URI.create(address);
        String small = Demo.running().address() + uri.getPath().toLowerCase(Locale.ROOT);
        assertThat(state(small)).isEqualTo("NOT_ACTIVATED");
    }

    @Test
    void a_shopper_complains_in_four_fields_without_javascript_and_gets_a_number() {
        try (BrowserContext visitor = chromium.visitorWithoutJavaScript(Size.PHONE)) {
            Page page = visitor.newPage();
            page.navigate(Demo.running().scans().get("VALID"));
            page.locator("a[href*='/complaint']").last().click();
            assertThat(page.locator("[name=code]").inputValue()).isNotEmpty();
            page.locator("select[name=about]").selectOption(new SelectOption().setIndex(1));
            page.locator("textarea[name=text]").fill("演示：箱子是湿的 🍒");
            page.locator("[name=phone]").fill("13800000000");
            page.locator("main form button[type=submit]").first().click();
            assertThat(page.locator("h1").textContent()).matches("投诉 .*[0-9].*");
        }
    }

    private static String state(String address) throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(get(address, "application/json", "identity").body())
                .path("state")
                .asString();
    }

    private static HttpResponse<byte[]> get(String address, String type, String encoding)
            throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", type)
                        .header("Accept-Encoding", encoding)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static String unpacked(byte[] packed) throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
