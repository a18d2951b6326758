package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Finding.Why;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.domain.Verdict;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks a code up. Recall, licence standing, holds, certificate and reports are asked for every
 * time: a decision shows on the next scan. Nothing here is remembered from scan to scan.
 */
@Component
public class LookUp {

    private final Codes codes;
    private final Labels labels;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Recalls recalls;
    private final Licences licences;
    private final Certificates certificates;
    private final Laboratory laboratory;
    private final Catalog catalog;
    private final Parties parties;
    private final Tally tally;
    private final Clock clock;
    private final int graceMonths;

    LookUp(
            Codes codes,
            Labels labels,
            Lots lots,
            Genealogy genealogy,
            Recalls recalls,
            Licences licences,
            Certificates certificates,
            Laboratory laboratory,
            Catalog catalog,
            Parties parties,
            Tally tally,
            Clock clock,
            @Value("${xinyuan.scan.season-grace-months:12}") int graceMonths) {
        this.codes = codes;
        this.labels = labels;
        this.lots = lots;
        this.genealogy = genealogy;
        this.recalls = recalls;
        this.licences = licences;
        this.certificates = certificates;
        this.laboratory = laboratory;
        this.catalog = catalog;
        this.parties = parties;
        this.tally = tally;
        this.clock = clock;
        this.graceMonths = graceMonths;
    }

    /** All that may be known of a code as it was typed or scanned. */
    @Transactional(readOnly = true)
    public Finding find(String typed) {
        return find(typed, null, null);
    }

    /**
     * The same for a GS1 Digital Link, whose product and lot must agree with the code: a label that
     * contradicts itself is nobody's.
     */
    @Transactional(readOnly = true)
    public Finding find(String typed, @Nullable String gtin, @Nullable String lotNumber) {
        TypedCode code = TypedCode.of(typed);
        Optional<Issued> read = code.isWellFormed() ? codes.read(code.text()) : Optional.empty();
        if (read.isEmpty()) {
            return Finding.unknown(code, Why.NO_SUCH_CODE);
        }
        Issued issued = read.get();
        Product product = catalog.find(issued.product()).orElse(null);
        Lot lot = labels.lotOf(issued.batch(), issued.serial()).flatMap(lots::find).orElse(null);
        if (contradicts(product, lot, gtin, lotNumber)) {
            return Finding.unknown(code, Why.LABEL_CONTRADICTS);
        }
        Recall recall = lot == null ? null : recalls.reaching(lot.id()).orElse(null);
        Licence licence = licences.find(issued.licence()).orElse(null);
        Counted counted = tally.find(issued.code()).orElse(null);
        Party producer = parties.find(issued.party()).orElse(null);
        Verdict verdict =
                Verdict.of(
                        recall != null,
                        issued.voided() != null,
                        licence == null ? null : licence.standing(),
                        isOver(issued.season()),
                        lot != null && lot.held() != null,
                        lot != null,
                        counted != null && counted.evidence() != null);
        return new Finding(
                code,
                verdict.state(),
                verdict.why(),
                issued,
                product,
                producer,
                licence,
                lot,
                recall,
                lot == null ? null : certificates.ofLot(lot.id()).orElse(null),
                lot == null ? List.of() : laboratory.reportsOn(lot.id()),
                lot == null ? null : laboratory.coverage(lot.id()),
                lot == null ? List.of() : genealogy.route(lot.id()),
                counted);
    }

    private boolean isOver(int season) {
        LocalDate last = LocalDate.of(season, 12, 31).plusMonths(graceMonths);
        return ChinaTime.today(clock).isAfter(last);
    }

    private static boolean contradicts(
            @Nullable Product product,
            @Nullable Lot lot,
            @Nullable String gtin,
            @Nullable String lotNumber) {
        if (gtin != null && product != null && !pad(gtin).equals(pad(product.gtin()))) {
            return true;
        }
        return lotNumber != null && lot != null && !lotNumber.equalsIgnoreCase(lot.number());
    }

    private static String pad(String gtin) {
        return gtin.length() >= 14 ? gtin : "0".repeat(14 - gtin.length()) + gtin;
    }
}
