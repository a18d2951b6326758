package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Base;
import cn.xinyuan.server.parties.Parties.NewPlot;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.parties.usecase.KeepParties;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Bases, plots and members of one's own party; any party for whoever supervises it. */
@Controller
class PartiesController {

    private static final String BASES = "/p/bases";
    private static final int ROWS = 30;

    private final KeepParties parties;
    private final PartyWords words;
    private final SignedIn signedIn;
    private final Console console;

    PartiesController(KeepParties parties, PartyWords words, SignedIn signedIn, Console console) {
        this.parties = parties;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(BASES)
    @MayCall(Role.CLERK)
    Object bases() {
        return basesPage(Form.empty());
    }

    @PostMapping(BASES)
    @MayCall(Role.CLERK)
    Object addBase(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            Base base =
                    parties.addBase(
                            signedIn.get(), own(), form.value("name"), form.value("district"));
            return "redirect:" + BASES + "/" + base.id();
        } catch (Problems problems) {
            return basesPage(Form.of(request, problems));
        }
    }

    @GetMapping(BASES + "/{id}")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    Object base(@PathVariable UUID id) {
        return basePage(id, Form.empty());
    }

    @PostMapping(BASES + "/{id}/plots")
    @MayCall(Role.CLERK)
    Object addPlot(@PathVariable UUID id, HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            parties.addPlot(
                    signedIn.get(),
                    new NewPlot(
                            id,
                            form.value("number"),
                            uuid(form.value("farmer")),
                            number(form.value("areaMu")),
                            form.value("crop"),
                            form.value("variety"),
                            form.value("district")));
            return "redirect:" + BASES + "/" + id;
        } catch (Problems problems) {
            return basePage(id, Form.of(request, problems));
        }
    }

    @GetMapping("/p/members")
    @MayCall(Role.CLERK)
    Object members() {
        return membersPage(Form.empty());
    }

    @PostMapping("/p/members")
    @MayCall(Role.CLERK)
    Object enrol(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            parties.enrolNew(
                    signedIn.get(),
                    own(),
                    form.value("name"),
                    form.value("district"),
                    form.value("phone"));
            return "redirect:/p/members";
        } catch (Problems problems) {
            return membersPage(Form.of(request, problems));
        } catch (Refused refused) {
            return membersPage(Form.of(request, refused));
        }
    }

    @GetMapping("/s/entities")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.EVALUATOR, Role.ADMINISTRATOR})
    Object entities(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "1") int page) {
        String word = q.strip();
        List<Party> found =
                parties.seen(signedIn.get()).stream()
                        .filter(p -> kind.isEmpty() || p.kind().name().equals(kind))
                        .filter(
                                p ->
                                        word.isEmpty()
                                                || p.name().contains(word)
                                                || p.gln().equals(word)
                                                || word.equalsIgnoreCase(p.creditCode()))
                        .toList();
        int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int shown = Math.clamp(page, 1, pages);
        int from = (shown - 1) * ROWS;
        int to = Math.min(found.size(), from + ROWS);
        return console.page(
                "parties/entities",
                "/s/entities",
                new EntitiesPage(
                        word,
                        kind,
                        Arrays.stream(Party.Kind.values())
                                .map(k -> new Choice(k.name(), KeepParties.kindWord(k)))
                                .toList(),
                        found.size(),
                        found.subList(from, to).stream()
                                .map(
                                        p ->
                                                new EntitiesPage.Row(
                                                        "/s/entities/" + p.id(),
                                                        p.name(),
                                                        KeepParties.kindWord(p.kind()),
                                                        words.town(p.district()),
                                                        p.creditCode() == null
                                                                ? "—"
                                                                : p.creditCode()))
                                .toList(),
                        found.isEmpty()
                                ? "没有符合条件的主体"
                                : "第 %d–%d 个，共 %d 个".formatted(from + 1, to, found.size()),
                        shown,
                        pages,
                        "/s/entities?q="
                                + URLEncoder.encode(word, StandardCharsets.UTF_8)
                                + "&kind="
                                + URLEncoder.encode(kind, StandardCharsets.UTF_8)));
    }

    @GetMapping("/s/entities/{id}")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.EVALUATOR, Role.ADMINISTRATOR})
    Object entity(@PathVariable UUID id) {
        Party party = parties.seen(signedIn.get(), id);
        List<Plot> plots = parties.plotsOf(id);
        return console.page(
                "parties/entity",
                "/s/entities",
                new EntityPage(
                        party.name(),
                        KeepParties.kindWord(party.kind()),
                        party.creditCode() == null ? "个体农户，无" : party.creditCode(),
                        party.gln(),
                        words.town(party.district()),
                        party.contact(),
                        KeepParties.masked(party.phone()),
                        Words.mu(PartyWords.area(plots)),
                        parties.basesOf(id).stream()
                                .map(b -> b.name() + "（" + words.town(b.district()) + "）")
                                .toList(),
                        plots.stream().map(words::row).toList(),
                        words.members(id)));
    }

    private Object basesPage(Form form) {
        UUID own = own();
        List<Plot> plots = parties.plotsOf(own);
        return console.page(
                "parties/bases",
                BASES,
                new BasesPage(
                        parties.get(own).name(),
                        Words.mu(PartyWords.area(plots)),
                        plots.size(),
                        parties.basesOf(own).stream()
                                .map(
                                        b -> {
                                            List<Plot> of =
                                                    plots.stream()
                                                            .filter(p -> p.base().equals(b.id()))
                                                            .toList();
                                            return new BasesPage.Row(
                                                    BASES + "/" + b.id(),
                                                    b.name(),
                                                    words.town(b.district()),
                                                    of.size(),
                                                    Words.mu(PartyWords.area(of)));
                                        })
                                .toList(),
                        words.districts(),
                        form));
    }

    private Object basePage(UUID id, Form form) {
        Visitor visitor = signedIn.get();
        Base base = parties.getBase(visitor, id);
        List<Plot> plots = parties.plotsOfBase(id);
        return console.page(
                "parties/base",
                BASES,
                new BasePage(
                        BASES + "/" + id,
                        base.name(),
                        words.town(base.district()),
                        Words.mu(PartyWords.area(plots)),
                        visitor.role() == Role.CLERK,
                        plots.stream().map(words::row).toList(),
                        parties.membersOf(base.party()).stream()
                                .map(m -> new Choice(m.id().toString(), m.name()))
                                .toList(),
                        words.crops(),
                        words.districts(),
                        form.typed().containsKey("district")
                                ? form
                                : form.with("district", base.district())));
    }

    private Object membersPage(Form form) {
        UUID own = own();
        return console.page(
                "parties/members",
                "/p/members",
                new MembersPage(
                        parties.get(own).name(), words.members(own), words.districts(), form));
    }

    private UUID own() {
        UUID party = signedIn.get().party();
        if (party == null) {
            throw new NotFound("own party");
        }
        return party;
    }

    private static BigDecimal number(String typed) {
        try {
            return new BigDecimal(typed.strip());
        } catch (NumberFormatException e) {
            throw Problems.of("areaMu", "请填写面积数字，例如 12.6。");
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return text.isBlank() ? null : UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
