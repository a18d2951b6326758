package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** All API keys, and the form for a new one. */
public record KeysPage(List<Row> rows, List<Choice> accounts, Form form) {

    /** One key; the secret itself is not known any more. */
    public record Row(
            String id,
            String prefix,
            String label,
            String account,
            Badge badge,
            boolean works,
            String since,
            String used) {}
}
