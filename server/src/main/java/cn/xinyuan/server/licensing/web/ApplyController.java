package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.licensing.Evaluation.NewApplication;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.pages.Acts;
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
import cn.xinyuan.server.parties.Plot;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The applicant: hands in, follows, and supplies what is missing. */
@Controller
@MayCall(Role.CLERK)
class ApplyController {

    private static final String APPLY = "/p/apply";

    private final Evaluate evaluate;
    private final Licences licences;
    private final Parties parties;
    private final Catalog catalog;
    private final CasePages pages;
    private final LicensingWords words;
    private final SignedIn signedIn;
    private final Console console;

    ApplyController(
            Evaluate evaluate,
            Licences licences,
            Parties parties,
            Catalog catalog,
            CasePages pages,
            LicensingWords words,
            SignedIn signedIn,
            Console console) {
        this.evaluate = evaluate;
        this.licences = licences;
        this.parties = parties;
        this.catalog = catalog;
        this.pages = pages;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(APPLY)
    ModelAndView form() {
        return page(Form.empty());
    }

    @PostMapping(APPLY)
    ModelAndView apply(HttpServletRequest request) {
        Form form = Form.of(request);
        return Acts.orFormAgain(
                request,
                () ->
                        APPLY
                                + "/"
                                + evaluate.apply(
                                                signedIn.get(),
                                                new NewApplication(
                                                        own(),
                                                        product(form.value("product")),
                                                        number(form.value("yearlyKg")),
                                                        form.value("statement")))
                                        .number(),
                this::page);
    }

    @GetMapping(APPLY + "/{number}")
    ModelAndView one(@PathVariable String number) {
        return casePage(evaluate.seenByNumber(signedIn.get(), number), Form.empty());
    }

    @PostMapping(APPLY + "/{number}/answer")
    ModelAndView answer(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String version,
            HttpServletRequest request) {
        Form form = Form.of(request);
        return Acts.orFormAgain(
                request,
                () -> {
                    var application = evaluate.unchanged(signedIn.get(), number, version);
                    evaluate.resubmit(signedIn.get(), application.id(), form.value("answer"));
                    return APPLY + "/" + number;
                },
                again -> casePage(evaluate.seenByNumber(signedIn.get(), number), again));
    }

    private ModelAndView casePage(LicenceApplication application, Form form) {
        return console.page(
                "licensing/case",
                APPLY,
                pages.of(application, APPLY + "/" + application.number(), signedIn.get(), form));
    }

    private ModelAndView page(Form form) {
        UUID own = own();
        var plots = parties.plotsOf(own);
        BigDecimal mu = plots.stream().map(Plot::areaMu).reduce(BigDecimal.ZERO, BigDecimal::add);
        return console.page(
                "licensing/apply",
                APPLY,
                new ApplyPage(
                        parties.get(own).name(),
                        parties.basesOf(own).size()
                                + " 个基地，"
                                + plots.size()
                                + " 块地，共 "
                                + Words.mu(mu),
                        evaluate.seen(signedIn.get()).stream()
                                .map(
                                        a ->
                                                new ApplyPage.Row(
                                                        APPLY + "/" + a.number(),
                                                        a.number(),
                                                        words.product(a.product()),
                                                        LicensingWords.badge(a.stage()),
                                                        Words.kg(a.yearlyKg()),
                                                        words.next(a)))
                                .toList(),
                        licences.of(own).stream()
                                .map(
                                        l ->
                                                new ApplyPage.Row(
                                                        "/licence/" + l.number(),
                                                        l.number(),
                                                        words.product(l.product()),
                                                        LicensingWords.badge(l.standing()),
                                                        Words.kg(l.yearlyKg()),
                                                        "至 " + l.until()))
                                .toList(),
                        catalog.productsOf(own).stream()
                                .map(
                                        p ->
                                                new Choice(
                                                        p.id().toString(),
                                                        p.name() + "（" + p.pack() + "）"))
                                .toList(),
                        form));
    }

    private UUID own() {
        UUID party = signedIn.get().party();
        if (party == null) {
            throw new NotFound("own party");
        }
        return party;
    }

    private static UUID product(String typed) {
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException e) {
            throw Problems.of("product", "请选择产品。");
        }
    }

    private static BigDecimal number(String typed) {
        try {
            return new BigDecimal(typed.strip().replace(",", ""));
        } catch (NumberFormatException e) {
            throw Problems.of("yearlyKg", "请填写数字，例如 12000。");
        }
    }
}
