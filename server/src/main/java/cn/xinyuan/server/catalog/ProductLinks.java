package cn.xinyuan.server.catalog;

import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses outside the platform that the owner of a product registers for it. */
public interface ProductLinks {

    /**
     * Registers a link of the visitor's own product; it is in force at once.
     *
     * @throws cn.xinyuan.server.pages.Problems if the address is not https or not on a host that
     *     the operator allows, or another field is wrong
     * @throws cn.xinyuan.server.pages.NotFound if the product is not the visitor's
     * @throws cn.xinyuan.server.pages.Refused {@code too-many-links}
     */
    ProductLink register(Visitor by, UUID product, NewLink link);

    /**
     * Takes a link back; it is not followed any more. The owner may, and the administrator.
     *
     * @throws cn.xinyuan.server.pages.NotFound if there is no such link, or it is not the visitor's
     */
    void withdraw(Visitor by, UUID product, UUID link);

    /**
     * The links of a product that may be followed now, oldest first: not withdrawn, and on a host
     * that the operator still allows.
     */
    List<ProductLink> of(UUID product);

    /** The hosts that the operator allows; empty when nothing may be registered. */
    List<String> allowedHosts();

    /** A link as it comes in; what is null or blank is left open. */
    record NewLink(
            @Nullable String type,
            @Nullable String href,
            @Nullable String title,
            @Nullable String language,
            @Nullable String mediaType,
            @Nullable String context) {}

    /**
     * A registered link.
     *
     * @param type one of those that {@linkplain LinkType#ownersMayRegister() owners may register}
     * @param href an https address in its ASCII form
     * @param language such as {@code zh} or {@code en-GB} (BCP 47); null when not said
     * @param mediaType such as {@code text/html}
     * @param context where or for whom it is meant, such as {@code HK}; null for everyone
     */
    record ProductLink(
            UUID id,
            UUID product,
            LinkType type,
            String href,
            String title,
            @Nullable String language,
            String mediaType,
            @Nullable String context,
            Instant at) {}
}
