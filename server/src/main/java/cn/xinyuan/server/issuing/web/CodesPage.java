package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The code batches of a producer, what may still be ordered, and the order form. */
public record CodesPage(
        int season, List<Quota> quotas, List<Choice> products, Form form, List<Row> rows) {

    /** What a licence allows of one product this season. */
    public record Quota(
            String product,
            String licence,
            Badge standing,
            String planned,
            String ordered,
            String left,
            String width) {}

    /** One batch in words. */
    public record Row(
            String address,
            String number,
            String product,
            String codes,
            String used,
            String width,
            Badge state,
            String at) {}
}
