package cn.xinyuan.server.farming.usecase;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.farming.Harvests;
import cn.xinyuan.server.farming.domain.Plausible;
import cn.xinyuan.server.farming.domain.PlotSeason;
import cn.xinyuan.server.farming.domain.YieldBook;
import cn.xinyuan.server.farming.domain.YieldFact;
import cn.xinyuan.server.farming.events.SeasonCapChanged;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much a plot may bear in a season (area x agreed yield): more than that cannot be harvested
 * there, so nothing can be relabelled as coming from it. An officer agrees the figure, whose work
 * it is to know the orchards of his districts; those who sell the harvest see it and by whom.
 */
@Component
public class AgreeYields {

    private static final BigDecimal MOST_PER_MU = new BigDecimal("10000");
    private static final int LONGEST_REASON = 300;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final YieldBook book;
    private final Harvests harvests;
    private final Parties parties;
    private final Standards standards;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AgreeYields(
            YieldBook book,
            Harvests harvests,
            Parties parties,
            Standards standards,
            Journal journal,
            ApplicationEventPublisher events,
            Clock clock) {
        this.book = book;
        this.harvests = harvests;
        this.parties = parties;
        this.standards = standards;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
    }

    /** See {@link cn.xinyuan.server.farming.Farming#agreeYield}. */
    @Transactional
    public void agree(Visitor by, UUID plotId, int season, BigDecimal kgPerMu, String reason) {
        Plot plot =
                parties.findPlot(plotId)
                        .filter(p -> mayAgree(by, p))
                        .orElseThrow(() -> new NotFound("没有这块地"));
        look(plot, season, kgPerMu);
        book.lock(plotId);
        Optional<AgreedYield> before = book.newest(plotId, season);
        if (before.filter(b -> b.kgPerMu().compareTo(kgPerMu) == 0).isPresent()) {
            return;
        }
        String why = reason.strip();
        demandReason(plot, before.orElse(null), kgPerMu, why);
        BigDecimal cap = plot.areaMu().multiply(kgPerMu).setScale(3, RoundingMode.HALF_UP);
        demandRoom(plot, season, kgPerMu, cap);
        var agreed =
                new AgreedYield(
                        plotId,
                        season,
                        kgPerMu,
                        plot.areaMu(),
                        cap,
                        by.name(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        why.isEmpty() ? null : why);
        String salt = salt();
        book.agree(agreed, by.account(), salt);
        journal.append(YieldFact.KIND, new YieldFact(agreed, by.account(), salt).bytes());
        events.publishEvent(new SeasonCapChanged(plotId, season, cap));
    }

    private static boolean mayAgree(Visitor by, Plot plot) {
        return by.seesDistrict(plot.district()) && by.role() != Role.EVALUATOR;
    }

    private void look(Plot plot, int season, BigDecimal kgPerMu) {
        var plausible = plausible(plot);
        boolean sound = kgPerMu.signum() > 0 && kgPerMu.compareTo(MOST_PER_MU) <= 0;
        new Problems.Collector()
                .require(
                        sound && kgPerMu.stripTrailingZeros().scale() <= 3,
                        "kgPerMu",
                        "亩产应大于 0、不超过 10,000 kg，最多三位小数，例如 380。今年没有收成的地块不用核定。")
                .require(
                        !sound || !plausible.absurd(kgPerMu),
                        "kgPerMu",
                        "%s kg/亩 是%s公布数（%s）的 10 倍以上，不可能。请看是不是多写了一个 0，或把斤当成了公斤（1 公斤 = 2 斤），或写成了整块地的总产。"
                                .formatted(
                                        Words.number(kgPerMu),
                                        standards.categoryName(plot.crop()),
                                        plausible.words().orElse("")))
                .require(
                        Math.abs(season - ChinaTime.today(clock).getYear()) <= 1,
                        "season",
                        "只能核定今年或相邻一年的亩产。")
                .throwIfAny();
    }

    private void demandReason(
            Plot plot, @Nullable AgreedYield before, BigDecimal kgPerMu, String why) {
        var plausible = plausible(plot);
        new Problems.Collector()
                .require(
                        before == null || !why.isEmpty(),
                        "reason",
                        "已经核定过 %s kg/亩，改动要写明原因；原来的数会留着。"
                                .formatted(Words.number(before == null ? null : before.kgPerMu())))
                .require(
                        before != null || !plausible.unusual(kgPerMu) || !why.isEmpty(),
                        "reason",
                        "比公布数（%s）高一倍以上：请写明依据，例如测产记录。".formatted(plausible.words().orElse("")))
                .require(why.length() <= LONGEST_REASON, "reason", "原因最多 300 字。")
                .throwIfAny();
    }

    private void demandRoom(Plot plot, int season, BigDecimal kgPerMu, BigDecimal cap) {
        BigDecimal harvested = harvests.settled(plot.id(), season);
        if (cap.compareTo(harvested) < 0) {
            throw new Refused(
                    "below-harvested",
                    "地块 %s 在 %d 年已采收 %s，按 %s kg/亩 只能有 %s。最少要核定 %s kg/亩。"
                            .formatted(
                                    plot.number(),
                                    season,
                                    Words.kg(harvested),
                                    Words.number(kgPerMu),
                                    Words.kg(cap),
                                    Words.number(least(plot, harvested))));
        }
    }

    /** The lowest yield, to three decimals, whose cap holds what was harvested. */
    public static BigDecimal least(Plot plot, BigDecimal harvested) {
        return harvested.divide(plot.areaMu(), 3, RoundingMode.CEILING);
    }

    /** What was published for the crop of a plot. */
    public Plausible plausible(Plot plot) {
        return new Plausible(standards.publishedYields(plot.crop()));
    }

    /**
     * A plot in a season, for those who may see it.
     *
     * @throws NotFound for others
     */
    public PlotSeason of(Visitor by, UUID plot, int season) {
        Plot seen =
                parties.findPlot(plot)
                        .filter(p -> sees(by, p))
                        .orElseThrow(() -> new NotFound("没有这块地"));
        return new PlotSeason(
                seen,
                season,
                book.newest(plot, season).orElse(null),
                harvests.kilograms(plot, season));
    }

    /** What was agreed for a plot and season, newest first, for those who may see the plot. */
    public List<AgreedYield> history(Visitor by, UUID plot, int season) {
        return book.history(of(by, plot, season).plot().id(), season);
    }

    /** The plots a visitor may see: an officer's districts, or what a party sells or works. */
    public List<PlotSeason> all(Visitor by, int season) {
        UUID party = by.party();
        List<Plot> plots =
                by.role().isOfficial()
                        ? parties.plotsIn(by.districts())
                        : party == null ? List.of() : parties.plotsOf(party);
        Set<UUID> ids = plots.stream().map(Plot::id).collect(Collectors.toSet());
        Map<UUID, AgreedYield> agreed = book.newest(ids, season);
        Map<UUID, BigDecimal> harvested = harvests.kilograms(ids, season);
        return plots.stream()
                .map(
                        p ->
                                new PlotSeason(
                                        p,
                                        season,
                                        agreed.get(p.id()),
                                        harvested.getOrDefault(p.id(), BigDecimal.ZERO)))
                .toList();
    }

    private static boolean sees(Visitor by, Plot plot) {
        return by.maySee(plot.party(), plot.district())
                || plot.farmer() != null && Objects.equals(by.party(), plot.farmer());
    }

    private static String salt() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
