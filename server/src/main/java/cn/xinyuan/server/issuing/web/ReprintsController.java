package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.Release;
import cn.xinyuan.server.issuing.usecase.PrintLabels;
import cn.xinyuan.server.pages.ChinaTime;
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
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Officials see which labels were printed more than once, and release locked ones. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class ReprintsController {

    private static final String PAGE = "/s/reprints";
    private static final int MOST = 200;
    private static final Map<String, String> FIELDS = Map.of("first", "from", "count", "to");

    private final PrintBook prints;
    private final PrintLabels print;
    private final Parties parties;
    private final SignedIn signedIn;
    private final Console console;

    ReprintsController(
            PrintBook prints,
            PrintLabels print,
            Parties parties,
            SignedIn signedIn,
            Console console) {
        this.prints = prints;
        this.print = print;
        this.parties = parties;
        this.signedIn = signedIn;
        this.console = console;
    }

    @GetMapping(PAGE)
    ModelAndView list() {
        return page(Form.empty(), "");
    }

    @PostMapping(PAGE)
    ModelAndView release(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            var problems = new ArrayList<Problem>();
            long batch = Whole.read(form, "batch", "码批编号", problems);
            long from = Whole.read(form, "from", "起始序号", problems);
            long to = Whole.read(form, "to", "最后序号", problems);
            if (problems.isEmpty() && to < from) {
                problems.add(new Problem("to", "最后序号不能小于起始序号 " + from + "。"));
            }
            if (!problems.isEmpty()) {
                throw new Problems(problems);
            }
            Release release =
                    print.release(
                            signedIn.get(), batch, from - 1, to - from + 1, form.value("reason"));
            return page(
                    Form.empty(),
                    "已放行：码批 %d 第 %s 至 %s 号可再打印一次。"
                            .formatted(
                                    batch,
                                    Words.count(release.range().from() + 1),
                                    Words.count(release.range().end())));
        } catch (Problems p) {
            var renamed =
                    p.list().stream()
                            .map(
                                    each ->
                                            new Problem(
                                                    FIELDS.getOrDefault(each.field(), each.field()),
                                                    each.text()))
                            .toList();
            return page(Form.of(request, new Problems(renamed)), "");
        } catch (NotFound none) {
            return page(Form.of(request, Problems.of("batch", "辖区内没有这个码批，请核对编号。")), "");
        }
    }

    private ModelAndView page(Form form, String done) {
        Visitor visitor = signedIn.get();
        List<ReprintsPage.Row> rows =
                prints.newest(true, MOST).stream()
                        .flatMap(each -> row(visitor, each).stream())
                        .toList();
        return console.page("issuing/reprints", PAGE, new ReprintsPage(rows, form, done));
    }

    private Optional<ReprintsPage.Row> row(Visitor visitor, PrintBook.OfBatch each) {
        Optional<Party> party =
                parties.find(each.batch().party()).filter(p -> visitor.seesDistrict(p.district()));
        var printed = each.printed();
        return party.map(
                p ->
                        new ReprintsPage.Row(
                                p.name(),
                                String.valueOf(printed.range().batch()),
                                Words.count(printed.range().from() + 1),
                                Words.count(printed.range().end()),
                                Words.count(printed.range().count()),
                                printed.reason() == null ? "" : printed.reason(),
                                printed.release() != null,
                                printed.byName(),
                                ChinaTime.minute(printed.at())));
    }
}
