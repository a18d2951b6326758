package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** All accounts. */
public record AccountsPage(List<Row> rows, long enabled) {

    /** One account in words. */
    public record Row(
            String address,
            String loginName,
            String name,
            String role,
            String scope,
            Badge badge,
            String since) {}
}
