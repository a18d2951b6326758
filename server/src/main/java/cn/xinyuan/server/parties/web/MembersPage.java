package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The members of a cooperative. */
public record MembersPage(String party, List<Row> rows, List<Choice> districts, Form form) {

    /** One member in words; the phone is masked. */
    public record Row(String name, String town, String phone, int plots, String area) {}
}
