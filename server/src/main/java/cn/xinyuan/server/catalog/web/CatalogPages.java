package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The catalogue as everyone sees it. */
@Controller
@AnyoneMayCall
class CatalogPages {

    private final Catalog catalog;
    private final Parties parties;
    private final Console console;

    CatalogPages(Catalog catalog, Parties parties, Console console) {
        this.catalog = catalog;
        this.parties = parties;
        this.console = console;
    }

    @GetMapping("/catalog")
    ModelAndView list(@RequestParam(defaultValue = "") String q) {
        var rows =
                catalog.all().stream()
                        .map(this::card)
                        .filter(
                                c ->
                                        q.isBlank()
                                                || (c.name() + c.nameEn() + c.maker() + c.town())
                                                        .contains(q.strip()))
                        .toList();
        return console.page("catalog/list", "/catalog", new CatalogPage(q, rows));
    }

    @GetMapping("/catalog/{id}")
    ModelAndView one(@PathVariable UUID id) {
        return console.page(
                "catalog/one",
                "/catalog",
                card(catalog.find(id).orElseThrow(() -> new NotFound("没有这个产品"))));
    }

    private CatalogPage.Card card(Product product) {
        var maker = parties.get(product.party());
        return new CatalogPage.Card(
                product.id().toString(),
                product.name(),
                product.nameEn(),
                product.variety() == null ? "—" : product.variety(),
                product.grade(),
                product.pack() + "（" + Words.kg(product.packKg()) + "）",
                product.gtin(),
                maker.name(),
                parties.district(maker.district()).name(),
                product.geographicalIndication());
    }
}
