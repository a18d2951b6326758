package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Draws one case, for whoever may see it. */
@Component
class CasePages {

    private static final List<String> COMMONLY_MISSING =
            List.of("土壤、灌溉水检测报告", "近两年农事与用药记录", "包装场所平面图", "产品检测报告", "质量控制制度");

    private final Evaluate evaluate;
    private final Licences licences;
    private final Parties parties;
    private final LicensingWords words;

    CasePages(Evaluate evaluate, Licences licences, Parties parties, LicensingWords words) {
        this.evaluate = evaluate;
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
                form);
    }
}
