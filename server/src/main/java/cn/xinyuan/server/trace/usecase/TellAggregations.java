package cn.xinyuan.server.trace.usecase;

import static cn.xinyuan.server.trace.domain.Account.Unit.PACK;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Aggregations;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import cn.xinyuan.server.trace.domain.GoodsEvent.Pieces;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes down what went into cases and onto pallets, on the one write path for goods. */
@Component
class TellAggregations implements Aggregations {

    private final Acts acts;
    private final LotBook lots;
    private final Ledger ledger;
    private final EventBook events;
    private final Parties parties;
    private final GoodsInContainers containers;
    private final Clock clock;

    TellAggregations(
            Acts acts,
            LotBook lots,
            Ledger ledger,
            EventBook events,
            Parties parties,
            GoodsInContainers containers,
            Clock clock) {
        this.acts = acts;
        this.lots = lots;
        this.ledger = ledger;
        this.events = events;
        this.parties = parties;
        this.containers = containers;
        this.clock = clock;
    }

    @Override
    public void tell(Visitor by, Aggregation what) {
        if (!what.party().equals(by.party())) {
            throw new NotFound("party " + what.party());
        }
        acts.carryOut(by, what.party(), "物流单元 " + what.sscc(), () -> write(by, what));
    }

    private UUID write(Visitor by, Aggregation what) {
        List<Lot> locked = lots.lock(what.lots());
        if (what.in()) {
            locked.forEach(lot -> demandFree(lot, what));
        }
        var pieces = new ArrayList<Pieces>();
        what.boxes().forEach((lot, count) -> pieces.add(new Pieces(lots.epcClass(lot), count)));
        var now = clock.instant();
        var event = UUID.randomUUID();
        var draft =
                GoodsEvent.aggregate(
                        event,
                        now,
                        what.in(),
                        parties.get(what.party()).gln(),
                        what.sscc(),
                        what.cases(),
                        pieces,
                        what.facts());
        events.write(
                new EventBook.Written(
                        event,
                        draft.eventId(),
                        draft.hash(),
                        what.in() ? "aggregate" : "disaggregate",
                        draft.at(),
                        now,
                        ChinaTime.day(now),
                        what.party(),
                        false,
                        true,
                        List.of(),
                        draft.json(),
                        List.of()));
        lots.touched(event, what.lots());
        containers.told(by, what.party(), event, draft.json());
        return event;
    }

    private void demandFree(Lot lot, Aggregation what) {
        if (lot.held() != null) {
            throw new Refused(
                    "lot-held", "批次 %s 已冻结（%s），不能装箱或码垛。".formatted(lot.number(), lot.held()));
        }
        Long boxes = what.boxes().get(lot.id());
        if (boxes != null) {
            BigDecimal there = ledger.balance(Account.holding(lot.id(), what.party(), PACK));
            if (there.compareTo(BigDecimal.valueOf(boxes)) < 0) {
                throw new Refused(
                        "not-in-hand",
                        "批次 %s 手上只有 %s 件，不能把 %d 件装箱。请核对序号，或先登记收货。"
                                .formatted(
                                        lot.number(),
                                        there.stripTrailingZeros().toPlainString(),
                                        boxes));
            }
        }
    }
}
