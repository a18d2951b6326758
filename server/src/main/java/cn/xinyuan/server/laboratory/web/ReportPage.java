package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One version of a report. */
public record ReportPage(
        String id,
        String number,
        String version,
        Badge stage,
        Badge verdict,
        String verdictText,
        boolean failed,
        boolean open,
        boolean demoEdition,
        String sample,
        String sampleId,
        String lot,
        String lotAddress,
        String product,
        String laboratory,
        String sampled,
        String day,
        String edition,
        String entered,
        String released,
        @Nullable String reason,
        List<Line> lines,
        List<String> gap,
        boolean used,
        List<Version> versions,
        List<Change> changes,
        List<String> rejudged,
        @Nullable String held,
        boolean maySign,
        boolean waitsForAnother,
        boolean mayAmend,
        boolean mayLift,
        String back,
        String active,
        Form form) {

    /** One result. {@code share} is the width of its bar against the limit. */
    public record Line(
            String substance,
            String result,
            String limit,
            String source,
            Badge badge,
            String reason,
            boolean flagged,
            @Nullable String share) {}

    /** Another version of the same report. */
    public record Version(String text, String address, boolean current) {}

    /** What an amendment changed in one line. */
    public record Change(String substance, String before, String after) {}
}
