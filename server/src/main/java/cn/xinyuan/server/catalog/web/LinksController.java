package cn.xinyuan.server.catalog.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.catalog.ProductLinks.NewLink;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** A clerk registers where the Digital Link of a product leads beside the platform's own pages. */
@Controller
@RequestMapping("/p/products/{id}/links")
@MayCall(Role.CLERK)
class LinksController {

    private final Catalog catalog;
    private final ProductLinks links;
    private final SignedIn signedIn;
    private final Console console;

    LinksController(Catalog catalog, ProductLinks links, SignedIn signedIn, Console console) {
        this.catalog = catalog;
        this.links = links;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping
    ModelAndView all(@PathVariable UUID id) {
        return page(own(id), Form.empty());
    }

    @PostMapping
    ModelAndView register(@PathVariable UUID id, HttpServletRequest request) {
        Product product = own(id);
        Form form = Form.of(request);
        return Acts.orFormAgain(
                request,
                () -> {
                    links.register(
                            signedIn.get(),
                            id,
                            new NewLink(
                                    form.value("type"),
                                    form.value("href"),
                                    form.value("title"),
                                    form.value("language"),
                                    form.value("mediaType"),
                                    form.value("context")));
                    return here(id);
                },
                again -> page(product, again));
    }

    @PostMapping("/{link}/withdraw")
    String withdraw(@PathVariable UUID id, @PathVariable UUID link) {
        links.withdraw(signedIn.get(), id, link);
        return "redirect:" + here(id);
    }

    private Product own(UUID id) {
        return catalog.find(id)
                .filter(p -> p.party().equals(signedIn.get().party()))
                .orElseThrow(() -> new NotFound("没有这个产品"));
    }

    private ModelAndView page(Product product, Form form) {
        return console.page(
                "catalog/links",
                "/p/products",
                new LinksPage(
                        product.name(),
                        product.gtin(),
                        "/01/" + product.gtin(),
                        here(product.id()),
                        links.of(product.id()).stream()
                                .map(
                                        l ->
                                                new LinksPage.Row(
                                                        l.title(),
                                                        l.href(),
                                                        l.type().chinese(),
                                                        l.language() == null ? "未说明" : l.language(),
                                                        l.mediaType(),
                                                        l.context() == null ? "不限" : l.context(),
                                                        ChinaTime.day(l.at()).toString(),
                                                        here(product.id())
                                                                + "/"
                                                                + l.id()
                                                                + "/withdraw"))
                                .toList(),
                        Arrays.stream(LinkType.values())
                                .filter(LinkType::ownersMayRegister)
                                .map(
                                        t ->
                                                new Choice(
                                                        t.curie(),
                                                        t.chinese() + "（" + t.curie() + "）"))
                                .toList(),
                        List.of(
                                new Choice("zh", "中文"),
                                new Choice("en", "英文"),
                                new Choice("ja", "日文"),
                                new Choice("ko", "韩文"),
                                new Choice("fr", "法文"),
                                new Choice("vi", "越南文"),
                                new Choice("th", "泰文"),
                                new Choice("ms", "马来文")),
                        links.allowedHosts(),
                        form));
    }

    private static String here(UUID product) {
        return "/p/products/" + product + "/links";
    }
}
