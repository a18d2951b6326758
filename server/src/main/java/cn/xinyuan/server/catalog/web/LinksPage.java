package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The links of one product of one's own. */
public record LinksPage(
        String product,
        String gtin,
        String address,
        String here,
        List<Row> rows,
        List<Choice> types,
        List<Choice> languages,
        List<String> hosts,
        Form form) {

    /** One link in words. */
    public record Row(
            String title,
            String href,
            String type,
            String language,
            String mediaType,
            String context,
            String day,
            String withdraw) {}
}
