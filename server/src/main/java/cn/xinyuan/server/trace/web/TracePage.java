package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Choice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace page: what was asked, and what was found.
 *
 * @param trouble why nothing was found; empty when nothing was asked or all went well
 * @param picture null until something was found
 */
public record TracePage(
        Asked asked,
        List<Choice> directions,
        String trouble,
        @Nullable GenealogyPicture picture,
        String summary,
        String warning,
        List<Row> lots,
        List<Step> steps,
        String more,
        List<Download> downloads) {

    /** The fields as they were typed. */
    public record Asked(
            String what,
            String maker,
            String place,
            String first,
            String last,
            String direction,
            String depth,
            String from,
            String until) {}

    /** A lot, or a piece of land. */
    public record Row(
            String number,
            boolean asked,
            String address,
            String kind,
            String goods,
            String weight,
            String party,
            String place,
            String day,
            String state) {}

    /** A line of the course of events. */
    public record Step(
            String day,
            String act,
            String lot,
            String amount,
            String where,
            String state,
            String eventAddress) {}

    /** A file with the same trace. */
    public record Download(String address, String text, String hint) {}

    static String address(String what) {
        return "/trace?what=" + URLEncoder.encode(what, StandardCharsets.UTF_8);
    }
}
