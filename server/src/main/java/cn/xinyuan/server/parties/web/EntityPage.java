package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.parties.web.BasePage.PlotRow;
import java.util.List;

/** Everything that parties know of one party, for whoever supervises it. */
public record EntityPage(
        String name,
        String kind,
        String creditCode,
        String gln,
        String district,
        String contact,
        String phone,
        String area,
        List<String> bases,
        List<PlotRow> plots,
        List<MembersPage.Row> members) {}
