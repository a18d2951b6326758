package cn.xinyuan.server.catalog;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Products and marks. */
public interface Catalog {

    Product register(Visitor by, NewProduct product);

    Optional<Product> find(UUID id);

    /**
     * @throws cn.xinyuan.server.pages.NotFound if there is none
     */
    Product get(UUID id);

    Optional<Product> findByGtin(String gtin);

    List<Product> productsOf(UUID party);

    List<Product> all();

    /** The brand as the operator configured it. */
    Brand brand();

    /** The public brand: city, name of the mark, the standard behind it, the hotline. */
    record Brand(
            String city,
            String cityEn,
            String name,
            String nameEn,
            String operator,
            String hotline) {}

    /** A product as it comes in; the GTIN is given by the platform's prefix when null. */
    record NewProduct(
            UUID party,
            @Nullable String gtin,
            String name,
            String nameEn,
            String category,
            @Nullable String variety,
            String grade,
            BigDecimal packKg,
            String pack,
            boolean geographicalIndication) {}
}
