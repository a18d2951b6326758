package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.Written;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import cn.xinyuan.server.standards.Standards.Value;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The result grid of one sample, indicator by indicator; also for a corrected version. */
@Controller
class GridPages {

    private static final List<Choice> UNITS =
            List.of(
                    new Choice("mg/kg", "mg/kg"),
                    new Choice("µg/kg", "µg/kg"),
                    new Choice("%", "%"));
    private static final int FREE_ROWS = 6;

    private final KeepReports reports;
    private final LabBook book;
    private final Standards standards;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    GridPages(
            KeepReports reports,
            LabBook book,
            Standards standards,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.reports = reports;
        this.book = book;
        this.standards = standards;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(
            value = "/lab/grid",
            params = {"sample", "!column"})
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

    @PostMapping(value = "/lab/grid", params = "!column")
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
            LocalDate day = LabWords.day(form, "day");
            Report report =
                    old == null
                            ? reports.enter(visitor, sample, values, day)
                            : reports.amend(
                                    visitor, old.report().id(), values, form.value("reason"), day);
            return "redirect:/lab/reports/" + report.id();
        } catch (Problems problems) {
            Problems inForm = Results.inForm(problems, rows);
            return LabWords.again(grid(taken, old, Form.of(request, inForm), rows));
        } catch (Refused refused) {
            return LabWords.again(grid(taken, old, Form.of(request, refused), rows));
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
}
