package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.scan.domain.ComplaintBook;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Tally;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The room's answers to the rooms above it. */
@Component
class ScansAsked implements Scans {

    private final LookUp lookUp;
    private final CountScans count;
    private final Complain complain;
    private final ComplaintBook complaints;
    private final Tally tally;
    private final RuleOnSuspicion rule;

    ScansAsked(
            LookUp lookUp,
            CountScans count,
            Complain complain,
            ComplaintBook complaints,
            Tally tally,
            RuleOnSuspicion rule) {
        this.tally = tally;
        this.rule = rule;
        this.lookUp = lookUp;
        this.count = count;
        this.complain = complain;
        this.complaints = complaints;
    }

    @Override
    public State scanned(String typed, @Nullable String region, String token, Instant at) {
        Finding finding = lookUp.find(typed);
        Issued issued = finding.issued();
        if (issued != null) {
            count.now(new Tag(issued.code(), issued.batch(), issued.serial()), region, token, at);
        }
        return finding.state();
    }

    @Override
    public String complain(
            @Nullable String code, String about, String text, @Nullable String phone) {
        return complain.complain(UUID.randomUUID().toString(), code, about, text, phone);
    }

    @Override
    public Optional<Mark> mark(String code) {
        return tally.mark(code);
    }

    @Override
    public Ruling rule(Visitor by, String code, Ruling.As as, String reason) {
        return rule.rule(by, code, as, reason);
    }

    @Override
    public Optional<Complaint> findComplaint(String number) {
        return complaints.find(number);
    }

    @Override
    public void answer(String number, String answer, String by, Instant at) {
        complaints.answer(number, answer, by, at);
    }
}
