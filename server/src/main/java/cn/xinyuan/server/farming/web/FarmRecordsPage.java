package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.pages.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a season, by the filters in the address; corrected ones stay in sight. */
public record FarmRecordsPage(
        List<Row> rows,
        String plot,
        String season,
        List<Choice> plots,
        List<Choice> seasons,
        String counted) {

    /** One record in words. */
    public record Row(
            String id,
            String activity,
            String icon,
            String plot,
            String day,
            String what,
            String person,
            @Nullable String harvestFrom,
            @Nullable String note,
            @Nullable String reason,
            boolean corrected,
            String written) {}
}
