package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The farmer's harvest: choose the plot, type the weight, save. */
public record FarmHarvestPage(
        List<PlotChoice> plots, List<Made> made, String today, @Nullable String saved, Form form) {

    /** A plot and whether it may be harvested today. */
    public record PlotChoice(String id, String number, String gate, String left, boolean open) {}

    /** A harvest lot of these days. */
    public record Made(String number, String plot, String amount, String day) {}
}
