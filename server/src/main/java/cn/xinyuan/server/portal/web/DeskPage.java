package cn.xinyuan.server.portal.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** What waits on a clerk's desk. */
public record DeskPage(String party, List<Figure> figures, List<Todo> todos, List<Row> lots) {

    /** One figure with where it leads. */
    public record Figure(String word, String value, String address) {}

    /** One thing to do: what, why, where. */
    public record Todo(Badge badge, String what, String why, String address, String button) {}

    /** A lot of late. */
    public record Row(
            String id, String number, String what, String amount, String day, Badge badge) {}
}
