package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public list of products. */
public record CatalogPage(String brand, String q, List<Card> cards) {

    /** One product in words; {@code mark} is null when it never had a licence. */
    public record Card(
            String address,
            String name,
            String producer,
            String town,
            String pack,
            @Nullable Badge mark,
            boolean geographical) {}
}
