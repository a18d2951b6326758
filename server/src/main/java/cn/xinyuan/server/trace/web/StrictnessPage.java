package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * How strictly an account's EPCIS documents are judged.
 *
 * @param others whether the reader may choose for other accounts
 * @param account the log-in name that was asked for; empty for one's own
 * @param checks what the three profiles make of each check
 */
public record StrictnessPage(
        boolean others,
        String account,
        String name,
        String now,
        String why,
        boolean saved,
        List<Choice> profiles,
        String chosen,
        Form form,
        List<Row> checks) {

    /** One check, and what becomes of a document that fails it. */
    public record Row(String check, String lenient, String normal, String strict) {}
}
