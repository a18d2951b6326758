package cn.xinyuan.server.laboratory.usecase;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.laboratory.domain.Coverings;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.Stage;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.VerdictFact;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.laboratory.events.ReportFailed;
import cn.xinyuan.server.laboratory.events.ReportReleased;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Samples come in, results are entered, a second person releases them. A report that fails holds
 * its lot, and what was made of it, before anybody can hear of it.
 */
@Component
public class KeepReports implements Laboratory {

    private final LabBook book;
    private final Standards standards;
    private final Parties parties;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Holds holds;
    private final Farming farming;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    @SuppressWarnings("TooManyParameters")
    KeepReports(
            LabBook book,
            Standards standards,
            Parties parties,
            Lots lots,
            Genealogy genealogy,
            Holds holds,
            Farming farming,
            Journal journal,
            ApplicationEventPublisher events,
            Clock clock) {
        this.book = book;
        this.standards = standards;
        this.parties = parties;
        this.lots = lots;
        this.genealogy = genealogy;
        this.holds = holds;
        this.farming = farming;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
    }

    /** Why a failed report's lot is held: the same words lift the stop. */
    public static String holdReason(String reportNumber) {
        return "检测报告 " + reportNumber + " 不合格";
    }

    /**
     * A sealed sample came in: the one that was sent for the lot and waits for results, or, when
     * nobody entered one, a new one.
     */
    @Transactional
    public Sample received(Visitor by, UUID lot, UUID laboratory, LocalDate day) {
        return queue(by).stream()
                .map(q -> q.sample().sample())
                .filter(s -> s.lot().equals(lot) && !s.reported())
                .findFirst()
                .orElseGet(() -> takeSample(by, lot, laboratory, day));
    }

    @Override
    @Transactional
    public Sample takeSample(Visitor by, UUID lot, UUID laboratory, LocalDate day) {
        Lot of = lots.find(lot).orElseThrow(() -> new NotFound("lot " + lot));
        if (!maySample(by, of, laboratory)) {
            throw new NotFound("lot " + lot);
        }
        LocalDate today = ChinaTime.today(clock);
        new Problems.Collector()
                .require(
                        parties.find(laboratory)
                                .filter(p -> p.kind() == Party.Kind.LABORATORY)
                                .isPresent(),
                        "laboratory",
                        "请选择一家检测机构。")
                .require(!day.isAfter(today), "day", "抽样日期不能晚于今天（" + today + "）。")
                .require(!day.isBefore(of.day()), "day", "抽样日期不能早于批次形成的日期（" + of.day() + "）。")
                .throwIfAny();
        Sample sample =
                new Sample(
                        UUID.randomUUID(),
                        book.nextSampleNumber(day),
                        lot,
                        laboratory,
                        day,
                        by.name(),
                        false);
        book.add(
                new TakenSample(sample, of.number(), of.category(), of.maker(), of.district()),
                by.account(),
                now());
        return sample;
    }

    private boolean maySample(Visitor by, Lot lot, UUID laboratory) {
        if (by.role() == Role.LABORATORY) {
            return laboratory.equals(by.party());
        }
        return by.maySee(lot.maker(), lot.district())
                || lots.holdings(lot.id()).stream().anyMatch(h -> h.party().equals(by.party()));
    }

    @Override
    @Transactional
    public Report enter(Visitor by, UUID sample, List<Standards.Value> values, LocalDate day) {
        book.lock(sample);
        TakenSample of = ownSample(by, sample);
        if (of.sample().reported()) {
            throw new Refused(
                    "already-reported",
                    "样品 " + of.sample().number() + " 已有报告。要改请在原报告上出更正版，不要另写一份。");
        }
        return write(by, of, book.nextReportNumber(day), 1, null, null, values, day);
    }

    @Override
    @Transactional
    public Report amend(
            Visitor by, UUID report, List<Standards.Value> values, String reason, LocalDate day) {
        WrittenReport seen = own(by, report);
        book.lock(seen.report().sample());
        WrittenReport old = own(by, report);
        Problems.Collector problems = new Problems.Collector();
        problems.require(!reason.isBlank(), "reason", "请写更正的原因。")
                .require(reason.strip().length() <= 500, "reason", "原因最多 500 字。")
                .throwIfAny();
        if (old.stage() == Stage.SUPERSEDED
                || book.versions(old.report().number()).getFirst().report().version()
                        > old.report().version()) {
            throw new Refused("superseded", "报告 " + old.report().number() + " 已有更新的版本，请在最新版本上更正。");
        }
        return write(
                by,
                ownSample(by, old.report().sample()),
                old.report().number(),
                old.report().version() + 1,
                old.report().id(),
                reason.strip(),
                values,
                day);
    }

    private Report write(
            Visitor by,
            TakenSample of,
            String number,
            int version,
            @Nullable UUID replaces,
            @Nullable String reason,
            List<Standards.Value> values,
            LocalDate day) {
        LocalDate today = ChinaTime.today(clock);
        new Problems.Collector()
                .require(!day.isAfter(today), "day", "报告日期不能晚于今天（" + today + "）。")
                .require(
                        !day.isBefore(of.sample().day()),
                        "day",
                        "报告日期不能早于抽样日期（" + of.sample().day() + "）。")
                .throwIfAny();
        Judgement judgement = standards.judge(of.category(), of.sample().day(), values);
        Report report =
                new Report(
                        UUID.randomUUID(),
                        number,
                        version,
                        replaces,
                        of.sample().id(),
                        of.sample().lot(),
                        of.sample().laboratory(),
                        of.sample().day(),
                        day,
                        false,
                        judgement);
        book.add(
                new WrittenReport(
                        report, reason, by.account(), by.name(), now(), null, null, null, false));
        return report;
    }

    @Override
    @Transactional
    public Report release(Visitor by, UUID report) {
        return release(by, report, by.name(), false);
    }

    /**
     * Releases a report that was checked and signed in the laboratory's own system.
     *
     * @param signatory the second person's name as that system has it
     */
    @Transactional
    public Report release(Visitor by, UUID report, String signatory) {
        new Problems.Collector()
                .require(!signatory.isBlank(), "signedBy", "请写授权签字人的姓名。")
                .require(signatory.strip().length() <= 60, "signedBy", "姓名最多 60 个字。")
                .require(!signatory.strip().equals(by.name()), "signedBy", "录入人和签发人须是两个人。")
                .throwIfAny();
        return release(by, report, signatory.strip(), true);
    }

    private Report release(Visitor by, UUID id, String signatory, boolean signedElsewhere) {
        WrittenReport seen = own(by, id);
        book.lock(seen.report().sample());
        WrittenReport written = own(by, id);
        Report draft = written.report();
        if (written.stage() != Stage.ENTERED) {
            throw new Refused(
                    written.stage() == Stage.RELEASED ? "already-released" : "superseded",
                    written.stage() == Stage.RELEASED
                            ? "报告 " + draft.number() + " 已经签发。要改请出更正版。"
                            : "报告 " + draft.number() + " 已有更新的版本，请签发最新版本。");
        }
        if (!signedElsewhere && written.enteredBy().equals(by.account())) {
            throw new Refused("two-persons", "录入人不能签发自己录入的报告，请由另一位授权签字人复核签发。");
        }
        Instant now = now();
        book.release(id, by.account(), signatory, now);
        Report report = get(id).report();
        journal.append(VerdictFact.KIND, new VerdictFact(report, by.account(), now).bytes());
        if (report.judgement().outcome() == Outcome.FAIL) {
            fail(report, failing(report.judgement()), by.name(), now);
        }
        events.publishEvent(
                new ReportReleased(
                        report.id(),
                        report.number(),
                        report.lot(),
                        report.judgement().outcome().name(),
                        now));
        return report;
    }

    /** Holds the lot and everything made of it, and tells the others. */
    void fail(Report report, String text, String by, Instant now) {
        Lot lot = lots.get(report.lot());
        holds.hold(lot.id(), holdReason(report.number()), by);
        events.publishEvent(
                new ReportFailed(
                        report.id(),
                        report.number(),
                        lot.id(),
                        lot.maker(),
                        lot.district(),
                        "批次 " + lot.number() + "：" + text,
                        now));
    }

    /**
     * An official lifts the stop of a failed report after a corrected version passed. The
     * laboratory cannot do that itself.
     */
    @Transactional
    public void lift(Visitor by, UUID report) {
        WrittenReport written = get(report);
        TakenSample sample = book.findSample(written.report().sample()).orElseThrow();
        if (!by.seesDistrict(sample.district())) {
            throw new NotFound("report " + report);
        }
        book.lock(sample.sample().id());
        boolean stands =
                book.standing(Set.of(sample.sample().lot())).stream()
                        .anyMatch(
                                r ->
                                        r.id().equals(report)
                                                && r.judgement().outcome() == Outcome.PASS);
        if (!stands) {
            throw new Refused("not-passed", "只有现行版本合格的报告才能解除冻结。");
        }
        holds.release(sample.sample().lot(), holdReason(written.report().number()), by.name());
    }

    static String failing(Judgement judgement) {
        return judgement.lines().stream()
                .filter(l -> l.outcome() == Outcome.FAIL)
                .map(l -> l.substance() + " " + l.reason())
                .collect(Collectors.joining("；"));
    }

    @Override
    public Optional<Report> find(UUID report) {
        return book.find(report).map(WrittenReport::report);
    }

    @Override
    public Optional<Sample> findSample(UUID sample) {
        return book.findSample(sample).map(TakenSample::sample);
    }

    @Override
    public List<Sample> samplesFor(UUID laboratory) {
        return book.queue(laboratory, null, 1000).stream()
                .map(Queued::sample)
                .map(TakenSample::sample)
                .toList();
    }

    @Override
    public List<Report> reportsOn(UUID lot) {
        return book.standing(genealogy.ancestors(lot));
    }

    @Override
    public Coverage coverage(UUID lot) {
        Genealogy.Graph back = genealogy.trace(lot, Genealogy.Direction.BACK);
        Map<UUID, Set<UUID>> inputs = new HashMap<>();
        Map<UUID, Set<UUID>> plots = new HashMap<>();
        for (Genealogy.Edge edge : back.edges()) {
            (edge.fromPlot() ? plots : inputs)
                    .computeIfAbsent(edge.to(), _ -> new HashSet<>())
                    .add(edge.from());
        }
        Map<UUID, LocalDate> days =
                back.lots().stream().collect(Collectors.toMap(Lot::id, Lot::day));
        Map<UUID, Set<String>> used = new HashMap<>();
        plots.forEach(
                (harvest, of) -> {
                    LocalDate day = days.get(harvest);
                    if (day != null) {
                        used.put(harvest, farming.substancesUsed(of, day));
                    }
                });
        Set<UUID> all = new HashSet<>(days.keySet());
        all.add(lot);
        Map<UUID, List<Report>> reports =
                book.standing(all).stream().collect(Collectors.groupingBy(Report::lot));
        return new Coverings(inputs, used, reports, standards::covers).of(lot);
    }

    /** A report with who wrote it, for those who may see it. */
    public WrittenReport seen(Visitor by, UUID id) {
        WrittenReport written = get(id);
        TakenSample sample = sampleOf(written);
        boolean may =
                by.role() == Role.LABORATORY
                        ? written.report().laboratory().equals(by.party())
                        : by.seesDistrict(sample.district())
                                || (written.report().released()
                                        && sample.party().equals(by.party()));
        if (!may) {
            throw new NotFound("report " + id);
        }
        return written;
    }

    /** A sample for those who may see it. */
    public TakenSample seenSample(Visitor by, UUID id) {
        return book.findSample(id)
                .filter(
                        s ->
                                by.role() == Role.LABORATORY
                                        ? s.sample().laboratory().equals(by.party())
                                        : by.maySee(s.party(), s.district()))
                .orElseThrow(() -> new NotFound("sample " + id));
    }

    public TakenSample sampleOf(WrittenReport written) {
        return book.findSample(written.report().sample()).orElseThrow();
    }

    /** The latest samples of the visitor's laboratory, or of the lots that its party made. */
    public List<Queued> queue(Visitor by) {
        if (by.party() == null) {
            return List.of();
        }
        return by.role() == Role.LABORATORY
                ? book.queue(by.party(), null, 200)
                : book.queue(null, by.party(), 200);
    }

    private WrittenReport own(Visitor by, UUID report) {
        WrittenReport written = get(report);
        if (by.role() != Role.LABORATORY || !written.report().laboratory().equals(by.party())) {
            throw new NotFound("report " + report);
        }
        return written;
    }

    private TakenSample ownSample(Visitor by, UUID sample) {
        return book.findSample(sample)
                .filter(
                        s ->
                                by.role() == Role.LABORATORY
                                        && s.sample().laboratory().equals(by.party()))
                .orElseThrow(() -> new NotFound("sample " + sample));
    }

    private WrittenReport get(UUID report) {
        return book.find(report).orElseThrow(() -> new NotFound("report " + report));
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
