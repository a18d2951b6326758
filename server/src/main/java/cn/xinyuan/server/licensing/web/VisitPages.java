package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Clause;
import cn.xinyuan.server.licensing.Visit.Conclusion;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.usecase.CheckOnSite;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.licensing.web.VisitPage.Group;
import cn.xinyuan.server.licensing.web.VisitPage.Row;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The officer on the spot, with a phone. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class VisitPages {

    private static final String VISITS = "/s/visits";
    private static final String CASES = "/s/applications";

    private final CheckOnSite onSite;
    private final Evaluate evaluate;
    private final LicensingWords words;
    private final SignedIn signedIn;
    private final Console console;

    VisitPages(
            CheckOnSite onSite,
            Evaluate evaluate,
            LicensingWords words,
            SignedIn signedIn,
            Console console) {
        this.onSite = onSite;
        this.evaluate = evaluate;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(VISITS + "/{id}")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    ModelAndView one(@PathVariable UUID id) {
        return page(id, Form.empty());
    }

    @PostMapping(VISITS + "/{id}")
    ModelAndView conclude(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String all,
            HttpServletRequest request) {
        Form form = Form.of(request);
        Visit visit = onSite.seen(signedIn.get(), id);
        if (!all.isEmpty()) {
            return page(id, withTheRestMet(visit, form));
        }
        return Acts.orFormAgain(
                request,
                () -> {
                    onSite.conclude(
                            signedIn.get(),
                            id,
                            findings(visit, form),
                            form.value("inspector"),
                            form.value("host"));
                    return VISITS + "/" + id;
                },
                again -> page(id, again));
    }

    /** A further visit, once the faults are mended. */
    @PostMapping(CASES + "/{number}/visits")
    ModelAndView open(@PathVariable String number) {
        UUID application = evaluate.seenByNumber(signedIn.get(), number).id();
        return new ModelAndView(
                "redirect:" + VISITS + "/" + onSite.open(signedIn.get(), application).id());
    }

    /** One tap for all that is well; what was marked otherwise stays as it was marked. */
    private static Form withTheRestMet(Visit visit, Form form) {
        Form filled = form;
        for (Clause clause : visit.clauses()) {
            if (form.value("answer-" + clause.code()).isEmpty()) {
                filled = filled.with("answer-" + clause.code(), Answer.MET);
            }
        }
        return filled;
    }

    private static List<Finding> findings(Visit visit, Form form) {
        var findings = new ArrayList<Finding>();
        for (Clause clause : visit.clauses()) {
            for (Answer answer : Answer.values()) {
                if (form.value("answer-" + clause.code()).equals(answer.name())) {
                    findings.add(
                            new Finding(
                                    clause.code(), answer, form.value("note-" + clause.code())));
                }
            }
        }
        return findings;
    }

    private ModelAndView page(UUID id, Form form) {
        var visitor = signedIn.get();
        Visit visit = onSite.seen(visitor, id);
        LicenceApplication a = evaluate.seen(visitor, visit.application());
        Conclusion conclusion = visit.conclusion();
        var groups = new LinkedHashMap<String, List<Row>>();
        for (Clause clause : visit.clauses()) {
            groups.computeIfAbsent(clause.group(), name -> new ArrayList<>())
                    .add(row(clause, conclusion, form));
        }
        return console.page(
                "licensing/visit",
                CASES,
                new VisitPage(
                        visit.round() == 1 ? "现场核查" : "现场复查（第 " + visit.round() + " 次）",
                        VISITS + "/" + id,
                        a.number(),
                        CASES + "/" + a.number(),
                        words.product(a.product()),
                        words.party(a.party()),
                        words.town(a.district()),
                        visit.scheme(),
                        LicensingWords.badge(visit),
                        groups.entrySet().stream()
                                .map(e -> new Group(e.getKey(), e.getValue()))
                                .toList(),
                        visit.clauses().size(),
                        visit.isOpen() && a.stage().isOpen() && visitor.role() != Role.EVALUATOR,
                        conclusion == null
                                ? null
                                : new VisitPage.Result(
                                        LicensingWords.summary(conclusion),
                                        conclusion.inspector(),
                                        conclusion.host(),
                                        ChinaTime.minute(conclusion.at())),
                        form.typed().containsKey("inspector")
                                ? form
                                : form.with("inspector", visitor.name())));
    }

    private static Row row(Clause clause, @Nullable Conclusion of, Form form) {
        if (of == null) {
            return new Row(
                    clause.code(),
                    clause.text(),
                    form.value("answer-" + clause.code()),
                    form.value("note-" + clause.code()));
        }
        return of.findings().stream()
                .filter(f -> f.clause().equals(clause.code()))
                .findFirst()
                .map(f -> new Row(clause.code(), clause.text(), f.answer().name(), f.note()))
                .orElseGet(() -> new Row(clause.code(), clause.text(), "", ""));
    }
}
