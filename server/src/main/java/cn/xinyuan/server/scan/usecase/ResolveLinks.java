package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.codes.Element;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Cases;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.scan.domain.Entry;
import cn.xinyuan.server.scan.domain.LinkContext;
import cn.xinyuan.server.scan.domain.OwnLinks;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.trace.Containers;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds what a GS1 Digital Link leads to. Nothing is remembered: a link that was withdrawn a moment
 * ago is not followed.
 */
@Component
public class ResolveLinks {

    private final Catalog catalog;
    private final ProductLinks links;
    private final Parties parties;
    private final Licences licences;
    private final Lots lots;
    private final Labels labels;
    private final Containers containers;
    private final Codes codes;
    private final Cases cases;
    private final Certificates certificates;

    ResolveLinks(
            Catalog catalog,
            ProductLinks links,
            Parties parties,
            Licences licences,
            Lots lots,
            Labels labels,
            Containers containers,
            Codes codes,
            Cases cases,
            Certificates certificates) {
        this.catalog = catalog;
        this.links = links;
        this.parties = parties;
        this.licences = licences;
        this.lots = lots;
        this.labels = labels;
        this.containers = containers;
        this.codes = codes;
        this.cases = cases;
        this.certificates = certificates;
    }

    /**
     * The levels of a thing from what was asked for up to its primary key. Empty when the platform
     * does not know it, and when lot or serial are not of this product: a label that contradicts
     * itself is nobody's. Consumer variants and controlled extensions, which nobody registers here,
     * have no level of their own.
     */
    @Transactional(readOnly = true)
    public Optional<Entry> find(DigitalLink asked) {
        return ours(asked).or(() -> traced(asked));
    }

    private Optional<Entry> ours(DigitalLink asked) {
        Element primary = asked.primary();
        return switch (primary.ai()) {
            case "01" -> catalog.findByGtin(primary.value()).flatMap(p -> product(asked, p));
            case "414", "417" -> producer(asked);
            case "00" -> logisticUnit(asked);
            default -> Optional.empty();
        };
    }

    /**
     * A container or another thing of whoever's that events name: its trace, for those entitled.
     */
    private Optional<Entry> traced(DigitalLink asked) {
        return switch (asked.primary().ai()) {
            case "01", "414", "417" -> Optional.empty();
            default ->
                    containers.isKnown(asked.canonical())
                            ? Optional.of(new Entry(List.of(OwnLinks.traced(asked))))
                            : Optional.empty();
        };
    }

    private Optional<Entry> product(DigitalLink asked, Product product) {
        var levels = new ArrayList<LinkContext>();
        Optional<Lot> lot = asked.lot().flatMap(this::lot);
        if (asked.lot().isPresent()
                && lot.filter(l -> product.id().equals(l.product())).isEmpty()) {
            return Optional.empty();
        }
        Optional<Item> item = asked.serial().flatMap(this::item);
        if (asked.serial().isPresent() && item.filter(i -> i.is(product, lot)).isEmpty()) {
            return Optional.empty();
        }
        for (DigitalLink level : asked.upwards()) {
            String finest = level.key().getLast().ai();
            switch (finest) {
                case "21" -> {
                    Item one = item.orElseThrow();
                    Lot inside = one.lot();
                    levels.add(
                            OwnLinks.item(
                                    level,
                                    product,
                                    one.issued().code(),
                                    inside == null
                                            ? null
                                            : certificates.ofLot(inside.id()).orElse(null)));
                }
                case "10" -> {
                    Lot one = lot.orElseThrow();
                    levels.add(
                            OwnLinks.lot(
                                    level,
                                    product,
                                    one,
                                    certificates.ofLot(one.id()).orElse(null)));
                }
                case "01" ->
                        levels.add(
                                OwnLinks.product(
                                        level,
                                        product,
                                        licences.latest(product.party(), product.id()).orElse(null),
                                        links.of(product.id())));
                default -> {
                    // variants and extensions: their product stands for them
                }
            }
        }
        return Optional.of(new Entry(levels));
    }

    private Optional<Entry> producer(DigitalLink asked) {
        DigitalLink party = asked.upwards().getLast();
        return parties.findByGln(asked.primary().value())
                .filter(p -> !catalog.productsOf(p.id()).isEmpty())
                .map(p -> new Entry(List.of(OwnLinks.producer(party, p))));
    }

    private Optional<Entry> logisticUnit(DigitalLink asked) {
        DigitalLink unit = asked.upwards().getLast();
        return cases.find(asked.primary().value())
                .map(u -> new Entry(List.of(OwnLinks.logisticUnit(unit, u))));
    }

    private Optional<Lot> lot(String number) {
        return lots.findByNumber(number)
                .or(() -> lots.findByNumber(number.toUpperCase(Locale.ROOT)));
    }

    private Optional<Item> item(String serial) {
        TypedCode code = TypedCode.of(serial);
        return Optional.of(code.text())
                .filter(c -> code.isWellFormed())
                .flatMap(codes::read)
                .map(
                        i ->
                                new Item(
                                        i,
                                        labels.lotOf(i.batch(), i.serial())
                                                .flatMap(lots::find)
                                                .orElse(null)));
    }

    /** An issued code and the lot its label was put on, if it was. */
    private record Item(Issued issued, @Nullable Lot lot) {

        boolean is(Product product, Optional<Lot> asked) {
            return issued.product().equals(product.id())
                    && (asked.isEmpty() || lot == null || lot.id().equals(asked.get().id()));
        }
    }
}
