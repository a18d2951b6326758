package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Goods;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The farmer's harvest page. */
@Controller
@MayCall({Role.FARMER, Role.CLERK})
class FarmHarvest {

    private static final String HERE = "/f/harvest";
    private static final int LATEST = 10;

    private final Goods goods;
    private final Lots lots;
    private final LotsInSight sight;
    private final Parties parties;
    private final Farming farming;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    FarmHarvest(
            Goods goods,
            Lots lots,
            LotsInSight sight,
            Parties parties,
            Farming farming,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.goods = goods;
        this.lots = lots;
        this.sight = sight;
        this.parties = parties;
        this.farming = farming;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(HERE)
    Object show(@RequestParam(defaultValue = "") String saved) {
        Form form = Form.empty();
        for (Plot plot : likeliest(plots()).stream().toList()) {
            form = form.with("plot", plot.id());
        }
        return page(form, saved);
    }

    @PostMapping(HERE)
    Object save(HttpServletRequest request) {
        Form form = Form.of(request);
        try {
            UUID plot =
                    plots().stream()
                            .map(Plot::id)
                            .filter(id -> id.toString().equals(form.value("plot")))
                            .findFirst()
                            .orElseThrow(() -> Problems.of("plot", "请选地块。"));
            Lot made =
                    goods.harvest(
                            signedIn.get(),
                            new Goods.Harvest(
                                    plot,
                                    ActPages.figure(form.value("kilograms"))
                                            .orElseThrow(
                                                    () -> Problems.of("kilograms", "请填重量，例如 860。")),
                                    day(form)));
            return "redirect:" + HERE + "?saved=" + made.number();
        } catch (Problems problems) {
            return page(Form.of(request, problems), "");
        } catch (Refused refused) {
            return page(Form.of(request, refused), "");
        }
    }

    private LocalDate day(Form form) {
        String typed = form.value("day").strip();
        try {
            return typed.isEmpty() ? ChinaTime.today(clock) : LocalDate.parse(typed);
        } catch (DateTimeException _) {
            throw Problems.of("day", "请填写日期，例如 2025-06-11。");
        }
    }

    private List<Plot> plots() {
        UUID party = signedIn.get().party();
        return party == null ? List.of() : parties.plotsOf(party);
    }

    /**
     * Where the last basket came from, if it may be picked there today; else the first open plot.
     */
    private Optional<Plot> likeliest(List<Plot> plots) {
        LocalDate today = ChinaTime.today(clock);
        List<Plot> open =
                plots.stream()
                        .filter(p -> farming.gate(p.id(), today).open())
                        .filter(
                                p ->
                                        lots.allowanceLeft(p.id(), today.getYear())
                                                .or(
                                                        () ->
                                                                farming.seasonCap(
                                                                        p.id(), today.getYear()))
                                                .filter(kg -> kg.signum() > 0)
                                                .isPresent())
                        .toList();
        return open.stream()
                .max(Comparator.comparing(this::lastHarvest))
                .filter(p -> !lastHarvest(p).equals(LocalDate.MIN))
                .or(() -> open.stream().findFirst());
    }

    private LocalDate lastHarvest(Plot plot) {
        return sight.harvestedOn(List.of(plot.id()), 1).stream()
                .map(Lot::day)
                .findFirst()
                .orElse(LocalDate.MIN);
    }

    private Object page(Form form, String saved) {
        LocalDate today = ChinaTime.today(clock);
        List<Plot> plots = plots();
        return console.page(
                "trace/farm-harvest",
                HERE,
                new FarmHarvestPage(
                        plots.stream().map(p -> choice(p, today)).toList(),
                        sight.harvestedOn(plots.stream().map(Plot::id).toList(), LATEST).stream()
                                .map(this::made)
                                .toList(),
                        today.toString(),
                        sight.harvestedOn(plots.stream().map(Plot::id).toList(), LATEST).stream()
                                .filter(l -> l.number().equals(saved))
                                .map(l -> l.number() + " · " + Words.kg(l.kilograms()))
                                .findFirst()
                                .orElse(null),
                        form));
    }

    private FarmHarvestPage.PlotChoice choice(Plot plot, LocalDate today) {
        var gate = farming.gate(plot.id(), today);
        return new FarmHarvestPage.PlotChoice(
                plot.id().toString(),
                plot.number() + " · " + plot.variety(),
                gate.open()
                        ? "今天可以采收"
                        : (gate.opensOn() == null
                                        ? "现在不能采收"
                                        : Words.monthAndDay(gate.opensOn()) + "起可采收")
                                + "："
                                + String.join("；", gate.reasons()),
                lots.allowanceLeft(plot.id(), today.getYear())
                        .or(() -> farming.seasonCap(plot.id(), today.getYear()))
                        .map(kg -> "本季还可采 " + Words.kg(kg))
                        .orElse("还没有核定亩产，请联系合作社"),
                gate.open());
    }

    private FarmHarvestPage.Made made(Lot lot) {
        return new FarmHarvestPage.Made(
                lot.number(), lot.variety(), Words.kg(lot.kilograms()), Words.day(lot.day()));
    }
}
