package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The bases of one party. */
public record BasesPage(
        String party, String area, int plots, List<Row> rows, List<Choice> districts, Form form) {

    /** One base in words. */
    public record Row(String address, String name, String district, int plots, String area) {}
}
