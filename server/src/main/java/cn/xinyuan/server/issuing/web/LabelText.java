package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse;
import cn.xinyuan.server.issuing.usecase.WriteCodes;
import cn.xinyuan.server.issuing.web.LabelDrawing.Label;
import cn.xinyuan.server.trace.Lots;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.LongStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What stands on the labels of a batch. */
@Component
class LabelText {

    private final BatchBook book;
    private final WriteCodes write;
    private final Catalog catalog;
    private final Lots lots;
    private final Certificates certificates;
    private final ConfirmFirstUse firstUse;
    private final String publicAddress;

    LabelText(
            BatchBook book,
            WriteCodes write,
            Catalog catalog,
            Lots lots,
            Certificates certificates,
            ConfirmFirstUse firstUse,
            @Value("${xinyuan.public-address:}") String publicAddress) {
        this.book = book;
        this.write = write;
        this.catalog = catalog;
        this.lots = lots;
        this.certificates = certificates;
        this.firstUse = firstUse;
        this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
    }

    /** The address that a QR shows, in capitals: {@code HTTPS://HOST/T/CODE}. */
    String address(ItemCode code) {
        return base() + code.text();
    }

    /** What stands before the code in an address: {@code HTTPS://HOST/T/}. */
    String base() {
        return base("/T/");
    }

    private String base(String path) {
        String base =
                publicAddress.isEmpty()
                        ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                        : publicAddress;
        return (base + path).toUpperCase(Locale.ROOT);
    }

    /** The address of a case or pallet, in capitals: {@code HTTPS://HOST/00/SSCC}. */
    String address(String sscc) {
        return base("/00/") + sscc;
    }

    ItemCode code(long batch, long serial) {
        return write.code(batch, serial);
    }

    /** Modules on a side of the QR that this installation's addresses make. */
    int modules(long batch) {
        return ReadableQr.of(address(code(batch, 0))).size;
    }

    /**
     * The labels as they were ordered at the printer, made as they are asked for. Lot and
     * certificate stand on those that are activated already.
     */
    Iterator<Label> labels(Batch batch, Printed printed) {
        Product product = catalog.get(batch.product());
        Catalog.Brand brand = catalog.brand();
        List<Activated> activated = book.activated(batch.number());
        boolean scratched = firstUse.isChosen(batch.product());
        var certified = new HashMap<UUID, Boolean>();
        var numbers = new HashMap<UUID, String>();
        for (Activated each : activated) {
            certified.computeIfAbsent(each.lot(), lot -> certificates.ofLot(lot).isPresent());
            numbers.computeIfAbsent(each.lot(), lot -> "批 " + lots.get(lot).number());
        }
        return LongStream.range(printed.range().from(), printed.range().end())
                .mapToObj(
                        serial -> {
                            ItemCode code = code(batch.number(), serial);
                            var on =
                                    activated.stream()
                                            .filter(a -> a.range().contains(serial))
                                            .findFirst();
                            return new Label(
                                    address(code),
                                    brand.city() + "“信”字号",
                                    product.geographicalIndication(),
                                    product.name(),
                                    product.pack(),
                                    on.map(a -> certified.get(a.lot())).orElse(false)
                                            ? "承诺达标合格证"
                                            : "",
                                    on.map(a -> numbers.get(a.lot())).orElse("扫码查产地、检测、批次"),
                                    code.grouped(),
                                    scratched ? firstUse.scratch(code).grouped() : "");
                        })
                .iterator();
    }
}
