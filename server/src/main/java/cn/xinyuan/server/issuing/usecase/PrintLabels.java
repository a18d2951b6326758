package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Labels go to the printer, and the platform notes who printed which: a label printed twice is the
 * easiest forgery, so printing again asks for a reason.
 */
@Component
public class PrintLabels {

    /** Labels in one file: 100 sheets. */
    public static final int MOST = 2_400;

    /** Labels on one sheet. */
    public static final int PER_SHEET = 24;

    private static final BigDecimal FARTHEST = new BigDecimal("9.9");

    private final BatchBook book;
    private final Clock clock;

    PrintLabels(BatchBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * @param first the first serial
     * @param position where to begin on the first sheet, 1 to 24
     * @param rightMm how far to move everything to the right, in steps of 0.1 mm
     * @param reason needed when one of the labels was printed before
     * @throws Refused {@code void} when a code in between is void, {@code printed-before}
     */
    @Transactional
    public Printed print(
            Visitor by,
            long number,
            long first,
            long count,
            int position,
            BigDecimal rightMm,
            BigDecimal downMm,
            @Nullable String reason) {
        Batch batch =
                book.lock(number)
                        .filter(b -> b.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + number));
        String why = reason == null || reason.isBlank() ? null : reason.strip();
        new Problems.Collector()
                .require(
                        first >= 0 && first < batch.count(),
                        "first",
                        "序号应在 1 至 " + Words.count(batch.count()) + " 之间。")
                .require(
                        count >= 1 && count <= MOST && count <= batch.count() - Math.max(0, first),
                        "count",
                        "一次打印 1 至 2,400 枚，不能超出这批码的最后一枚（第 " + Words.count(batch.count()) + " 号）。")
                .require(
                        position >= 1 && position <= PER_SHEET,
                        "position",
                        "起始位置应为 1 至 24，从左到右、从上到下数。")
                .require(fits(rightMm), "right", "左右微调应在 -9.9 至 9.9 毫米之间，最多一位小数。")
                .require(fits(downMm), "down", "上下微调应在 -9.9 至 9.9 毫米之间，最多一位小数。")
                .require(why == null || why.length() <= 500, "reason", "原因最多 500 字。")
                .throwIfAny();
        var range = new CodeRange(number, first, count);
        book.voided(number).stream()
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
        boolean again = book.printed(number).stream().anyMatch(p -> p.range().overlaps(range));
        if (again && why == null) {
            throw Problems.of("reason", "其中有打印过的标签。补打请写明原因，例如“卡纸，已销毁 24 枚”。");
        }
        var printed =
                new Printed(
                        UUID.randomUUID(),
                        range,
                        position,
                        rightMm,
                        downMm,
                        again ? why : null,
                        by.account(),
                        by.name(),
                        clock.instant());
        book.add(printed);
        return printed;
    }

    private static boolean fits(BigDecimal millimetres) {
        return millimetres.abs().compareTo(FARTHEST) <= 0
                && millimetres.stripTrailingZeros().scale() <= 1;
    }
}
