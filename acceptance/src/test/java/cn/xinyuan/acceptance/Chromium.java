package cn.xinyuan.acceptance;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's own browser, at the two sizes that we promise. */
final class Chromium implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run",
                                "--no-proxy-server",
                                "--disable-dev-shm-usage"));
        if ("root".equals(System.getProperty("user.name"))) {
            words.add("--no-sandbox");
        }
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(found())
                                        .setArgs(words));
    }

    enum Size {
        PHONE(390, 844),
        DESK(1440, 900);

        final int width;
        final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    BrowserContext visitor(Size size) {
        return browser.newContext(
                new Browser.NewContextOptions()
                        .setViewportSize(size.width, size.height)
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai"));
    }

    BrowserContext visitorWithoutJavaScript(Size size) {
        return browser.newContext(
                new Browser.NewContextOptions()
                        .setViewportSize(size.width, size.height)
                        .setLocale("zh-CN")
                        .setJavaScriptEnabled(false));
    }

    /** What axe holds against the page, in words. */
    static List<String> complaints(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream().map(Chromium::words).toList();
    }

    /** True when nothing hangs over the right edge. */
    static boolean fits(Page page) {
        return (boolean)
                page.evaluate(
                        "document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /** Kept for a person to look at. */
    static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screens", name + ".png"))
                        .setFullPage(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static String words(Rule rule) {
        return rule.getId()
                + " at "
                + rule.getNodes().stream().map(node -> String.valueOf(node.getTarget())).toList();
    }

    private static Path found() {
        String named = System.getenv("XINYUAN_CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Stream.of(
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/snap/bin/chromium",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no Chromium here; install one or name it with XINYUAN_CHROMIUM"));
    }
}
