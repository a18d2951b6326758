package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.Stage;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.Written;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.trace.Holds;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** One report: what was found, by which limits it was judged, who signed it. */
@Controller
class ReportPages {

    private final KeepReports reports;
    private final LabBook book;
    private final Standards standards;
    private final Parties parties;
    private final Holds holds;
    private final SignedIn signedIn;
    private final Console console;

    ReportPages(
            KeepReports reports,
            LabBook book,
            Standards standards,
            Parties parties,
            Holds holds,
            SignedIn signedIn,
            Console console) {
        this.reports = reports;
        this.book = book;
        this.standards = standards;
        this.parties = parties;
        this.holds = holds;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping("/lab/reports/{id}")
    @MayCall({
        Role.LABORATORY,
        Role.CLERK,
        Role.SUPERVISOR,
        Role.CITY_MANAGER,
        Role.EVALUATOR,
        Role.ADMINISTRATOR
    })
    ModelAndView report(@PathVariable UUID id) {
        return report(id, Form.empty());
    }

    private ModelAndView report(UUID id, Form form) {
        Visitor visitor = signedIn.get();
        WrittenReport written = reports.seen(visitor, id);
        ReportPage page = page(visitor, written, form);
        return console.page("laboratory/report", page.active(), page);
    }

    @PostMapping("/lab/reports/{id}/release")
    @MayCall(Role.LABORATORY)
    Object release(@PathVariable UUID id, HttpServletRequest request) {
        try {
            reports.release(signedIn.get(), id);
            return "redirect:/lab/reports/" + id;
        } catch (Refused refused) {
            return LabWords.again(report(id, Form.of(request, refused)));
        }
    }

    @PostMapping("/lab/reports/{id}/lift")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Object lift(@PathVariable UUID id, HttpServletRequest request) {
        try {
            reports.lift(signedIn.get(), id);
            return "redirect:/lab/reports/" + id;
        } catch (Refused refused) {
            return LabWords.again(report(id, Form.of(request, refused)));
        }
    }

    private ReportPage page(Visitor visitor, WrittenReport written, Form form) {
        Report report = written.report();
        TakenSample sample = reports.sampleOf(written);
        boolean ofLaboratory = visitor.role() == Role.LABORATORY;
        List<WrittenReport> versions =
                book.versions(report.number()).stream()
                        .filter(v -> visitor.role() != Role.CLERK || v.report().released())
                        .toList();
        Coverage coverage = reports.coverage(report.lot());
        Set<String> tested =
                report.judgement().lines().stream()
                        .map(Line::substance)
                        .collect(Collectors.toSet());
        List<String> gap =
                coverage.used().stream()
                        .filter(u -> tested.stream().noneMatch(t -> standards.covers(t, u)))
                        .toList();
        boolean entered = written.stage() == Stage.ENTERED;
        boolean own = written.enteredBy().equals(visitor.account());
        String held =
                holds.reason(report.lot())
                        .filter(r -> r.contains(KeepReports.holdReason(report.number())))
                        .orElse(null);
        boolean passes = report.judgement().outcome() == Outcome.PASS;
        boolean newest = versions.getFirst().report().version() == report.version();
        return new ReportPage(
                report.id().toString(),
                report.number(),
                "第 " + report.version() + " 版",
                LabWords.stage(written),
                LabWords.verdict(report.judgement().outcome()),
                verdictText(report),
                report.judgement().outcome() == Outcome.FAIL,
                report.judgement().outcome() == Outcome.INCONCLUSIVE,
                standards.editions().stream()
                        .anyMatch(e -> e.demo() && e.number().equals(report.judgement().edition())),
                sample.sample().number(),
                sample.sample().id().toString(),
                sample.lotNumber(),
                (visitor.role() == Role.CLERK ? "/p/lots/" : "/s/lots/") + report.lot(),
                standards.categoryName(sample.category()),
                parties.find(report.laboratory()).map(Party::name).orElse("—"),
                report.sampled().toString(),
                report.day().toString(),
                report.judgement().edition(),
                written.enteredByName() + "，" + ChinaTime.minute(written.enteredAt()),
                written.releasedByName() == null
                        ? "—"
                        : written.releasedByName() + "，" + ChinaTime.minute(written.releasedAt()),
                written.reason(),
                report.judgement().lines().stream()
                        .sorted(Comparator.comparingInt(l -> order(l.outcome())))
                        .map(ReportPages::line)
                        .toList(),
                gap,
                !coverage.used().isEmpty(),
                versions.stream()
                        .map(
                                v ->
                                        new ReportPage.Version(
                                                "第 "
                                                        + v.report().version()
                                                        + " 版，"
                                                        + LabWords.stage(v).word()
                                                        + "，"
                                                        + LabWords.verdict(
                                                                        v.report()
                                                                                .judgement()
                                                                                .outcome())
                                                                .word(),
                                                "/lab/reports/" + v.report().id(),
                                                v.report().id().equals(report.id())))
                        .toList(),
                changes(written),
                book.rejudgements(report.id()).stream()
                        .map(
                                r ->
                                        r.day()
                                                + "："
                                                + r.text()
                                                + "（"
                                                + LabWords.verdict(r.outcome()).word()
                                                + "）")
                        .toList(),
                held,
                ofLaboratory && entered && !own,
                ofLaboratory && entered && own,
                ofLaboratory && newest && written.stage() != Stage.SUPERSEDED,
                held != null
                        && passes
                        && written.stage() == Stage.RELEASED
                        && visitor.seesDistrict(sample.district())
                        && visitor.role() != Role.EVALUATOR,
                ofLaboratory ? "/lab" : visitor.role() == Role.CLERK ? "/p/tests" : "/s/lots",
                ofLaboratory ? "/lab" : visitor.role() == Role.CLERK ? "/p/tests" : "/s/lots",
                form);
    }

    private List<ReportPage.Change> changes(WrittenReport written) {
        UUID replaces = written.report().replaces();
        if (replaces == null) {
            return List.of();
        }
        Map<String, String> before = words(book.find(replaces).orElseThrow());
        Map<String, String> after = words(written);
        var names = new ArrayList<>(before.keySet());
        after.keySet().stream().filter(n -> !before.containsKey(n)).forEach(names::add);
        return names.stream()
                .filter(n -> !before.getOrDefault(n, "").equals(after.getOrDefault(n, "")))
                .map(
                        n ->
                                new ReportPage.Change(
                                        n,
                                        before.getOrDefault(n, "未测"),
                                        after.getOrDefault(n, "未测")))
                .toList();
    }

    private static Map<String, String> words(WrittenReport written) {
        var words = new LinkedHashMap<String, String>();
        for (Line line : written.report().judgement().lines()) {
            words.put(line.substance(), Written.words(line.value()) + " " + line.value().unit());
        }
        return words;
    }

    private static ReportPage.Line line(Line line) {
        BigDecimal limit = line.limit();
        boolean bar =
                limit != null
                        && limit.signum() > 0
                        && line.value().kind() == Value.Kind.FOUND
                        && line.unit().equals(line.value().unit());
        return new ReportPage.Line(
                line.substance(),
                Written.words(line.value()) + " " + line.value().unit(),
                limit == null ? "—" : "≤" + limit.toPlainString() + " " + line.unit(),
                line.edition(),
                LabWords.verdict(line.outcome()),
                line.reason(),
                line.outcome() != Outcome.PASS,
                bar && limit != null ? Words.width(line.value().figure(), limit) : null);
    }

    private static String verdictText(Report report) {
        return switch (report.judgement().outcome()) {
            case PASS ->
                    "所检 "
                            + report.judgement().lines().size()
                            + " 项全部符合 "
                            + report.judgement().edition()
                            + "。";
            case FAIL -> failing(report);
            case INCONCLUSIVE -> "有项目不能判定，这份报告不能作为合格依据。";
        };
    }

    private static String failing(Report report) {
        long failed =
                report.judgement().lines().stream()
                        .filter(l -> l.outcome() == Outcome.FAIL)
                        .count();
        return "有 " + failed + " 项不合格，批次已冻结或将在签发时冻结。";
    }

    private static int order(Outcome outcome) {
        return switch (outcome) {
            case FAIL -> 0;
            case INCONCLUSIVE -> 1;
            case PASS -> 2;
        };
    }
}
