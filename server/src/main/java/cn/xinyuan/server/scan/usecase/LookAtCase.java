package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.issuing.Cases;
import cn.xinyuan.server.issuing.Cases.Content;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What anyone may know of a case or pallet by the SSCC on it: which lots, how many boxes of each,
 * and how each lot stands. Asked anew every time; nothing is remembered.
 */
@Component
public class LookAtCase {

    private final Cases cases;
    private final Codes codes;
    private final Lots lots;
    private final Catalog catalog;
    private final Parties parties;
    private final Licences licences;
    private final Recalls recalls;

    LookAtCase(
            Cases cases,
            Codes codes,
            Lots lots,
            Catalog catalog,
            Parties parties,
            Licences licences,
            Recalls recalls) {
        this.cases = cases;
        this.codes = codes;
        this.lots = lots;
        this.catalog = catalog;
        this.parties = parties;
        this.licences = licences;
        this.recalls = recalls;
    }

    /** A case or pallet as it stands now. */
    public record Seen(LogisticUnit unit, @Nullable Party packer, List<Part> parts) {}

    /**
     * Boxes of one lot.
     *
     * @param voided how many of their codes are void
     * @param licensed whether the licence under which the codes were ordered is in force
     */
    public record Part(
            Lot lot,
            @Nullable Product product,
            long boxes,
            long voided,
            boolean licensed,
            @Nullable Recall recall) {}

    /**
     * @throws NotFound if we gave no such SSCC
     */
    @Transactional(readOnly = true)
    public Seen see(String sscc) {
        LogisticUnit unit =
                cases.find(sscc).orElseThrow(() -> new NotFound("logistic unit " + sscc));
        Map<UUID, List<Content>> byLot = new LinkedHashMap<>();
        for (Content each : unit.contents()) {
            byLot.computeIfAbsent(each.lot(), _ -> new ArrayList<>()).add(each);
        }
        var parts = new ArrayList<Part>();
        byLot.forEach(
                (lot, contents) -> lots.find(lot).ifPresent(l -> parts.add(part(l, contents))));
        return new Seen(unit, parties.find(unit.party()).orElse(null), parts);
    }

    private Part part(Lot lot, List<Content> contents) {
        boolean licensed =
                contents.stream()
                        .map(c -> c.range().batch())
                        .distinct()
                        .allMatch(
                                batch ->
                                        codes.find(batch)
                                                .flatMap(b -> licences.find(b.licence()))
                                                .filter(
                                                        l ->
                                                                l.standing()
                                                                        == Licence.Standing
                                                                                .IN_FORCE)
                                                .isPresent());
        Optional<Product> product = Optional.ofNullable(lot.product()).flatMap(catalog::find);
        return new Part(
                lot,
                product.orElse(null),
                contents.stream().mapToLong(c -> c.range().count()).sum(),
                contents.stream().mapToLong(Content::voided).sum(),
                licensed,
                recalls.reaching(lot.id()).orElse(null));
    }
}
