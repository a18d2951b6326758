package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import java.util.List;

/** The officer's worklist; filters stand in the address. */
public record CasesPage(
        String summary,
        List<Tab> tabs,
        String stage,
        String q,
        String district,
        String due,
        List<Choice> districts,
        List<Row> rows,
        String shown,
        int page,
        int pages,
        String base) {

    /** One station of the funnel with how many cases wait there and how many are late. */
    public record Tab(String address, String text, int count, int late, boolean current) {}

    /** One case in words; {@code sla} is the class of the deadline's bar. */
    public record Row(
            String address,
            String number,
            String product,
            String party,
            String district,
            int done,
            String progress,
            Badge badge,
            String left,
            String sla,
            String width,
            String inCharge,
            String changed) {}
}
