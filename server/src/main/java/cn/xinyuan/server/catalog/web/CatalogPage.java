package cn.xinyuan.server.catalog.web;

import java.util.List;

/** The catalogue in words. */
public record CatalogPage(String words, List<Card> cards) {

    /** One product. */
    public record Card(
            String id,
            String name,
            String nameEn,
            String variety,
            String grade,
            String pack,
            String gtin,
            String maker,
            String town,
            boolean geographicalIndication) {}
}
