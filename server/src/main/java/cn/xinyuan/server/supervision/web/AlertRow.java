package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.Badge;

/** One alert in a list, in words. */
public record AlertRow(
        String id,
        String number,
        String kind,
        Badge level,
        String title,
        Badge state,
        String person,
        String deadline,
        String until,
        boolean overdue,
        String found) {}
