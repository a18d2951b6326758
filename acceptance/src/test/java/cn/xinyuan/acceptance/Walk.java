package cn.xinyuan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.acceptance.Chromium.Size;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A stranger's way through the pages: every tap is counted, every page that is passed is looked at.
 * Typing into a field and choosing from a list count as one tap each.
 */
final class Walk implements AutoCloseable {

    /** Words of Latin letters that a Chinese page may have: names of standards, formats, units. */
    private static final Set<String> NAMES =
            Set.of("EPCIS", "JSON", "PDF", "GTIN", "GLN", "API", "CSV", "Excel", "English");

    private static final Pattern LATIN =
            Pattern.compile("(?<![\\w./:@-])[A-Za-z]{3,}(?![\\w./:@-])");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern RAW =
            Pattern.compile("\\b[A-Z]{2,}_[A-Z_]+\\b|\\bnull\\b|\\?\\?\\?|\\$\\{|@template");

    /** What can be read: text outside what is marked as another language, as code or as hidden. */
    private static final String TEXT =
            """
            other => {
              const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
              const texts = [];
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const inside = node.parentElement;
                if (!inside.closest('script, style, code, .mono, .code, textarea, [lang|="' + other + '"]')) {
                  texts.push(node.textContent);
                }
              }
              for (const one of document.querySelectorAll('[placeholder], [aria-label], [title]')) {
                texts.push(one.getAttribute('aria-label') || '', one.getAttribute('title') || '');
              }
              return texts.filter(t => t.trim()).join('\\n');
            }
            """;

    private static final Set<String> TRIED = new HashSet<>();

    final Page page;
    private final BrowserContext visitor;
    private final String name;
    private final List<String> wrong = new ArrayList<>();
    private String user = "";
    private int taps;
    private int seen;

    Walk(Chromium chromium, Size size, String name) {
        visitor = chromium.visitor(size);
        page = visitor.newPage();
        this.name = name + "-" + size;
        page.onPageError(error -> wrong.add(this.name + ": script failed: " + error));
        page.onResponse(
                answer -> {
                    if (answer.status() >= 400) {
                        wrong.add(this.name + ": " + answer.status() + " at " + answer.url());
                    }
                });
    }

    /** Signs in by the page for that; the counting begins afterwards. */
    Walk signedIn(String role) {
        String[] logIn = Demo.running().logIns().get(role).split(" ");
        return signedIn(logIn[0], logIn[1]);
    }

    Walk signedIn(String user, String password) {
        this.user = user;
        page.navigate(Demo.running().address() + "/login");
        page.locator("input[autocomplete=username]").fill(user);
        page.locator("input[type=password]").fill(password);
        page.locator("main form button[type=submit]").first().click();
        page.waitForLoadState();
        assertThat(page.url()).doesNotContain("/login");
        look();
        return this;
    }

    /** The page on which a task begins: nothing was tapped yet. */
    Walk at(String address) {
        page.navigate(address.startsWith("http") ? address : Demo.running().address() + address);
        taps = 0;
        look();
        return this;
    }

    /** The page that is open is the one on which the task begins. */
    Walk here() {
        taps = 0;
        return this;
    }

    Walk tap(String selector) {
        return tap(page.locator(selector));
    }

    Walk tap(Locator what) {
        String before = page.url();
        what.first().click();
        taps++;
        page.waitForLoadState();
        if (!page.url().equals(before) || page.locator("[role=alert]").count() > 0) {
            look();
        }
        return this;
    }

    /** A tap that the story made itself, since it leads out of the page. */
    Walk tapped() {
        taps++;
        return this;
    }

    Walk type(String field, String text) {
        page.locator("[name=" + field + "]").first().fill(text);
        taps++;
        return this;
    }

    Walk choose(String field, int index) {
        page.locator("select[name=" + field + "]").selectOption(new SelectOption().setIndex(index));
        taps++;
        return this;
    }

    Walk choose(String field, String label) {
        page.locator("select[name=" + field + "]").selectOption(new SelectOption().setLabel(label));
        taps++;
        return this;
    }

    /** Something went on without a new address: look again. */
    Walk look() {
        picture();
        String where = name + " " + page.url().replace(Demo.running().address(), "") + ": ";
        if (!Chromium.fits(page)) {
            wrong.add(where + "hangs over the right edge");
        }
        Chromium.complaints(page).forEach(one -> wrong.add(where + one));
        if (page.locator("h1").count() != 1) {
            wrong.add(where + page.locator("h1").count() + " headings of the first order");
        }
        follow(where);
        boolean english = page.locator("html").getAttribute("lang").startsWith("en");
        String text = (String) page.evaluate(TEXT, english ? "zh" : "en");
        RAW.matcher(text).results().forEach(m -> wrong.add(where + "raw “" + m.group() + "”"));
        if (english) {
            HAN.matcher(text.replaceAll("信-\\d{4}-\\d{4}-\\d{4}|召-\\d{4}-\\d{4}", ""))
                    .results()
                    .forEach(m -> wrong.add(where + "Chinese “" + m.group() + "”"));
        } else {
            LATIN.matcher(text)
                    .results()
                    .map(m -> m.group())
                    .filter(word -> !NAMES.contains(word))
                    .forEach(word -> wrong.add(where + "English “" + word + "”"));
        }
        return this;
    }

    /** No link leads to nothing; of links that differ only in a number, one is tried. */
    private void follow(String where) {
        for (Object one :
                (List<?>)
                        page.evaluate(
                                "[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'))")) {
            String link = (String) one;
            String kind =
                    link.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*")
                            .replaceAll("[^/=&?]*\\d[^/=&?]*", "*");
            if (TRIED.add(user + " " + kind)) {
                int status = page.context().request().get(Demo.running().address() + link).status();
                if (status >= 400) {
                    wrong.add(where + "its link " + link + " answers " + status);
                }
            }
        }
    }

    String text() {
        return page.locator("main").innerText();
    }

    /** Whether something stands on the first screen, without scrolling. */
    boolean isInSight(Locator what) {
        var box = what.first().boundingBox();
        return box != null
                && box.y >= 0
                && box.y + box.height <= page.viewportSize().height
                && box.height > 0;
    }

    /** Nothing on the way was broken, and it took no more taps than we promise. */
    void tookAtMost(int promised) {
        assertThat(wrong).isEmpty();
        assertThat(taps).as("taps of " + name).isLessThanOrEqualTo(promised);
    }

    private void picture() {
        Chromium.picture(page, "task-" + name + "-" + ++seen);
    }

    @Override
    public void close() {
        visitor.close();
    }
}
