package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shopper's page, already in words of one language. */
public record ScanPage(
        boolean english,
        boolean large,
        String code,
        String path,
        String brand,
        String hotline,
        Band band,
        @Nullable Goods goods,
        List<Row> facts,
        @Nullable Notice notice,
        List<Vouch> vouches,
        @Nullable Tests tests,
        List<Step> route,
        List<Row> gaps,
        @Nullable Origin origin,
        @Nullable Paper paper,
        @Nullable Retry retry,
        String asked,
        boolean demo) {

    /** Says one thing in the language of the page. */
    public String say(String chinese, String other) {
        return english ? other : chinese;
    }

    /**
     * The verdict: the colour comes with an icon of its own shape and with words.
     *
     * @param tested what the test came to, leading to the results; null when there is none to show
     */
    public record Band(
            String css, String icon, String title, String text, @Nullable String tested) {
        Band(String css, String icon, String title, String text) {
            this(css, icon, title, text, null);
        }
    }

    /** What is in the box. */
    public record Goods(
            boolean litchi,
            String name,
            String pack,
            List<String> code,
            String count,
            boolean warn) {}

    /**
     * A fact with who stands behind it.
     *
     * @param original what was typed in Chinese, where the English page says it in other words
     */
    public record Row(
            String label,
            String value,
            String small,
            @Nullable Evidence source,
            @Nullable String original) {
        Row(String label, String value, String small, @Nullable Evidence source) {
            this(label, value, small, source, null);
        }
    }

    /** Why not, and what to do. */
    public record Notice(String title, List<Row> rows, List<String> steps) {}

    /** One of the guarantees; {@code state} is yes, no or missing. */
    public record Vouch(
            String state, String title, String text, Evidence source, @Nullable String link) {}

    /** Results against limits. */
    public record Tests(String title, List<Line> lines, String unit, String note, String gap) {}

    /** One substance; {@code width} is its share of the limit for the bar. */
    public record Line(
            String substance, String measured, String limit, String width, boolean over) {}

    /** One step of the way; a {@code day} of its own for each. */
    public record Step(String day, Evidence source, String what, String detail) {}

    /** Where it grew: the county on the sketch, the town in words. */
    public record Origin(String county, String town, List<Row> rows) {}

    /** The commitment certificate. */
    public record Paper(String text, List<Row> rows) {}

    /** The form to type the code again. */
    public record Retry(String typed, String problem) {}
}
