package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Evaluation.Advice;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.domain.CaseBook.Opinion;
import cn.xinyuan.server.licensing.domain.Duty;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.usecase.CheckOnSite;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.licensing.web.CasePage.VisitLine;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws one case, for whoever may see it. */
@Component
class CasePages {

    private static final List<String> COMMONLY_MISSING =
            List.of("土壤、灌溉水检测报告", "近两年农事与用药记录", "包装场所平面图", "产品检测报告", "质量控制制度");

    private final Evaluate evaluate;
    private final CheckOnSite onSite;
    private final Licences licences;
    private final Parties parties;
    private final LicensingWords words;

    CasePages(
            Evaluate evaluate,
            CheckOnSite onSite,
            Licences licences,
            Parties parties,
            LicensingWords words) {
        this.evaluate = evaluate;
        this.onSite = onSite;
        this.licences = licences;
        this.parties = parties;
        this.words = words;
    }

    CasePage of(LicenceApplication a, String action, Visitor visitor, Form form) {
        boolean officer =
                visitor.role() == Role.SUPERVISOR
                        || visitor.role() == Role.CITY_MANAGER
                        || visitor.role() == Role.ADMINISTRATOR;
        var lines = new ArrayList<CasePage.Line>();
        List<Step> steps = evaluate.steps(a.id());
        for (int i = 0; i < steps.size(); i++) {
            lines.add(LicensingWords.line(steps.get(i), i == steps.size() - 1));
        }
        List<Opinion> opinions = evaluate.opinions(a.id());
        List<Visit> visits = onSite.of(a.id());
        var plots = parties.plotsOf(a.party());
        BigDecimal mu = plots.stream().map(Plot::areaMu).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new CasePage(
                action,
                a.number(),
                Integer.toString(a.version()),
                words.product(a.product()),
                words.party(a.party()),
                officer ? "/s/entities/" + a.party() : "",
                words.town(a.district()),
                Words.kg(a.yearlyKg()),
                plots.size() + " 块地，共 " + Words.mu(mu),
                a.statement(),
                LicensingWords.badge(a.stage()),
                LicensingWords.stepper(a.stage()),
                words.next(a),
                words.late(a),
                Objects.requireNonNullElse(a.inCharge(), "待指派"),
                a.missing(),
                lines,
                visitor.role() == Role.CLERK && a.stage() == Stage.SENT_BACK,
                officer && a.stage() == Stage.SUBMITTED,
                officer && a.stage() == Stage.IN_REVIEW,
                COMMONLY_MISSING.stream().map(m -> new Choice(m, m)).toList(),
                a.stage() == Stage.GRANTED
                        ? licences.latest(a.party(), a.product()).map(Licence::number).orElse(null)
                        : null,
                visits.stream().map(v -> line(v, visitor)).toList(),
                notYet(visits),
                officer
                        && (a.stage() == Stage.IN_REVIEW || a.stage() == Stage.SENT_BACK)
                        && (visits.isEmpty()
                                || !visits.getLast().isOpen() && !visits.getLast().isPassed()),
                officer || visitor.role() == Role.EVALUATOR
                        ? opinions.stream()
                                .map(
                                        o ->
                                                new CasePage.Line(
                                                        ChinaTime.minute(o.at()),
                                                        LicensingWords.advice(o.advice()),
                                                        o.name(),
                                                        o.text(),
                                                        false))
                                .toList()
                        : List.of(),
                visitor.role() == Role.EVALUATOR
                        && a.stage().isOpen()
                        && opinions.stream().noneMatch(o -> o.by().equals(visitor.account())),
                Arrays.stream(Advice.values())
                        .map(v -> new Choice(v.name(), LicensingWords.advice(v)))
                        .toList(),
                form);
    }

    private static VisitLine line(Visit visit, Visitor visitor) {
        Visit.Conclusion conclusion = visit.conclusion();
        return new VisitLine(
                visitor.role().isOfficial() ? "/s/visits/" + visit.id() : "",
                visit.round() == 1 ? "现场核查" : "现场复查（第 " + visit.round() + " 次）",
                LicensingWords.badge(visit),
                conclusion == null
                        ? visit.clauses().size() + " 条，还没有去现场"
                        : LicensingWords.summary(conclusion)
                                + " · "
                                + conclusion.inspector()
                                + " · "
                                + ChinaTime.minute(conclusion.at()),
                conclusion == null
                        ? List.of()
                        : conclusion.findings().stream()
                                .filter(f -> f.answer() == Visit.Answer.UNMET)
                                .map(f -> f.clause() + " " + wording(visit, f) + "：" + f.note())
                                .toList());
    }

    private static String wording(Visit visit, Visit.Finding finding) {
        return visit.clauses().stream()
                .filter(c -> c.code().equals(finding.clause()))
                .map(Visit.Clause::text)
                .findFirst()
                .orElse("");
    }

    private static @Nullable String notYet(List<Visit> visits) {
        if (!Stage.GRANTED.needs().contains(Duty.VISIT)) {
            return null;
        }
        if (visits.isEmpty() || visits.getLast().isOpen()) {
            return "完成现场核查后才能授权。";
        }
        return visits.getLast().isPassed() ? null : "现场核查还有不符合项：整改后安排复查，全部符合才能授权。";
    }
}
