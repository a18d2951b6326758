package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What may be asked of lots. */
@Component
class KeepLots implements Lots {

    private final LotBook book;
    private final Ledger ledger;

    KeepLots(LotBook book, Ledger ledger) {
        this.book = book;
        this.ledger = ledger;
    }

    @Override
    public Optional<Lot> find(UUID id) {
        return book.find(id);
    }

    @Override
    public Lot get(UUID id) {
        return book.find(id).orElseThrow(() -> new NotFound("没有这个批次"));
    }

    @Override
    public Optional<Lot> findByNumber(String number) {
        return book.findByNumber(number);
    }

    @Override
    public List<Lot> of(UUID party) {
        return book.of(party);
    }

    @Override
    public List<Lot> within(Set<String> districts, int atMost) {
        return book.within(districts, atMost);
    }

    @Override
    public List<Holding> holdings(UUID lot) {
        return book.holdings(List.of(lot));
    }

    @Override
    public Balance balance(UUID id) {
        var lot = get(id);
        var sums = book.sums(id);
        var holdings = book.holdings(List.of(id));
        var own =
                holdings.stream()
                        .filter(h -> !h.inTransit() && h.party().equals(lot.maker()))
                        .map(Holding::kilograms)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var others =
                holdings.stream()
                        .filter(h -> !h.inTransit() && !h.party().equals(lot.maker()))
                        .map(Holding::kilograms)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Balance(
                book.isReversed(book.eventOf(id)) ? BigDecimal.ZERO : lot.kilograms(),
                own,
                book.usedIn(id),
                sums.getOrDefault(Account.Kind.TRANSIT, BigDecimal.ZERO),
                others,
                sums.getOrDefault(Account.Kind.WASTE, BigDecimal.ZERO),
                sums.getOrDefault(Account.Kind.LOSS, BigDecimal.ZERO));
    }

    @Override
    public List<Shipment> shipmentsFrom(UUID party) {
        return book.shipments(party, true);
    }

    @Override
    public List<Shipment> shipmentsTo(UUID party) {
        return book.shipments(party, false);
    }

    @Override
    public Optional<Shipment> findShipment(UUID id) {
        return book.findShipment(id);
    }

    @Override
    public Optional<BigDecimal> allowanceLeft(UUID plot, int season) {
        var allowance = Account.allowance(plot, season);
        return ledger.exists(allowance) ? Optional.of(ledger.balance(allowance)) : Optional.empty();
    }
}
