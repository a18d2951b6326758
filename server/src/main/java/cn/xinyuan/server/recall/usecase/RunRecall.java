package cn.xinyuan.server.recall.usecase;

import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.domain.RecallBook;
import cn.xinyuan.server.recall.domain.RecallClosedFact;
import cn.xinyuan.server.recall.domain.RecallFact;
import cn.xinyuan.server.recall.events.RecallPublished;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * From the button to the last kilogram. Publishing holds every reached lot, takes their
 * certificates back, writes the journal and lists the holders in one transaction; the next scan
 * asks {@link #reaching} and so sees it.
 */
@Component
class RunRecall implements Recalls {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final BigDecimal MOST = new BigDecimal("99999999");

    private final RecallBook book;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Holds holds;
    private final Certificates certificates;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunRecall(
            RecallBook book,
            Lots lots,
            Genealogy genealogy,
            Holds holds,
            Certificates certificates,
            Journal journal,
            ApplicationEventPublisher events,
            Clock clock) {
        this.book = book;
        this.lots = lots;
        this.genealogy = genealogy;
        this.holds = holds;
        this.certificates = certificates;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Recall publish(
            Visitor by,
            UUID lotId,
            String retyped,
            String reason,
            Level level,
            @Nullable UUID report) {
        var lot = lotInDistrict(by, lotId);
        new Problems.Collector()
                .require(
                        same(retyped, lot.number()),
                        "retyped",
                        "与批次号不一致：请照抄 " + lot.number() + "，以确认召回的是这一批。")
                .require(!reason.isBlank(), "reason", "请写明召回原因，消费者会在扫码页看到。")
                .require(reason.length() <= 1000, "reason", "召回原因最多 1000 字。")
                .throwIfAny();
        var now = clock.instant();
        var number = book.nextNumber(LocalDate.ofInstant(now, CHINA).getYear());
        // from here on nothing more is made of it: what is being packed now is reached, too
        holds.hold(lotId, "召回 " + number, by.name());
        var scope = genealogy.recallScope(lotId);
        var recall =
                new Recall(
                        UUID.randomUUID(),
                        number,
                        lotId,
                        reason.strip(),
                        level,
                        report,
                        now,
                        by.name(),
                        false,
                        scope.lots().stream().map(Lot::id).toList(),
                        scope.kilograms(),
                        scope.packs(),
                        scope.codes(),
                        holders(scope.holdings()));
        book.publish(recall, lot.maker(), lot.district());
        for (UUID reached : recall.lots()) {
            certificates.recalled(by, reached, "批次召回 " + number);
        }
        journal.append(
                RecallFact.KIND,
                new RecallFact(
                                number,
                                lotId,
                                level,
                                recall.kilograms(),
                                recall.packs(),
                                recall.codes(),
                                recall.lots(),
                                now)
                        .bytes());
        events.publishEvent(
                new RecallPublished(
                        recall.id(),
                        number,
                        lotId,
                        lot.maker(),
                        lot.district(),
                        recall.reason(),
                        now));
        return recall;
    }

    @Override
    @Transactional
    public void notified(Visitor by, UUID recallId, UUID holder) {
        var recall = openInDistrict(by, recallId);
        if (book.holder(recall.id(), holder).isEmpty()) {
            throw new NotFound("没有这个持有者");
        }
        book.notified(recall.id(), holder, by.name(), clock.instant());
    }

    @Override
    @Transactional
    public void recovered(
            Visitor by, UUID recallId, UUID holderId, BigDecimal kilograms, String note) {
        var recall = openInDistrict(by, recallId);
        var holder = book.holder(recall.id(), holderId).orElseThrow(() -> new NotFound("没有这个持有者"));
        new Problems.Collector()
                .require(
                        kilograms.signum() > 0
                                && kilograms.compareTo(MOST) <= 0
                                && kilograms.stripTrailingZeros().scale() <= 3,
                        "kilograms",
                        "请填写大于 0 的千克数，最多三位小数。")
                .require(!note.isBlank(), "note", "请写明怎样追回、存放在哪里或怎样销毁。")
                .require(note.length() <= 500, "note", "说明最多 500 字。")
                .throwIfAny();
        if (!book.recovered(
                recall.id(), holderId, kilograms, note.strip(), by.name(), clock.instant())) {
            throw new Refused(
                    "over-recovered",
                    "追回不能多于持有：该持有者共 %s kg，已追回 %s kg，这次最多 %s kg。"
                            .formatted(
                                    plain(holder.kilograms()),
                                    plain(holder.recoveredKg()),
                                    plain(holder.kilograms().subtract(holder.recoveredKg()))));
        }
    }

    @Override
    @Transactional
    public Recall close(Visitor by, UUID recallId, String conclusion) {
        var recall = openInDistrict(by, recallId);
        new Problems.Collector()
                .require(!conclusion.isBlank(), "conclusion", "请写明召回结论：追回多少、怎样处置。")
                .require(conclusion.length() <= 1000, "conclusion", "结论最多 1000 字。")
                .throwIfAny();
        var silent = recall.holders().stream().filter(h -> !h.notified()).count();
        if (silent > 0) {
            throw new Refused(
                    "holders-not-notified", "还有 %d 个持有者没有通知，通知后才能结束召回。".formatted(silent));
        }
        var now = clock.instant();
        book.close(recall.id(), conclusion.strip(), by.name(), now);
        var recovered =
                recall.holders().stream()
                        .map(Holder::recoveredKg)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        journal.append(
                RecallClosedFact.KIND,
                new RecallClosedFact(recall.number(), recovered, now).bytes());
        return book.find(recall.id()).orElseThrow();
    }

    @Override
    public Optional<Recall> find(UUID recall) {
        return book.find(recall);
    }

    @Override
    public Optional<Recall> reaching(UUID lot) {
        return book.reaching(lot);
    }

    @Override
    public List<Recall> all() {
        return book.all();
    }

    /** Only those who supervise recall, and only within their districts. */
    private Lot lotInDistrict(Visitor by, UUID lot) {
        return lots.find(lot)
                .filter(l -> maySupervise(by, l.district()))
                .orElseThrow(() -> new NotFound("没有这个批次"));
    }

    private Recall openInDistrict(Visitor by, UUID id) {
        var recall =
                book.find(id)
                        .filter(r -> maySupervise(by, book.district(r.id())))
                        .orElseThrow(() -> new NotFound("没有这次召回"));
        if (recall.closed()) {
            throw new Refused("already-closed", "这次召回已经结束，不能再改；如有新情况，请发起新的召回。");
        }
        return recall;
    }

    private static boolean maySupervise(Visitor by, String district) {
        return (by.role() == Role.SUPERVISOR
                        || by.role() == Role.CITY_MANAGER
                        || by.role() == Role.ADMINISTRATOR)
                && by.seesDistrict(district);
    }

    /** What each party holds, goods on the way to it included. */
    private static List<Holder> holders(List<Lots.Holding> holdings) {
        Map<UUID, Holder> sums = new LinkedHashMap<>();
        for (var h : holdings) {
            sums.merge(
                    h.party(),
                    new Holder(h.party(), h.kilograms(), h.packs(), false, BigDecimal.ZERO),
                    (a, b) ->
                            new Holder(
                                    a.party(),
                                    a.kilograms().add(b.kilograms()),
                                    a.packs() + b.packs(),
                                    false,
                                    BigDecimal.ZERO));
        }
        return new ArrayList<>(sums.values());
    }

    private static boolean same(String typed, String number) {
        return typed.strip().toUpperCase(Locale.ROOT).equals(number.toUpperCase(Locale.ROOT));
    }

    private static String plain(BigDecimal kilograms) {
        return kilograms.stripTrailingZeros().toPlainString();
    }
}
