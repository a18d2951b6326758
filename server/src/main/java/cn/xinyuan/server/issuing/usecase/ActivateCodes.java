package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes.Activation;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.FreeSerials;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.issuing.events.CodesActivated;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Codes come to life when they are on packs: of a packed lot, free of holds, with its certificate,
 * under a licence in force, and never more than there are packs. The balance is trace's.
 */
@Component
public class ActivateCodes {

    private final BatchBook book;
    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final Licences licences;
    private final Certificates certificates;
    private final Lots lots;
    private final Labels labels;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ActivateCodes(
            BatchBook book,
            IssuedRanges ranges,
            WorthlessCodes worthless,
            Licences licences,
            Certificates certificates,
            Lots lots,
            Labels labels,
            ApplicationEventPublisher events,
            Clock clock) {
        this.book = book;
        this.ranges = ranges;
        this.worthless = worthless;
        this.licences = licences;
        this.certificates = certificates;
        this.lots = lots;
        this.labels = labels;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param from the first serial on the packs; empty for the next free ones
     * @throws Refused {@code not-packed}, {@code not-certified}, {@code over-packed}, {@code
     *     lot-held}, {@code no-licence}, {@code wrong-product}, {@code season-over}, {@code
     *     already-used}, {@code batch-used-up}, {@code revoked}
     */
    @Transactional
    public Activation activate(Visitor by, long number, UUID lotId, OptionalLong from, long count) {
        Batch batch =
                book.lock(number)
                        .filter(b -> b.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + number));
        Lot lot =
                lots.find(lotId)
                        .filter(l -> l.maker().equals(by.party()))
                        .orElseThrow(() -> new NotFound("lot " + lotId));
        if (count < 1 || count > batch.count()) {
            throw Problems.of(
                    "count", "数量应为 1 至 " + Words.count(batch.count()) + " 的整数（这一批共有这么多枚码）。");
        }
        demandReady(batch, lot);
        CodeRange range = choose(batch, from, count);
        demandTrusted(range);
        labels.activate(by, lotId, number, range.from(), count);
        var activated =
                new Activated(UUID.randomUUID(), range, lotId, by.account(), clock.instant());
        book.add(activated);
        events.publishEvent(
                new CodesActivated(
                        number, range.from(), count, lotId, batch.party(), activated.at()));
        return new Activation(number, range.from(), count, lotId);
    }

    private void demandReady(Batch batch, Lot lot) {
        if (lot.product() == null) {
            throw new Refused("not-packed", "批次 " + lot.number() + " 是散装，还没有包装成销售单元，不能激活标签。");
        }
        if (!lot.product().equals(batch.product())) {
            throw new Refused("wrong-product", "批次 " + lot.number() + " 的产品与这批码的产品不同，请换一批码。");
        }
        if (lot.held() != null) {
            throw new Refused(
                    "lot-held", "批次 " + lot.number() + " 已冻结：" + lot.held() + "。解除前不能激活标签。");
        }
        LocalDate today = ChinaTime.today(clock);
        if (today.getYear() != batch.season()) {
            throw new Refused("season-over", "这批码属于 " + batch.season() + " 年产季，产季已过，请作废余码并申请新码。");
        }
        if (licences.inForce(batch.party(), batch.product(), today).isEmpty()) {
            throw new Refused(
                    "no-licence",
                    "这个产品今天没有有效的“信”字授权，不能激活标签。"
                            + licences.latest(batch.party(), batch.product())
                                    .map(l -> "授权 " + l.number() + " " + OrderCodes.words(l) + "。")
                                    .orElse(""));
        }
        if (certificates.ofLot(lot.id()).isEmpty()) {
            throw new Refused("not-certified", "批次 " + lot.number() + " 还没有有效的承诺达标合格证。请先开具，再激活标签。");
        }
    }

    private void demandTrusted(CodeRange range) {
        ranges.of(range.batch())
                .flatMap(
                        r -> worthless.revoked(r, range.from(), range.count()).stream().findFirst())
                .ifPresent(
                        r -> {
                            throw new Refused("revoked", "这些码已被撤销（" + r.reason() + "），不能激活。请申请新码。");
                        });
    }

    private CodeRange choose(Batch batch, OptionalLong from, long count) {
        var free =
                FreeSerials.of(
                        batch.number(),
                        batch.count(),
                        book.activated(batch.number()),
                        book.voided(batch.number()));
        if (from.isEmpty()) {
            return free.first(count).orElseThrow(() -> usedUp(batch, free, count));
        }
        long first = from.getAsLong();
        if (first < 0 || first >= batch.count() || count > batch.count() - first) {
            throw Problems.of(
                    "from", "序号应在 1 至 " + Words.count(batch.count()) + " 之间，并且从这里起要有足够的码。");
        }
        var wanted = new CodeRange(batch.number(), first, count);
        if (!free.holds(wanted)) {
            throw new Refused(
                    "already-used",
                    "第 %s 至 %s 号中有已激活或已作废的码。"
                            .formatted(Words.count(first + 1), Words.count(wanted.end())));
        }
        return wanted;
    }

    private static Refused usedUp(Batch batch, FreeSerials free, long count) {
        String text =
                free.count() >= count
                        ? "还有 %s 枚未用，但中间有作废的码，最多连续 %s 枚。请分几次激活。"
                                .formatted(Words.count(free.count()), Words.count(free.longest()))
                        : "要激活 %s 枚，这批码只剩 %s 枚未用（共 %s 枚）。请减少数量或申请新码。"
                                .formatted(
                                        Words.count(count),
                                        Words.count(free.count()),
                                        Words.count(batch.count()));
        return new Refused("batch-used-up", text);
    }
}
