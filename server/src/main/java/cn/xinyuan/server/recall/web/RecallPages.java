package cn.xinyuan.server.recall.web;

import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Level;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Recalls as an officer sees and runs them. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class RecallPages {

    private static final String NAV = "/s/recalls";

    private final Recalls recalls;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Parties parties;
    private final SignedIn signedIn;
    private final Console console;

    RecallPages(
            Recalls recalls,
            Lots lots,
            Genealogy genealogy,
            Parties parties,
            SignedIn signedIn,
            Console console) {
        this.recalls = recalls;
        this.lots = lots;
        this.genealogy = genealogy;
        this.parties = parties;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping("/s/recalls")
    ModelAndView list() {
        var visitor = signedIn.get();
        var rows =
                recalls.all().stream()
                        .flatMap(r -> lotOf(r, visitor).map(lot -> row(r, lot)).stream())
                        .toList();
        return console.page("recall/list", NAV, new RecallListPage(rows));
    }

    @GetMapping("/s/recalls/new")
    ModelAndView fresh(
            @RequestParam String lot, @RequestParam(required = false) @Nullable String report) {
        return form(lot, Form.empty().with("report", report).with("level", Level.TWO));
    }

    @PostMapping("/s/recalls/new")
    ModelAndView publish(
            @RequestParam String lot,
            @RequestParam(defaultValue = "") String retyped,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Level level,
            @RequestParam(required = false) @Nullable String report,
            HttpServletRequest request) {
        return Acts.orFormAgain(
                request,
                () ->
                        "/s/recalls/"
                                + recalls.publish(
                                                signedIn.get(),
                                                lotInSight(lot).id(),
                                                retyped,
                                                reason,
                                                level,
                                                uuid(report).orElse(null))
                                        .id(),
                form -> form(lot, form));
    }

    @GetMapping("/s/recalls/{id}")
    ModelAndView one(@PathVariable UUID id) {
        return page(id, Form.empty());
    }

    @PostMapping("/s/recalls/{id}/notified")
    ModelAndView notified(
            @PathVariable UUID id, @RequestParam UUID holder, HttpServletRequest request) {
        return act(id, request, by -> recalls.notified(by, id, holder));
    }

    @PostMapping("/s/recalls/{id}/recovered")
    ModelAndView recovered(
            @PathVariable UUID id,
            @RequestParam UUID holder,
            @RequestParam(defaultValue = "") String kilograms,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        return act(id, request, by -> recalls.recovered(by, id, holder, number(kilograms), note));
    }

    @PostMapping("/s/recalls/{id}/close")
    ModelAndView close(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String conclusion,
            HttpServletRequest request) {
        return act(id, request, by -> recalls.close(by, id, conclusion));
    }

    private ModelAndView act(UUID id, HttpServletRequest request, Consumer<Visitor> act) {
        return Acts.orFormAgain(
                request,
                () -> {
                    act.accept(signedIn.get());
                    return "/s/recalls/" + id;
                },
                form -> page(id, form));
    }

    private static BigDecimal number(String typed) {
        try {
            return new BigDecimal(typed.strip());
        } catch (NumberFormatException e) {
            throw Problems.of("kilograms", "“" + typed + "”不是数字，请只填千克数，例如 120.5。");
        }
    }

    private ModelAndView form(String lotText, Form form) {
        var lot = lotInSight(lotText);
        var scope = genealogy.recallScope(lot.id());
        var page =
                new RecallFormPage(
                        lot.id().toString(),
                        lot.number(),
                        party(lot.maker()),
                        scope.lots().stream().map(Lot::number).toList(),
                        Words.kg(scope.kilograms()),
                        scope.packs(),
                        scope.codes(),
                        scope.holdings().stream()
                                .map(
                                        h ->
                                                new RecallFormPage.Holder(
                                                        party(h.party()),
                                                        h.inTransit() ? "在途" : "在库",
                                                        Words.kg(h.kilograms())))
                                .toList(),
                        Arrays.stream(Level.values())
                                .map(l -> new Choice(l.name(), word(l)))
                                .toList(),
                        form);
        return console.page("recall/form", NAV, page);
    }

    private ModelAndView page(UUID id, Form form) {
        var visitor = signedIn.get();
        var recall = recalls.find(id).orElseThrow(() -> new NotFound("没有这次召回"));
        var lot = lotOf(recall, visitor).orElseThrow(() -> new NotFound("没有这次召回"));
        var held = sum(recall, Recalls.Holder::kilograms);
        var back = sum(recall, Recalls.Holder::recoveredKg);
        var page =
                new RecallPage(
                        row(recall, lot),
                        recall.reason(),
                        recall.publishedBy(),
                        party(lot.maker()),
                        recall.lots().stream()
                                .map(
                                        l ->
                                                new RecallPage.Reached(
                                                        l.toString(), lots.get(l).number()))
                                .toList(),
                        recall.holders().stream()
                                .map(
                                        h ->
                                                new RecallPage.Holder(
                                                        h.party().toString(),
                                                        party(h.party()),
                                                        phone(h.party()),
                                                        Words.kg(h.kilograms()),
                                                        h.packs(),
                                                        h.notified(),
                                                        Words.kg(h.recoveredKg()),
                                                        percent(h.recoveredKg(), h.kilograms())))
                                .toList(),
                        Words.kg(held),
                        Words.kg(back),
                        percent(back, held),
                        recall.holders().stream().filter(h -> !h.notified()).count(),
                        form);
        return console.page("recall/one", NAV, page);
    }

    private RecallRow row(Recall recall, Lot lot) {
        return new RecallRow(
                recall.id().toString(),
                recall.number(),
                lot.id().toString(),
                lot.number(),
                party(lot.maker()),
                word(recall.level()),
                recall.closed() ? Badge.RECALL_CLOSED : Badge.RECALLED,
                ChinaTime.minute(recall.publishedAt()),
                Words.kg(recall.kilograms()),
                recall.packs(),
                recall.codes(),
                percent(
                        sum(recall, Recalls.Holder::recoveredKg),
                        sum(recall, Recalls.Holder::kilograms)),
                recall.closed());
    }

    private static String word(Level level) {
        return switch (level) {
            case ONE -> "一级 · 已致害或可能严重致害";
            case TWO -> "二级 · 可能致害";
            case THREE -> "三级 · 标识等不致害问题";
        };
    }

    private static BigDecimal sum(
            Recall recall, java.util.function.Function<Recalls.Holder, BigDecimal> of) {
        return recall.holders().stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static int percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? 0
                : part.multiply(BigDecimal.valueOf(100))
                        .divide(whole, 0, RoundingMode.DOWN)
                        .intValueExact();
    }

    private Optional<Lot> lotOf(Recall recall, Visitor visitor) {
        return lots.find(recall.lot()).filter(l -> visitor.seesDistrict(l.district()));
    }

    private Lot lotInSight(String text) {
        return uuid(text)
                .flatMap(lots::find)
                .or(() -> lots.findByNumber(text.strip()))
                .filter(l -> signedIn.get().seesDistrict(l.district()))
                .orElseThrow(() -> new NotFound("没有这个批次"));
    }

    private static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null || text.length() != 36
                    ? Optional.empty()
                    : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private String party(UUID id) {
        return parties.find(id).map(Party::name).orElse("未知主体");
    }

    private String phone(UUID id) {
        return parties.find(id).map(p -> Words.maskedPhone(p.phone())).orElse("—");
    }
}
