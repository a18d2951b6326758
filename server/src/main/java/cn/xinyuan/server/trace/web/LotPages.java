package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Genealogy.Direction;
import cn.xinyuan.server.trace.Genealogy.Graph;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.Lots.Holding;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import cn.xinyuan.server.trace.web.GenealogyPicture.Edge;
import cn.xinyuan.server.trace.web.GenealogyPicture.Node;
import cn.xinyuan.server.trace.web.LotPage.Bar;
import cn.xinyuan.server.trace.web.LotPage.Fact;
import cn.xinyuan.server.trace.web.LotPage.Link;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of lots and one lot. */
@Controller
class LotPages {

    private static final String MINE = "/p/lots";
    private static final String ALL = "/s/lots";
    private static final int ROWS = 30;

    private final LotsInSight sight;
    private final Lots lots;
    private final Labels labels;
    private final Parties parties;
    private final Catalog catalog;
    private final LotWords words;
    private final SignedIn signedIn;
    private final Console console;

    LotPages(
            LotsInSight sight,
            Lots lots,
            Labels labels,
            Parties parties,
            Catalog catalog,
            LotWords words,
            SignedIn signedIn,
            Console console) {
        this.sight = sight;
        this.lots = lots;
        this.labels = labels;
        this.parties = parties;
        this.catalog = catalog;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(MINE)
    @MayCall(Role.CLERK)
    Object mine(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "1") int page) {
        return list(MINE, "生产批次", q, kind, state, page);
    }

    @GetMapping(ALL)
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.EVALUATOR, Role.ADMINISTRATOR})
    Object all(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "1") int page) {
        return list(ALL, "全部批次", q, kind, state, page);
    }

    private Object list(
            String address, String title, String q, String kind, String state, int page) {
        Visitor by = signedIn.get();
        String word = q.strip().toUpperCase(Locale.ROOT);
        List<Lot> found =
                sight.all(by).stream()
                        .filter(l -> kind.isEmpty() || l.kind().name().equals(kind))
                        .filter(l -> state.isEmpty() || state.equals("held") == (l.held() != null))
                        .filter(
                                l ->
                                        word.isEmpty()
                                                || l.number().contains(word)
                                                || l.variety().contains(q.strip())
                                                || words.party(l.maker()).contains(q.strip()))
                        .toList();
        int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int current = Math.clamp(page, 1, pages);
        List<Lot> shown =
                found.subList(
                        Math.min(found.size(), (current - 1) * ROWS),
                        Math.min(found.size(), current * ROWS));
        var held = sight.inHand(by, shown);
        String base =
                address
                        + "?q="
                        + URLEncoder.encode(q, StandardCharsets.UTF_8)
                        + "&kind="
                        + URLEncoder.encode(kind, StandardCharsets.UTF_8)
                        + "&state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8);
        return console.page(
                "trace/lots",
                address,
                new LotsPage(
                        title,
                        address,
                        by.role() == Role.CLERK,
                        q,
                        kind,
                        state,
                        Stream.concat(
                                        Stream.of(new Choice("", "全部种类")),
                                        Arrays.stream(Lot.Kind.values())
                                                .filter(k -> k != Lot.Kind.FOREIGN)
                                                .map(k -> new Choice(k.name(), LotWords.kind(k))))
                                .toList(),
                        List.of(
                                new Choice("", "全部状态"),
                                new Choice("free", "正常"),
                                new Choice("held", "冻结")),
                        shown.stream()
                                .map(
                                        l ->
                                                new LotsPage.Row(
                                                        MINE + "/" + l.id(),
                                                        l.number(),
                                                        LotWords.kind(l.kind()),
                                                        words.goods(l),
                                                        LotWords.amount(l.kilograms(), l.packs()),
                                                        Words.kg(
                                                                held.getOrDefault(
                                                                        l.id(), BigDecimal.ZERO)),
                                                        Words.day(l.day()),
                                                        words.party(l.maker()),
                                                        LotWords.state(l)))
                                .toList(),
                        found.size(),
                        current,
                        pages,
                        base,
                        "共 " + Words.count(found.size()) + " 批"));
    }

    @GetMapping({MINE + "/{id}", ALL + "/{id}"})
    @MayCall({
        Role.CLERK,
        Role.RETAILER,
        Role.FARMER,
        Role.SUPERVISOR,
        Role.CITY_MANAGER,
        Role.EVALUATOR,
        Role.ADMINISTRATOR
    })
    Object one(@PathVariable String id) {
        Visitor by = signedIn.get();
        Lot lot = sight.get(by, id);
        boolean official = by.role().isOfficial();
        String list =
                official
                        ? ALL
                        : switch (by.role()) {
                            case RETAILER -> "/r";
                            case FARMER -> "/f/harvest";
                            default -> MINE;
                        };
        Graph graph = sight.trace(by, lot, Direction.BOTH);
        var balance = lots.balance(lot.id());
        return console.page(
                "trace/lot",
                list,
                new LotPage(
                        list,
                        official ? "全部批次" : by.role() == Role.CLERK ? "生产批次" : "返回",
                        LotWords.kind(lot.kind()),
                        lot.number(),
                        LotWords.state(lot),
                        lot.held(),
                        tabs(by, lot),
                        acts(by, lot),
                        picture(graph),
                        files(by, lot),
                        facts(by, lot, graph),
                        "入 " + Words.kg(balance.made()) + " = 下列各项之和",
                        bars(balance),
                        sight.holdings(by, lot).stream().map(this::holder).toList(),
                        sight.events(by, lot).stream()
                                .map(
                                        e ->
                                                new LotPage.Event(
                                                        Words.day(e.day()),
                                                        LotWords.act(e.command()),
                                                        words.party(e.party()),
                                                        e.hash()))
                                .toList(),
                        "/api/v1/lots/" + lot.id() + "/events"));
    }

    /** The trace, for those who trace; for those who may know, what a recall would reach. */
    private static List<Link> files(Visitor by, Lot lot) {
        List<Link> files = new ArrayList<>();
        if (by.role() != Role.FARMER) {
            files.add(new Link(TracePage.address(lot.number()), "完整追溯", "history"));
        }
        if (by.maySee(lot.maker(), lot.district())) {
            String scope = "/api/v1/lots/" + lot.id() + "/recall-scope?format=";
            files.add(new Link(scope + "xlsx", "召回范围（Excel）", "download"));
            files.add(new Link(scope + "csv", "召回范围（CSV）", "download"));
        }
        return files;
    }

    private static List<Link> tabs(Visitor by, Lot lot) {
        String number = "?lot=" + lot.id();
        if (by.role() == Role.CLERK) {
            return List.of(
                    new Link("/p/tests" + number, "检测", "flask"),
                    new Link("/p/certs" + number, "合格证", "file-certificate"),
                    new Link("/p/codes" + number, "赋码与标签", "qrcode"));
        }
        return List.of();
    }

    private List<Link> acts(Visitor by, Lot lot) {
        List<Link> acts = new ArrayList<>();
        if (by.role() == Role.SUPERVISOR || by.role() == Role.CITY_MANAGER) {
            acts.add(new Link("/s/recalls/new?lot=" + lot.number(), "发起召回", "arrow-back-up"));
        }
        boolean has =
                sight.inHand(by, List.of(lot)).getOrDefault(lot.id(), BigDecimal.ZERO).signum() > 0;
        if (by.role() != Role.CLERK || !has) {
            return acts;
        }
        if (lot.held() == null) {
            if (lot.packs() == 0) {
                acts.add(new Link(MINE + "/pack?lot=" + lot.id(), "包装", "box"));
                acts.add(new Link(MINE + "/" + lot.id() + "/sort", "分选", "list"));
            }
            acts.add(new Link("/p/shipments/new?lot=" + lot.id(), "发货", "truck"));
            acts.add(new Link(MINE + "/" + lot.id() + "/split", "拆分", "refresh"));
        }
        acts.add(new Link(MINE + "/" + lot.id() + "/waste", "报废", "trash"));
        return acts;
    }

    private List<Fact> facts(Visitor by, Lot lot, Graph graph) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("品名", words.goods(lot), null));
        UUID product = lot.product();
        if (product != null) {
            catalog.find(product)
                    .ifPresent(p -> facts.add(new Fact("产品", p.name() + " " + p.pack(), null)));
        }
        facts.add(new Fact("数量", LotWords.amount(lot.kilograms(), lot.packs()), null));
        facts.add(new Fact("主体", words.party(lot.maker()), null));
        facts.add(new Fact("日期", Words.day(lot.day()), null));
        facts.add(new Fact("地点", words.town(lot.district()), null));
        facts.add(new Fact("地块", graph.plots().size() + " 块", null));
        if (lot.packs() > 0) {
            facts.add(
                    new Fact(
                            "已贴标",
                            Words.count(labels.activated(lot.id()))
                                    + " / "
                                    + Words.count(lot.packs())
                                    + " 箱",
                            null));
        }
        facts.add(new Fact("状态", lot.held() == null ? "正常" : "冻结：" + lot.held(), null));
        return facts;
    }

    private static List<Bar> bars(Lots.Balance b) {
        List<Bar> bars = new ArrayList<>();
        bar(bars, "在手", b.inHand(), b.made(), "var(--leaf-700)");
        bar(bars, "用于后续批次", b.usedIn(), b.made(), "#5B8DB8");
        bar(bars, "在途", b.inTransit(), b.made(), "#7C6BB0");
        bar(bars, "他人持有", b.heldByOthers(), b.made(), "#1A5FA8");
        bar(bars, "报废", b.wasted(), b.made(), "#B87300");
        bar(bars, "损耗", b.lost(), b.made(), "#8A8F8C");
        return bars;
    }

    private static void bar(
            List<Bar> bars, String name, BigDecimal part, BigDecimal whole, String colour) {
        bars.add(
                new Bar(
                        name,
                        Words.kg(part),
                        Words.percent(part, whole),
                        Words.width(part, whole),
                        colour));
    }

    private LotPage.Holder holder(Holding holding) {
        return new LotPage.Holder(
                words.party(holding.party()),
                LotWords.amount(holding.kilograms(), holding.packs()),
                holding.inTransit() ? "在途" : "在手");
    }

    private GenealogyPicture picture(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (UUID plot : graph.plots()) {
            nodes.add(
                    new Node(
                            plot.toString(),
                            "plot",
                            parties.findPlot(plot).map(p -> p.number()).orElse("地块"),
                            parties.findPlot(plot)
                                    .map(p -> p.variety() + " · " + words.town(p.district()))
                                    .orElse(""),
                            null));
        }
        for (Lot lot : graph.lots()) {
            nodes.add(
                    new Node(
                            lot.id().toString(),
                            lot.held() == null ? "lot" : "stop",
                            lot.number(),
                            (lot.held() == null ? LotWords.kind(lot.kind()) : "冻结")
                                    + " · "
                                    + LotWords.amount(lot.kilograms(), lot.packs()),
                            MINE + "/" + lot.id()));
        }
        graph.edges()
                .forEach(
                        e ->
                                edges.add(
                                        new Edge(
                                                e.from().toString(),
                                                e.to().toString(),
                                                e.kilograms())));
        for (Holding holding : graph.holdings()) {
            boolean makers =
                    graph.lots().stream()
                            .anyMatch(
                                    l ->
                                            l.id().equals(holding.lot())
                                                    && l.maker().equals(holding.party()));
            if (!makers || holding.inTransit()) {
                String id = holding.lot() + ">" + holding.party() + holding.inTransit();
                nodes.add(
                        new Node(
                                id,
                                "ship",
                                words.party(holding.party()),
                                (holding.inTransit() ? "在途 · " : "已收 · ")
                                        + LotWords.amount(holding.kilograms(), holding.packs()),
                                null));
                edges.add(new Edge(holding.lot().toString(), id, holding.kilograms()));
            }
        }
        return GenealogyPicture.of(graph.start().toString(), nodes, edges);
    }
}
