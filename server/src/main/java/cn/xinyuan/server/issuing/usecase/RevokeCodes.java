package cn.xinyuan.server.issuing.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.codes.CodeEngine;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.IssuedRange;
import cn.xinyuan.server.issuing.domain.IssuedRanges;
import cn.xinyuan.server.issuing.domain.Revoked;
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
 * An authority takes back its trust in codes, because a key or a roll of labels came into wrong
 * hands: of a range of a batch, of a batch, or of a key version as a whole. The next scan says so.
 */
@Component
public class RevokeCodes {

    private static final int LONGEST_REASON = 500;

    private final IssuedRanges ranges;
    private final WorthlessCodes worthless;
    private final CodeKeys keys;
    private final Parties parties;
    private final Journal journal;
    private final Clock clock;

    RevokeCodes(
            IssuedRanges ranges,
            WorthlessCodes worthless,
            CodeKeys keys,
            Parties parties,
            Journal journal,
            Clock clock) {
        this.ranges = ranges;
        this.worthless = worthless;
        this.keys = keys;
        this.parties = parties;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Revokes codes of a batch.
     *
     * @param from the first serial, counted from 0
     * @param count how many; 0 for all from there on
     * @throws NotFound for a batch that is not there, or outside the official's districts
     * @throws Problems on serials that the batch has not, or without a reason
     */
    @Transactional
    public Revoked revoke(Visitor by, long batch, long from, long count, String reason) {
        IssuedRange range =
                ranges.of(batch)
                        .filter(r -> maySee(by, r))
                        .orElseThrow(() -> new NotFound("batch " + batch));
        String why = reason.strip();
        new Problems.Collector()
                .require(
                        from >= 0 && from < range.count(),
                        "from",
                        "序号应在 1 至 " + Words.count(range.count()) + " 之间。")
                .require(
                        count >= 0 && count <= range.count() - Math.max(0, from),
                        "count",
                        "不能超出这批码的最后一枚（第 " + Words.count(range.count()) + " 号）。")
                .require(!why.isEmpty(), "reason", "请写明撤销的原因，扫码的人会看到。")
                .require(why.length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        return add(
                new Revoked(
                        UUID.randomUUID(),
                        range.keyVersion(),
                        range.first() + from,
                        count == 0 ? range.count() - from : count,
                        batch,
                        why,
                        by.account(),
                        by.name(),
                        clock.instant()));
    }

    /**
     * Revokes every code of a key version, made or ever to be made with it.
     *
     * @throws Refused {@code key-in-use} for the version that orders still take: begin a new one
     *     first; {@code already-revoked}
     */
    @Transactional
    public Revoked revokeVersion(Visitor by, int version, String reason) {
        String why = reason.strip();
        int current = keys.current();
        new Problems.Collector()
                .require(
                        version >= 0 && version <= current,
                        "keyVersion",
                        "密钥版本应为 0 至 " + current + "。")
                .require(!why.isEmpty(), "reason", "请写明撤销的原因，扫码的人会看到。")
                .require(why.length() <= LONGEST_REASON, "reason", "原因最多 500 字。")
                .throwIfAny();
        if (version == current) {
            throw new Refused("key-in-use", "密钥版本 " + version + " 正在用于申请新码。请先启用新的密钥版本，再撤销它。");
        }
        if (worthless.revoked().stream()
                .anyMatch(r -> r.batch() == null && r.keyVersion() == version)) {
            throw new Refused("already-revoked", "密钥版本 " + version + " 已经撤销过。");
        }
        return add(
                new Revoked(
                        UUID.randomUUID(),
                        version,
                        0,
                        CodeEngine.INDICES,
                        null,
                        why,
                        by.account(),
                        by.name(),
                        clock.instant()));
    }

    private boolean maySee(Visitor by, IssuedRange range) {
        return by.role() != Role.EVALUATOR
                && parties.find(range.party())
                        .filter(p -> by.seesDistrict(p.district()))
                        .isPresent();
    }

    private Revoked add(Revoked revoked) {
        worthless.add(revoked);
        journal.append("code-revocation/1", bytes(revoked));
        worthless.refreshAfterCommit();
        return revoked;
    }

    /** Pinned: what the journal hashes. The reason stays in our own books. */
    static byte[] bytes(Revoked revoked) {
        return "revocation %s\nkey %d\nfirst %d\ncount %d\nat %s\n"
                .formatted(
                        revoked.id(),
                        revoked.keyVersion(),
                        revoked.first(),
                        revoked.count(),
                        revoked.at())
                .getBytes(UTF_8);
    }
}
