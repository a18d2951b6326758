package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.domain.Activated;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Download;
import cn.xinyuan.server.issuing.domain.Downloads;
import cn.xinyuan.server.issuing.domain.FreeSerials;
import cn.xinyuan.server.issuing.domain.Voided;
import cn.xinyuan.server.issuing.usecase.ActivateCodes;
import cn.xinyuan.server.issuing.usecase.OrderCodes;
import cn.xinyuan.server.issuing.usecase.VoidCodes;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Codes in the console of a producer. Serials are counted from 1 on pages, from 0 behind them. */
@Controller
@MayCall(Role.CLERK)
class CodesController {

    private static final String LIST = "/p/codes";

    private final Codes codes;
    private final BatchBook book;
    private final OrderCodes order;
    private final ActivateCodes activate;
    private final VoidCodes voidCodes;
    private final PrintForms printForms;
    private final Downloads downloads;
    private final Catalog catalog;
    private final Licences licences;
    private final Labels labels;
    private final Lots lots;
    private final Certificates certificates;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    CodesController(
            Codes codes,
            BatchBook book,
            OrderCodes order,
            ActivateCodes activate,
            VoidCodes voidCodes,
            PrintForms printForms,
            Downloads downloads,
            Catalog catalog,
            Licences licences,
            Labels labels,
            Lots lots,
            Certificates certificates,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.codes = codes;
        this.book = book;
        this.order = order;
        this.activate = activate;
        this.voidCodes = voidCodes;
        this.printForms = printForms;
        this.downloads = downloads;
        this.catalog = catalog;
        this.licences = licences;
        this.labels = labels;
        this.lots = lots;
        this.certificates = certificates;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(LIST)
    ModelAndView list() {
        return console.page("issuing/codes", LIST, page(Form.empty()));
    }

    @PostMapping(LIST)
    Object order(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            var problems = new ArrayList<Problem>();
            long count = Whole.read(form, "count", "数量", problems);
            UUID product = product(form.value("product"), problems);
            throwIfAny(problems);
            Batch batch = order.order(signedIn.get(), product, count);
            return "redirect:" + address(batch.number());
        } catch (Problems p) {
            return console.page("issuing/codes", LIST, page(Form.of(request, p)));
        } catch (Refused r) {
            return console.page("issuing/codes", LIST, page(Form.of(request, r)));
        }
    }

    @GetMapping(LIST + "/{number}")
    ModelAndView one(@PathVariable long number, HttpServletRequest request) {
        Batch batch = own(number);
        Form activating = Form.empty();
        String lot = request.getParameter("lot");
        if (lot != null) {
            activating = activating.with("lot", lot);
        }
        return page(
                batch, "", activating, printForms.next(batch), Form.empty().with("voidCount", 1));
    }

    @PostMapping(LIST + "/{number}/activations")
    Object activate(@PathVariable long number, HttpServletRequest request) {
        Batch batch = own(number);
        return answer(
                request,
                Map.of(),
                form -> {
                    var problems = new ArrayList<Problem>();
                    long count = Whole.read(form, "count", "数量", problems);
                    OptionalLong from = OptionalLong.empty();
                    if (!form.value("from").isBlank()) {
                        from = OptionalLong.of(Whole.read(form, "from", "起始序号", problems) - 1);
                    }
                    Optional<UUID> lot = uuid(form.value("lot"));
                    if (lot.isEmpty()) {
                        problems.add(new Problem("lot", "请选择贴上这些标签的包装批次。"));
                    }
                    throwIfAny(problems);
                    activate.activate(signedIn.get(), number, lot.orElseThrow(), from, count);
                    return "redirect:" + address(number);
                },
                again -> page(batch, "activate", again, printForms.next(batch), Form.empty()));
    }

    @PostMapping(LIST + "/{number}/voidings")
    Object voidCodes(@PathVariable long number, HttpServletRequest request) {
        Batch batch = own(number);
        return answer(
                request,
                Map.of("first", "voidFirst", "count", "voidCount"),
                form -> {
                    var problems = new ArrayList<Problem>();
                    long count = Whole.read(form, "voidCount", "数量", problems);
                    long first = serial(form, number, problems);
                    if (!form.value("retyped").strip().equals(String.valueOf(number))) {
                        problems.add(new Problem("retyped", "请输入这批码的编号 " + number + " 以确认。"));
                    }
                    throwIfAny(problems);
                    voidCodes.voidCodes(signedIn.get(), number, first, count, form.value("reason"));
                    return "redirect:" + address(number);
                },
                again -> page(batch, "void", Form.empty(), printForms.next(batch), again));
    }

    /**
     * Three forms stand on one page: each calls its fields by names of its own.
     *
     * @param names what a use case calls a field, to what the form calls it
     */
    private static Object answer(
            HttpServletRequest request,
            Map<String, String> names,
            Function<Form, Object> act,
            Function<Form, Object> formAgain) {
        try {
            return act.apply(Form.of(request));
        } catch (Problems p) {
            var renamed =
                    p.list().stream()
                            .map(
                                    each ->
                                            new Problem(
                                                    names.getOrDefault(each.field(), each.field()),
                                                    each.text()))
                            .toList();
            return formAgain.apply(Form.of(request, new Problems(renamed)));
        } catch (Refused r) {
            return formAgain.apply(Form.of(request, r));
        }
    }

    private Batch own(long number) {
        return codes.find(number)
                .filter(b -> b.party().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("batch " + number));
    }

    private CodesPage page(Form form) {
        Visitor visitor = signedIn.get();
        UUID party = Optional.ofNullable(visitor.party()).orElseThrow(() -> new NotFound("party"));
        LocalDate today = ChinaTime.today(clock);
        List<Batch> batches = codes.of(party);
        var quotas = new ArrayList<CodesPage.Quota>();
        var products = new ArrayList<Choice>();
        for (Product product : catalog.productsOf(party)) {
            Optional<Licence> licence =
                    licences.inForce(party, product.id(), today)
                            .or(() -> licences.latest(party, product.id()));
            if (licence.isEmpty()) {
                continue;
            }
            boolean inForce = licence.get().standing() == Licence.Standing.IN_FORCE;
            long planned = OrderCodes.plannedUnits(licence.get(), product);
            boolean any =
                    batches.stream()
                            .anyMatch(
                                    b ->
                                            b.product().equals(product.id())
                                                    && b.season() == today.getYear());
            long left = any ? labels.left(party, product.id(), today.getYear()) : planned;
            String name = product.name() + " " + product.pack();
            quotas.add(
                    new CodesPage.Quota(
                            name,
                            licence.get().number(),
                            badge(licence.get()),
                            Words.count(planned),
                            Words.count(planned - left),
                            inForce ? Words.count(left) : "—",
                            Words.width(
                                    BigDecimal.valueOf(planned - left),
                                    BigDecimal.valueOf(planned))));
            if (inForce) {
                products.add(
                        new Choice(
                                product.id().toString(),
                                name + "（还可申请 " + Words.count(left) + " 枚）"));
            }
        }
        var rows =
                batches.stream()
                        .map(
                                b ->
                                        new CodesPage.Row(
                                                address(b.number()),
                                                String.valueOf(b.number()),
                                                name(b.product()),
                                                Words.count(b.count()),
                                                Words.count(b.used()),
                                                Words.width(
                                                        BigDecimal.valueOf(b.used()),
                                                        BigDecimal.valueOf(b.count())),
                                                b.used() == 0
                                                        ? Badge.NOT_ACTIVATED
                                                        : Badge.ACTIVATED,
                                                ChinaTime.minute(b.at())))
                        .toList();
        return new CodesPage(today.getYear(), quotas, products, form, rows);
    }

    private ModelAndView page(
            Batch before, String open, Form activating, Form printing, Form voiding) {
        Batch batch = codes.find(before.number()).orElse(before);
        List<Activated> activated = book.activated(batch.number());
        List<Voided> voided = book.voided(batch.number());
        var free = FreeSerials.of(batch.number(), batch.count(), activated, voided);
        Optional<Licence> licence = licences.find(batch.licence());
        var page =
                new CodeBatchPage(
                        address(batch.number()),
                        String.valueOf(batch.number()),
                        name(batch.product()),
                        licence.map(l -> "/licence/" + l.number()).orElse(""),
                        licence.map(Licence::number).orElse("—"),
                        licence.map(CodesController::badge).orElse(Badge.EXPIRED),
                        batch.season() + " 年",
                        ChinaTime.minute(batch.at()),
                        Words.count(batch.count()),
                        Words.count(batch.used()),
                        Words.count(voided.stream().mapToLong(v -> v.range().count()).sum()),
                        Words.count(free.count()),
                        Words.width(
                                BigDecimal.valueOf(batch.used()),
                                BigDecimal.valueOf(batch.count())),
                        runs(batch, activated, voided, free),
                        lotsFor(batch),
                        downloads.of(batch.number()).stream()
                                .limit(20)
                                .map(
                                        d ->
                                                new CodeBatchPage.Taken(
                                                        CodeFiles.name(d.batch(), d.format()),
                                                        d.to() - d.from() == d.whole()
                                                                ? "整个文件"
                                                                : "第 %s 字节起"
                                                                        .formatted(
                                                                                Words.count(
                                                                                        d.from()
                                                                                                + 1)),
                                                        percent(d),
                                                        d.byName(),
                                                        ChinaTime.minute(d.at())))
                                .toList(),
                        open,
                        activating,
                        printing,
                        voiding);
        return console.page("issuing/batch", LIST, page);
    }

    private static String percent(Download d) {
        if (d.isComplete()) {
            return "已完成";
        }
        long percent = d.sent() * 100 / (d.to() - d.from());
        return d.ended() == null ? "进行中，" + percent + "%" : "中断于 " + percent + "%";
    }

    private List<CodeBatchPage.Run> runs(
            Batch batch, List<Activated> activated, List<Voided> voided, FreeSerials free) {
        record Placed(long from, int kind, CodeBatchPage.Run run) {}
        var placed = new ArrayList<Placed>();
        for (Activated a : activated) {
            Optional<Lot> lot = lots.find(a.lot());
            placed.add(
                    new Placed(
                            a.range().from(),
                            0,
                            new CodeBatchPage.Run(
                                    Words.count(a.range().from() + 1),
                                    Words.count(a.range().end()),
                                    Words.count(a.range().count()),
                                    Badge.ACTIVATED,
                                    lot.map(Lot::number).orElse("—"),
                                    "/p/lots/" + a.lot(),
                                    "",
                                    ChinaTime.minute(a.at()))));
        }
        for (Voided v : voided) {
            placed.add(
                    new Placed(
                            v.range().from(),
                            1,
                            new CodeBatchPage.Run(
                                    Words.count(v.range().from() + 1),
                                    Words.count(v.range().end()),
                                    Words.count(v.range().count()),
                                    Badge.VOIDED,
                                    "",
                                    "",
                                    v.reason(),
                                    ChinaTime.minute(v.at()))));
        }
        for (var run : free.runs()) {
            placed.add(
                    new Placed(
                            run.from(),
                            2,
                            new CodeBatchPage.Run(
                                    Words.count(run.from() + 1),
                                    Words.count(run.end()),
                                    Words.count(run.count()),
                                    Badge.NOT_ACTIVATED,
                                    "",
                                    "",
                                    "",
                                    ChinaTime.minute(batch.at()))));
        }
        return placed.stream()
                .sorted(Comparator.comparingLong(Placed::from).thenComparingInt(Placed::kind))
                .map(Placed::run)
                .toList();
    }

    /** Packed, certified lots of the product that still have packs without a label. */
    private List<Choice> lotsFor(Batch batch) {
        var choices = new ArrayList<Choice>();
        for (Lot lot : lots.of(batch.party())) {
            if (batch.product().equals(lot.product())
                    && lot.maker().equals(batch.party())
                    && lot.held() == null) {
                long bare = lot.packs() - labels.activated(lot.id());
                if (bare > 0 && certificates.ofLot(lot.id()).isPresent()) {
                    choices.add(
                            new Choice(
                                    lot.id().toString(),
                                    "%s（%s，还有 %s 件未贴标签）"
                                            .formatted(
                                                    lot.number(), lot.day(), Words.count(bare))));
                }
            }
        }
        return choices;
    }

    private String name(UUID product) {
        return catalog.find(product).map(p -> p.name() + " " + p.pack()).orElse("—");
    }

    /** The serial that was typed, or the one of the code that was pasted or scanned. */
    private long serial(Form form, long batch, List<Problem> problems) {
        String code = ItemCode.onLabel(form.value("voidFirst").strip());
        if (code.length() < ItemCode.LENGTH) {
            return Whole.read(form, "voidFirst", "起始序号", problems) - 1;
        }
        Optional<Issued> issued = codes.read(code).filter(i -> i.batch() == batch);
        if (issued.isEmpty()) {
            String problem = ItemCode.examine(code).problem();
            problems.add(new Problem("voidFirst", problem.isEmpty() ? "这个码不属于这一批。" : problem));
            return -1;
        }
        return issued.get().serial();
    }

    private static UUID product(String typed, List<Problem> problems) {
        return uuid(typed)
                .orElseGet(
                        () -> {
                            problems.add(new Problem("product", "请选择产品。"));
                            return new UUID(0, 0);
                        });
    }

    private static Optional<UUID> uuid(String typed) {
        try {
            return Optional.of(UUID.fromString(typed.strip()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
    }

    private static String address(long number) {
        return LIST + "/" + number;
    }

    static Badge badge(Licence licence) {
        return switch (licence.standing()) {
            case IN_FORCE -> Badge.IN_FORCE;
            case SUSPENDED -> Badge.SUSPENDED;
            case REVOKED -> Badge.REVOKED;
            case EXPIRED -> Badge.EXPIRED;
        };
    }
}
