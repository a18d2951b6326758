package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.Stage;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.Written;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NavCounts;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Samples, the result grid and reports, for the laboratory, the producer and the officials. */
@Controller
class LabController {

    private static final List<Choice> UNITS =
            List.of(
                    new Choice("mg/kg", "mg/kg"),
                    new Choice("µg/kg", "µg/kg"),
                    new Choice("%", "%"));
    private static final int FREE_ROWS = 6;

    private final KeepReports reports;
    private final LabBook book;
    private final Standards standards;
    private final Parties parties;
    private final Lots lots;
    private final Holds holds;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    @SuppressWarnings("TooManyParameters")
    LabController(
            KeepReports reports,
            LabBook book,
            Standards standards,
            Parties parties,
            Lots lots,
            Holds holds,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.reports = reports;
        this.book = book;
        this.standards = standards;
        this.parties = parties;
        this.lots = lots;
        this.holds = holds;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @Bean
    static NavCounts samplesWaiting(LabBook book) {
        return visitor ->
                visitor.role() == Role.LABORATORY && visitor.party() != null
                        ? Map.of("/lab", book.waiting(visitor.party()))
                        : Map.of();
    }

    // the laboratory's queue

    @GetMapping("/lab")
    @MayCall(Role.LABORATORY)
    ModelAndView queue() {
        return queue(Form.empty().with("day", ChinaTime.today(clock)));
    }

    private ModelAndView queue(Form form) {
        List<LabQueuePage.Row> rows =
                reports.queue(signedIn.get()).stream().map(q -> row(q, true)).toList();
        return console.page(
                "laboratory/queue",
                "/lab",
                new LabQueuePage(Words.count(rows.size()), form, List.of(), List.of(), rows));
    }

    @PostMapping("/lab/samples")
    @MayCall(Role.LABORATORY)
    Object receive(HttpServletRequest request) {
        Visitor visitor = signedIn.get();
        Form form = Form.of(request);
        try {
            Lot lot =
                    lots.findByNumber(form.value("lot").strip())
                            .orElseThrow(
                                    () ->
                                            Problems.of(
                                                    "lot",
                                                    "没有批次“"
                                                            + form.value("lot").strip()
                                                            + "”，请核对封样单上的批次号。"));
            UUID own = Optional.ofNullable(visitor.party()).orElseThrow();
            UUID sample = reports.received(visitor, lot.id(), own, day(form, "day")).id();
            return "redirect:/lab/grid?sample=" + sample;
        } catch (Problems problems) {
            return again(queue(Form.of(request, problems)));
        }
    }

    private LabQueuePage.Row row(Queued queued, boolean forLaboratory) {
        TakenSample taken = queued.sample();
        WrittenReport latest = queued.latest();
        WrittenReport shown =
                latest != null && (forLaboratory || latest.report().released()) ? latest : null;
        String address = null;
        String action = null;
        if (shown != null) {
            address = "/lab/reports/" + shown.report().id();
            action = shown.stage() == Stage.ENTERED ? "复核签发" : "查看报告";
        } else if (forLaboratory) {
            address = "/lab/grid?sample=" + taken.sample().id();
            action = "录入结果";
        }
        return new LabQueuePage.Row(
                taken.sample().number(),
                taken.lotNumber(),
                "/p/lots/" + taken.sample().lot(),
                standards.categoryName(taken.category()),
                taken.sample().day().toString(),
                taken.sample().takenBy(),
                latest == null
                        ? Badge.SAMPLE_WAITING
                        : shown == null ? Badge.TESTING : stage(shown),
                shown == null ? null : verdict(shown.report().judgement().outcome()),
                shown == null ? null : shown.report().number(),
                address,
                action);
    }

    // the grid

    @GetMapping("/lab/grid")
    @MayCall(Role.LABORATORY)
    Object grid(@RequestParam UUID sample, @RequestParam @Nullable UUID amends) {
        Visitor visitor = signedIn.get();
        TakenSample taken = reports.seenSample(visitor, sample);
        WrittenReport old = amends == null ? null : reports.seen(visitor, amends);
        if (old == null && taken.sample().reported()) {
            return book.queue(visitor.party(), null, 1000).stream()
                    .filter(q -> q.sample().sample().id().equals(sample))
                    .map(Queued::latest)
                    .findFirst()
                    .map(latest -> "redirect:/lab/reports/" + latest.report().id())
                    .orElse("redirect:/lab");
        }
        return grid(
                taken, old, Form.empty().with("day", ChinaTime.today(clock)), initial(taken, old));
    }

    /** All indicators with a limit, those that were used on the lot first, then free rows. */
    private List<Results.Typed> initial(TakenSample taken, @Nullable WrittenReport old) {
        Map<String, Value> written = new LinkedHashMap<>();
        if (old != null) {
            old.report().judgement().lines().forEach(l -> written.put(l.substance(), l.value()));
        }
        Set<String> used = used(taken);
        List<String> limited =
                standards.limits(taken.category(), taken.sample().day()).stream()
                        .map(LimitInForce::substance)
                        .toList();
        var names = new ArrayList<String>(written.keySet());
        limited.stream()
                .filter(l -> used.stream().anyMatch(u -> standards.covers(l, u)))
                .filter(l -> !names.contains(l))
                .forEach(names::add);
        used.stream()
                .filter(u -> names.stream().noneMatch(n -> standards.covers(n, u)))
                .forEach(names::add);
        limited.stream().filter(l -> !names.contains(l)).forEach(names::add);
        var rows = new ArrayList<Results.Typed>();
        for (String name : names) {
            Value value = written.get(name);
            rows.add(
                    new Results.Typed(
                            rows.size(),
                            name,
                            value == null ? "" : Written.words(value),
                            value == null ? "mg/kg" : value.unit()));
        }
        for (int n = 0; n < FREE_ROWS; n++) {
            rows.add(new Results.Typed(rows.size(), "", "", "mg/kg"));
        }
        return rows;
    }

    private Set<String> used(TakenSample taken) {
        return reports.coverage(taken.sample().lot()).used();
    }

    private ModelAndView grid(
            TakenSample taken, @Nullable WrittenReport old, Form form, List<Results.Typed> rows) {
        LocalDate sampled = taken.sample().day();
        Map<String, LimitInForce> limits =
                standards.limits(taken.category(), sampled).stream()
                        .collect(Collectors.toMap(LimitInForce::substance, l -> l, (a, b) -> a));
        Set<String> used = used(taken);
        Optional<Standards.Edition> edition = standards.inForce(taken.category(), sampled);
        return console.page(
                "laboratory/grid",
                "/lab",
                new GridPage(
                        taken.sample().number(),
                        taken.sample().id().toString(),
                        taken.lotNumber(),
                        standards.categoryName(taken.category()),
                        sampled.toString(),
                        edition.map(Standards.Edition::number).orElse("—"),
                        edition.map(Standards.Edition::demo).orElse(false),
                        old == null ? null : old.report().id().toString(),
                        old == null ? null : old.report().number(),
                        old == null ? "/lab" : "/lab/reports/" + old.report().id(),
                        List.copyOf(used),
                        form,
                        UNITS,
                        rows.stream().map(r -> row(r, limits, used, form)).toList()));
    }

    private GridPage.Row row(
            Results.Typed typed, Map<String, LimitInForce> limits, Set<String> used, Form form) {
        LimitInForce limit = limits.get(typed.substance());
        if (limit == null) {
            limit =
                    limits.values().stream()
                            .filter(l -> standards.covers(l.substance(), typed.substance()))
                            .findFirst()
                            .orElse(null);
        }
        return new GridPage.Row(
                typed.at(),
                typed.substance(),
                typed.result(),
                typed.unit(),
                limit == null
                        ? typed.substance().isBlank() ? "" : "未规定"
                        : "≤" + limit.atMost().toPlainString() + " " + limit.unit(),
                used.stream().anyMatch(u -> standards.covers(typed.substance(), u)),
                typed.substance().isBlank(),
                form.problem(Results.field(typed.at())));
    }

    @PostMapping("/lab/grid")
    @MayCall(Role.LABORATORY)
    Object enter(
            @RequestParam UUID sample,
            @RequestParam @Nullable UUID amends,
            HttpServletRequest request) {
        Visitor visitor = signedIn.get();
        TakenSample taken = reports.seenSample(visitor, sample);
        WrittenReport old = amends == null ? null : reports.seen(visitor, amends);
        Form form = Form.of(request);
        List<Results.Typed> rows = typed(form);
        if (form.chose("do", "paste")) {
            return grid(taken, old, form, rows);
        }
        try {
            List<Value> values = Results.read(rows);
            LocalDate day = day(form, "day");
            Report report =
                    old == null
                            ? reports.enter(visitor, sample, values, day)
                            : reports.amend(
                                    visitor, old.report().id(), values, form.value("reason"), day);
            return "redirect:/lab/reports/" + report.id();
        } catch (Problems problems) {
            Problems inForm = Results.inForm(problems, rows);
            return again(grid(taken, old, Form.of(request, inForm), rows));
        } catch (Refused refused) {
            return again(grid(taken, old, Form.of(request, refused), rows));
        }
    }

    /** The rows of the grid as typed, with what was pasted put into the rows of the same name. */
    private static List<Results.Typed> typed(Form form) {
        List<String> substances = form.values("substance");
        List<String> results = form.values("result");
        List<String> units = form.values("unit");
        var rows = new ArrayList<Results.Typed>();
        for (int n = 0; n < Math.min(substances.size(), 1000); n++) {
            rows.add(
                    new Results.Typed(
                            n,
                            substances.get(n),
                            n < results.size() ? results.get(n) : "",
                            n < units.size() ? units.get(n) : ""));
        }
        for (String[] cells : Results.pasted(form.value("paste"))) {
            int at = -1;
            for (int n = 0; n < rows.size() && at < 0; n++) {
                if (rows.get(n).substance().strip().equals(cells[0])) {
                    at = n;
                }
            }
            for (int n = 0; n < rows.size() && at < 0; n++) {
                if (rows.get(n).substance().isBlank() && rows.get(n).empty()) {
                    at = n;
                }
            }
            String unit = cells[2].isEmpty() ? "mg/kg" : cells[2];
            if (at < 0) {
                rows.add(new Results.Typed(rows.size(), cells[0], cells[1], unit));
            } else {
                rows.set(at, new Results.Typed(at, cells[0], cells[1], unit));
            }
        }
        return rows;
    }

    // one report

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
            return again(report(id, Form.of(request, refused)));
        }
    }

    @PostMapping("/lab/reports/{id}/lift")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Object lift(@PathVariable UUID id, HttpServletRequest request) {
        try {
            reports.lift(signedIn.get(), id);
            return "redirect:/lab/reports/" + id;
        } catch (Refused refused) {
            return again(report(id, Form.of(request, refused)));
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
                stage(written),
                verdict(report.judgement().outcome()),
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
                        .map(LabController::line)
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
                                                        + stage(v).word()
                                                        + "，"
                                                        + verdict(v.report().judgement().outcome())
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
                                                + verdict(r.outcome()).word()
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
                verdict(line.outcome()),
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

    private static Badge stage(WrittenReport written) {
        return switch (written.stage()) {
            case ENTERED -> Badge.REPORT_DRAFT;
            case RELEASED -> Badge.REPORT_RELEASED;
            case SUPERSEDED -> Badge.REPORT_AMENDED;
        };
    }

    private static Badge verdict(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Badge.PASSED;
            case FAIL -> Badge.FAILED;
            case INCONCLUSIVE -> Badge.INCONCLUSIVE;
        };
    }

    // the producer's side

    @GetMapping("/p/tests")
    @MayCall(Role.CLERK)
    ModelAndView tests(@RequestParam @Nullable UUID lot) {
        return tests(Form.empty().with("day", ChinaTime.today(clock)).with("lot", lot));
    }

    private ModelAndView tests(Form form) {
        Visitor visitor = signedIn.get();
        UUID own = Optional.ofNullable(visitor.party()).orElseThrow();
        List<LabQueuePage.Row> rows =
                reports.queue(visitor).stream().map(q -> row(q, false)).toList();
        return console.page(
                "laboratory/tests",
                "/p/tests",
                new LabQueuePage(
                        Words.count(rows.size()),
                        form,
                        lots.of(own).stream()
                                .limit(200)
                                .map(
                                        l ->
                                                new Choice(
                                                        l.id().toString(),
                                                        l.number()
                                                                + " · "
                                                                + l.variety()
                                                                + " · "
                                                                + Words.kg(l.kilograms())))
                                .toList(),
                        parties.all(Party.Kind.LABORATORY).stream()
                                .map(p -> new Choice(p.id().toString(), p.name()))
                                .toList(),
                        rows));
    }

    @PostMapping("/p/tests")
    @MayCall(Role.CLERK)
    Object send(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            reports.takeSample(
                    signedIn.get(),
                    id(form, "lot", "请选择批次。"),
                    id(form, "laboratory", "请选择检测机构。"),
                    day(form, "day"));
            return "redirect:/p/tests";
        } catch (Problems problems) {
            return again(tests(Form.of(request, problems)));
        }
    }

    private static UUID id(Form form, String field, String problem) {
        try {
            return UUID.fromString(form.value(field).strip());
        } catch (IllegalArgumentException e) {
            throw Problems.of(field, problem);
        }
    }

    private static LocalDate day(Form form, String field) {
        try {
            return LocalDate.parse(form.value(field).strip());
        } catch (DateTimeParseException e) {
            throw Problems.of(field, "请写日期，例如 2025-06-11。");
        }
    }

    private static ModelAndView again(ModelAndView form) {
        form.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return form;
    }
}
