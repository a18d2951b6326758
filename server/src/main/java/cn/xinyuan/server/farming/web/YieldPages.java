package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.farming.domain.PlotSeason;
import cn.xinyuan.server.farming.usecase.AgreeYields;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Season caps: an officer agrees them, those who sell the harvest see them. */
@Controller
class YieldPages {

    private static final String OFFICER = "/s/yields";
    private static final String CLERK = "/p/yields";
    private static final int ROWS = 20;
    private static final String AGREED = "AGREED";
    private static final String OPEN = "OPEN";

    private final AgreeYields yields;
    private final Parties parties;
    private final Standards standards;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    YieldPages(
            AgreeYields yields,
            Parties parties,
            Standards standards,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.yields = yields;
        this.parties = parties;
        this.standards = standards;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping(OFFICER)
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    ModelAndView ofDistricts(
            @RequestParam(required = false) @Nullable Integer season,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page) {
        return list(OFFICER, season, state, q, page);
    }

    @GetMapping(CLERK)
    @MayCall(Role.CLERK)
    ModelAndView own(
            @RequestParam(required = false) @Nullable Integer season,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page) {
        return list(CLERK, season, state, q, page);
    }

    @GetMapping(OFFICER + "/{plot}")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    ModelAndView form(
            @PathVariable UUID plot, @RequestParam(required = false) @Nullable Integer season) {
        return page(OFFICER, plot, year(season), Form.empty());
    }

    @GetMapping(CLERK + "/{plot}")
    @MayCall(Role.CLERK)
    ModelAndView look(
            @PathVariable UUID plot, @RequestParam(required = false) @Nullable Integer season) {
        return page(CLERK, plot, year(season), Form.empty());
    }

    @PostMapping(OFFICER + "/{plot}")
    @MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
    ModelAndView agree(
            @PathVariable UUID plot,
            @RequestParam int season,
            @RequestParam(defaultValue = "") String kgPerMu,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        return Acts.orFormAgain(
                request,
                () -> {
                    yields.agree(signedIn.get(), plot, season, figure(kgPerMu), reason);
                    return Form.of(request).chose("do", "next")
                            ? next(season)
                            : OFFICER + "/" + plot + "?season=" + season;
                },
                form -> page(OFFICER, plot, season, form));
    }

    private static BigDecimal figure(String typed) {
        try {
            return new BigDecimal(typed.strip().replace(",", "").replace("，", ""));
        } catch (NumberFormatException e) {
            throw Problems.of("kgPerMu", "请写每亩多少公斤，只写数字，例如 380。");
        }
    }

    /** The next plot without an agreed yield; the list when all have one. */
    private String next(int season) {
        return yields.all(signedIn.get(), season).stream()
                .filter(p -> p.agreed() == null)
                .findFirst()
                .map(p -> OFFICER + "/" + p.plot().id() + "?season=" + season)
                .orElse(OFFICER + "?season=" + season);
    }

    private ModelAndView list(
            String address, @Nullable Integer season, String state, String q, int page) {
        int year = year(season);
        Map<UUID, String> names = new HashMap<>();
        List<PlotSeason> found =
                yields.all(signedIn.get(), year).stream()
                        .filter(
                                p ->
                                        state.isEmpty()
                                                || state.equals(p.agreed() == null ? OPEN : AGREED))
                        .filter(p -> q.isBlank() || words(p, names).contains(q.strip()))
                        .toList();
        int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int current = Math.clamp(page, 1, pages);
        int from = (current - 1) * ROWS;
        int to = Math.min(found.size(), from + ROWS);
        long open = found.stream().filter(p -> p.agreed() == null).count();
        return console.page(
                "farming/yields",
                address,
                new YieldsPage(
                        address.equals(OFFICER),
                        address,
                        String.valueOf(year),
                        state,
                        q,
                        seasons(),
                        List.of(
                                new Choice("", "全部"),
                                new Choice(OPEN, "未核定"),
                                new Choice(AGREED, "已核定")),
                        "%s 块地，%s 块还没有核定".formatted(Words.count(found.size()), Words.count(open)),
                        "上限合计 %s，已采收 %s"
                                .formatted(Words.kg(caps(found)), Words.kg(harvested(found))),
                        found.subList(from, to).stream().map(p -> row(address, p, names)).toList(),
                        address
                                + "?season="
                                + year
                                + "&state="
                                + URLEncoder.encode(state, StandardCharsets.UTF_8)
                                + "&q="
                                + URLEncoder.encode(q, StandardCharsets.UTF_8),
                        current,
                        pages,
                        found.isEmpty()
                                ? "没有地块"
                                : "第 %d–%d 块，共 %d 块".formatted(from + 1, to, found.size())));
    }

    private static BigDecimal caps(List<PlotSeason> plots) {
        return plots.stream()
                .map(PlotSeason::agreed)
                .filter(Objects::nonNull)
                .map(AgreedYield::kilograms)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal harvested(List<PlotSeason> plots) {
        return plots.stream().map(PlotSeason::harvested).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String words(PlotSeason p, Map<UUID, String> names) {
        return p.plot().number() + " " + p.plot().variety() + " " + party(p.plot(), names);
    }

    private String party(Plot plot, Map<UUID, String> names) {
        return names.computeIfAbsent(
                plot.party(), id -> parties.find(id).map(Party::name).orElse("—"));
    }

    private YieldsPage.Row row(String address, PlotSeason p, Map<UUID, String> names) {
        Plot plot = p.plot();
        return new YieldsPage.Row(
                address + "/" + plot.id() + "?season=" + p.season(),
                plot.number(),
                party(plot, names),
                Words.mu(plot.areaMu()),
                standards.categoryName(plot.crop()) + " · " + plot.variety(),
                badge(p),
                perMu(p),
                cap(p),
                Words.kg(p.harvested()),
                Words.kg(p.left()),
                width(p),
                nearlyFull(p));
    }

    private static Badge badge(PlotSeason p) {
        return p.agreed() == null ? Badge.YIELD_OPEN : Badge.YIELD_AGREED;
    }

    private static String perMu(PlotSeason p) {
        AgreedYield agreed = p.agreed();
        return agreed == null ? "—" : Words.number(agreed.kgPerMu()) + " kg/亩";
    }

    private static String cap(PlotSeason p) {
        AgreedYield agreed = p.agreed();
        return Words.kg(agreed == null ? null : agreed.kilograms());
    }

    private static String width(PlotSeason p) {
        AgreedYield agreed = p.agreed();
        return agreed == null ? "0%" : Words.width(p.harvested(), agreed.kilograms());
    }

    private static boolean nearlyFull(PlotSeason p) {
        AgreedYield agreed = p.agreed();
        return agreed != null
                && p.harvested().compareTo(agreed.kilograms().multiply(new BigDecimal("0.9"))) >= 0;
    }

    private ModelAndView page(String list, UUID id, int season, Form form) {
        var visitor = signedIn.get();
        PlotSeason p = yields.of(visitor, id, season);
        Plot plot = p.plot();
        List<AgreedYield> history = yields.history(visitor, id, season);
        AgreedYield before = yields.of(visitor, id, season - 1).agreed();
        var plausible = yields.plausible(plot);
        int today = ChinaTime.today(clock).getYear();
        return console.page(
                "farming/yield",
                list,
                new YieldPage(
                        list.equals(OFFICER),
                        list + "/" + id,
                        list + "?season=" + season,
                        plot.number(),
                        parties.find(plot.party()).map(Party::name).orElse("—"),
                        Words.number(plot.areaMu()) + " 亩",
                        Words.number(plot.areaSquareMetres().setScale(0, RoundingMode.HALF_UP))
                                + " m²",
                        standards.categoryName(plot.crop()) + " · " + plot.variety(),
                        String.valueOf(season),
                        seasons(),
                        badge(p),
                        perMu(p),
                        cap(p),
                        Words.kg(p.harvested()),
                        Words.kg(p.left()),
                        width(p),
                        nearlyFull(p),
                        p.harvested().signum() == 0
                                ? null
                                : Words.number(AgreeYields.least(plot, p.harvested())) + " kg/亩",
                        plausible.words().orElse(null),
                        plausible.published().stream()
                                .map(
                                        y ->
                                                new YieldPage.Published(
                                                        y.place(),
                                                        String.valueOf(y.year()),
                                                        Words.number(y.kgPerMu()) + " kg/亩",
                                                        source(y.source())))
                                .toList(),
                        before == null
                                ? null
                                : "%d 年核定 %s kg/亩"
                                        .formatted(season - 1, Words.number(before.kgPerMu())),
                        history.stream()
                                .map(
                                        a ->
                                                new YieldPage.Agreed(
                                                        ChinaTime.minute(a.at()),
                                                        a.by(),
                                                        Words.number(a.kgPerMu()) + " kg/亩",
                                                        Words.kg(a.kilograms()),
                                                        a.reason(),
                                                        a.equals(history.getFirst())))
                                .toList(),
                        Math.abs(season - today) <= 1,
                        p.agreed() != null,
                        form.typed().containsKey("kgPerMu") ? form : filled(p, before)));
    }

    /** The figure that holds, else that of the season before. */
    private static Form filled(PlotSeason p, @Nullable AgreedYield before) {
        AgreedYield like = p.agreed() == null ? before : p.agreed();
        return like == null
                ? Form.empty()
                : Form.empty().with("kgPerMu", like.kgPerMu().stripTrailingZeros().toPlainString());
    }

    private static String source(String source) {
        return switch (source) {
            case "press" -> "新闻报道";
            case "forecast in the press" -> "新闻报道的预计数";
            default -> source;
        };
    }

    private List<Choice> seasons() {
        int now = ChinaTime.today(clock).getYear();
        return Stream.of(now + 1, now, now - 1, now - 2)
                .map(y -> new Choice(String.valueOf(y), y + " 年"))
                .toList();
    }

    private int year(@Nullable Integer season) {
        return season == null ? ChinaTime.today(clock).getYear() : season;
    }
}
