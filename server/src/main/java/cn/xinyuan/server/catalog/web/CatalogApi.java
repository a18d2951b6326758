package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
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
    private final SignedIn signedIn;

    CatalogApi(Catalog catalog, SignedIn signedIn) {
        this.catalog = catalog;
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
            boolean geographicalIndication) {}

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
                                fresh.geographicalIndication()));
        return ResponseEntity.created(URI.create("/api/v1/products/" + product.id())).body(product);
    }
}
