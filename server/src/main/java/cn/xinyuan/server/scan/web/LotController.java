package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.scan.usecase.LookAtLot;
import cn.xinyuan.server.scan.usecase.LookAtLot.Seen;
import cn.xinyuan.server.scan.web.LotStandingPage.Fact;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A lot by the number on its label: recalled or not, tested or not, certified or not. */
@Controller
@AnyoneMayCall
class LotController {

    private final LookAtLot look;
    private final Catalog catalog;
    private final Console console;

    LotController(LookAtLot look, Catalog catalog, Console console) {
        this.look = look;
        this.catalog = catalog;
        this.console = console;
    }

    @GetMapping("/lot/{number}")
    ModelAndView lot(@PathVariable String number, @RequestParam(defaultValue = "") String lang) {
        Seen seen = look.see(number);
        Say say = new Say(lang.equals("en"));
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        say.in("生产主体", "Producer"),
                        say.in(seen.producer().name(), seen.producer().nameEn()),
                        Evidence.OFFICIAL));
        facts.add(
                new Fact(
                        say.in("包装日期", "Packed"),
                        seen.lot().day().toString(),
                        Evidence.SELF_DECLARED));
        facts.add(test(seen.reports(), say));
        facts.add(
                seen.certificate() == null
                        ? new Fact(
                                say.in("承诺达标合格证", "Commitment certificate"),
                                say.in("没有有效的合格证", "none in force"),
                                Evidence.MISSING)
                        : new Fact(
                                say.in("承诺达标合格证", "Commitment certificate"),
                                seen.certificate().number(),
                                Evidence.SELF_DECLARED));
        return console.page(
                "scan/lot",
                "",
                new LotStandingPage(
                        seen.lot().number(),
                        say.in(seen.product().name(), seen.product().nameEn()),
                        "/catalog/" + seen.product().id() + (say.english() ? "?lang=en" : ""),
                        badge(seen),
                        state(seen, say),
                        facts,
                        seen.certificate() == null ? null : seen.certificate().number(),
                        catalog.brand().hotline()));
    }

    private static Fact test(List<Report> reports, Say say) {
        String name = say.in("检测", "Laboratory test");
        return reports.stream()
                .filter(Report::released)
                .reduce((a, b) -> b.day().isBefore(a.day()) ? a : b)
                .map(
                        r ->
                                new Fact(
                                        name,
                                        switch (r.judgement().outcome()) {
                                                    case PASS -> say.in("合格", "passed");
                                                    case FAIL -> say.in("不合格", "failed");
                                                    case INCONCLUSIVE ->
                                                            say.in("无法判定", "inconclusive");
                                                }
                                                + say.in("，报告 ", ", report ")
                                                + r.number()
                                                + say.in("，", ", ")
                                                + r.day(),
                                        Evidence.LABORATORY))
                .orElseGet(
                        () ->
                                new Fact(
                                        name,
                                        say.in("本批没有检测报告", "no report of this lot"),
                                        Evidence.MISSING));
    }

    private static Badge badge(Seen seen) {
        if (seen.recall() != null) {
            return seen.recall().closed() ? Badge.RECALL_CLOSED : Badge.RECALLED;
        }
        return seen.lot().held() == null ? Badge.FREE : Badge.HELD;
    }

    private static String state(Seen seen, Say say) {
        if (seen.recall() != null) {
            return say.in(
                    "该批次已公布召回（" + seen.recall().number() + "），请勿食用，可凭包装退货。",
                    "This lot is under recall "
                            + seen.recall().number()
                            + ". Do not eat it; return it with its pack.");
        }
        return seen.lot().held() == null
                ? say.in("该批次没有召回。", "This lot is not recalled.")
                : say.in(
                        "该批次没有召回，但已停止流通，等待调查。",
                        "This lot is not recalled, but it is stopped while it is looked into.");
    }
}
