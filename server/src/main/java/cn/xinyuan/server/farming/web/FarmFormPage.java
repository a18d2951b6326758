package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three-tap form, filled in with what was done last.
 *
 * @param corrects the record that is corrected, in words; null for a new one
 * @param allPlots ids of all plots, joined by a comma, for the outbox
 * @param drawnAt milliseconds of the wall clock when the page was drawn: a page kept in the phone
 *     moves its days on by what has passed since
 * @param earliest from when the harvest is allowed with what is filled in; null when nothing closes
 */
public record FarmFormPage(
        String title,
        String action,
        @Nullable String corrects,
        List<PlotChoice> plots,
        boolean mayChooseAll,
        String allPlots,
        List<Activity> activities,
        List<Input> recent,
        List<Input> registered,
        String today,
        String yesterday,
        String todayIso,
        String yesterdayIso,
        String drawnAt,
        String person,
        @Nullable String earliest,
        Form form) {

    /** A plot to choose. */
    public record PlotChoice(String id, String number, String what) {}

    /** A kind of work to choose. */
    public record Activity(String value, String word, String icon) {}

    /** A registered product to choose; {@code days} is its pre-harvest interval. */
    public record Input(String name, String text, String dose, int days) {}
}
