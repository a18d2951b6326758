package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.Choice;
import java.util.List;

/** Alerts by the filters in the address. */
public record AlertListPage(
        String title,
        String address,
        List<AlertRow> rows,
        String kind,
        String state,
        String words,
        List<Choice> kinds,
        List<Choice> states,
        String counted) {}
