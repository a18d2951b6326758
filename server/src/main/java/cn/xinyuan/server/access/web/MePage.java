package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * One's own account.
 *
 * @param captures whether the account's systems may send EPCIS events
 */
public record MePage(
        String loginName,
        String name,
        String role,
        String scope,
        boolean captures,
        boolean mustChange,
        boolean changed,
        Form form,
        List<LogInRow> logIns) {

    /** One log-in in words. */
    public record LogInRow(String when, String how, String outcome, String address) {}
}
