package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.PrintSetting.Scale;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.domain.Release;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Labels go to the printer, and the platform notes who printed which: a label printed twice is the
 * easiest forgery. So a printed label is locked. The clerk opens the lock once for a spoiled label,
 * with a reason; printing it a third time, or more than {@link #REPRINTED_BY_CLERK} labels again at
 * once, wants the release of an official of the district as well. The file of a print is there for
 * a day, and each fetching is noted.
 */
@Component
public class PrintLabels {

    /** Labels in one file. */
    public static final int MOST = 2_400;

    /** Labels that a clerk may print again in one go without an official. */
    public static final int REPRINTED_BY_CLERK = 100;

    /** How long the file of a print can be fetched. */
    public static final Duration FILE_KEPT = Duration.ofDays(1);

    private static final BigDecimal FARTHEST = new BigDecimal("9.9");
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_PRINTER = 60;

    private final BatchBook book;
    private final PrintBook prints;
    private final Parties parties;
    private final Clock clock;

    PrintLabels(BatchBook book, PrintBook prints, Parties parties, Clock clock) {
        this.book = book;
        this.prints = prints;
        this.parties = parties;
        this.clock = clock;
    }

    /**
     * Notes a print and hands its number out, with which the file is fetched.
     *
     * @param first the first serial
     * @param modules modules on a side of the QR of this installation's addresses, without quiet
     *     zone
     * @param reason needed when one of the labels was printed before
     * @throws Problems on serials that the batch has not, on a setting out of bounds, on a template
     *     on which a module would be smaller than {@link LabelTemplate#SMALLEST_MODULE}, and
     *     without a reason
     * @throws Refused {@code void} when a code in between is void, {@code reprint-locked} when an
     *     official has to release the labels first
     */
    @Transactional
    public Printed print(
            Visitor by,
            long number,
            long first,
            long count,
            PrintSetting setting,
            int modules,
            @Nullable String reason) {
        Batch batch =
                book.lock(number)
                        .filter(b -> b.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + number));
        String why = reason == null || reason.isBlank() ? null : reason.strip();
        var problems = new Problems.Collector();
        demandRange(problems, batch, first, count);
        demandSetting(problems, setting, modules);
        problems.require(why == null || why.length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        var range = new CodeRange(number, first, count);
        demandNoneVoid(range);
        List<Printed> before =
                prints.of(number).stream().filter(p -> p.range().overlaps(range)).toList();
        UUID release = null;
        if (!before.isEmpty()) {
            if (why == null) {
                throw Problems.of("reason", "其中有打印过的标签。补打请写明原因，例如“卡纸，已销毁 24 枚”。");
            }
            if (range.count() > REPRINTED_BY_CLERK || before.stream().anyMatch(Printed::again)) {
                release = released(range).id();
            }
        }
        var printed =
                new Printed(
                        UUID.randomUUID(),
                        range,
                        setting,
                        before.isEmpty() ? null : why,
                        release,
                        by.account(),
                        by.name(),
                        clock.instant());
        prints.add(printed);
        return printed;
    }

    /**
     * Lets a clerk print locked labels once more.
     *
     * @throws NotFound for a batch of a party outside the official's districts
     * @throws Problems on serials that the batch has not, or without a reason
     */
    @Transactional
    public Release release(Visitor by, long number, long first, long count, String reason) {
        Batch batch =
                book.lock(number)
                        .filter(b -> by.role() != Role.EVALUATOR)
                        .filter(b -> isWithin(by, b))
                        .orElseThrow(() -> new NotFound("batch " + number));
        var problems = new Problems.Collector();
        demandRange(problems, batch, first, count);
        problems.require(!reason.isBlank(), "reason", "请写明为什么准予再次打印。")
                .require(reason.strip().length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        var release =
                new Release(
                        UUID.randomUUID(),
                        new CodeRange(number, first, count),
                        reason.strip(),
                        by.account(),
                        by.name(),
                        clock.instant(),
                        false);
        prints.add(release);
        return release;
    }

    /**
     * Opens the file of a print, which is noted.
     *
     * @throws NotFound for the print of another party
     * @throws Refused {@code print-file-gone} after {@link #FILE_KEPT}
     */
    @Transactional
    public Printed fetch(Visitor by, long number, UUID id) {
        Printed printed =
                prints.find(id)
                        .filter(p -> p.range().batch() == number)
                        .filter(
                                p ->
                                        book.find(number)
                                                .filter(b -> b.party().equals(by.party()))
                                                .isPresent())
                        .orElseThrow(() -> new NotFound("printing " + id));
        if (clock.instant().isAfter(printed.at().plus(FILE_KEPT))) {
            throw new Refused("print-file-gone", "打印文件只保留 24 小时，这次的已过期。还要打印这些标签，请回到码批页面补打并写明原因。");
        }
        prints.fetched(id, by.account(), by.name(), clock.instant());
        return printed;
    }

    private boolean isWithin(Visitor by, Batch batch) {
        return parties.find(batch.party()).filter(p -> by.seesDistrict(p.district())).isPresent();
    }

    private static void demandRange(
            Problems.Collector problems, Batch batch, long first, long count) {
        String codes = Words.count(batch.count());
        problems.require(first >= 0 && first < batch.count(), "first", "序号应在 1 至 " + codes + " 之间。")
                .require(
                        count >= 1 && count <= MOST && count <= batch.count() - Math.max(0, first),
                        "count",
                        "一次打印 1 至 2,400 枚，不能超出这批码的最后一枚（第 " + codes + " 号）。");
    }

    private static void demandSetting(
            Problems.Collector problems, PrintSetting setting, int modules) {
        LabelTemplate template = setting.template();
        Scale scale = setting.scale();
        problems.require(
                        setting.position() >= 1 && setting.position() <= template.perSheet(),
                        "position",
                        template.isRoll()
                                ? "卷标从第 1 枚开始。"
                                : "起始位置应为 1 至 " + template.perSheet() + "，从左到右、从上到下数。")
                .require(fits(setting.rightMm()), "right", "左右微调应在 -9.9 至 9.9 毫米之间，最多一位小数。")
                .require(fits(setting.downMm()), "down", "上下微调应在 -9.9 至 9.9 毫米之间，最多一位小数。")
                .require(Scale.fits(scale.across()), "across", "横向缩放应在 95 至 105（%）之间，最多一位小数。")
                .require(Scale.fits(scale.down()), "along", "纵向缩放应在 95 至 105（%）之间，最多一位小数。")
                .require(setting.printer().length() <= LONGEST_PRINTER, "printer", "打印机名称最多 60 字。")
                .require(
                        template.isRoll() || !setting.format().isDots(),
                        "format",
                        "ZPL 和 TSPL 只用于卷标；A4 标签纸请选 PDF。");
        if (Scale.fits(scale.across()) && Scale.fits(scale.down())) {
            double module = template.module(modules, scale, setting.format());
            problems.require(
                    module >= LabelTemplate.SMALLEST_MODULE,
                    "template",
                    String.format(
                            Locale.ROOT,
                            "二维码印在这种标签上，每个方块只有 %.2f mm，小于 0.5 mm，手机扫不清。请选大一些的标签、取消缩小，"
                                    + "或让管理员换一个短的网址（xinyuan.public-address）。",
                            module));
        }
    }

    private static boolean fits(BigDecimal millimetres) {
        return millimetres.abs().compareTo(FARTHEST) <= 0
                && millimetres.stripTrailingZeros().scale() <= 1;
    }

    private void demandNoneVoid(CodeRange range) {
        book.voided(range.batch()).stream()
                .filter(v -> v.range().overlaps(range))
                .findFirst()
                .ifPresent(
                        v -> {
                            throw new Refused(
                                    "void",
                                    "第 %s 至 %s 号已作废，不能再打印。请避开它们。"
                                            .formatted(
                                                    Words.count(v.range().from() + 1),
                                                    Words.count(v.range().end())));
                        });
    }

    private Release released(CodeRange range) {
        Optional<Release> open =
                prints.releases(range.batch()).stream().filter(r -> r.opens(range)).findFirst();
        return open.orElseThrow(
                () ->
                        new Refused(
                                "reprint-locked",
                                ("第 %s 至 %s 号已锁定：补打过的标签再打，或一次补打超过 %d 枚，须由本地监管人员放行。"
                                                + "请把码批编号 %d 和序号报给监管人员，在“标签补打”页放行后再来打印。")
                                        .formatted(
                                                Words.count(range.from() + 1),
                                                Words.count(range.end()),
                                                REPRINTED_BY_CLERK,
                                                range.batch())));
    }
}
