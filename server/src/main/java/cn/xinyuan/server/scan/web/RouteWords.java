package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Origin;
import cn.xinyuan.server.scan.web.ScanPage.Row;
import cn.xinyuan.server.scan.web.ScanPage.Step;
import cn.xinyuan.server.trace.Genealogy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way of a lot: its steps, what is not known of it, where it grew. */
final class RouteWords {

    private static final int MOST_STEPS = 12;

    private RouteWords() {}

    static List<Step> route(Finding f, Say say) {
        record Dated(LocalDate day, Step step) {}
        var steps = new ArrayList<Dated>();
        var seen = new LinkedHashSet<String>();
        for (Genealogy.Step s : f.route()) {
            String what = stepWord(kind(s), say);
            String place = say.in(s.place(), s.placeEn());
            if (seen.add(s.day() + what + place)) {
                steps.add(
                        new Dated(
                                s.day(),
                                new Step(s.day().toString(), Evidence.SELF_DECLARED, what, place)));
            }
        }
        for (Report r : f.reports()) {
            String outcome =
                    switch (r.judgement().outcome()) {
                        case PASS -> say.in("检测合格", "Test passed");
                        case FAIL -> say.in("检测不合格", "Test failed");
                        case INCONCLUSIVE -> say.in("检测无法判定", "Test inconclusive");
                    };
            steps.add(
                    new Dated(
                            r.day(),
                            new Step(
                                    r.day().toString(),
                                    Evidence.LABORATORY,
                                    outcome,
                                    say.in("报告 ", "report ") + r.number())));
        }
        steps.sort(Comparator.comparing(Dated::day));
        var shown = new ArrayList<>(steps.stream().map(Dated::step).toList());
        if (shown.size() > MOST_STEPS) {
            int left = shown.size() - MOST_STEPS;
            shown.subList(MOST_STEPS / 2, MOST_STEPS / 2 + left).clear();
            shown.add(
                    MOST_STEPS / 2,
                    new Step(
                            "",
                            Evidence.SELF_DECLARED,
                            say.in("另有 " + left + " 步", left + " more steps"),
                            ""));
        }
        return shown;
    }

    static String kind(Genealogy.Step step) {
        String word = step.step().toUpperCase(Locale.ROOT).replaceAll(".*[:/]", "");
        if (word.startsWith("HARVEST")) {
            return "HARVEST";
        }
        if (word.startsWith("MERG")) {
            return "MERGE";
        }
        if (word.startsWith("SORT")) {
            return "SORT";
        }
        if (word.startsWith("PACK")) {
            return "PACK";
        }
        if (word.startsWith("SPLIT")) {
            return "SPLIT";
        }
        if (word.startsWith("SHIP") || word.startsWith("DEPART")) {
            return "SHIP";
        }
        if (word.startsWith("RECEIV") || word.startsWith("ARRIV")) {
            return "RECEIVE";
        }
        if (word.startsWith("RETURN") || word.startsWith("GIVE")) {
            return "RETURN";
        }
        if (word.startsWith("WASTE") || word.startsWith("DESTROY")) {
            return "WASTE";
        }
        return word.startsWith("COMMISSION") || word.startsWith("ACTIVAT") ? "LABEL" : step.step();
    }

    private static String stepWord(String kind, Say say) {
        return switch (kind) {
            case "HARVEST" -> say.in("采收", "Harvested");
            case "MERGE" -> say.in("合批", "Merged");
            case "SORT" -> say.in("分拣", "Sorted");
            case "PACK" -> say.in("包装", "Packed");
            case "SPLIT" -> say.in("分批", "Split");
            case "SHIP" -> say.in("发货", "Shipped");
            case "RECEIVE" -> say.in("收货", "Received");
            case "RETURN" -> say.in("退货", "Returned");
            case "WASTE" -> say.in("报损", "Written off");
            case "LABEL" -> say.in("赋码", "Labelled");
            default -> kind;
        };
    }

    static List<Row> gaps(Finding f, Say say) {
        var rows = new ArrayList<Row>();
        boolean moved =
                f.route().stream().anyMatch(s -> Set.of("SHIP", "RECEIVE").contains(kind(s)));
        if (!moved) {
            rows.add(new Row(say.in("运输信息", "Transport"), "", "", Evidence.MISSING));
        }
        rows.add(new Row(say.in("冷链温度", "Cold chain"), "", "", Evidence.MISSING));
        return rows;
    }

    static @Nullable Origin origin(Finding f, Parties parties, Say say) {
        List<Genealogy.Step> harvests = harvests(f);
        Party producer = f.producer();
        if (producer == null && harvests.isEmpty()) {
            return null;
        }
        var rows = new ArrayList<Row>();
        Coverage coverage = f.coverage();
        if (coverage != null) {
            rows.add(
                    new Row(
                            say.in("用药", "Sprayed with"),
                            coverage.used().isEmpty()
                                    ? say.in("本季没有用药记录", "no spraying recorded this season")
                                    : coverage.used().stream()
                                            .sorted()
                                            .map(say::substance)
                                            .collect(Collectors.joining(say.in("、", ", "))),
                            "",
                            Evidence.SELF_DECLARED));
        }
        String district =
                f.lot() != null ? f.lot().district() : producer == null ? "" : producer.district();
        String county = district.length() >= 6 ? district.substring(0, 6) : district;
        String town =
                harvests.isEmpty()
                        ? county.isEmpty()
                                ? ""
                                : say.in(
                                        parties.district(county).name(),
                                        parties.district(county).nameEn())
                        : towns(harvests, say);
        return new Origin(county, town, rows);
    }

    static List<Genealogy.Step> harvests(Finding f) {
        return f.route().stream()
                .filter(s -> kind(s).equals("HARVEST"))
                .sorted(Comparator.comparing(Genealogy.Step::day))
                .toList();
    }

    static String towns(List<Genealogy.Step> harvests, Say say) {
        Set<String> towns =
                harvests.stream()
                        .map(s -> say.in(s.place(), s.placeEn()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        String some = towns.stream().limit(3).collect(Collectors.joining(say.in("、", ", ")));
        return towns.size() <= 3
                ? some
                : some
                        + say.in(
                                " 等 " + towns.size() + " 处",
                                " and " + (towns.size() - 3) + " more");
    }
}
