package cn.xinyuan.server.catalog.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.domain.ArticleNumber;
import cn.xinyuan.server.catalog.domain.Products;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Products are registered once and keep their number for ever. */
@Component
class KeepCatalog implements Catalog {

    private static final BigDecimal LARGEST_PACK = new BigDecimal("1000");

    private final Products products;
    private final Parties parties;
    private final BrandSettings settings;
    private final Clock clock;

    KeepCatalog(Products products, Parties parties, BrandSettings settings, Clock clock) {
        this.products = products;
        this.parties = parties;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Product register(Visitor by, NewProduct fresh) {
        var party =
                parties.find(fresh.party())
                        .filter(p -> p.id().equals(by.party()) || by.role() == Role.ADMINISTRATOR)
                        .orElseThrow(() -> new NotFound("没有这个主体"));
        new Problems.Collector()
                .require(between(fresh.name(), 80), "name", "请填写产品名称，最多 80 字。")
                .require(between(fresh.nameEn(), 120), "nameEn", "请填写英文名称，最多 120 字。")
                .require(
                        fresh.category().matches("[a-z][a-z-]{1,39}"),
                        "category",
                        "品类用小写英文，例如 litchi、dried-litchi。")
                .require(between(fresh.grade(), 20), "grade", "请填写等级，例如 特级。")
                .require(between(fresh.pack(), 40), "pack", "请写明包装，例如 2.5 kg 礼盒。")
                .require(
                        fresh.packKg().signum() > 0
                                && fresh.packKg().compareTo(LARGEST_PACK) <= 0
                                && fresh.packKg().stripTrailingZeros().scale() <= 3,
                        "packKg",
                        "每件净含量应大于 0、不超过 1,000 kg，最多三位小数。")
                .throwIfAny();
        var variety = fresh.variety();
        var product =
                new Product(
                        UUID.randomUUID(),
                        party.id(),
                        number(fresh.gtin()).gtin(),
                        fresh.name().strip(),
                        fresh.nameEn().strip(),
                        fresh.category(),
                        variety == null || variety.isBlank() ? null : variety.strip(),
                        fresh.grade().strip(),
                        fresh.packKg(),
                        fresh.pack().strip(),
                        fresh.geographicalIndication());
        if (!products.add(product, by.account(), clock.instant())) {
            throw Problems.of("name", "这个名称或 GTIN 已经登记过，请换一个。");
        }
        return product;
    }

    private ArticleNumber number(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return ArticleNumber.of(settings.gs1Prefix(), products.nextArticle());
        }
        try {
            return new ArticleNumber(
                    "0".repeat(Math.max(0, 14 - given.strip().length())) + given.strip());
        } catch (IllegalArgumentException wrong) {
            throw Problems.of("gtin", String.valueOf(wrong.getMessage()));
        }
    }

    private static boolean between(String text, int most) {
        return !text.isBlank() && text.strip().length() <= most;
    }

    @Override
    public Optional<Product> find(UUID id) {
        return products.find(id);
    }

    @Override
    public Product get(UUID id) {
        return products.find(id).orElseThrow(() -> new NotFound("没有这个产品"));
    }

    @Override
    public Optional<Product> findByGtin(String gtin) {
        return products.findByGtin(gtin);
    }

    @Override
    public List<Product> productsOf(UUID party) {
        return products.of(party);
    }

    @Override
    public List<Product> all() {
        return products.all();
    }

    @Override
    public Brand brand() {
        return settings.brand();
    }
}
