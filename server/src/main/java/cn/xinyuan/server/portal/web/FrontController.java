package cn.xinyuan.server.portal.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.standards.Standards;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The front page. */
@Controller
@AnyoneMayCall
class FrontController {

    private final Console console;
    private final Catalog catalog;
    private final Licences licences;
    private final Standards standards;
    private final Clock clock;

    FrontController(
            Console console, Catalog catalog, Licences licences, Standards standards, Clock clock) {
        this.console = console;
        this.catalog = catalog;
        this.licences = licences;
        this.standards = standards;
        this.clock = clock;
    }

    @GetMapping("/")
    ModelAndView front(@RequestParam(required = false) @Nullable String lang) {
        boolean english = "en".equals(lang);
        Catalog.Brand brand = catalog.brand();
        long inForce =
                licences.all().stream()
                        .filter(l -> l.standing() == Licence.Standing.IN_FORCE)
                        .count();
        String edition =
                standards
                        .inForce("litchi", ChinaTime.today(clock))
                        .map(Standards.Edition::number)
                        .orElse("—");
        return console.page(
                "portal/front",
                "",
                new FrontPage(
                        english,
                        english ? brand.cityEn() : brand.city(),
                        english ? brand.nameEn() : "“" + brand.name() + "”字号",
                        brand.operator(),
                        brand.hotline(),
                        inForce,
                        catalog.all().size(),
                        edition));
    }
}
