package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.RulingFact;
import cn.xinyuan.server.scan.domain.Tally;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Someone went and looked: the code that many scanned is genuine, or copies of it were found. The
 * mark, the voiding, the ruling and its entry in the journal stand or fall together.
 */
@Component
class RuleOnSuspicion {

    private static final int LONGEST_REASON = 300;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tally tally;
    private final Codes codes;
    private final Parties parties;
    private final Journal journal;
    private final Clock clock;

    RuleOnSuspicion(Tally tally, Codes codes, Parties parties, Journal journal, Clock clock) {
        this.tally = tally;
        this.codes = codes;
        this.parties = parties;
        this.journal = journal;
        this.clock = clock;
    }

    /** See {@link cn.xinyuan.server.scan.Scans#rule}. */
    @Transactional
    public Ruling rule(Visitor by, String typed, Ruling.As as, String reason) {
        var code = codes.read(typed).filter(c -> concerns(by, c)).map(Issued::code);
        String number = code.orElseThrow(() -> new NotFound("code " + typed));
        String why = reason.strip();
        new Problems.Collector()
                .require(!why.isEmpty(), "reason", "请写明怎样核实的、看到了什么。")
                .require(why.length() <= LONGEST_REASON, "reason", "理由最多 300 字。")
                .throwIfAny();
        tally.lock(number);
        // read again: someone else may have ruled while this one waited
        Issued issued = codes.read(number).orElseThrow();
        demand(as, issued, tally.mark(number).orElse(null));
        var ruling =
                new Ruling(
                        UUID.randomUUID(),
                        number,
                        as,
                        why,
                        by.name(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        String salt = salt();
        tally.rule(ruling, by.account(), salt);
        journal.append(RulingFact.KIND, new RulingFact(ruling, by.account(), salt).bytes());
        if (!as.genuine() && issued.voided() == null) {
            codes.voidCopied(by, number, "监管核查确认有仿制标签：" + why);
        }
        return ruling;
    }

    private boolean concerns(Visitor by, Issued issued) {
        return by.role() != Role.EVALUATOR
                && parties.find(issued.party())
                        .filter(p -> by.seesDistrict(p.district()))
                        .isPresent();
    }

    private static void demand(Ruling.As as, Issued issued, @Nullable Mark mark) {
        List<Ruling> earlier = mark == null ? List.of() : mark.rulings();
        if (as.genuine() && issued.voided() != null) {
            throw new Refused("already-voided", "这个编号已经作废（%s），作废不能撤回。".formatted(issued.voided()));
        }
        if (!earlier.isEmpty() && !earlier.getFirst().as().genuine()) {
            throw new Refused("already-voided", "已经认定过：" + words(earlier.getFirst()) + "不用再办。");
        }
        if (mark == null || as.genuine() && !mark.stands()) {
            throw new Refused(
                    "not-suspicious",
                    earlier.isEmpty()
                            ? "这个编号没有被标为异常，不需要认定。"
                            : "这个编号现在没有异常标记：" + words(earlier.getFirst()) + "之后没有新的异常查询，不用再办。");
        }
    }

    private static String words(Ruling ruling) {
        return "%s 于 %s 认定“%s”。"
                .formatted(ruling.by(), ChinaTime.minute(ruling.at()), ruling.as().word());
    }

    private static String salt() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
