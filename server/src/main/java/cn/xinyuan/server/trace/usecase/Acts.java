package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.domain.Account;
import cn.xinyuan.server.trace.domain.Figures;
import cn.xinyuan.server.trace.domain.LotBook;
import cn.xinyuan.server.trace.domain.Overdrawn;
import cn.xinyuan.server.trace.domain.Refusals;
import cn.xinyuan.server.trace.events.GoodsRefused;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out an act on goods as one transaction. A refusal undoes the act, is written down in a
 * transaction of its own, is told upwards, and reaches the caller.
 */
@Component
class Acts {

    private final TransactionTemplate transaction;
    private final Refusals refusals;
    private final LotBook lots;
    private final Parties parties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Acts(
            PlatformTransactionManager transactions,
            Refusals refusals,
            LotBook lots,
            Parties parties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.refusals = refusals;
        this.lots = lots;
        this.parties = parties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param party whose goods they are
     * @param subject the lot or plot, in words, for whoever reads the refusal
     */
    <T> T carryOut(Visitor by, @Nullable UUID party, String subject, Supplier<T> work) {
        try {
            return done(
                    transaction.execute(
                            status -> {
                                lots.goOnTogether();
                                return work.get();
                            }));
        } catch (Refused no) {
            writeDown(party, subject, no);
            throw no;
        } catch (Overdrawn over) {
            var no = inWords(over, subject);
            writeDown(party, subject, no);
            throw no;
        } catch (DataIntegrityViolationException guarded) {
            var no = inWords(guarded);
            writeDown(party, subject, no);
            throw no;
        }
    }

    /** What the database refused although the program would have let it pass. */
    private static Refused inWords(DataIntegrityViolationException guarded) {
        var text = String.valueOf(guarded.getMessage());
        if (text.contains("a_label_is_on_one_lot")) {
            return new Refused("already-activated", "这些码里有的已经激活过，一个码只能贴在一箱上。请核对起止号。");
        }
        if (text.contains("balance_never_below_zero")) {
            return new Refused("over-balance", "账面数量不够，没有保存。请刷新后按现在的结余再试。");
        }
        throw guarded;
    }

    private static <T> T done(@Nullable T result) {
        if (result == null) {
            throw new IllegalStateException("an act has a result");
        }
        return result;
    }

    private static Refused inWords(Overdrawn over, String subject) {
        var asked = Figures.plain(over.asked());
        var there = Figures.plain(over.available());
        return switch (over.account().kind()) {
            case ALLOWANCE ->
                    new Refused(
                            "over-harvest",
                            "超过本季产量上限：%s 还可采收 %s kg，这次要采 %s kg。请核对重量；确实增产的，先由监管员重新核定亩产。"
                                    .formatted(subject, there, asked));
            case HOLDING, TRANSIT ->
                    new Refused(
                            "over-balance",
                            over.account().unit() == Account.Unit.PACK
                                    ? "箱数不够：%s 现有 %s 箱，要用 %s 箱。".formatted(subject, there, asked)
                                    : "重量不够：%s 现有 %s kg，要用 %s kg。请按结余填写，或先核对前面的记录。"
                                            .formatted(subject, there, asked));
            case UNLABELLED ->
                    new Refused(
                            "over-packed",
                            "标签不能多于箱数：%s 还有 %s 箱没有贴标，要激活 %s 个。".formatted(subject, there, asked));
            case PLAN ->
                    new Refused(
                            "over-plan",
                            "超过授权数量：本季还可申请 %s 个码，要申请 %s 个。需要更多时先申请扩大授权数量。".formatted(there, asked));
            default ->
                    new Refused(
                            "over-balance",
                            "账面数量不够：%s 现有 %s，要用 %s。".formatted(subject, there, asked));
        };
    }

    /**
     * Inside the transaction of a higher room the writing waits for its end and for its connection:
     * a refusal that needed a second one while holding the first could starve the pool.
     */
    private void writeDown(@Nullable UUID party, String subject, Refused no) {
        var now = clock.instant();
        var text = String.valueOf(no.getMessage());
        Runnable writing =
                () -> {
                    var district =
                            party == null
                                    ? ""
                                    : parties.find(party).map(p -> p.district()).orElse("");
                    transaction.executeWithoutResult(
                            status -> {
                                refusals.writeDown(party, district, no.rule(), text, subject, now);
                                if (party != null) {
                                    events.publishEvent(
                                            new GoodsRefused(
                                                    party, district, no.rule(), text, subject,
                                                    now));
                                }
                            });
                };
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            Thread.ofVirtual().name("refusal").start(writing);
                        }
                    });
        } else {
            writing.run();
        }
    }
}
