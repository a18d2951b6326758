package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What anyone may know of a lot that is on sale, by the number on its label. */
@Component
public class LookAtLot {

    private final Lots lots;
    private final Catalog catalog;
    private final Parties parties;
    private final Recalls recalls;
    private final Certificates certificates;
    private final Laboratory laboratory;

    LookAtLot(
            Lots lots,
            Catalog catalog,
            Parties parties,
            Recalls recalls,
            Certificates certificates,
            Laboratory laboratory) {
        this.lots = lots;
        this.catalog = catalog;
        this.parties = parties;
        this.recalls = recalls;
        this.certificates = certificates;
        this.laboratory = laboratory;
    }

    /** A lot as it stands now; no quantities, which are the holders' business. */
    public record Seen(
            Lot lot,
            Product product,
            Party producer,
            @Nullable Recall recall,
            @Nullable Certificate certificate,
            List<Report> reports) {}

    /**
     * Asks every time; nothing is remembered.
     *
     * @throws NotFound if there is no such lot, or it is bulk that no shopper sees
     */
    @Transactional(readOnly = true)
    public Seen see(String number) {
        String typed = number.strip();
        Lot lot =
                lots.findByNumber(typed)
                        .or(() -> lots.findByNumber(typed.toUpperCase(Locale.ROOT)))
                        .orElseThrow(() -> new NotFound("lot " + typed));
        if (lot.product() == null) {
            throw new NotFound("lot " + typed);
        }
        Product product = catalog.get(lot.product());
        return new Seen(
                lot,
                product,
                parties.get(product.party()),
                recalls.reaching(lot.id()).orElse(null),
                certificates.ofLot(lot.id()).orElse(null),
                laboratory.reportsOn(lot.id()));
    }
}
