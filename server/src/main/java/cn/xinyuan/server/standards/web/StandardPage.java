package cn.xinyuan.server.standards.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One edition, or one standard of the brand, with its limits. */
public record StandardPage(
        String number,
        String title,
        Badge badge,
        String from,
        String to,
        @Nullable String adopts,
        boolean demo,
        boolean brand,
        boolean someUnverified,
        List<Table> tables) {

    /** The limits for one product category. */
    public record Table(String category, List<Row> rows) {}

    /** One limit with its source. */
    public record Row(String substance, String limit, String source, boolean verified) {}
}
