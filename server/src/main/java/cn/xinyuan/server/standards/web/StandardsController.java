package cn.xinyuan.server.standards.web;

import cn.xinyuan.limits.Limit;
import cn.xinyuan.limits.Strictest;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.standards.Standards.Edition;
import cn.xinyuan.server.standards.domain.BrandStandard;
import cn.xinyuan.server.standards.domain.Categories;
import cn.xinyuan.server.standards.domain.Clause;
import cn.xinyuan.server.standards.domain.Library;
import cn.xinyuan.server.standards.domain.Shelves;
import cn.xinyuan.server.standards.web.StandardPage.Row;
import cn.xinyuan.server.standards.web.StandardPage.Table;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** Anyone may read the standards. */
@Controller
@AnyoneMayCall
class StandardsController {

    private final Shelves shelves;
    private final Console console;
    private final Clock clock;

    StandardsController(Shelves shelves, Console console, Clock clock) {
        this.shelves = shelves;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping("/standards")
    ModelAndView all(HttpServletRequest request) {
        Library library = shelves.library();
        LocalDate today = ChinaTime.today(clock);
        Form form = Form.of(request);
        StandardsPage.Answer answer = null;
        if (form.typed().containsKey("day")) {
            try {
                answer = answer(library, form);
            } catch (Problems problems) {
                form = Form.of(request, problems);
            }
        } else {
            form = form.with("day", today).with("product", "litchi");
        }
        var rows = new ArrayList<StandardsPage.Row>();
        for (BrandStandard each : library.brandStandards()) {
            rows.add(
                    new StandardsPage.Row(
                            each.number(),
                            each.title(),
                            address(each.number()),
                            each.effectiveFrom().toString(),
                            Words.day(each.effectiveTo()),
                            badge(each.effectiveFrom(), each.effectiveTo(), today),
                            false));
        }
        for (Edition each : library.editions()) {
            rows.add(
                    new StandardsPage.Row(
                            each.number(),
                            each.title(),
                            address(each.number()),
                            each.effectiveFrom().toString(),
                            Words.day(each.effectiveTo()),
                            badge(each.effectiveFrom(), each.effectiveTo(), today),
                            each.demo()));
        }
        return console.page(
                "standards/all",
                "/standards",
                new StandardsPage(
                        form,
                        List.of(
                                new Choice("litchi", "荔枝"),
                                new Choice("dried-litchi", "荔枝干（按荔枝）"),
                                new Choice("longan", "龙眼"),
                                new Choice("dried-longan", "桂圆干（按龙眼）")),
                        answer,
                        rows,
                        library.bans().stream()
                                .map(
                                        b ->
                                                new StandardsPage.BanRow(
                                                        b.substance(),
                                                        Categories.scopeWords(b.scope()),
                                                        b.from().toString(),
                                                        Library.sourceWords(b),
                                                        !b.from().isAfter(today)))
                                .toList(),
                        library.products().stream()
                                .map(
                                        p ->
                                                new StandardsPage.ProductRow(
                                                        p.name(),
                                                        String.join("、", p.substances()),
                                                        p.target(),
                                                        p.preHarvestDays() + " 天",
                                                        p.maxUses() + " 次",
                                                        p.verified()))
                                .toList()));
    }

    @GetMapping("/standards/{number}")
    ModelAndView one(@PathVariable String number) {
        Library library = shelves.library();
        LocalDate today = ChinaTime.today(clock);
        Optional<StandardPage> page =
                library.editions().stream()
                        .filter(e -> e.number().equals(number))
                        .findFirst()
                        .map(e -> page(library, e, today))
                        .or(
                                () ->
                                        library.brandStandards().stream()
                                                .filter(b -> b.number().equalsIgnoreCase(number))
                                                .findFirst()
                                                .map(b -> page(library, b, today)));
        return console.page(
                "standards/one",
                "/standards",
                page.orElseThrow(() -> new NotFound("standard " + number)));
    }

    private static StandardPage page(Library library, Edition edition, LocalDate today) {
        List<Clause> clauses = library.clausesOf(edition.number());
        List<Table> tables =
                clauses.stream().map(Clause::category).distinct().sorted().toList().stream()
                        .map(
                                category ->
                                        new Table(
                                                Categories.name(category),
                                                clauses.stream()
                                                        .filter(c -> c.category().equals(category))
                                                        .map(StandardsController::row)
                                                        .toList()))
                        .toList();
        return new StandardPage(
                edition.number(),
                edition.title(),
                badge(edition.effectiveFrom(), edition.effectiveTo(), today),
                edition.effectiveFrom().toString(),
                Words.day(edition.effectiveTo()),
                null,
                edition.demo(),
                false,
                clauses.stream().anyMatch(c -> !c.verified()),
                tables);
    }

    private static Row row(Clause clause) {
        return new Row(
                clause.substance(), clause.limit().words(), clause.edition(), clause.verified());
    }

    private static StandardPage page(Library library, BrandStandard standard, LocalDate today) {
        List<Row> rows =
                library.requirements(standard.category(), today).values().stream()
                        .map(s -> row(library, standard.category(), s))
                        .toList();
        return new StandardPage(
                standard.number(),
                standard.title(),
                badge(standard.effectiveFrom(), standard.effectiveTo(), today),
                standard.effectiveFrom().toString(),
                Words.day(standard.effectiveTo()),
                String.join("、", standard.adopts()),
                library.inForce(standard.category(), today).map(Edition::demo).orElse(false),
                true,
                rows.stream().anyMatch(r -> !r.verified()),
                List.of(new Table(Categories.name(standard.category()), rows)));
    }

    private static Row row(Library library, String category, Strictest strictest) {
        boolean verified =
                strictest.limit() instanceof Limit.NotToBeUsed
                        || library.editions().stream()
                                .flatMap(e -> library.clausesOf(e.number()).stream())
                                .filter(c -> c.category().equals(category))
                                .filter(c -> c.substance().equals(strictest.indicator()))
                                .filter(c -> strictest.sources().contains(c.edition()))
                                .allMatch(Clause::verified);
        return new Row(
                strictest.indicator(),
                strictest.limit().words(),
                strictest.sources().stream().sorted().collect(Collectors.joining("；")),
                verified);
    }

    private static StandardsPage.Answer answer(Library library, Form form) {
        String category =
                Categories.read(form.value("product"))
                        .orElseThrow(() -> Problems.of("product", "请选择产品。"));
        LocalDate day;
        try {
            day = LocalDate.parse(form.value("day").strip());
        } catch (DateTimeParseException e) {
            throw new Problems(List.of(new Problem("day", "请写日期，例如 2025-06-11。")));
        }
        Optional<Edition> edition = library.inForce(category, day);
        return new StandardsPage.Answer(
                Categories.name(category) + "，" + day,
                edition.map(e -> e.number() + " " + e.title()).orElse(null),
                edition.map(e -> address(e.number())).orElse(""),
                edition.map(Edition::demo).orElse(false));
    }

    private static String address(String number) {
        return "/standards/"
                + URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Badge badge(LocalDate from, @Nullable LocalDate to, LocalDate today) {
        if (from.isAfter(today)) {
            return Badge.DRAFT;
        }
        return to != null && to.isBefore(today) ? Badge.EXPIRED : Badge.IN_FORCE;
    }
}
