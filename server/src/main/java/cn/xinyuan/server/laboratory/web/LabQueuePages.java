package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.LabBook;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NavCounts;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The laboratory's queue: what came in and waits, and a sample that comes in. */
@Controller
class LabQueuePages {

    private final KeepReports reports;
    private final Lots lots;
    private final SampleWords words;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    LabQueuePages(
            KeepReports reports,
            Lots lots,
            SampleWords words,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.reports = reports;
        this.lots = lots;
        this.words = words;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @Bean
    static NavCounts samplesWaiting(LabBook book) {
        return visitor ->
                visitor.role() == Role.LABORATORY && visitor.party() != null
                        ? Map.of("/lab", book.waiting(visitor.party()))
                        : Map.of();
    }

    @GetMapping("/lab")
    @MayCall(Role.LABORATORY)
    ModelAndView queue() {
        return queue(Form.empty().with("day", ChinaTime.today(clock)));
    }

    private ModelAndView queue(Form form) {
        List<LabQueuePage.Row> rows =
                reports.queue(signedIn.get()).stream().map(q -> words.row(q, true)).toList();
        return console.page(
                "laboratory/queue",
                "/lab",
                new LabQueuePage(Words.count(rows.size()), form, List.of(), List.of(), rows));
    }

    @PostMapping("/lab/samples")
    @MayCall(Role.LABORATORY)
    Object receive(HttpServletRequest request) {
        Visitor visitor = signedIn.get();
        Form form = Form.of(request);
        try {
            Lot lot =
                    lots.findByNumber(form.value("lot").strip())
                            .orElseThrow(
                                    () ->
                                            Problems.of(
                                                    "lot",
                                                    "没有批次“"
                                                            + form.value("lot").strip()
                                                            + "”，请核对封样单上的批次号。"));
            UUID own = Optional.ofNullable(visitor.party()).orElseThrow();
            UUID sample = reports.received(visitor, lot.id(), own, LabWords.day(form, "day")).id();
            return "redirect:/lab/grid?sample=" + sample;
        } catch (Problems problems) {
            return LabWords.again(queue(Form.of(request, problems)));
        }
    }
}
