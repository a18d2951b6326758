package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import java.util.List;

/**
 * The list of lots.
 *
 * @param address of the list itself
 * @param clerk whether the reader may act on goods
 * @param base address with the filters, for the pager
 */
public record LotsPage(
        String title,
        String address,
        boolean clerk,
        String q,
        String kind,
        String state,
        List<Choice> kinds,
        List<Choice> states,
        List<Row> rows,
        int total,
        int page,
        int pages,
        String base,
        String shown) {

    /** One lot. */
    public record Row(
            String address,
            String number,
            String kind,
            String goods,
            String amount,
            String left,
            String day,
            String maker,
            Badge badge) {}
}
