package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** The licences within an officer's districts. */
public record LicencesPage(
        List<Tab> tabs,
        String standing,
        String q,
        List<Row> rows,
        String shown,
        int page,
        int pages,
        String base) {

    /** One standing with its count. */
    public record Tab(String address, String text, int count, boolean current) {}

    /** One licence in words. */
    public record Row(
            String address,
            String number,
            String product,
            String party,
            Badge badge,
            String kg,
            String until) {}
}
