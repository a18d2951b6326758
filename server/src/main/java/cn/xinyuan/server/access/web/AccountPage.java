package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.web.MePage.LogInRow;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** One account, for the administrator. */
public record AccountPage(
        String address,
        String loginName,
        String name,
        String role,
        String scope,
        Badge badge,
        boolean enabled,
        boolean own,
        String since,
        Form form,
        List<LogInRow> logIns) {}
