package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Goods.Grade;
import cn.xinyuan.server.trace.Goods.Part;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import cn.xinyuan.server.trace.web.ActPage.Field;
import cn.xinyuan.server.trace.web.ActPage.LotChoice;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The clerk's forms: harvest, merge, sort, pack, split, waste and ship. */
@Controller
@MayCall(Role.CLERK)
class ActPages {

    private static final String LOTS = "/p/lots";
    private static final String SHIPMENTS = "/p/shipments";
    private static final int MOST = 40;

    private final Goods goods;
    private final LotsInSight sight;
    private final Lots lots;
    private final Parties parties;
    private final Catalog catalog;
    private final Farming farming;
    private final LotWords words;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    ActPages(
            Goods goods,
            LotsInSight sight,
            Lots lots,
            Parties parties,
            Catalog catalog,
            Farming farming,
            LotWords words,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.goods = goods;
        this.sight = sight;
        this.lots = lots;
        this.parties = parties;
        this.catalog = catalog;
        this.farming = farming;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    // ---- harvest

    @GetMapping(LOTS + "/harvest")
    ModelAndView harvest() {
        return harvestForm(Form.empty());
    }

    @PostMapping(LOTS + "/harvest")
    ModelAndView harvest(HttpServletRequest request) {
        Form form = Form.of(request);
        return act(
                request,
                () ->
                        LOTS
                                + "/"
                                + goods.harvest(
                                                signedIn.get(),
                                                new Goods.Harvest(
                                                        id(form, "plot", "请选择地块。"),
                                                        figure(form, "kilograms"),
                                                        day(form)))
                                        .id(),
                List.of(),
                this::harvestForm);
    }

    private ModelAndView harvestForm(Form form) {
        LocalDate today = ChinaTime.today(clock);
        List<Choice> plots =
                parties.plotsOf(party()).stream()
                        .map(p -> new Choice(p.id().toString(), plot(p, today)))
                        .toList();
        return page(
                LOTS,
                new ActPage(
                        "登记采收",
                        "采收后生成采收批；不能超过地块的本季上限，安全间隔期内不能采收。",
                        LOTS,
                        "生产批次",
                        LOTS + "/harvest",
                        "生成采收批",
                        List.of(),
                        List.of(
                                Field.choice("plot", "地块", "括号里是今天能否采收和本季余量", plots),
                                Field.kilograms("kilograms", "采收重量", "过秤的净重"),
                                Field.day(today.toString())),
                        plots.isEmpty() ? "还没有地块。先在“基地与地块”里登记。" : null,
                        form));
    }

    private String plot(Plot plot, LocalDate today) {
        var gate = farming.gate(plot.id(), today);
        String left =
                lots.allowanceLeft(plot.id(), today.getYear())
                        .or(() -> farming.seasonCap(plot.id(), today.getYear()))
                        .map(kg -> "余 " + Words.kg(kg))
                        .orElse("未核定亩产");
        return plot.number()
                + " · "
                + plot.variety()
                + "（"
                + (gate.open()
                        ? "可采收"
                        : gate.opensOn() == null
                                ? "不能采收"
                                : Words.monthAndDay(gate.opensOn()) + "起可采收")
                + "，"
                + left
                + "）";
    }

    // ---- merge

    @GetMapping(LOTS + "/merge")
    ModelAndView merge() {
        return mergeForm(Form.empty());
    }

    @PostMapping(LOTS + "/merge")
    ModelAndView merge(HttpServletRequest request) {
        Form form = Form.of(request);
        List<Part> parts = new ArrayList<>();
        return act(
                request,
                () -> {
                    parts.addAll(parts(form));
                    return LOTS + "/" + goods.merge(signedIn.get(), party(), parts, day(form)).id();
                },
                parts,
                this::mergeForm);
    }

    private ModelAndView mergeForm(Form form) {
        List<LotChoice> bulk = choices(l -> l.packs() == 0, "");
        return page(
                LOTS,
                new ActPage(
                        "合并批次",
                        "把同一品类的散货批次合成一批。合并后要重新开合格证。",
                        LOTS,
                        "生产批次",
                        LOTS + "/merge",
                        "合并",
                        bulk,
                        List.of(Field.day(today())),
                        bulk.size() < 2 ? "手上不足两个可合并的散货批次。" : null,
                        form));
    }

    // ---- sort

    @GetMapping(LOTS + "/{id}/sort")
    ModelAndView sort(@PathVariable String id) {
        return sortForm(sight.get(signedIn.get(), id), Form.empty());
    }

    @PostMapping(LOTS + "/{id}/sort")
    ModelAndView sort(@PathVariable String id, HttpServletRequest request) {
        Form form = Form.of(request);
        Lot lot = sight.get(signedIn.get(), id);
        return act(
                request,
                () -> {
                    List<Grade> grades = new ArrayList<>();
                    for (int i = 1; i <= 4; i++) {
                        String name = form.value("grade" + i).strip();
                        if (!name.isEmpty() || !form.value("kg" + i).isBlank()) {
                            if (name.isEmpty()) {
                                throw Problems.of("grade" + i, "请填写等级名称。");
                            }
                            grades.add(new Grade(name, figure(form, "kg" + i)));
                        }
                    }
                    goods.sort(
                            signedIn.get(),
                            party(),
                            new Part(lot.id(), figure(form, "kilograms")),
                            grades,
                            form.value("waste").isBlank() ? BigDecimal.ZERO : figure(form, "waste"),
                            day(form));
                    return LOTS + "/" + lot.id();
                },
                List.of(),
                again -> sortForm(lot, again));
    }

    private ModelAndView sortForm(Lot lot, Form form) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.kilograms("kilograms", "投入重量", "现有 " + left(lot)));
        for (int i = 1; i <= 4; i++) {
            fields.add(Field.text("grade" + i, "等级 " + i, i == 1 ? "如 特级、一级" : null, i == 1));
            fields.add(Field.optional("kg" + i, "等级 " + i + " 重量", null, "kg"));
        }
        fields.add(Field.optional("waste", "废弃", "等外、腐烂等；其余差额记为损耗", "kg"));
        fields.add(Field.day(today()));
        return page(
                LOTS,
                new ActPage(
                        "分选 " + lot.number(),
                        words.goods(lot) + "，现有 " + left(lot) + "。各等级与废弃之和不能多于投入。",
                        LOTS + "/" + lot.id(),
                        lot.number(),
                        LOTS + "/" + lot.id() + "/sort",
                        "保存分选",
                        List.of(),
                        fields,
                        null,
                        form));
    }

    // ---- pack

    @GetMapping(LOTS + "/pack")
    ModelAndView pack(@RequestParam(defaultValue = "") String lot) {
        return packForm(lot, Form.empty());
    }

    @PostMapping(LOTS + "/pack")
    ModelAndView pack(@RequestParam(defaultValue = "") String lot, HttpServletRequest request) {
        Form form = Form.of(request);
        List<Part> parts = new ArrayList<>();
        return act(
                request,
                () -> {
                    parts.addAll(parts(form));
                    return LOTS
                            + "/"
                            + goods.pack(
                                            signedIn.get(),
                                            new Goods.Packing(
                                                    party(),
                                                    id(form, "product", "请选择产品。"),
                                                    parts,
                                                    count(form, "packs"),
                                                    day(form)))
                                    .id();
                },
                parts,
                again -> packForm(lot, again));
    }

    private ModelAndView packForm(String lot, Form form) {
        List<LotChoice> bulk = choices(l -> l.packs() == 0, lot);
        List<Choice> products =
                catalog.productsOf(party()).stream()
                        .map(
                                p ->
                                        new Choice(
                                                p.id().toString(),
                                                p.name()
                                                        + " · "
                                                        + p.grade()
                                                        + " · "
                                                        + p.pack()
                                                        + "（"
                                                        + Words.kg(p.packKg())
                                                        + "）"))
                        .toList();
        return page(
                LOTS,
                new ActPage(
                        "新建包装批",
                        "净含量 × 箱数不能多于投入，损耗不超过 10%。",
                        LOTS,
                        "生产批次",
                        LOTS + "/pack" + (lot.isEmpty() ? "" : "?lot=" + safe(lot)),
                        "生成包装批",
                        bulk,
                        List.of(
                                Field.choice("product", "产品", null, products),
                                Field.count("packs", "装成箱数", null),
                                Field.day(today())),
                        bulk.isEmpty()
                                ? "手上没有可包装的散货批次。"
                                : products.isEmpty() ? "还没有产品。先在产品里登记规格。" : null,
                        form));
    }

    // ---- split

    @GetMapping(LOTS + "/{id}/split")
    ModelAndView split(@PathVariable String id) {
        return splitForm(sight.get(signedIn.get(), id), Form.empty());
    }

    @PostMapping(LOTS + "/{id}/split")
    ModelAndView split(@PathVariable String id, HttpServletRequest request) {
        Form form = Form.of(request);
        Lot lot = sight.get(signedIn.get(), id);
        return act(
                request,
                () -> {
                    List<BigDecimal> parts = new ArrayList<>();
                    for (String line : form.value("parts").split("[\\s,，;；、]+")) {
                        if (!line.isBlank()) {
                            parts.add(
                                    figure(line)
                                            .orElseThrow(
                                                    () ->
                                                            Problems.of(
                                                                    "parts",
                                                                    "“" + line + "”不是重量。")));
                        }
                    }
                    goods.split(signedIn.get(), party(), lot.id(), parts, day(form));
                    return LOTS + "/" + lot.id();
                },
                List.of(),
                again -> splitForm(lot, again));
    }

    private ModelAndView splitForm(Lot lot, Form form) {
        return page(
                LOTS,
                new ActPage(
                        "拆分 " + lot.number(),
                        "现有 " + left(lot) + "。没有分出的部分留在原批次；包装批按整箱分。拆分后要重新开合格证。",
                        LOTS + "/" + lot.id(),
                        lot.number(),
                        LOTS + "/" + lot.id() + "/split",
                        "拆分",
                        List.of(),
                        List.of(
                                Field.lines("parts", "每份重量（kg）", "一行一份，例如 500"),
                                Field.day(today())),
                        null,
                        form));
    }

    // ---- waste

    @GetMapping(LOTS + "/{id}/waste")
    ModelAndView waste(@PathVariable String id) {
        return wasteForm(sight.get(signedIn.get(), id), Form.empty());
    }

    @PostMapping(LOTS + "/{id}/waste")
    ModelAndView waste(@PathVariable String id, HttpServletRequest request) {
        Form form = Form.of(request);
        Lot lot = sight.get(signedIn.get(), id);
        return act(
                request,
                () -> {
                    goods.waste(
                            signedIn.get(),
                            party(),
                            lot.id(),
                            figure(form, "kilograms"),
                            form.value("reason"),
                            day(form));
                    return LOTS + "/" + lot.id();
                },
                List.of(),
                again -> wasteForm(lot, again));
    }

    private ModelAndView wasteForm(Lot lot, Form form) {
        return page(
                LOTS,
                new ActPage(
                        "报废 " + lot.number(),
                        "现有 " + left(lot) + "。报废不能撤销，只能以后另行更正。",
                        LOTS + "/" + lot.id(),
                        lot.number(),
                        LOTS + "/" + lot.id() + "/waste",
                        "报废",
                        List.of(),
                        List.of(
                                Field.kilograms("kilograms", "报废重量", null),
                                Field.text("reason", "原因", "会写入记录，不要写个人信息", true),
                                Field.day(today())),
                        null,
                        form));
    }

    // ---- ship

    @GetMapping(SHIPMENTS + "/new")
    ModelAndView ship(@RequestParam(defaultValue = "") String lot) {
        return shipForm(lot, Form.empty());
    }

    @PostMapping(SHIPMENTS + "/new")
    ModelAndView ship(@RequestParam(defaultValue = "") String lot, HttpServletRequest request) {
        Form form = Form.of(request);
        List<Part> parts = new ArrayList<>();
        return act(
                request,
                () -> {
                    parts.addAll(parts(form));
                    return SHIPMENTS
                            + "/"
                            + goods.ship(
                                            signedIn.get(),
                                            new Goods.NewShipment(
                                                    party(),
                                                    id(form, "to", "请选择收货方。"),
                                                    parts,
                                                    form.value("vehicle"),
                                                    day(form)))
                                    .id();
                },
                parts,
                again -> shipForm(lot, again));
    }

    private ModelAndView shipForm(String lot, Form form) {
        List<LotChoice> free = choices(_ -> true, lot);
        UUID self = party();
        List<Choice> receivers =
                Stream.of(Party.Kind.RETAILER, Party.Kind.ENTERPRISE, Party.Kind.COOPERATIVE)
                        .flatMap(k -> parties.all(k).stream())
                        .filter(p -> !p.id().equals(self))
                        .map(p -> new Choice(p.id().toString(), p.name()))
                        .toList();
        return page(
                SHIPMENTS,
                new ActPage(
                        "发货",
                        "发出后货在途，收货方确认后才算收到。包装批按整箱发。",
                        SHIPMENTS,
                        "收发货",
                        SHIPMENTS + "/new" + (lot.isEmpty() ? "" : "?lot=" + safe(lot)),
                        "发货",
                        free,
                        List.of(
                                Field.choice("to", "收货方", null, receivers),
                                Field.text("vehicle", "车牌或承运单号", null, false),
                                Field.day(today())),
                        free.isEmpty() ? "手上没有可发的批次。" : null,
                        form));
    }

    // ---- what the forms share

    private ModelAndView page(String active, ActPage page) {
        return console.page("trace/act", active, page);
    }

    /** As {@link Acts}; what is wrong with one of several lots stands beside that lot. */
    private static ModelAndView act(
            HttpServletRequest request,
            Supplier<String> work,
            List<Part> parts,
            Function<Form, ModelAndView> again) {
        return Acts.orFormAgain(
                request,
                () -> {
                    try {
                        return work.get();
                    } catch (Problems problems) {
                        throw onFields(problems, parts);
                    }
                },
                again);
    }

    /** The form has one field per lot where the command has a list. */
    private static Problems onFields(Problems problems, List<Part> parts) {
        return new Problems(
                problems.list().stream()
                        .map(
                                p -> {
                                    for (int i = 0; i < parts.size(); i++) {
                                        if (p.field().startsWith("inputs[" + i + "]")) {
                                            return new Problem(
                                                    "kg-" + parts.get(i).lot(), p.text());
                                        }
                                    }
                                    return p.field().startsWith("inputs")
                                                    || p.field().startsWith("kilograms[")
                                            ? new Problem("", p.text())
                                            : p;
                                })
                        .toList());
    }

    private UUID party() {
        UUID party = signedIn.get().party();
        if (party == null) {
            throw new NotFound("没有代表的主体");
        }
        return party;
    }

    /** What the party has in hand and may act on, the lot in question first. */
    private List<LotChoice> choices(Predicate<Lot> wanted, String first) {
        Visitor by = signedIn.get();
        List<Lot> free = sight.all(by).stream().filter(l -> l.held() == null).toList();
        var inHand = sight.inHand(by, free);
        return free.stream()
                .filter(wanted)
                .filter(l -> inHand.getOrDefault(l.id(), BigDecimal.ZERO).signum() > 0)
                .sorted(
                        java.util.Comparator.comparing(
                                l -> !l.id().toString().equals(first) && !l.number().equals(first)))
                .limit(MOST)
                .map(
                        l ->
                                new LotChoice(
                                        "kg-" + l.id(),
                                        l.number(),
                                        LotWords.kind(l.kind()) + " · " + words.goods(l),
                                        Words.kg(inHand.get(l.id()))))
                .toList();
    }

    private String left(Lot lot) {
        return Words.kg(
                sight.inHand(signedIn.get(), List.of(lot)).getOrDefault(lot.id(), BigDecimal.ZERO));
    }

    private List<Part> parts(Form form) {
        List<Part> parts = new ArrayList<>();
        form.typed()
                .forEach(
                        (name, values) -> {
                            if (name.startsWith("kg-")
                                    && name.length() == 39
                                    && !form.value(name).isBlank()) {
                                parts.add(
                                        new Part(
                                                uuid(name.substring(3))
                                                        .orElseThrow(() -> new NotFound("没有这个批次")),
                                                figure(form, name)));
                            }
                        });
        parts.sort(java.util.Comparator.comparing(p -> p.lot().toString()));
        return parts;
    }

    private String today() {
        return ChinaTime.today(clock).toString();
    }

    private static LocalDate day(Form form) {
        try {
            return LocalDate.parse(form.value("day").strip());
        } catch (DateTimeException _) {
            throw Problems.of("day", "请填写日期，例如 2025-06-11。");
        }
    }

    private static UUID id(Form form, String field, String missing) {
        return uuid(form.value(field)).orElseThrow(() -> Problems.of(field, missing));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static BigDecimal figure(Form form, String field) {
        return figure(form.value(field))
                .orElseThrow(() -> Problems.of(field, "请填写数字，例如 1240 或 62.5。"));
    }

    /** Reads a figure as people type it: full-width digits, commas, a unit behind it. */
    static Optional<BigDecimal> figure(String typed) {
        String plain =
                java.text.Normalizer.normalize(typed.strip(), java.text.Normalizer.Form.NFKC)
                        .replace(",", "")
                        .replaceAll("(?i)\\s*(kg|公斤|千克)$", "");
        return plain.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")
                ? Optional.of(new BigDecimal(plain))
                : Optional.empty();
    }

    private static long count(Form form, String field) {
        BigDecimal figure = figure(form, field);
        if (figure.stripTrailingZeros().scale() > 0) {
            throw Problems.of(field, "请填写整数。");
        }
        return figure.longValue();
    }

    private static String safe(String lot) {
        return lot.replaceAll("[^A-Za-z0-9-]", "");
    }
}
