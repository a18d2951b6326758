package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laboratory's queue, or a producer's samples. */
public record LabQueuePage(
        String count, Form form, List<Choice> lots, List<Choice> laboratories, List<Row> rows) {

    /** One sample with where its report stands. */
    public record Row(
            String number,
            String lot,
            String lotAddress,
            String product,
            String day,
            String takenBy,
            Badge badge,
            @Nullable Badge verdict,
            @Nullable String report,
            @Nullable String address,
            @Nullable String action) {}
}
