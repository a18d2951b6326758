package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.ResultGrid;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The step before the grid: which samples, and for which indicators. */
@Controller
@MayCall(Role.LABORATORY)
class GridChoicePages {

    private static final int PANEL = 10;

    private final KeepReports reports;
    private final GridIndicators indicators;
    private final Standards standards;
    private final SignedIn signedIn;
    private final Console console;

    GridChoicePages(
            KeepReports reports,
            GridIndicators indicators,
            Standards standards,
            SignedIn signedIn,
            Console console) {
        this.reports = reports;
        this.indicators = indicators;
        this.standards = standards;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(
            value = "/lab/grid",
            params = {"!sample", "!column"})
    ModelAndView choose() {
        return page(Form.empty());
    }

    /** The choice again, with what was ticked. */
    ModelAndView page(Form form) {
        List<Queued> queue = reports.queue(signedIn.get());
        Map<String, List<TakenSample>> groups = new TreeMap<>();
        queue.stream()
                .filter(q -> q.latest() == null)
                .map(Queued::sample)
                .sorted(Comparator.comparing(s -> s.sample().number()))
                .forEach(
                        s ->
                                groups.computeIfAbsent(indicators.key(s), _ -> new ArrayList<>())
                                        .add(s));
        var shown = new ArrayList<GridChoicePage.Group>();
        for (List<TakenSample> group : groups.values()) {
            shown.add(group("g" + shown.size(), group, queue, form));
        }
        return console.page("laboratory/grid-choice", "/lab", new GridChoicePage(shown, form));
    }

    private GridChoicePage.Group group(
            String id, List<TakenSample> samples, List<Queued> queue, Form form) {
        TakenSample first = samples.getFirst();
        Set<String> panel = indicators.panel(first, queue).keySet();
        List<LimitInForce> limits = indicators.limits(first);
        var columns = new ArrayList<GridChoicePage.Option>();
        for (LimitInForce limit : limits) {
            columns.add(
                    new GridChoicePage.Option(
                            limit.substance(),
                            limit.substance(),
                            GridIndicators.words(limit),
                            form.typed().containsKey("column")
                                    ? form.chose("column", limit.substance())
                                    : panel.isEmpty()
                                            ? columns.size() < PANEL
                                            : panel.contains(limit.substance())));
        }
        var options = new ArrayList<GridChoicePage.Option>();
        for (TakenSample sample : samples) {
            String value = sample.sample().id().toString();
            options.add(
                    new GridChoicePage.Option(
                            value,
                            sample.sample().number(),
                            sample.lotNumber() + "，" + sample.sample().day() + " 抽样",
                            form.typed().containsKey("sample")
                                    ? form.chose("sample", value)
                                    : options.size() < ResultGrid.MOST_ROWS));
        }
        return new GridChoicePage.Group(
                id,
                standards.categoryName(standards.governing(first.category())),
                indicators.edition(first),
                indicators.isDemo(first),
                options,
                columns,
                Words.count(samples.size()) + " 个样品待录入");
    }
}
