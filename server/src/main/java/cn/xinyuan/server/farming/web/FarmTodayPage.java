package cn.xinyuan.server.farming.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The farmer's day at a glance.
 *
 * @param saved what was just written down; null when nothing was
 */
public record FarmTodayPage(
        String day,
        @Nullable String saved,
        List<Plot> plots,
        List<String> warnings,
        List<FarmRecordsPage.Row> last) {

    /** One plot and whether it may be harvested today. */
    public record Plot(
            String number,
            String what,
            boolean open,
            String state,
            List<String> reasons,
            @Nullable String cap) {}
}
