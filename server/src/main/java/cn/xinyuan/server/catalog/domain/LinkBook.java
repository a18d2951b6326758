package cn.xinyuan.server.catalog.domain;

import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the links of products are written down. */
public interface LinkBook {

    /** False if the same link is there already. */
    boolean add(ProductLink link, UUID by);

    /** False if it is withdrawn already. */
    boolean withdraw(UUID link, UUID by, Instant at);

    Optional<ProductLink> find(UUID link);

    /** Those of a product that are not withdrawn, oldest first. */
    List<ProductLink> of(UUID product);

    /** Makes registrations for a product wait for each other until the transaction ends. */
    void queue(UUID product);
}
