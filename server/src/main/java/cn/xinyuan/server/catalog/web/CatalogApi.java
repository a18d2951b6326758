package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.catalog.ProductLinks.NewLink;
import cn.xinyuan.server.catalog.ProductLinks.ProductLink;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Products for machines; the list is public. */
@RestController
@RequestMapping("/api/v1/products")
class CatalogApi {

    private final Catalog catalog;
    private final ProductLinks links;
    private final SignedIn signedIn;

    CatalogApi(Catalog catalog, ProductLinks links, SignedIn signedIn) {
        this.catalog = catalog;
        this.links = links;
        this.signedIn = signedIn;
    }

    /** A product to register for the caller's own party; without a GTIN the platform gives one. */
    record Registration(
            @Nullable String gtin,
            @NotNull String name,
            @NotNull String nameEn,
            @NotNull String category,
            @Nullable String variety,
            @NotNull String grade,
            @NotNull BigDecimal packKg,
            @NotNull String pack,
            @Nullable Boolean geographicalIndication) {}

    @GetMapping
    @AnyoneMayCall
    List<Product> list(@RequestParam(required = false) @Nullable UUID party) {
        return party == null ? catalog.all() : catalog.productsOf(party);
    }

    @GetMapping("/{id}")
    @AnyoneMayCall
    Product one(@PathVariable UUID id) {
        return catalog.get(id);
    }

    @PostMapping
    @MayCall(Role.CLERK)
    ResponseEntity<Product> register(@Valid @RequestBody Registration fresh) {
        var by = signedIn.get();
        var party = by.party();
        if (party == null) {
            throw new IllegalStateException("a clerk acts for a party");
        }
        var product =
                catalog.register(
                        by,
                        new NewProduct(
                                party,
                                fresh.gtin(),
                                fresh.name(),
                                fresh.nameEn(),
                                fresh.category(),
                                fresh.variety(),
                                fresh.grade(),
                                fresh.packKg(),
                                fresh.pack(),
                                Boolean.TRUE.equals(fresh.geographicalIndication())));
        return ResponseEntity.created(URI.create("/api/v1/products/" + product.id())).body(product);
    }

    /** A link as it is shown: the type in its short form. */
    record Link(
            UUID id,
            String type,
            String href,
            String title,
            @Nullable String language,
            String mediaType,
            @Nullable String context,
            Instant registered) {

        static Link of(ProductLink link) {
            return new Link(
                    link.id(),
                    link.type().curie(),
                    link.href(),
                    link.title(),
                    link.language(),
                    link.mediaType(),
                    link.context(),
                    link.at());
        }
    }

    @GetMapping("/{id}/links")
    @AnyoneMayCall
    @Operation(
            summary = "Links that the owner registered for a product",
            description =
                    "Those that a GS1 Digital Link of the product leads to now, beside the"
                            + " platform's own; oldest first.")
    List<Link> links(@PathVariable UUID id) {
        return links.of(catalog.get(id).id()).stream().map(Link::of).toList();
    }

    @PostMapping("/{id}/links")
    @MayCall(Role.CLERK)
    @Operation(
            summary = "Register a link for a product of one's own",
            description =
                    "type is a link type of the GS1 Web Vocabulary, such as gs1:recipeInfo; tracing,"
                            + " certificates and recalls are stated by the platform alone. href is"
                            + " https and on a host that the operator allows. language, mediaType"
                            + " (text/html when left out) and context choose among links of one type."
                            + " A change is a withdrawal and a new registration.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            """
                                                            {"type": "gs1:recipeInfo",
                                                             "href": "https://shop.example.com/litchi-recipes",
                                                             "title": "荔枝的六种吃法", "language": "zh",
                                                             "mediaType": "text/html"}
                                                            """))))
    ResponseEntity<Link> link(@PathVariable UUID id, @RequestBody NewLink fresh) {
        Link link = Link.of(links.register(signedIn.get(), id, fresh));
        return ResponseEntity.created(URI.create("/api/v1/products/" + id + "/links/" + link.id()))
                .body(link);
    }

    @PostMapping("/{id}/links/{link}/withdraw")
    @MayCall({Role.CLERK, Role.ADMINISTRATOR})
    @Operation(
            summary = "Take a link back",
            description =
                    "It is followed no more, from the next request on; the record of it stays.")
    ResponseEntity<Void> withdraw(@PathVariable UUID id, @PathVariable UUID link) {
        links.withdraw(signedIn.get(), id, link);
        return ResponseEntity.noContent().build();
    }
}
