package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/** One's own account. */
public record MePage(
        String loginName,
        String name,
        String role,
        String scope,
        boolean mustChange,
        boolean changed,
        Form form,
        List<LogInRow> logIns) {

    /** One log-in in words. */
    public record LogInRow(String when, String how, String outcome, String address) {}
}
