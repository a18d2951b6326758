package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Evaluation.Advice;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.domain.Standings;
import cn.xinyuan.server.licensing.domain.WorkDays;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.licensing.usecase.KnowLicences;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/** The officer: the worklist, one case, the licences and what is done to them. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class OfficerController {

    private static final String CASES = "/s/applications";
    private static final String LICENCES = "/s/licences";
    private static final int ROWS = 20;

    private final Evaluate evaluate;
    private final KnowLicences licences;
    private final Parties parties;
    private final CasePages pages;
    private final LicensingWords words;
    private final SignedIn signedIn;
    private final Console console;

    OfficerController(
            Evaluate evaluate,
            KnowLicences licences,
            Parties parties,
            CasePages pages,
            LicensingWords words,
            SignedIn signedIn,
            Console console) {
        this.evaluate = evaluate;
        this.licences = licences;
        this.parties = parties;
        this.pages = pages;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(CASES)
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    ModelAndView cases(
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String district,
            @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "1") int page) {
        String word = q.strip();
        List<LicenceApplication> all =
                evaluate.seen(signedIn.get()).stream()
                        .filter(a -> district.isEmpty() || a.district().startsWith(district))
                        .filter(
                                a ->
                                        word.isEmpty()
                                                || a.number().contains(word)
                                                || words.product(a.product()).contains(word)
                                                || words.party(a.party()).contains(word))
                        .filter(a -> isDue(a, due))
                        .toList();
        String filters =
                "&q=" + encoded(word) + "&district=" + encoded(district) + "&due=" + encoded(due);
        var tabs = new ArrayList<CasesPage.Tab>();
        tabs.add(tab("", "全部在办", all, a -> a.stage().isOpen(), stage, filters));
        for (Stage s : Stage.values()) {
            tabs.add(
                    tab(
                            s.name(),
                            LicenceApplication.word(s),
                            all,
                            a -> a.stage() == s,
                            stage,
                            filters));
        }
        List<LicenceApplication> found =
                all.stream()
                        .filter(
                                a ->
                                        stage.isEmpty()
                                                ? a.stage().isOpen()
                                                : a.stage().name().equals(stage))
                        .toList();
        int count = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int shown = Math.clamp(page, 1, count);
        int from = (shown - 1) * ROWS;
        int to = Math.min(found.size(), from + ROWS);
        long open = all.stream().filter(a -> a.stage().isOpen()).count();
        long late = all.stream().filter(words::late).count();
        return console.page(
                "licensing/cases",
                CASES,
                new CasesPage(
                        "在办 " + open + " 件，超期 " + late + " 件",
                        tabs,
                        stage,
                        word,
                        district,
                        due,
                        parties.districts().stream()
                                .filter(d -> d.code().length() == 6 && !d.code().endsWith("00"))
                                .map(d -> new Choice(d.code(), d.name()))
                                .toList(),
                        found.subList(from, to).stream().map(this::row).toList(),
                        found.isEmpty()
                                ? "没有符合条件的申请"
                                : "第 %d–%d 条，共 %d 条".formatted(from + 1, to, found.size()),
                        shown,
                        count,
                        CASES + "?stage=" + encoded(stage) + filters));
    }

    @GetMapping(CASES + "/{number}")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    ModelAndView one(@PathVariable String number) {
        return casePage(number, Form.empty());
    }

    @PostMapping(CASES + "/{number}/opinion")
    @MayCall(Role.EVALUATOR)
    ModelAndView advise(@PathVariable String number, HttpServletRequest request) {
        Form form = Form.of(request);
        return Acts.orFormAgain(
                request,
                () -> {
                    var by = signedIn.get();
                    evaluate.advise(
                            by,
                            evaluate.seenByNumber(by, number).id(),
                            Arrays.stream(Advice.values())
                                    .filter(a -> form.chose("advice", a.name()))
                                    .findFirst()
                                    .orElseThrow(() -> Problems.of("advice", "请选择您的建议。")),
                            form.value("opinion"));
                    return CASES + "/" + number;
                },
                again -> casePage(number, again));
    }

    @PostMapping(CASES + "/{number}/{step}")
    ModelAndView decide(
            @PathVariable String number,
            @PathVariable String step,
            @RequestParam(defaultValue = "") String version,
            HttpServletRequest request) {
        Form form = Form.of(request);
        return Acts.orFormAgain(
                request,
                () -> {
                    var by = signedIn.get();
                    var id = evaluate.unchanged(by, number, version).id();
                    switch (step) {
                        case "review" -> evaluate.review(by, id);
                        case "send-back" -> {
                            var missing = new ArrayList<>(form.values("missing"));
                            missing.addAll(form.value("other").lines().toList());
                            evaluate.sendBack(by, id, missing);
                        }
                        case "grant" ->
                                evaluate.grant(
                                        by,
                                        id,
                                        day("from", form.value("from")),
                                        day("until", form.value("until")),
                                        form.value("opinion"));
                        case "refuse" -> evaluate.refuse(by, id, form.value("reason"));
                        default -> throw new NotFound("step " + step);
                    }
                    return CASES + "/" + number;
                },
                again -> casePage(number, again));
    }

    @GetMapping(LICENCES)
    ModelAndView licences(
            @RequestParam(defaultValue = "") String standing,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page) {
        String word = q.strip();
        List<Licence> all =
                licences.seen(signedIn.get()).stream()
                        .filter(
                                l ->
                                        word.isEmpty()
                                                || l.number().contains(word)
                                                || words.product(l.product()).contains(word)
                                                || words.party(l.party()).contains(word))
                        .toList();
        var tabs = new ArrayList<LicencesPage.Tab>();
        tabs.add(
                new LicencesPage.Tab(
                        LICENCES + "?q=" + encoded(word), "全部", all.size(), standing.isEmpty()));
        for (Standing s : Standing.values()) {
            tabs.add(
                    new LicencesPage.Tab(
                            LICENCES + "?standing=" + s.name() + "&q=" + encoded(word),
                            KnowLicences.word(s),
                            (int) all.stream().filter(l -> l.standing() == s).count(),
                            s.name().equals(standing)));
        }
        List<Licence> found =
                all.stream()
                        .filter(l -> standing.isEmpty() || l.standing().name().equals(standing))
                        .toList();
        int count = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int shown = Math.clamp(page, 1, count);
        int from = (shown - 1) * ROWS;
        int to = Math.min(found.size(), from + ROWS);
        return console.page(
                "licensing/licences",
                LICENCES,
                new LicencesPage(
                        tabs,
                        standing,
                        word,
                        found.subList(from, to).stream()
                                .map(
                                        l ->
                                                new LicencesPage.Row(
                                                        LICENCES + "/" + l.number(),
                                                        l.number(),
                                                        words.product(l.product()),
                                                        words.party(l.party()),
                                                        LicensingWords.badge(l.standing()),
                                                        Words.kg(l.yearlyKg()),
                                                        l.until().toString()))
                                .toList(),
                        found.isEmpty()
                                ? "没有符合条件的授权"
                                : "第 %d–%d 个，共 %d 个".formatted(from + 1, to, found.size()),
                        shown,
                        count,
                        LICENCES + "?standing=" + encoded(standing) + "&q=" + encoded(word)));
    }

    @GetMapping(LICENCES + "/{number}")
    ModelAndView licence(@PathVariable String number) {
        return licencePage(number, "", Form.empty());
    }

    @PostMapping(LICENCES + "/{number}/{step}")
    ModelAndView change(
            @PathVariable String number, @PathVariable String step, HttpServletRequest request) {
        Form form = Form.of(request);
        Licence licence = licences.seen(signedIn.get(), number);
        return Acts.orFormAgain(
                request,
                () -> {
                    new Problems.Collector()
                            .require(
                                    form.value("retyped").strip().equals(number),
                                    "retyped",
                                    "请照抄编号 " + number + "。")
                            .require(!form.value("reason").isBlank(), "reason", "请写明原因，会公开。")
                            .throwIfAny();
                    var by = signedIn.get();
                    switch (step) {
                        case "suspend" -> evaluate.suspend(by, licence.id(), form.value("reason"));
                        case "reinstate" ->
                                evaluate.reinstate(by, licence.id(), form.value("reason"));
                        case "revoke" -> evaluate.revoke(by, licence.id(), form.value("reason"));
                        default -> throw new NotFound("step " + step);
                    }
                    return LICENCES
                            + "/"
                            + UriUtils.encodePathSegment(number, StandardCharsets.UTF_8);
                },
                again -> licencePage(number, step, again));
    }

    private ModelAndView licencePage(String number, String doing, Form form) {
        Licence l = licences.seen(signedIn.get(), number);
        var next = Standings.next(l.standing());
        return console.page(
                "licensing/licence",
                LICENCES,
                new LicencePage(
                        l.number(),
                        LICENCES + "/" + l.number(),
                        LicensingWords.badge(l.standing()),
                        KnowLicences.word(l.standing()),
                        words.product(l.product()),
                        "/catalog/" + l.product(),
                        words.party(l.party()),
                        words.town(parties.get(l.party()).district()),
                        l.from().toString(),
                        l.until().toString(),
                        Words.kg(l.yearlyKg()),
                        l.reason(),
                        licences.acts(l.id()).stream()
                                .map(
                                        a ->
                                                new LicencePage.Line(
                                                        ChinaTime.minute(a.at()),
                                                        LicensingWords.act(a.kind()),
                                                        a.name(),
                                                        a.reason()))
                                .toList(),
                        next.contains(Standing.SUSPENDED),
                        next.contains(Standing.IN_FORCE),
                        next.contains(Standing.REVOKED),
                        doing,
                        form));
    }

    private ModelAndView casePage(String number, Form form) {
        LicenceApplication a = evaluate.seenByNumber(signedIn.get(), number);
        Form filled = form;
        if (!form.typed().containsKey("from")) {
            filled = filled.with("from", words.today());
        }
        if (!form.typed().containsKey("until")) {
            filled = filled.with("until", words.today().plusYears(3));
        }
        return console.page(
                "licensing/case", CASES, pages.of(a, CASES + "/" + number, signedIn.get(), filled));
    }

    private CasesPage.Row row(LicenceApplication a) {
        LocalDate deadline = a.deadline();
        int done =
                switch (a.stage()) {
                    case SUBMITTED -> 1;
                    case IN_REVIEW, SENT_BACK -> 2;
                    case GRANTED, REFUSED -> 4;
                };
        String sla = "";
        String width = "0%";
        if (deadline != null) {
            int left = WorkDays.left(words.today(), deadline);
            int all = Math.max(1, a.stage().workDays());
            boolean over = words.today().isAfter(deadline);
            sla = over ? "o" : left <= 2 ? "w" : "";
            width = over ? "100%" : Math.clamp(100L * (all - left) / all, 4, 100) + "%";
        }
        return new CasesPage.Row(
                CASES + "/" + a.number(),
                a.number(),
                words.product(a.product()),
                words.party(a.party()),
                words.county(a.district()),
                done,
                "第 " + Math.min(4, done + 1) + " 步，共 4 步：" + LicenceApplication.word(a.stage()),
                LicensingWords.badge(a.stage()),
                deadline == null ? "—" : words.left(deadline),
                sla,
                width,
                Objects.requireNonNullElse(a.inCharge(), "待指派"),
                ChinaTime.shortMinute(a.changedAt()));
    }

    private boolean isDue(LicenceApplication a, String due) {
        LocalDate deadline = a.deadline();
        return switch (due) {
            case "late" -> words.late(a);
            case "today" -> words.today().equals(deadline);
            case "week" -> deadline != null && !deadline.isAfter(words.today().plusDays(7));
            default -> true;
        };
    }

    private CasesPage.Tab tab(
            String name,
            String text,
            List<LicenceApplication> all,
            Predicate<LicenceApplication> in,
            String current,
            String filters) {
        List<LicenceApplication> here = all.stream().filter(in).toList();
        return new CasesPage.Tab(
                CASES + "?stage=" + name + filters,
                text,
                here.size(),
                (int) here.stream().filter(words::late).count(),
                name.equals(
                        Arrays.stream(Stage.values()).anyMatch(s -> s.name().equals(current))
                                ? current
                                : ""));
    }

    private static LocalDate day(String field, String typed) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            throw Problems.of(field, "日期写成 2025-06-01 的样子。");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
