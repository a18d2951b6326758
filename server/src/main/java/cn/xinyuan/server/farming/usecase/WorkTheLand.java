package cn.xinyuan.server.farming.usecase;

import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.domain.FarmBook;
import cn.xinyuan.server.farming.domain.Gate;
import cn.xinyuan.server.farming.domain.YieldBook;
import cn.xinyuan.server.farming.events.SprayingRefused;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a farmer writes down, looked at while he writes: banned substances, unregistered products
 * and one use too many are refused at once, with the day from which the harvest is allowed.
 */
@Component
class WorkTheLand implements Farming {

    private static final int WRITTEN_LATE = 400;

    private final FarmBook book;
    private final YieldBook agreed;
    private final AgreeYields yields;
    private final Parties parties;
    private final Standards standards;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate apart;

    WorkTheLand(
            FarmBook book,
            YieldBook agreed,
            AgreeYields yields,
            Parties parties,
            Standards standards,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.book = book;
        this.agreed = agreed;
        this.yields = yields;
        this.parties = parties;
        this.standards = standards;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void agreeYield(Visitor by, UUID plot, int season, BigDecimal kgPerMu, String reason) {
        yields.agree(by, plot, season, kgPerMu, reason);
    }

    @Override
    public Optional<BigDecimal> seasonCap(UUID plot, int season) {
        return agreed.newest(plot, season).map(AgreedYield::kilograms);
    }

    @Override
    public FarmRecord record(Visitor by, NewFarmRecord record) {
        return write(by, record, null, null);
    }

    @Override
    @Transactional
    public List<FarmRecord> recordOnAll(Visitor by, List<NewFarmRecord> records) {
        // always in the same order, so that two at once wait for each other instead of blocking
        return records.stream()
                .sorted(Comparator.comparing(NewFarmRecord::plot))
                .map(r -> write(by, r, null, null))
                .toList();
    }

    @Override
    public FarmRecord correct(Visitor by, UUID corrected, NewFarmRecord record, String reason) {
        var old = book.find(corrected).orElseThrow(() -> new NotFound("没有这条记录"));
        plotOf(by, old.plot());
        new Problems.Collector()
                .require(!reason.isBlank(), "reason", "请写明为什么更正；原记录会保留。")
                .require(reason.length() <= 300, "reason", "原因最多 300 字。")
                .require(old.plot().equals(record.plot()), "plot", "更正不能换地块；记错地块的，请另记一条并更正原记录。")
                .throwIfAny();
        if (old.correctedLater()) {
            throw new Refused("already-corrected", "这条记录已经更正过，请更正最新的一条。");
        }
        return write(by, record, corrected, reason.strip());
    }

    private FarmRecord write(
            Visitor by, NewFarmRecord record, @Nullable UUID corrects, @Nullable String reason) {
        var plot = plotOf(by, record.plot());
        look(record);
        try {
            var written =
                    transaction.execute(status -> written(by, plot, record, corrects, reason));
            if (written == null) {
                throw new IllegalStateException("a record was written");
            }
            return written;
        } catch (Refused no) {
            refused(by, plot, no);
            throw no;
        }
    }

    private FarmRecord written(
            Visitor by,
            Plot plot,
            NewFarmRecord record,
            @Nullable UUID corrects,
            @Nullable String reason) {
        book.lock(plot.id());
        Set<String> substances = Set.of();
        LocalDate harvestFrom = null;
        var name = record.product();
        if (record.activity() == Activity.SPRAYING && name != null) {
            var product = allowed(plot, record.day(), name);
            substances = new LinkedHashSet<>(product.substances());
            harvestFrom = record.day().plusDays(product.preHarvestDays());
            count(plot, record.day(), product, corrects);
        }
        var written =
                new FarmRecord(
                        UUID.randomUUID(),
                        plot.id(),
                        record.activity(),
                        record.day(),
                        name == null || name.isBlank() ? null : name.strip(),
                        record.dose() == null || record.dose().isBlank()
                                ? null
                                : record.dose().strip(),
                        record.person().strip(),
                        record.note().strip(),
                        harvestFrom,
                        corrects,
                        reason,
                        false,
                        clock.instant());
        if (!book.write(written, substances, by.account())) {
            throw new Refused("already-corrected", "刚才有人更正过这条记录，请刷新后再看。");
        }
        return written;
    }

    private void look(NewFarmRecord record) {
        var today = ChinaTime.today(clock);
        boolean spraying = record.activity() == Activity.SPRAYING;
        var product = record.product();
        var dose = record.dose();
        new Problems.Collector()
                .require(
                        !record.day().isAfter(today),
                        "day",
                        record.day() + " 还没有到，今天是 " + today + "。")
                .require(
                        record.day().isAfter(today.minusDays(WRITTEN_LATE)),
                        "day",
                        record.day() + " 太早了，请检查年份。")
                .require(
                        !spraying || product != null && !product.isBlank(),
                        "product",
                        "打药要写登记产品的名称，照标签抄。")
                .require(
                        !spraying || dose != null && !dose.isBlank(),
                        "dose",
                        "打药要写用量，例如 1000x（稀释倍数）或 75 mL/mu。")
                .require(!record.person().isBlank(), "person", "请写是谁做的。")
                .require(record.person().length() <= 60, "person", "姓名最多 60 字。")
                .require(record.note().length() <= 500, "note", "备注最多 500 字。")
                .require(product == null || product.length() <= 100, "product", "名称最多 100 字。")
                .require(dose == null || dose.length() <= 60, "dose", "用量最多 60 字。")
                .throwIfAny();
    }

    private PesticideProduct allowed(Plot plot, LocalDate day, String name) {
        for (String word : wordsOf(name)) {
            standards
                    .ban(word, plot.crop(), day)
                    .ifPresent(
                            ban -> {
                                throw new Refused(
                                        "banned-substance",
                                        "%s 自 %s 起禁止使用（%s），不能记入。请停用并联系监管员处理。"
                                                .formatted(
                                                        ban.substance(), ban.from(), ban.source()));
                            });
        }
        var product =
                standards
                        .pesticideProduct(name.strip())
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                "unregistered-product",
                                                "“%s”不在登记产品目录里。请照标签选择登记产品；目录没有的，先报监管员核对登记证。"
                                                        .formatted(name.strip())));
        for (String substance : product.substances()) {
            standards
                    .ban(substance, plot.crop(), day)
                    .ifPresent(
                            ban -> {
                                throw new Refused(
                                        "banned-substance",
                                        "%s 含 %s，自 %s 起禁止使用（%s），不能记入。"
                                                .formatted(
                                                        product.name(),
                                                        substance,
                                                        ban.from(),
                                                        ban.source()));
                            });
        }
        return product;
    }

    /** A name on a label carries the substance: 35%水胺硫磷乳油 is 水胺硫磷. */
    private static List<String> wordsOf(String name) {
        var plain = name.replaceAll("[0-9.%％/a-zA-Z ]+", "");
        return List.of(
                name.strip(),
                plain,
                plain.replaceAll("(乳油|水剂|悬浮剂|可湿性粉剂|颗粒剂|微乳剂|水乳剂|水分散粒剂|粉剂)$", ""));
    }

    private void count(
            Plot plot, LocalDate day, PesticideProduct product, @Nullable UUID corrects) {
        var uses =
                book.records(List.of(plot.id()), seasonStart(day), seasonEnd(day)).stream()
                        .filter(r -> !r.correctedLater() && !r.id().equals(corrects))
                        .filter(r -> product.name().equals(r.product()))
                        .count();
        if (uses >= product.maxUses()) {
            throw new Refused(
                    "too-many-uses",
                    "%s 每季最多用 %d 次，地块 %s 已用 %d 次。请换用其他登记产品。"
                            .formatted(product.name(), product.maxUses(), plot.number(), uses));
        }
    }

    private void refused(Visitor by, Plot plot, Refused no) {
        var now = clock.instant();
        var text = String.valueOf(no.getMessage());
        apart.executeWithoutResult(
                status -> {
                    book.refused(plot.id(), no.rule(), text, by.account(), now);
                    events.publishEvent(
                            new SprayingRefused(
                                    plot.id(),
                                    plot.party(),
                                    plot.district(),
                                    no.rule(),
                                    "地块 " + plot.number() + "：" + text,
                                    now));
                });
    }

    @Override
    public Optional<FarmRecord> find(UUID record) {
        return book.find(record);
    }

    @Override
    public List<FarmRecord> recordsOf(UUID plot, int season) {
        return book.records(
                List.of(plot), LocalDate.of(season, 1, 1), LocalDate.of(season, 12, 31));
    }

    @Override
    public HarvestGate gate(UUID plot, LocalDate day) {
        return Gate.on(day, book.records(List.of(plot), day.minusYears(1), day));
    }

    @Override
    public Set<String> substancesUsed(Set<UUID> plots, LocalDate until) {
        return book.substances(plots, until.minusYears(1).plusDays(1), until);
    }

    /** The season of a crop is the calendar year, as its cap is. */
    private static LocalDate seasonStart(LocalDate day) {
        return LocalDate.of(day.getYear(), 1, 1);
    }

    private static LocalDate seasonEnd(LocalDate day) {
        return LocalDate.of(day.getYear(), 12, 31);
    }

    /** A farmer writes on the plots he works, a clerk on those of his cooperative. */
    private Plot plotOf(Visitor by, UUID plot) {
        return parties.findPlot(plot)
                .filter(p -> by.party() != null)
                .filter(p -> p.party().equals(by.party()) || Objects.equals(by.party(), p.farmer()))
                .orElseThrow(() -> new NotFound("没有这块地"));
    }
}
