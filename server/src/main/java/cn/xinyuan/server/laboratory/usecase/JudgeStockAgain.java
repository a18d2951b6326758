package cn.xinyuan.server.laboratory.usecase;

import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.RejudgementFact;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.events.EditionInForce;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/**
 * When another edition comes into force, the reports on goods still in stock are judged by it too.
 * The verdict of the sampling day stays as it is; what fails by the new edition is held. Hearing of
 * the same edition twice does nothing twice.
 */
@Component
class JudgeStockAgain {

    /** Fresh fruit older than this is eaten, whatever the books say. */
    private static final int FRESH_FOR_DAYS = 60;

    private static final Set<String> FRESH = Set.of("litchi", "longan", "sanhua-plum", "tilapia");

    private final LabBook book;
    private final Standards standards;
    private final Lots lots;
    private final Genealogy genealogy;
    private final KeepReports reports;
    private final Journal journal;
    private final Clock clock;

    JudgeStockAgain(
            LabBook book,
            Standards standards,
            Lots lots,
            Genealogy genealogy,
            KeepReports reports,
            Journal journal,
            Clock clock) {
        this.book = book;
        this.standards = standards;
        this.lots = lots;
        this.genealogy = genealogy;
        this.reports = reports;
        this.journal = journal;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(EditionInForce news) {
        for (Report report : book.standing()) {
            Optional<Lot> lot = lots.find(report.lot());
            if (report.judgement().outcome() == Outcome.PASS
                    && lot.isPresent()
                    && governs(news, lot.get())
                    && inStock(lot.get(), news)) {
                judge(report, lot.get(), news);
            }
        }
    }

    private boolean governs(EditionInForce news, Lot lot) {
        return standards
                .inForce(lot.category(), news.day())
                .filter(e -> e.number().equals(news.edition()))
                .isPresent();
    }

    private boolean inStock(Lot lot, EditionInForce news) {
        if (FRESH.contains(lot.category())
                && lot.day().plusDays(FRESH_FOR_DAYS).isBefore(news.day())) {
            return false;
        }
        return genealogy.descendants(lot.id()).stream()
                .flatMap(l -> lots.holdings(l).stream())
                .anyMatch(h -> h.kilograms().signum() > 0);
    }

    private void judge(Report report, Lot lot, EditionInForce news) {
        Judgement judgement =
                standards.judge(
                        lot.category(),
                        news.day(),
                        report.judgement().lines().stream().map(Line::value).toList());
        String text =
                judgement.outcome() == Outcome.FAIL
                        ? "按 " + news.edition() + " 复判不合格：" + KeepReports.failing(judgement)
                        : "按 " + news.edition() + " 复判";
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (book.rejudge(report.id(), news.edition(), news.day(), judgement.outcome(), text, now)) {
            journal.append(
                    RejudgementFact.KIND,
                    new RejudgementFact(
                                    report.id(),
                                    lot.id(),
                                    news.edition(),
                                    news.day(),
                                    judgement.outcome())
                            .bytes());
            if (judgement.outcome() == Outcome.FAIL) {
                reports.fail(report, text, "系统（标准换版）", now);
            }
        }
    }
}
