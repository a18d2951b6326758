package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** A party's own products. */
public record ProductsPage(String party, List<Row> rows, List<Choice> categories, Form form) {

    /** One product in words. */
    public record Row(
            String name, String category, String pack, String gtin, String address, String links) {}
}
