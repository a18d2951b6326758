package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.NewProduct;
import cn.xinyuan.server.catalog.MarkStandings;
import cn.xinyuan.server.catalog.MarkStandings.MarkStanding;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.catalog.web.ProductPage.Fact;
import cn.xinyuan.server.catalog.web.ProductPage.Outside;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The catalogue for everyone; a party's own products for its clerks; . */
@Controller
class CatalogController {

    /** The categories at launch. */
    private static final Map<String, String[]> CATEGORIES = new LinkedHashMap<>();

    static {
        CATEGORIES.put("litchi", new String[] {"荔枝", "Litchi"});
        CATEGORIES.put("dried-litchi", new String[] {"荔枝干", "Dried litchi"});
        CATEGORIES.put("longan", new String[] {"龙眼", "Longan"});
        CATEGORIES.put("sanhua-plum", new String[] {"三华李", "Sanhua plum"});
        CATEGORIES.put("tilapia", new String[] {"罗非鱼", "Tilapia"});
        CATEGORIES.put("huajuhong", new String[] {"化橘红", "Huajuhong"});
        CATEGORIES.put("peanut-oil", new String[] {"花生油", "Peanut oil"});
        CATEGORIES.put("mooncake", new String[] {"月饼", "Mooncakes"});
    }

    private final Catalog catalog;
    private final ProductLinks links;
    private final Parties parties;
    private final Standards standards;
    private final ObjectProvider<MarkStandings> standings;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    CatalogController(
            Catalog catalog,
            ProductLinks links,
            Parties parties,
            Standards standards,
            ObjectProvider<MarkStandings> standings,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.catalog = catalog;
        this.links = links;
        this.parties = parties;
        this.standards = standards;
        this.standings = standings;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping("/catalog")
    @AnyoneMayCall
    Object list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String lang) {
        boolean english = lang.equals("en");
        String word = q.strip();
        return console.page(
                "catalog/catalog",
                "",
                new CatalogPage(
                        english ? catalog.brand().nameEn() : catalog.brand().name(),
                        word,
                        catalog.all().stream()
                                .filter(
                                        p ->
                                                word.isEmpty()
                                                        || p.name().contains(word)
                                                        || p.nameEn()
                                                                .toLowerCase(java.util.Locale.ROOT)
                                                                .contains(
                                                                        word.toLowerCase(
                                                                                java.util.Locale
                                                                                        .ROOT))
                                                        || parties.get(p.party())
                                                                .name()
                                                                .contains(word))
                                .map(p -> card(p, english))
                                .toList()));
    }

    @GetMapping("/catalog/{id}")
    @AnyoneMayCall
    Object one(@PathVariable UUID id, @RequestParam(defaultValue = "") String lang) {
        boolean english = lang.equals("en");
        Product product = catalog.get(id);
        Party party = parties.get(product.party());
        Optional<MarkStanding> standing = standing(id);
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        english ? "Producer" : "生产主体",
                        english && !party.nameEn().isEmpty() ? party.nameEn() : party.name(),
                        Evidence.OFFICIAL));
        facts.add(
                new Fact(
                        english ? "Place" : "产地",
                        town(party.district(), english),
                        Evidence.OFFICIAL));
        facts.add(
                new Fact(
                        english ? "Product" : "品类", category(product, english), Evidence.OFFICIAL));
        if (product.variety() != null) {
            facts.add(
                    new Fact(
                            english ? "Variety" : "品种", product.variety(), Evidence.SELF_DECLARED));
        }
        if (!product.grade().isEmpty()) {
            facts.add(new Fact(english ? "Grade" : "等级", product.grade(), Evidence.SELF_DECLARED));
        }
        facts.add(new Fact(english ? "Pack" : "包装", product.pack(), Evidence.SELF_DECLARED));
        facts.add(
                new Fact(english ? "GTIN" : "商品条码（GTIN）", product.gtin(), Evidence.SELF_DECLARED));
        facts.add(
                standards
                        .inForce(product.category(), ChinaTime.today(clock))
                        .map(
                                e ->
                                        new Fact(
                                                english ? "Standard in force" : "现行标准",
                                                e.number() + " " + e.title(),
                                                Evidence.OFFICIAL))
                        .orElseGet(
                                () ->
                                        new Fact(
                                                english ? "Standard in force" : "现行标准",
                                                english ? "none registered" : "没有登记",
                                                Evidence.MISSING)));
        facts.add(
                standing.map(
                                s ->
                                        new Fact(
                                                english ? "Licence" : "授权",
                                                s.licence()
                                                        + (english ? " until " : "，有效期至 ")
                                                        + s.until(),
                                                Evidence.OFFICIAL))
                        .orElseGet(
                                () ->
                                        new Fact(
                                                english ? "Licence" : "授权",
                                                english ? "not licensed" : "还没有授权",
                                                Evidence.MISSING)));
        return console.page(
                "catalog/product",
                "",
                new ProductPage(
                        english && !product.nameEn().isEmpty() ? product.nameEn() : product.name(),
                        english && !party.nameEn().isEmpty() ? party.nameEn() : party.name(),
                        badge(standing),
                        standing.map(MarkStanding::licence).orElse(null),
                        product.geographicalIndication(),
                        facts,
                        links.of(id).stream()
                                .map(
                                        l ->
                                                new Outside(
                                                        l.href(),
                                                        l.title(),
                                                        english
                                                                ? l.type().english()
                                                                : l.type().chinese(),
                                                        l.language()))
                                .toList()));
    }

    @GetMapping("/p/products")
    @MayCall(Role.CLERK)
    Object own() {
        return ownPage(Form.empty());
    }

    @PostMapping("/p/products")
    @MayCall(Role.CLERK)
    Object register(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            catalog.register(
                    signedIn.get(),
                    new NewProduct(
                            ownParty(),
                            form.value("gtin"),
                            form.value("name"),
                            form.value("nameEn"),
                            form.value("category"),
                            form.value("variety"),
                            form.value("grade"),
                            number(form.value("packKg")),
                            form.value("pack"),
                            form.chose("geographical", "yes")));
            return "redirect:/p/products";
        } catch (Problems problems) {
            return ownPage(Form.of(request, problems));
        }
    }

    private CatalogPage.Card card(Product product, boolean english) {
        Party party = parties.get(product.party());
        return new CatalogPage.Card(
                "/catalog/" + product.id() + (english ? "?lang=en" : ""),
                english && !product.nameEn().isEmpty() ? product.nameEn() : product.name(),
                english && !party.nameEn().isEmpty() ? party.nameEn() : party.name(),
                town(party.district(), english),
                product.pack(),
                badge(standing(product.id())),
                product.geographicalIndication());
    }

    private Object ownPage(Form form) {
        UUID own = ownParty();
        return console.page(
                "catalog/products",
                "/p/products",
                new ProductsPage(
                        parties.get(own).name(),
                        catalog.productsOf(own).stream()
                                .map(
                                        p ->
                                                new ProductsPage.Row(
                                                        p.name(),
                                                        category(p, false),
                                                        p.pack(),
                                                        p.gtin(),
                                                        "/catalog/" + p.id(),
                                                        "/p/products/" + p.id() + "/links"))
                                .toList(),
                        CATEGORIES.entrySet().stream()
                                .map(e -> new Choice(e.getKey(), e.getValue()[0]))
                                .toList(),
                        form));
    }

    private Optional<MarkStanding> standing(UUID product) {
        MarkStandings all = standings.getIfAvailable();
        return all == null ? Optional.empty() : all.standing(product);
    }

    private static @Nullable Badge badge(Optional<MarkStanding> standing) {
        return standing.map(
                        s ->
                                switch (s.word()) {
                                    case "SUSPENDED" -> Badge.SUSPENDED;
                                    case "REVOKED" -> Badge.REVOKED;
                                    case "EXPIRED" -> Badge.EXPIRED;
                                    default -> Badge.IN_FORCE;
                                })
                .orElse(null);
    }

    private static String category(Product product, boolean english) {
        String[] words = CATEGORIES.get(product.category());
        return words == null ? product.category() : words[english ? 1 : 0];
    }

    private String town(String code, boolean english) {
        var own = parties.district(code);
        if (code.length() < 9) {
            return english ? own.nameEn() : own.name();
        }
        var county = parties.district(code.substring(0, 6));
        return english ? own.nameEn() + ", " + county.nameEn() : county.name() + own.name();
    }

    private UUID ownParty() {
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
            throw Problems.of("packKg", "请填写每件净含量的数字，例如 2.5。");
        }
    }
}
