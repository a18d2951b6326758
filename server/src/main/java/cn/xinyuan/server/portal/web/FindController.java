package cn.xinyuan.server.portal.web;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One box for lot numbers and codes: it leads to the page, or says what could be meant. */
@Controller
@MayCall({
    Role.ADMINISTRATOR,
    Role.CITY_MANAGER,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.LABORATORY,
    Role.CLERK,
    Role.FARMER,
    Role.RETAILER,
    Role.ASSOCIATION
})
class FindController {

    private final Lots lots;
    private final Codes codes;
    private final SignedIn signedIn;
    private final Console console;

    FindController(Lots lots, Codes codes, SignedIn signedIn, Console console) {
        this.lots = lots;
        this.codes = codes;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping("/find")
    Object find(@RequestParam(defaultValue = "") String q) {
        String typed = q.strip();
        if (typed.length() > 100) {
            typed = typed.substring(0, 100);
        }
        Visitor visitor = signedIn.get();
        Optional<Lot> lot = lots.findByNumber(typed.toUpperCase(Locale.ROOT));
        if (lot.isPresent() && seesLots(visitor) && maySee(visitor, lot.get())) {
            return "redirect:/p/lots/" + lot.get().id();
        }
        Optional<Codes.Issued> code = typed.isEmpty() ? Optional.empty() : codes.read(typed);
        if (code.isPresent()) {
            return "redirect:/t/" + code.get().code();
        }
        return console.page("portal/find", "", new FindPage(typed));
    }

    private static boolean seesLots(Visitor visitor) {
        return visitor.role().isOfficial() || visitor.role() == Role.CLERK;
    }

    private boolean maySee(Visitor visitor, Lot lot) {
        if (visitor.maySee(lot.maker(), lot.district())) {
            return true;
        }
        return visitor.party() != null
                && lots.of(visitor.party()).stream().anyMatch(l -> l.id().equals(lot.id()));
    }
}
