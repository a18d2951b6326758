package cn.xinyuan.server.portal.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The desk on which a clerk or an association finds what waits. */
@Controller
class DeskController {

    private static final int SHOWN = 12;

    private final Catalog catalog;
    private final Parties parties;
    private final Lots lots;
    private final Licences licences;
    private final Evaluation evaluation;
    private final Certificates certificates;
    private final Codes codes;
    private final SignedIn signedIn;
    private final Console console;

    DeskController(
            Catalog catalog,
            Parties parties,
            Lots lots,
            Licences licences,
            Evaluation evaluation,
            Certificates certificates,
            Codes codes,
            SignedIn signedIn,
            Console console) {
        this.catalog = catalog;
        this.parties = parties;
        this.lots = lots;
        this.licences = licences;
        this.evaluation = evaluation;
        this.certificates = certificates;
        this.codes = codes;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping("/p")
    @MayCall({Role.CLERK, Role.ASSOCIATION})
    ModelAndView desk() {
        var visitor = signedIn.get();
        return visitor.role() == Role.ASSOCIATION ? members(visitor) : desk(party(visitor));
    }

    private ModelAndView desk(UUID party) {
        var mine = lots.of(party);
        var packed =
                mine.stream()
                        .filter(l -> l.packs() > 0 && l.maker().equals(party))
                        .filter(
                                l ->
                                        l.kind() == Lot.Kind.PACKED
                                                || lots.balance(l.id()).inHand().signum() > 0)
                        .toList();
        var coming = lots.shipmentsTo(party).stream().filter(s -> !s.received()).toList();
        long left = codes.of(party).stream().mapToLong(b -> b.count() - b.used()).sum();
        var page =
                new DeskPage(
                        parties.get(party).name(),
                        List.of(
                                new DeskPage.Figure("批次", Words.count(mine.size()), "/p/lots"),
                                new DeskPage.Figure(
                                        "有效授权",
                                        Words.count(
                                                licences.of(party).stream()
                                                        .filter(
                                                                l ->
                                                                        l.standing()
                                                                                == Licence.Standing
                                                                                        .IN_FORCE)
                                                        .count()),
                                        "/p/apply"),
                                new DeskPage.Figure("未用的码", Words.count(left), "/p/codes"),
                                new DeskPage.Figure(
                                        "合格证",
                                        Words.count(certificates.of(party).size()),
                                        "/p/certs")),
                        todos(party, packed, coming, mine),
                        mine.stream().limit(SHOWN).map(DeskController::row).toList());
        return console.page("portal/desk", "/p", page);
    }

    private List<DeskPage.Todo> todos(
            UUID party, List<Lot> packed, List<Shipment> coming, List<Lot> mine) {
        var todos = new ArrayList<DeskPage.Todo>();
        evaluation.of(party).stream()
                .filter(a -> !a.missing().isEmpty())
                .forEach(
                        a ->
                                todos.add(
                                        new DeskPage.Todo(
                                                Badge.SENT_BACK,
                                                "申请 " + a.number(),
                                                "缺：" + String.join("、", a.missing()),
                                                "/p/apply/" + a.number(),
                                                "补正")));
        mine.stream()
                .filter(l -> l.held() != null && l.maker().equals(party))
                .limit(SHOWN)
                .forEach(
                        l ->
                                todos.add(
                                        new DeskPage.Todo(
                                                Badge.HELD,
                                                "批次 " + l.number(),
                                                String.valueOf(l.held()),
                                                "/p/lots/" + l.id(),
                                                "查看")));
        coming.forEach(
                s ->
                        todos.add(
                                new DeskPage.Todo(
                                        Badge.IN_TRANSIT,
                                        "发货单 " + s.number(),
                                        "等待收货",
                                        "/p/shipments",
                                        "收货")));
        packed.stream()
                .filter(l -> l.held() == null && certificates.ofLot(l.id()).isEmpty())
                .limit(SHOWN)
                .forEach(
                        l ->
                                todos.add(
                                        new DeskPage.Todo(
                                                Badge.NOT_CERTIFIED,
                                                "批次 " + l.number(),
                                                "开具合格证后才能激活码、发货",
                                                "/p/certs/new?lot=" + l.id(),
                                                "开具")));
        licences.of(party).stream()
                .filter(l -> l.standing() == Licence.Standing.SUSPENDED)
                .forEach(
                        l ->
                                todos.add(
                                        new DeskPage.Todo(
                                                Badge.SUSPENDED,
                                                "授权 " + l.number(),
                                                l.reason() == null ? "" : l.reason(),
                                                "/p/apply",
                                                "查看")));
        return todos;
    }

    private static DeskPage.Row row(Lot lot) {
        return new DeskPage.Row(
                lot.id().toString(),
                lot.number(),
                lot.variety() + " · " + lot.grade(),
                Words.kg(lot.kilograms()) + (lot.packs() > 0 ? " · " + lot.packs() + " 箱" : ""),
                lot.day().toString(),
                lot.held() == null ? Badge.FREE : Badge.HELD);
    }

    private ModelAndView members(Visitor visitor) {
        var members =
                Stream.concat(
                                parties.all(Party.Kind.COOPERATIVE).stream(),
                                parties.all(Party.Kind.ENTERPRISE).stream())
                        .map(
                                p -> {
                                    long products = catalog.productsOf(p.id()).size();
                                    long licensed =
                                            licences.of(p.id()).stream()
                                                    .filter(
                                                            l ->
                                                                    l.standing()
                                                                            == Licence.Standing
                                                                                    .IN_FORCE)
                                                    .count();
                                    return new MembersPage.Member(
                                            p.name(),
                                            parties.district(p.district()).name(),
                                            products,
                                            licensed,
                                            products == 0
                                                    ? "先登记产品"
                                                    : licensed == products
                                                            ? "保持记录完整"
                                                            : "还有 "
                                                                    + (products - licensed)
                                                                    + " 个产品没有有效授权");
                                })
                        .toList();
        return console.page(
                "portal/members",
                "/p",
                new MembersPage(parties.get(party(visitor)).name(), members));
    }

    private static UUID party(Visitor visitor) {
        var party = visitor.party();
        if (party == null) {
            throw new IllegalStateException(visitor.role() + " acts for a party");
        }
        return party;
    }
}
