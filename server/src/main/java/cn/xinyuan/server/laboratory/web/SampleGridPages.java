package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.domain.DetectionLimits;
import cn.xinyuan.server.laboratory.domain.ResultGrid;
import cn.xinyuan.server.laboratory.domain.ResultGrid.Mistake;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.usecase.EnterGrid;
import cn.xinyuan.server.laboratory.usecase.EnterGrid.Entered;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The result grid of up to twenty samples, by keyboard alone; it works without a script too. */
@Controller
@MayCall(Role.LABORATORY)
class SampleGridPages {

    private static final String HERE = "/lab/grid";

    private final KeepReports reports;
    private final EnterGrid enter;
    private final GridIndicators indicators;
    private final GridChoicePages choice;
    private final Standards standards;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    SampleGridPages(
            KeepReports reports,
            EnterGrid enter,
            GridIndicators indicators,
            GridChoicePages choice,
            Standards standards,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.reports = reports;
        this.enter = enter;
        this.indicators = indicators;
        this.choice = choice;
        this.standards = standards;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(value = HERE, params = "column")
    ModelAndView grid(
            @RequestParam(defaultValue = "") List<UUID> sample,
            @RequestParam List<String> column,
            HttpServletRequest request) {
        List<TakenSample> samples;
        try {
            samples = chosen(sample);
            demandFew(column);
        } catch (Problems problems) {
            return LabWords.again(choice.page(Form.of(request, problems)));
        }
        var known = indicators.panel(samples.getFirst(), reports.queue(signedIn.get()));
        var columns = new LinkedHashSet<>(column);
        columns.addAll(indicators.usedButNotIn(columns, samples));
        var form = Form.empty().with("day", ChinaTime.today(clock));
        return page(
                samples,
                columns.stream()
                        .limit(ResultGrid.MOST_COLUMNS)
                        .map(c -> Head.of(c, known.getOrDefault(c, DetectionLimits.UNKNOWN)))
                        .toList(),
                Map.of(),
                List.of(),
                form);
    }

    private List<TakenSample> chosen(List<UUID> ids) {
        if (ids.isEmpty()) {
            throw Problems.of("sample", "请至少选一个样品。");
        }
        if (ids.size() > ResultGrid.MOST_ROWS) {
            throw Problems.of(
                    "sample",
                    "一次最多 " + ResultGrid.MOST_ROWS + " 个样品，选了 " + ids.size() + " 个：请分两次录入。");
        }
        Visitor visitor = signedIn.get();
        List<TakenSample> samples =
                ids.stream().distinct().map(id -> reports.seenSample(visitor, id)).toList();
        if (samples.stream().map(indicators::key).distinct().count() > 1) {
            throw Problems.of("sample", "这些样品的产品或判定依据不同，限量不一样：请分开录入。");
        }
        return samples;
    }

    private static void demandFew(List<String> columns) {
        if (columns.size() > ResultGrid.MOST_COLUMNS) {
            throw Problems.of(
                    "column",
                    "一张表最多 "
                            + ResultGrid.MOST_COLUMNS
                            + " 个项目，选了 "
                            + columns.size()
                            + " 个：请分两次录入，或用单个样品的录入页。");
        }
    }

    /** A column as typed: its limits may be no figures yet. */
    private record Head(String substance, String lod, String loq) {
        static Head of(String substance, DetectionLimits limits) {
            return new Head(substance, text(limits.lod()), text(limits.loq()));
        }

        private static String text(@Nullable BigDecimal figure) {
            return figure == null ? "" : figure.toPlainString();
        }
    }

    @PostMapping(value = HERE, params = "column")
    Object enter(
            @RequestParam(defaultValue = "") List<UUID> sample,
            @RequestParam List<String> column,
            HttpServletRequest request) {
        Form form = Form.of(request);
        List<TakenSample> samples = chosen(sample);
        demandFew(column);
        List<String> lods = form.values("lod");
        List<String> loqs = form.values("loq");
        var heads = new ArrayList<Head>();
        for (int n = 0; n < column.size(); n++) {
            heads.add(
                    new Head(
                            column.get(n),
                            n < lods.size() ? lods.get(n) : "",
                            n < loqs.size() ? loqs.get(n) : ""));
        }
        Map<UUID, List<String>> typed = typed(form, sample, heads.size());
        var wrong = new ArrayList<Problem>();
        ResultGrid grid = read(samples, heads, typed, wrong);
        LocalDate day = null;
        try {
            day = LabWords.day(form, "day");
        } catch (Problems problems) {
            wrong.addAll(problems.list());
        }
        if (grid.rows().stream().allMatch(ResultGrid.Row::blank)) {
            wrong.add(new Problem("c-0-0", "还没有填任何结果。"));
        }
        if (day == null || !wrong.isEmpty()) {
            return LabWords.again(
                    page(samples, heads, typed, List.of(), new Form(form.typed(), wrong)));
        }
        Entered entered = enter.enter(signedIn.get(), grid, day);
        List<TakenSample> left = new ArrayList<>();
        var problems = new ArrayList<Problem>();
        for (int row = 0; row < samples.size(); row++) {
            if (!entered.reports().containsKey(row)) {
                for (Mistake mistake : entered.mistakes().getOrDefault(row, List.of())) {
                    problems.add(problem(samples.get(row), left.size(), mistake, heads));
                }
                left.add(samples.get(row));
            }
        }
        if (left.isEmpty()) {
            return "redirect:/lab";
        }
        List<SampleGridPage.Saved> saved =
                entered.reports().entrySet().stream()
                        .map(e -> saved(samples.get(e.getKey()), e.getValue()))
                        .toList();
        ModelAndView page = page(left, heads, typed, saved, new Form(form.typed(), problems));
        return problems.isEmpty() ? page : LabWords.again(page);
    }

    private static SampleGridPage.Saved saved(TakenSample sample, Report report) {
        return new SampleGridPage.Saved(
                report.number(), sample.sample().number(), "/lab/reports/" + report.id());
    }

    private static Problem problem(TakenSample sample, int row, Mistake mistake, List<Head> heads) {
        boolean whole = mistake.column() == EnterGrid.WHOLE_ROW;
        return new Problem(
                whole ? "row-" + row : cell(row, mistake.column()),
                sample.sample().number()
                        + (whole ? "：" : " " + heads.get(mistake.column()).substance() + "：")
                        + mistake.text());
    }

    /** In its cell a mistake need not say again which one it is. */
    private static @Nullable String inCell(@Nullable String problem) {
        return problem == null ? null : problem.substring(problem.indexOf('：') + 1);
    }

    private static String cell(int row, int column) {
        return "c-" + row + "-" + column;
    }

    private static Map<UUID, List<String>> typed(Form form, List<UUID> samples, int columns) {
        var typed = new HashMap<UUID, List<String>>();
        for (int row = 0; row < samples.size(); row++) {
            var cells = new ArrayList<String>();
            for (int n = 0; n < columns; n++) {
                cells.add(form.value(cell(row, n)));
            }
            typed.put(samples.get(row), cells);
        }
        return typed;
    }

    private ResultGrid read(
            List<TakenSample> samples,
            List<Head> heads,
            Map<UUID, List<String>> typed,
            List<Problem> wrong) {
        Map<String, LimitInForce> limits = indicators.bySubstance(samples.getFirst());
        var columns = new ArrayList<ResultGrid.Column>();
        for (int n = 0; n < heads.size(); n++) {
            Head head = heads.get(n);
            LimitInForce limit = indicators.limit(limits, head.substance());
            columns.add(
                    new ResultGrid.Column(
                            head.substance(),
                            limit == null ? "mg/kg" : limit.unit(),
                            detection(head, n, wrong)));
        }
        return new ResultGrid(
                columns,
                samples.stream()
                        .map(
                                s ->
                                        new ResultGrid.Row(
                                                s.sample().id(),
                                                typed.getOrDefault(s.sample().id(), List.of())))
                        .toList());
    }

    private static DetectionLimits detection(Head head, int n, List<Problem> wrong) {
        int before = wrong.size();
        BigDecimal lod = figure(head.lod(), "lod-" + n, head.substance() + " 检出限", wrong);
        BigDecimal loq = figure(head.loq(), "loq-" + n, head.substance() + " 定量限", wrong);
        if (lod != null && loq != null && lod.compareTo(loq) >= 0) {
            wrong.add(new Problem("loq-" + n, head.substance() + "：定量限要大于检出限。"));
        }
        return wrong.size() > before ? DetectionLimits.UNKNOWN : new DetectionLimits(lod, loq);
    }

    private static @Nullable BigDecimal figure(
            String typed, String field, String what, List<Problem> wrong) {
        if (typed.isBlank()) {
            return null;
        }
        Optional<BigDecimal> figure = LabWords.figure(typed);
        if (figure.isEmpty()) {
            wrong.add(new Problem(field, what + "：请写大于 0 的数，例如 0.01。"));
        }
        return figure.orElse(null);
    }

    private ModelAndView page(
            List<TakenSample> samples,
            List<Head> heads,
            Map<UUID, List<String>> typed,
            List<SampleGridPage.Saved> saved,
            Form form) {
        TakenSample first = samples.getFirst();
        Map<String, LimitInForce> limits = indicators.bySubstance(first);
        var columns = new ArrayList<SampleGridPage.Column>();
        for (int n = 0; n < heads.size(); n++) {
            LimitInForce limit = indicators.limit(limits, heads.get(n).substance());
            columns.add(
                    new SampleGridPage.Column(
                            n,
                            heads.get(n).substance(),
                            limit == null ? "未规定" : GridIndicators.words(limit),
                            limit == null ? "" : limit.atMost().toPlainString(),
                            heads.get(n).lod(),
                            heads.get(n).loq(),
                            form.problem("lod-" + n),
                            form.problem("loq-" + n)));
        }
        var rows = new ArrayList<SampleGridPage.Row>();
        for (TakenSample sample : samples) {
            rows.add(row(rows.size(), sample, heads, typed, form));
        }
        return console.page(
                "laboratory/sample-grid",
                "/lab",
                new SampleGridPage(
                        standards.categoryName(standards.governing(first.category())),
                        indicators.edition(first),
                        indicators.isDemo(first),
                        columns,
                        rows,
                        saved,
                        form));
    }

    private SampleGridPage.Row row(
            int index,
            TakenSample sample,
            List<Head> heads,
            Map<UUID, List<String>> typed,
            Form form) {
        Set<String> used = indicators.used(sample);
        List<String> texts = typed.getOrDefault(sample.sample().id(), List.of());
        var cells = new ArrayList<SampleGridPage.Cell>();
        for (int n = 0; n < heads.size(); n++) {
            String substance = heads.get(n).substance();
            boolean must = used.stream().anyMatch(u -> standards.covers(substance, u));
            cells.add(
                    new SampleGridPage.Cell(
                            cell(index, n),
                            sample.sample().number() + " " + substance + (must ? "，用过，须检" : ""),
                            n < texts.size() ? texts.get(n) : "",
                            must,
                            inCell(form.problem(cell(index, n)))));
        }
        return new SampleGridPage.Row(
                index,
                sample.sample().id().toString(),
                sample.sample().number(),
                sample.lotNumber(),
                sample.sample().day().toString(),
                form.problem("row-" + index),
                cells);
    }
}
