package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import java.util.List;

/** The plots of a season with what each may bear, by the filters in the address. */
public record YieldsPage(
        boolean officer,
        String address,
        String season,
        String state,
        String q,
        List<Choice> seasons,
        List<Choice> states,
        String counted,
        String sums,
        List<Row> rows,
        String base,
        int current,
        int pages,
        String shown) {

    /** One plot; {@code width} is the share of the cap that is harvested. */
    public record Row(
            String address,
            String number,
            String party,
            String area,
            String crop,
            Badge badge,
            String perMu,
            String cap,
            String harvested,
            String left,
            String width,
            boolean nearlyFull) {}
}
