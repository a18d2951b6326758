package cn.xinyuan.server.licensing.usecase;

import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Conclusion;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.licensing.Visits;
import cn.xinyuan.server.licensing.domain.Checklist;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.domain.VisitAct;
import cn.xinyuan.server.licensing.domain.VisitBook;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Going there and looking. A visit and its journal entry stand or fall together. */
@Component
public class CheckOnSite implements Visits {

    private static final int LONGEST_NAME = 60;

    private final VisitBook book;
    private final Evaluate evaluate;
    private final Journal journal;
    private final Clock clock;

    CheckOnSite(VisitBook book, Evaluate evaluate, Journal journal, Clock clock) {
        this.book = book;
        this.evaluate = evaluate;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public List<Visit> of(UUID application) {
        return book.of(application);
    }

    /** A visit to somebody within the visitor's scope; anything else is not there. */
    public Visit seen(Visitor by, UUID id) {
        Visit visit = book.find(id).orElseThrow(() -> new NotFound("visit " + id));
        evaluate.seen(by, visit.application());
        return visit;
    }

    @Override
    @Transactional
    public Visit open(Visitor by, UUID id) {
        inReview(by, id);
        book.open(UUID.randomUUID(), id, Checklist.LITCHI, clock.instant());
        return book.latest(id).orElseThrow();
    }

    @Override
    @Transactional
    public Visit conclude(
            Visitor by, UUID id, List<Finding> findings, String inspector, String host) {
        Visit visit = seen(by, id);
        LicenceApplication application = inReview(by, visit.application());
        if (!visit.isOpen()) {
            throw concluded(application);
        }
        String officer = inspector.strip();
        String producer = host.strip();
        List<Finding> complete = Checklist.complete(visit.clauses(), findings);
        new Problems.Collector()
                .require(
                        officer.equals(by.name()), "inspector", "核查人签名要与登录姓名“" + by.name() + "”一致。")
                .require(!producer.isEmpty(), "host", "请现场陪同人员写上姓名。")
                .require(producer.length() <= LONGEST_NAME, "host", "姓名最多 60 字。")
                .require(!producer.equals(officer), "host", "陪同人员不能是核查人本人。")
                .throwIfAny();
        var conclusion =
                new Conclusion(
                        complete,
                        officer,
                        producer,
                        by.account(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        VisitAct act = VisitAct.of(visit, conclusion, UUID.randomUUID().toString());
        if (!book.conclude(act, visit)) {
            throw concluded(application);
        }
        journal.append(VisitAct.JOURNAL_KIND, act.bytes());
        return book.find(id).orElseThrow();
    }

    private LicenceApplication inReview(Visitor by, UUID id) {
        LicenceApplication application = evaluate.forOfficer(by, id);
        application.mayBeCheckedBy(Evaluate.actor(by));
        if (application.stage() != Stage.IN_REVIEW && application.stage() != Stage.SENT_BACK) {
            throw new Refused(
                    "impossible-step",
                    "申请 "
                            + application.number()
                            + " 现在是“"
                            + LicenceApplication.word(application.stage())
                            + "”，不能现场核查。");
        }
        return application;
    }

    private static Refused concluded(LicenceApplication application) {
        return new Refused(
                "visit-concluded", "申请 " + application.number() + " 的这次现场核查已经提交，不能再改；需要时请安排复查。");
    }
}
