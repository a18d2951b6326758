package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.licensing.usecase.KnowLicences;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Anyone verifies a licence by its number. */
@Controller
@AnyoneMayCall
class LicenceForEveryone {

    private final Licences licences;
    private final KnowLicences acts;
    private final Parties parties;
    private final LicensingWords words;
    private final Console console;

    LicenceForEveryone(
            Licences licences,
            KnowLicences acts,
            Parties parties,
            LicensingWords words,
            Console console) {
        this.licences = licences;
        this.acts = acts;
        this.parties = parties;
        this.words = words;
        this.console = console;
    }

    @GetMapping("/licence/{number}")
    Object licence(@PathVariable String number) {
        Licence l =
                licences.findByNumber(number).orElseThrow(() -> new NotFound("licence " + number));
        List<LicencePage.Line> lines =
                acts.acts(l.id()).stream()
                        .map(
                                a ->
                                        new LicencePage.Line(
                                                ChinaTime.day(a.at()).toString(),
                                                LicensingWords.act(a.kind()),
                                                "",
                                                a.reason()))
                        .toList();
        return console.page(
                "licensing/public",
                "",
                new LicencePage(
                        l.number(),
                        "/licence/" + l.number(),
                        LicensingWords.badge(l.standing()),
                        KnowLicences.word(l.standing()),
                        words.product(l.product()),
                        "/catalog/" + l.product(),
                        words.party(l.party()),
                        words.town(parties.get(l.party()).district()),
                        l.from().toString(),
                        l.until().toString(),
                        Words.kg(l.yearlyKg()),
                        l.reason(),
                        lines,
                        false,
                        false,
                        false,
                        "",
                        Form.empty()));
    }
}
