package cn.xinyuan.server.issuing.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.BatchBook;
import cn.xinyuan.server.issuing.domain.Voided;
import cn.xinyuan.server.issuing.domain.WorthlessCodes;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Codes are made worthless for good: labels that were spoiled, lost or stolen, or of which copies
 * were found. The next scan says so, and why.
 */
@Component
public class VoidCodes {

    private static final int LONGEST_REASON = 500;

    private final BatchBook book;
    private final WorthlessCodes worthless;
    private final Parties parties;
    private final Journal journal;
    private final Clock clock;

    VoidCodes(
            BatchBook book,
            WorthlessCodes worthless,
            Parties parties,
            Journal journal,
            Clock clock) {
        this.book = book;
        this.worthless = worthless;
        this.parties = parties;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * The owner voids codes of its own.
     *
     * @throws Problems on serials that the batch has not, or without a reason
     * @throws Refused {@code already-voided}
     */
    @Transactional
    public void voidCodes(Visitor by, long number, long first, long count, String reason) {
        Batch batch =
                book.lock(number)
                        .filter(b -> b.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + number));
        makeVoid(by, batch, first, count, reason);
    }

    /**
     * An official voids one code of which copies were found.
     *
     * @throws NotFound outside the official's districts
     * @throws Refused {@code already-voided}
     */
    @Transactional
    public void voidCopied(Visitor by, long number, long serial, String reason) {
        Batch batch =
                book.lock(number)
                        .filter(b -> by.role() != Role.EVALUATOR)
                        .filter(
                                b ->
                                        parties.find(b.party())
                                                .filter(p -> by.seesDistrict(p.district()))
                                                .isPresent())
                        .orElseThrow(() -> new NotFound("batch " + number));
        makeVoid(by, batch, serial, 1, reason);
    }

    private void makeVoid(Visitor by, Batch batch, long first, long count, String reason) {
        long number = batch.number();
        String why = reason.strip();
        new Problems.Collector()
                .require(
                        first >= 0 && first < batch.count(),
                        "first",
                        "序号应在 1 至 " + Words.count(batch.count()) + " 之间。")
                .require(
                        count >= 1 && count <= batch.count() - Math.max(0, first),
                        "count",
                        "数量至少 1 枚，不能超出这批码的最后一枚（第 " + Words.count(batch.count()) + " 号）。")
                .require(!why.isEmpty(), "reason", "请写明作废的原因，扫码的人会看到。")
                .require(why.length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        var range = new CodeRange(number, first, count);
        for (Voided old : book.voided(number)) {
            if (old.range().overlaps(range)) {
                throw new Refused(
                        "already-voided",
                        "第 %s 至 %s 号已作废（%s），作废不能重复也不能撤回。"
                                .formatted(
                                        Words.count(old.range().from() + 1),
                                        Words.count(old.range().end()),
                                        old.reason()));
            }
        }
        var voided = new Voided(UUID.randomUUID(), range, why, by.account(), clock.instant());
        book.add(voided);
        journal.append("code-voiding/1", bytes(voided));
        worthless.refreshAfterCommit();
    }

    /** Pinned: what the journal hashes. Identifiers only; the reason stays in our own books. */
    static byte[] bytes(Voided voided) {
        return "voiding %s\nbatch %d\nfirst %d\ncount %d\nat %s\n"
                .formatted(
                        voided.id(),
                        voided.range().batch(),
                        voided.range().from(),
                        voided.range().count(),
                        voided.at())
                .getBytes(UTF_8);
    }
}
