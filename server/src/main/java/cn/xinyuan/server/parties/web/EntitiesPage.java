package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import java.util.List;

/** The parties within a supervisor's districts. */
public record EntitiesPage(
        String q,
        String kind,
        List<Choice> kinds,
        int all,
        List<Row> rows,
        String shown,
        int page,
        int pages,
        String base) {

    /** One party in words. */
    public record Row(
            String address, String name, String kind, String district, String creditCode) {}
}
