package cn.xinyuan.server.supervision.usecase;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.supervision.Alerts;
import cn.xinyuan.server.supervision.domain.AlertBook;
import cn.xinyuan.server.supervision.domain.AlertBook.Charge;
import cn.xinyuan.server.supervision.domain.AlertState;
import cn.xinyuan.server.supervision.domain.Kind;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 谁主管、谁负责: every alert has one person and one day, and every step is written down. */
@Component
class WorkOnAlerts implements Alerts {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final AlertBook book;
    private final Scans scans;
    private final Clock clock;

    WorkOnAlerts(AlertBook book, Scans scans, Clock clock) {
        this.book = book;
        this.scans = scans;
        this.clock = clock;
    }

    @Override
    public List<Alert> open(Set<String> districts) {
        return book.within(districts, true);
    }

    @Override
    public List<Alert> all(Set<String> districts) {
        return book.within(districts, false);
    }

    @Override
    public Optional<Alert> find(UUID alert) {
        return book.find(alert);
    }

    @Override
    @Transactional
    public Alert assign(Visitor by, UUID id, String person, LocalDate deadline) {
        mine(by, id);
        new Problems.Collector()
                .require(!person.isBlank(), "person", "请写明由谁办理：一条预警只有一个负责人。")
                .require(person.length() <= 60, "person", "姓名最多 60 字。")
                .require(
                        !deadline.isBefore(LocalDate.ofInstant(clock.instant(), CHINA)),
                        "deadline",
                        "期限不能早于今天。")
                .throwIfAny();
        return moved(
                by,
                id,
                AlertState.ASSIGNED,
                "派给 " + person.strip() + "，期限 " + deadline,
                new Charge(person.strip(), deadline));
    }

    @Override
    @Transactional
    public Alert handle(Visitor by, UUID id, String what) {
        mine(by, id);
        require(what, "what", "请写明做了什么、结果怎样。");
        var code = code(id);
        if (code.flatMap(scans::mark).filter(Mark::waits).isPresent()) {
            throw new Refused(
                    "ruling-needed", "编号 " + code.orElseThrow() + " 还标着异常：请先认定它是真的，还是有仿制。");
        }
        return moved(by, id, AlertState.HANDLED, what.strip(), null);
    }

    @Override
    @Transactional
    public Alert rule(Visitor by, UUID id, Ruling.As as, String reason) {
        mine(by, id);
        String code =
                code(id).orElseThrow(() -> new Refused("no-code", "这条预警不是关于可疑码的，没有编号可以认定。请写处理结果。"));
        var handled = moved(by, id, AlertState.HANDLED, note(as, reason), null);
        scans.rule(by, code, as, reason);
        return handled;
    }

    private static String note(Ruling.As as, String reason) {
        return (as.genuine() ? "认定编号是真的：" : "认定编号被仿制，已作废：") + as.word() + "。" + reason.strip();
    }

    /** The code an alert about a suspicious code speaks of. */
    private Optional<String> code(UUID id) {
        return book.find(id)
                .filter(a -> a.kind().equals(Kind.SUSPICIOUS_CODE.name()))
                .map(Alert::subject);
    }

    @Override
    @Transactional
    public Alert recheck(Visitor by, UUID id, boolean mended, String finding) {
        mine(by, id);
        require(finding, "finding", "请写明复核看到了什么。");
        return moved(
                by,
                id,
                mended ? AlertState.RECHECKED : AlertState.ASSIGNED,
                (mended ? "复核通过：" : "复核未通过，退回处理：") + finding.strip(),
                null);
    }

    @Override
    @Transactional
    public Alert close(Visitor by, UUID id, String conclusion) {
        mine(by, id);
        require(conclusion, "conclusion", "请写明结论。");
        var closed = moved(by, id, AlertState.CLOSED, conclusion.strip(), null);
        var complaint = closed.subject();
        if (closed.kind().equals(Kind.COMPLAINT.name()) && complaint != null) {
            scans.answer(complaint, conclusion.strip(), by.name(), clock.instant());
        }
        return closed;
    }

    private static void require(String text, String field, String problem) {
        new Problems.Collector()
                .require(!text.isBlank(), field, problem)
                .require(text.length() <= 1000, field, "最多 1000 字。")
                .throwIfAny();
    }

    private void mine(Visitor by, UUID id) {
        var alert = book.find(id);
        if (alert.isEmpty()
                || alert.orElseThrow().district() == null
                || !by.seesDistrict(String.valueOf(alert.orElseThrow().district()))) {
            throw new NotFound("没有这条预警");
        }
    }

    private Alert moved(
            Visitor by,
            UUID id,
            AlertState to,
            String note,
            @org.jspecify.annotations.Nullable Charge charge) {
        book.move(id, to, by.name(), clock.instant(), note, charge);
        return book.find(id).orElseThrow();
    }
}
