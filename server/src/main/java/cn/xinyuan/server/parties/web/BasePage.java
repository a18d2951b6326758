package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** One base with its plots. */
public record BasePage(
        String address,
        String name,
        String district,
        String area,
        boolean mayAdd,
        List<PlotRow> plots,
        List<Choice> farmers,
        List<Choice> crops,
        List<Choice> districts,
        Form form) {

    /** One plot in words. */
    public record PlotRow(
            String number, String crop, String variety, String area, String farmer, String town) {}
}
