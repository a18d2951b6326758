package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The producer's side: samples sent to a laboratory and what came of them. */
@Controller
class ProducerTestPages {

    private final KeepReports reports;
    private final Parties parties;
    private final Lots lots;
    private final SampleWords words;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    ProducerTestPages(
            KeepReports reports,
            Parties parties,
            Lots lots,
            SampleWords words,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.reports = reports;
        this.parties = parties;
        this.lots = lots;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping("/p/tests")
    @MayCall(Role.CLERK)
    ModelAndView tests(@RequestParam @Nullable UUID lot) {
        return tests(Form.empty().with("day", ChinaTime.today(clock)).with("lot", lot));
    }

    private ModelAndView tests(Form form) {
        Visitor visitor = signedIn.get();
        UUID own = Optional.ofNullable(visitor.party()).orElseThrow();
        List<LabQueuePage.Row> rows =
                reports.queue(visitor).stream().map(q -> words.row(q, false)).toList();
        return console.page(
                "laboratory/tests",
                "/p/tests",
                new LabQueuePage(
                        Words.count(rows.size()),
                        form,
                        lots.of(own).stream()
                                .limit(200)
                                .map(
                                        l ->
                                                new Choice(
                                                        l.id().toString(),
                                                        l.number()
                                                                + " · "
                                                                + l.variety()
                                                                + " · "
                                                                + Words.kg(l.kilograms())))
                                .toList(),
                        parties.all(Party.Kind.LABORATORY).stream()
                                .map(p -> new Choice(p.id().toString(), p.name()))
                                .toList(),
                        rows));
    }

    @PostMapping("/p/tests")
    @MayCall(Role.CLERK)
    Object send(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            reports.takeSample(
                    signedIn.get(),
                    LabWords.id(form, "lot", "请选择批次。"),
                    LabWords.id(form, "laboratory", "请选择检测机构。"),
                    LabWords.day(form, "day"));
            return "redirect:/p/tests";
        } catch (Problems problems) {
            return LabWords.again(tests(Form.of(request, problems)));
        }
    }
}
