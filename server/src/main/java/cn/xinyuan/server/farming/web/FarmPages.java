package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import cn.xinyuan.server.farming.Farming.NewFarmRecord;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The farmer's pages: today, a record in three taps, the records of the season. */
@Controller
@MayCall({Role.FARMER, Role.CLERK})
class FarmPages {

    private static final String TODAY = "/f";
    private static final String RECORD = "/f/record";
    private static final String RECORDS = "/f/records";

    private final Farming farming;
    private final Parties parties;
    private final Standards standards;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    FarmPages(
            Farming farming,
            Parties parties,
            Standards standards,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.farming = farming;
        this.parties = parties;
        this.standards = standards;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(TODAY)
    ModelAndView today(@RequestParam(required = false) @Nullable UUID saved) {
        var today = ChinaTime.today(clock);
        var plots = plots();
        var rows = new ArrayList<FarmTodayPage.Plot>();
        var warnings = new ArrayList<String>();
        for (Plot plot : plots) {
            var gate = farming.gate(plot.id(), today);
            var opens = gate.opensOn();
            rows.add(
                    new FarmTodayPage.Plot(
                            plot.number(),
                            what(plot),
                            gate.open(),
                            opens == null ? "可采收" : Words.monthAndDay(opens) + "起可采收",
                            gate.reasons(),
                            farming.seasonCap(plot.id(), today.getYear())
                                    .map(Words::kg)
                                    .orElse(null)));
            if (opens != null) {
                warnings.add(
                        plot.number() + " 在安全间隔期内，" + Words.monthAndDay(opens) + "前不能采收、不能开合格证。");
            }
        }
        var last = latest(plots).stream().limit(5).map(r -> row(r, plots)).toList();
        var word =
                Optional.ofNullable(saved)
                        .flatMap(farming::find)
                        .filter(r -> plots.stream().anyMatch(p -> p.id().equals(r.plot())))
                        .map(FarmPages::saved)
                        .orElse(null);
        return console.page(
                "farming/today",
                TODAY,
                new FarmTodayPage(
                        Words.monthAndDay(today), word, rows, List.copyOf(warnings), last));
    }

    @GetMapping(RECORD)
    ModelAndView form(@RequestParam(required = false) @Nullable UUID like) {
        var plots = plots();
        var model =
                like == null
                        ? latest(plots).stream().filter(r -> !r.correctedLater()).findFirst()
                        : Optional.of(inSight(like, plots));
        return form(plots, filled(model.orElse(null), plots), null);
    }

    @PostMapping(RECORD)
    Object write(HttpServletRequest request) {
        var plots = plots();
        try {
            var records = read(Form.of(request), plots);
            var written = farming.recordOnAll(signedIn.get(), records);
            return "redirect:" + TODAY + "?saved=" + written.getFirst().id();
        } catch (Problems problems) {
            return form(plots, Form.of(request, problems), null);
        } catch (Refused no) {
            return form(plots, Form.of(request, no), null);
        }
    }

    @GetMapping(RECORDS)
    ModelAndView records(
            @RequestParam(defaultValue = "") String plot,
            @RequestParam(required = false) @Nullable Integer season) {
        var plots = plots();
        int year = season == null ? lastSeason(plots) : season;
        var chosen = plots.stream().filter(p -> p.id().toString().equals(plot)).toList();
        var rows =
                recordsOf(chosen.isEmpty() ? plots : chosen, year).stream()
                        .map(r -> row(r, plots))
                        .toList();
        int now = ChinaTime.today(clock).getYear();
        return console.page(
                "farming/records",
                RECORDS,
                new FarmRecordsPage(
                        rows,
                        chosen.isEmpty() ? "" : plot,
                        String.valueOf(year),
                        Stream.concat(
                                        Stream.of(new Choice("", "全部地块")),
                                        plots.stream()
                                                .map(
                                                        p ->
                                                                new Choice(
                                                                        p.id().toString(),
                                                                        p.number())))
                                .toList(),
                        Stream.of(now, now - 1, now - 2)
                                .map(y -> new Choice(String.valueOf(y), y + " 年"))
                                .toList(),
                        "共 " + rows.size() + " 条"));
    }

    @GetMapping(RECORDS + "/{id}/correct")
    ModelAndView correction(@PathVariable UUID id) {
        var plots = plots();
        var old = inSight(id, plots);
        return form(plots, filled(old, plots).with("date", old.day()).with("day", "other"), old);
    }

    @PostMapping(RECORDS + "/{id}/correct")
    Object correct(@PathVariable UUID id, HttpServletRequest request) {
        var plots = plots();
        var old = inSight(id, plots);
        try {
            var form = Form.of(request);
            var fresh = read(form.with("plot", old.plot()), plots).getFirst();
            var written = farming.correct(signedIn.get(), id, fresh, form.value("reason"));
            return "redirect:" + TODAY + "?saved=" + written.id();
        } catch (Problems problems) {
            return form(plots, Form.of(request, problems), old);
        } catch (Refused no) {
            return form(plots, Form.of(request, no), old);
        }
    }

    private List<NewFarmRecord> read(Form form, List<Plot> plots) {
        var activity =
                Stream.of(Activity.values())
                        .filter(a -> a.name().equals(form.value("activity")))
                        .findFirst()
                        .orElseThrow(() -> Problems.of("activity", "请选择做了什么。"));
        var chosen =
                plots.stream()
                        .filter(
                                p ->
                                        form.value("plot").equals("all")
                                                || p.id().toString().equals(form.value("plot")))
                        .toList();
        if (chosen.isEmpty()) {
            throw Problems.of("plot", "请选择地块。");
        }
        var day = day(form);
        return chosen.stream()
                .map(
                        p ->
                                new NewFarmRecord(
                                        p.id(),
                                        activity,
                                        day,
                                        product(form, activity),
                                        dose(form, activity),
                                        form.value("person").isBlank()
                                                ? signedIn.get().name()
                                                : form.value("person"),
                                        form.value("note")))
                .toList();
    }

    private LocalDate day(Form form) {
        var today = ChinaTime.today(clock);
        var field = form.value("day").equals("other") ? "date" : "day";
        try {
            // what the page showed as today, however late it arrives
            return LocalDate.parse(form.value(field).strip());
        } catch (DateTimeParseException e) {
            throw Problems.of(field, "请选择日期，例如 " + today + "。");
        }
    }

    private static @Nullable String product(Form form, Activity activity) {
        return switch (activity) {
            case SPRAYING ->
                    form.value("product").isEmpty()
                            ? form.value("registered")
                            : form.value("product");
            case FERTILISING -> form.value("fertiliser");
            default -> null;
        };
    }

    private static @Nullable String dose(Form form, Activity activity) {
        return switch (activity) {
            case SPRAYING -> form.value("dose");
            case FERTILISING -> form.value("amount");
            default -> null;
        };
    }

    private ModelAndView form(List<Plot> plots, Form form, @Nullable FarmRecord corrects) {
        var today = ChinaTime.today(clock);
        var known =
                standards.pesticideProducts().stream()
                        .collect(
                                Collectors.toMap(
                                        PesticideProduct::name,
                                        p -> p,
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        var page =
                new FarmFormPage(
                        corrects == null ? "记一笔" : "更正记录",
                        corrects == null ? RECORD : RECORDS + "/" + corrects.id() + "/correct",
                        corrects == null ? null : inWords(corrects),
                        plots.stream()
                                .filter(p -> corrects == null || p.id().equals(corrects.plot()))
                                .map(
                                        p ->
                                                new FarmFormPage.PlotChoice(
                                                        p.id().toString(), p.number(), what(p)))
                                .toList(),
                        corrects == null && plots.size() > 1,
                        plots.stream().map(p -> p.id().toString()).collect(Collectors.joining(",")),
                        Stream.of(Activity.values())
                                .map(a -> new FarmFormPage.Activity(a.name(), word(a), icon(a)))
                                .toList(),
                        recent(plots, known, form),
                        known.values().stream().map(FarmPages::input).toList(),
                        monthDay(today),
                        monthDay(today.minusDays(1)),
                        today.toString(),
                        today.minusDays(1).toString(),
                        String.valueOf(System.currentTimeMillis()),
                        signedIn.get().name(),
                        earliest(form, known, today),
                        form);
        return console.page("farming/record", corrects == null ? RECORD : RECORDS, page);
    }

    /** What was used last on these plots, newest first, with what the form holds on top. */
    private List<FarmFormPage.Input> recent(
            List<Plot> plots, Map<String, PesticideProduct> known, Form form) {
        var used = new LinkedHashMap<String, FarmFormPage.Input>();
        var typed = known.get(form.value("product"));
        if (typed != null) {
            used.put(typed.name(), input(typed));
        }
        latest(plots).stream()
                .filter(r -> r.activity() == Activity.SPRAYING && !r.correctedLater())
                .forEach(
                        r -> {
                            var product = known.get(Objects.requireNonNullElse(r.product(), ""));
                            if (product != null
                                    && (used.size() < 3 || used.containsKey(product.name()))) {
                                var text =
                                        "上次 %s · %s · 间隔期 %d 天"
                                                .formatted(
                                                        monthDay(r.day()),
                                                        r.dose(),
                                                        product.preHarvestDays());
                                var shown = used.get(product.name());
                                if (shown == null || !shown.text().startsWith("上次")) {
                                    used.put(
                                            product.name(),
                                            new FarmFormPage.Input(
                                                    product.name(),
                                                    text,
                                                    Objects.requireNonNullElse(r.dose(), ""),
                                                    product.preHarvestDays()));
                                }
                            }
                        });
        return List.copyOf(used.values());
    }

    private static FarmFormPage.Input input(PesticideProduct product) {
        return new FarmFormPage.Input(
                product.name(),
                "%s · %s · 间隔期 %d 天 · 每季最多 %d 次"
                        .formatted(
                                product.target(),
                                product.dose(),
                                product.preHarvestDays(),
                                product.maxUses()),
                product.dose(),
                product.preHarvestDays());
    }

    private @Nullable String earliest(
            Form form, Map<String, PesticideProduct> known, LocalDate today) {
        var product =
                known.get(
                        form.value("product").isEmpty()
                                ? form.value("registered")
                                : form.value("product"));
        if (!form.chose("activity", Activity.SPRAYING.name()) || product == null) {
            return null;
        }
        LocalDate day;
        try {
            day = day(form);
        } catch (Problems notYetADay) {
            day = today;
        }
        return Words.monthAndDay(day.plusDays(product.preHarvestDays()));
    }

    private Form filled(@Nullable FarmRecord like, List<Plot> plots) {
        var form =
                Form.empty()
                        .with("day", ChinaTime.today(clock))
                        .with("person", signedIn.get().name());
        if (like == null) {
            return (plots.isEmpty() ? form : form.with("plot", plots.getFirst().id()))
                    .with("activity", Activity.SPRAYING);
        }
        form =
                form.with("plot", like.plot())
                        .with("activity", like.activity())
                        .with("person", like.person());
        return switch (like.activity()) {
            case SPRAYING -> form.with("product", like.product()).with("dose", like.dose());
            case FERTILISING -> form.with("fertiliser", like.product()).with("amount", like.dose());
            default -> form.with("note", like.note());
        };
    }

    private List<Plot> plots() {
        var party = signedIn.get().party();
        return party == null ? List.of() : parties.plotsOf(party);
    }

    private FarmRecord inSight(UUID id, List<Plot> plots) {
        return farming.find(id)
                .filter(r -> plots.stream().anyMatch(p -> p.id().equals(r.plot())))
                .orElseThrow(() -> new NotFound("没有这条记录"));
    }

    /** The year of the newest record, so that the list is not empty each January. */
    private int lastSeason(List<Plot> plots) {
        return latest(plots).stream()
                .findFirst()
                .map(r -> r.day().getYear())
                .orElse(ChinaTime.today(clock).getYear());
    }

    /** This year's records and last year's, newest first: in January too there is a last one. */
    private List<FarmRecord> latest(List<Plot> plots) {
        int year = ChinaTime.today(clock).getYear();
        return Stream.of(year, year - 1).flatMap(y -> recordsOf(plots, y).stream()).toList();
    }

    private List<FarmRecord> recordsOf(List<Plot> plots, int season) {
        return plots.stream()
                .flatMap(p -> farming.recordsOf(p.id(), season).stream())
                .sorted(
                        Comparator.comparing(FarmRecord::day)
                                .thenComparing(FarmRecord::writtenAt)
                                .reversed())
                .toList();
    }

    private FarmRecordsPage.Row row(FarmRecord r, List<Plot> plots) {
        var today = ChinaTime.today(clock);
        var from = r.harvestFrom();
        return new FarmRecordsPage.Row(
                r.id().toString(),
                word(r.activity()),
                icon(r.activity()),
                plots.stream()
                        .filter(p -> p.id().equals(r.plot()))
                        .map(Plot::number)
                        .findFirst()
                        .orElse("—"),
                r.day().toString(),
                details(r),
                r.person(),
                from == null || r.correctedLater() || !from.isAfter(today)
                        ? null
                        : Words.monthAndDay(from) + "起可采收",
                r.note().isEmpty() ? null : r.note(),
                r.reason(),
                r.correctedLater(),
                ChinaTime.minute(r.writtenAt()));
    }

    private static String saved(FarmRecord r) {
        var from = r.harvestFrom();
        return "已保存：%s%s"
                .formatted(
                        inWords(r), from == null ? "" : "。最早 " + Words.monthAndDay(from) + "可以采收");
    }

    private static String inWords(FarmRecord r) {
        var details = details(r);
        return Words.monthAndDay(r.day())
                + word(r.activity())
                + (details.isEmpty() ? "" : "，" + details);
    }

    private static String details(FarmRecord r) {
        return Stream.of(r.product(), r.dose())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    private static String what(Plot plot) {
        return plot.variety() + " " + Words.number(plot.areaMu()) + " 亩";
    }

    private static String monthDay(LocalDate day) {
        return "%02d-%02d".formatted(day.getMonthValue(), day.getDayOfMonth());
    }

    private static String word(Activity activity) {
        return switch (activity) {
            case SPRAYING -> "打药";
            case FERTILISING -> "施肥";
            case IRRIGATION -> "浇水";
            case PRUNING -> "修剪";
            case OTHER -> "其他";
        };
    }

    private static String icon(Activity activity) {
        return switch (activity) {
            case SPRAYING -> "spray";
            case FERTILISING -> "bucket";
            case IRRIGATION -> "droplet";
            case PRUNING -> "scissors";
            case OTHER -> "edit";
        };
    }
}
