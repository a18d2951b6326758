package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** A party's own cases and licences, and the form for a new case with what is known already. */
public record ApplyPage(
        String party,
        String known,
        List<Row> rows,
        List<Row> licences,
        List<Choice> products,
        Form form) {

    /** One case or licence in words. */
    public record Row(
            String address, String number, String product, Badge badge, String kg, String next) {}
}
