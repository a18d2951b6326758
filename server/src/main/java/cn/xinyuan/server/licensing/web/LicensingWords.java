package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.licensing.Evaluation.Advice;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.domain.LicenceAct;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.domain.WorkDays;
import cn.xinyuan.server.licensing.web.CasePage.StepMark;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Cases and licences in words. */
@Component
class LicensingWords {

    private final Parties parties;
    private final Catalog catalog;
    private final Clock clock;

    LicensingWords(Parties parties, Catalog catalog, Clock clock) {
        this.parties = parties;
        this.catalog = catalog;
        this.clock = clock;
    }

    LocalDate today() {
        return ChinaTime.today(clock);
    }

    String product(UUID id) {
        return catalog.find(id).map(Product::name).orElse("产品 " + id);
    }

    String party(UUID id) {
        return parties.find(id).map(Party::name).orElse("主体 " + id);
    }

    /** Such as 高州市根子镇. */
    String town(String code) {
        String own = parties.district(code).name();
        return code.length() == 9 ? parties.district(code.substring(0, 6)).name() + own : own;
    }

    String county(String code) {
        return parties.district(code.substring(0, Math.min(6, code.length()))).name();
    }

    static Badge badge(Stage stage) {
        return switch (stage) {
            case SUBMITTED -> Badge.SUBMITTED;
            case IN_REVIEW -> Badge.IN_REVIEW;
            case SENT_BACK -> Badge.SENT_BACK;
            case GRANTED -> Badge.GRANTED;
            case REFUSED -> Badge.NOT_GRANTED;
        };
    }

    static Badge badge(Visit visit) {
        return visit.isOpen() ? Badge.ON_SITE : visit.isPassed() ? Badge.PASSED : Badge.RECTIFYING;
    }

    /** Such as 符合 19 条，不符合 1 条. */
    static String summary(Visit.Conclusion conclusion) {
        long unmet = conclusion.count(Answer.UNMET);
        long none = conclusion.count(Answer.NOT_APPLICABLE);
        return "符合 "
                + conclusion.count(Answer.MET)
                + " 条"
                + (unmet > 0 ? "，不符合 " + unmet + " 条" : "")
                + (none > 0 ? "，不适用 " + none + " 条" : "");
    }

    static Badge badge(Licence.Standing standing) {
        return switch (standing) {
            case IN_FORCE -> Badge.IN_FORCE;
            case SUSPENDED -> Badge.SUSPENDED;
            case REVOKED -> Badge.REVOKED;
            case EXPIRED -> Badge.EXPIRED;
        };
    }

    /** What comes next and by when, for the applicant and the officer alike. */
    String next(LicenceApplication a) {
        LocalDate deadline = a.deadline();
        if (deadline == null) {
            return a.stage() == Stage.GRANTED ? "已办结，授权见下" : "已办结";
        }
        String what =
                switch (a.stage()) {
                    case SUBMITTED -> "开始审核";
                    case IN_REVIEW -> "作出决定或退回补正";
                    case SENT_BACK -> "申请人补正";
                    case GRANTED, REFUSED -> "";
                };
        return "最迟 " + deadline + " " + what + "（" + left(deadline) + "）";
    }

    /** Such as 还有 3 个工作日. */
    String left(LocalDate deadline) {
        int days = WorkDays.left(today(), deadline);
        if (today().isAfter(deadline)) {
            return "超 " + Math.max(1, -days) + " 个工作日";
        }
        return days == 0 ? "今天到期" : "还有 " + days + " 个工作日";
    }

    boolean late(LicenceApplication a) {
        LocalDate deadline = a.deadline();
        return deadline != null && today().isAfter(deadline);
    }

    static List<StepMark> stepper(Stage stage) {
        int current =
                switch (stage) {
                    case SUBMITTED -> 1;
                    case IN_REVIEW, SENT_BACK -> 2;
                    case GRANTED, REFUSED -> 4;
                };
        String[] texts = {"提交", "受理", "审核", stage == Stage.REFUSED ? "不予授权" : "授权"};
        var marks = new java.util.ArrayList<StepMark>();
        for (int i = 0; i < texts.length; i++) {
            marks.add(new StepMark(texts[i], i < current ? "d" : i == current ? "c" : ""));
        }
        return List.copyOf(marks);
    }

    static CasePage.Line line(Step step, boolean current) {
        String what =
                step.from() == null
                        ? "提交申请"
                        : switch (step.to()) {
                            case SUBMITTED -> "提交申请";
                            case IN_REVIEW -> step.from() == Stage.SENT_BACK ? "申请人补正" : "开始审核";
                            case SENT_BACK -> "退回补正";
                            case GRANTED -> "决定授权";
                            case REFUSED -> "决定不予授权";
                        };
        return new CasePage.Line(
                ChinaTime.minute(step.at()), what, step.name(), step.note(), current);
    }

    static String advice(Advice advice) {
        return switch (advice) {
            case GRANT -> "建议授权";
            case MEND -> "建议补正后再审";
            case REFUSE -> "建议不予授权";
        };
    }

    static String act(LicenceAct.Kind kind) {
        return switch (kind) {
            case GRANT -> "授权";
            case SUSPEND -> "暂停";
            case REINSTATE -> "恢复";
            case REVOKE -> "撤销";
        };
    }
}
