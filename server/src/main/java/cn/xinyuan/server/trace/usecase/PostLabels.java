package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.EventBook;
import cn.xinyuan.server.trace.domain.GoodsEvent;
import cn.xinyuan.server.trace.domain.Ledger;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.Move;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Labels in the same double-entry book as the goods they are put on. */
@Component
class PostLabels implements Labels {

    private final Acts acts;
    private final LotBook lots;
    private final Ledger ledger;
    private final EventBook events;
    private final Parties parties;
    private final Clock clock;

    PostLabels(
            Acts acts,
            LotBook lots,
            Ledger ledger,
            EventBook events,
            Parties parties,
            Clock clock) {
        this.acts = acts;
        this.lots = lots;
        this.ledger = ledger;
        this.events = events;
        this.parties = parties;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void plan(UUID party, UUID product, int season, long units) {
        var source = Account.planning(party, product, season);
        var plan = Account.plan(party, product, season);
        long given = -ledger.locked(source).longValueExact();
        if (units > given) {
            ledger.post(null, List.of(Move.of(source, plan, units - given)));
        } else if (units < given) {
            long back = Math.min(given - units, ledger.balance(plan).longValueExact());
            if (back > 0) {
                ledger.post(null, List.of(Move.of(plan, source, back)));
            }
        }
    }

    @Override
    public long left(UUID party, UUID product, int season) {
        return ledger.balance(Account.plan(party, product, season)).longValueExact();
    }

    @Override
    @Transactional
    public void order(UUID party, UUID product, int season, long batch, long labels) {
        if (labels <= 0) {
            throw Problems.of("count", "码的数量应大于 0。");
        }
        var plan = Account.plan(party, product, season);
        try {
            ledger.post(
                    null, List.of(Move.of(plan, Account.ordered(party, product, season), labels)));
        } catch (cn.xinyuan.server.trace.domain.Overdrawn over) {
            throw new Refused(
                    "over-plan",
                    "超过授权数量：本季还可申请 %s 个码，要申请 %d 个。需要更多时先申请扩大授权数量。"
                            .formatted(over.available().toBigInteger(), labels));
        }
    }

    @Override
    public void activate(Visitor by, UUID lotId, long batch, long first, long count) {
        var lot =
                lots.find(lotId)
                        .filter(l -> l.maker().equals(by.party()))
                        .orElseThrow(() -> new NotFound("没有这个批次"));
        if (count <= 0 || first < 0) {
            throw Problems.of("count", "激活数量应大于 0。");
        }
        acts.carryOut(
                by, lot.maker(), "批次 " + lot.number(), () -> activate(lotId, batch, first, count));
    }

    private Range activate(UUID lotId, long batch, long first, long count) {
        Lot lot = lots.lock(List.of(lotId)).getFirst();
        if (lot.held() != null) {
            throw new Refused(
                    "lot-held", "批次 %s 已冻结（%s），不能贴标。".formatted(lot.number(), lot.held()));
        }
        if (lot.packs() == 0) {
            throw new Refused("not-packed", "批次 %s 还没有包装，包装后才能激活码。".formatted(lot.number()));
        }
        var now = clock.instant();
        var event = UUID.randomUUID();
        var draft =
                GoodsEvent.label(
                        event,
                        now,
                        parties.get(lot.maker()).gln(),
                        lots.epcClass(lotId),
                        batch,
                        first,
                        count);
        events.write(
                new EventBook.Written(
                        event,
                        draft.eventId(),
                        draft.hash(),
                        "label",
                        draft.at(),
                        now,
                        ChinaTime.day(now),
                        lot.maker(),
                        false,
                        true,
                        List.of(),
                        draft.json(),
                        List.of()));
        lots.touched(event, List.of(lotId));
        ledger.post(
                event, List.of(Move.of(Account.unlabelled(lotId), Account.labelled(lotId), count)));
        var range = new Range(batch, first, count, lotId, now);
        lots.label(range, event);
        return range;
    }

    @Override
    public Optional<UUID> lotOf(long batch, long serial) {
        return lots.lotOf(batch, serial);
    }

    @Override
    public long activated(UUID lot) {
        return lots.labels(List.of(lot));
    }

    @Override
    public List<Range> ranges(UUID lot) {
        return lots.ranges(List.of(lot));
    }

    @Override
    public List<Range> ranges(Collection<UUID> some) {
        return lots.ranges(some);
    }

    @Override
    public List<Range> rangesOf(long batch) {
        return lots.rangesOf(batch);
    }
}
