package cn.xinyuan.server.catalog.domain;

import cn.xinyuan.server.catalog.Product;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where products are written down. */
public interface Products {

    long nextArticle();

    /** False if the GTIN or the name within the party is taken. */
    boolean add(Product product, UUID by, Instant at);

    Optional<Product> find(UUID id);

    Optional<Product> findByGtin(String gtin);

    List<Product> of(UUID party);

    List<Product> all();
}
