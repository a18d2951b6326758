package cn.xinyuan.server.portal.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** What waits on a clerk's desk. */
public record DeskPage(
        String party, List<FrontPage.Figure> figures, List<Todo> todos, List<Row> lots) {

    /** One thing to do: what, why, where. */
    public record Todo(Badge badge, String what, String why, String address, String button) {}

    /** A lot of late. */
    public record Row(String id, String number, String what, String amount, String day, Badge badge) {}
}
