package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Line;
import cn.xinyuan.server.scan.web.ScanPage.Tests;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results against limits. */
final class TestWords {

    private TestWords() {}

    static @Nullable Tests tests(Finding f, Parties parties, Say say) {
        if (f.reports().isEmpty()) {
            return null;
        }
        Report report = worstFirst(f.reports()).getFirst();
        List<Standards.Line> all = report.judgement().lines();
        List<Line> shown =
                all.stream()
                        .filter(
                                l ->
                                        l.value().kind() == Value.Kind.FOUND
                                                || l.outcome() == Standards.Outcome.FAIL)
                        .sorted(
                                Comparator.comparing(
                                        (Standards.Line l) ->
                                                l.outcome() != Standards.Outcome.FAIL))
                        .limit(12)
                        .map(l -> line(l, say))
                        .toList();
        String unit = all.isEmpty() ? "mg/kg" : all.getFirst().unit();
        int rest = all.size() - shown.size();
        String laboratory =
                parties.find(report.laboratory())
                        .map(p -> say.in(p.name(), p.nameEn()))
                        .orElse(say.in("检测机构未登记", "laboratory not registered"));
        String note =
                say.in(
                        "单位 "
                                + unit
                                + "；条长为实测占限量的比例。"
                                + (rest > 0 ? "其余 " + rest + " 项未检出或低于定量限。" : "")
                                + laboratory
                                + "，报告 "
                                + report.number()
                                + "，抽样 "
                                + report.sampled()
                                + "，签发 "
                                + report.day()
                                + "；按 "
                                + report.judgement().edition()
                                + " 判定。",
                        "Unit "
                                + unit
                                + "; the bar shows the value as a share of the limit. "
                                + (rest > 0
                                        ? rest + " others not detected or below quantification. "
                                        : "")
                                + laboratory
                                + ", report "
                                + report.number()
                                + ", sampled "
                                + report.sampled()
                                + ", issued "
                                + report.day()
                                + "; judged by "
                                + report.judgement().edition()
                                + ".");
        Coverage coverage = f.coverage();
        String gap =
                coverage == null || coverage.gap().isEmpty()
                        ? ""
                        : say.in("用过但没有检测：", "Used but not tested: ")
                                + coverage.gap().stream()
                                        .sorted()
                                        .map(s -> say.substance(s))
                                        .collect(Collectors.joining(say.in("、", ", ")));
        return new Tests(say.in("检测结果", "Test results"), shown, unit, note, gap);
    }

    private static Line line(Standards.Line line, Say say) {
        BigDecimal limit = line.limit();
        boolean over = line.outcome() == Standards.Outcome.FAIL;
        String measured =
                switch (line.value().kind()) {
                    case FOUND -> line.value().figure().toPlainString();
                    case NOT_DETECTED -> say.in("未检出", "not detected");
                    case BELOW_LOQ -> "<" + line.value().figure().toPlainString();
                };
        return new Line(
                say.substance(line.substance()),
                measured,
                limit == null ? say.in("不得检出", "none allowed") : limit.toPlainString(),
                limit == null || limit.signum() == 0
                        ? over ? "100%" : "0%"
                        : Words.width(line.value().figure(), limit),
                over);
    }

    static List<Report> worstFirst(List<Report> reports) {
        return reports.stream()
                .sorted(
                        Comparator.comparing(
                                r ->
                                        switch (r.judgement().outcome()) {
                                            case FAIL -> 0;
                                            case INCONCLUSIVE -> 1;
                                            case PASS -> 2;
                                        }))
                .toList();
    }
}
