package cn.xinyuan.server.licensing.usecase;

import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.licensing.domain.CaseBook;
import cn.xinyuan.server.licensing.domain.CaseBook.Granted;
import cn.xinyuan.server.licensing.domain.CaseBook.Opinion;
import cn.xinyuan.server.licensing.domain.Checklist;
import cn.xinyuan.server.licensing.domain.Duty;
import cn.xinyuan.server.licensing.domain.LicenceAct;
import cn.xinyuan.server.licensing.domain.LicenceApplication;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Actor;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Moment;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import cn.xinyuan.server.licensing.domain.Stage;
import cn.xinyuan.server.licensing.domain.Standings;
import cn.xinyuan.server.licensing.domain.VisitBook;
import cn.xinyuan.server.licensing.events.LicenceGranted;
import cn.xinyuan.server.licensing.events.LicenceReinstated;
import cn.xinyuan.server.licensing.events.LicenceRevoked;
import cn.xinyuan.server.licensing.events.LicenceSuspended;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NavCounts;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The procedure, and the fate of a licence. Each act, its journal entry and its event stand or fall
 * together.
 */
@Component
public class Evaluate implements Evaluation, NavCounts {

    private static final BigDecimal MOST_KG = new BigDecimal(100_000_000);
    private static final int LONGEST_TEXT = 2_000;

    private final CaseBook book;
    private final VisitBook visits;
    private final KnowLicences licences;
    private final Parties parties;
    private final Catalog catalog;
    private final Accounts accounts;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String cityCode;

    Evaluate(
            CaseBook book,
            VisitBook visits,
            KnowLicences licences,
            Parties parties,
            Catalog catalog,
            Accounts accounts,
            Journal journal,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${xinyuan.city-code:4409}") String cityCode) {
        this.book = book;
        this.visits = visits;
        this.licences = licences;
        this.parties = parties;
        this.catalog = catalog;
        this.accounts = accounts;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
        this.cityCode = cityCode;
    }

    @Override
    @Transactional
    public Application apply(Visitor by, NewApplication asked) {
        Party party = parties.get(asked.party());
        if (!by.maySee(party.id(), party.district())) {
            throw new NotFound("party " + asked.party());
        }
        Optional<Product> product =
                catalog.find(asked.product()).filter(p -> p.party().equals(party.id()));
        String statement = asked.statement().strip();
        new Problems.Collector()
                .require(product.isPresent(), "product", "请选择本主体登记的产品。")
                .require(
                        asked.yearlyKg().signum() > 0
                                && asked.yearlyKg().compareTo(MOST_KG) <= 0
                                && asked.yearlyKg().stripTrailingZeros().scale() <= 3,
                        "yearlyKg",
                        "每季用标数量要大于 0 kg、不超过 100,000,000 kg，最多 3 位小数。")
                .require(
                        !statement.isEmpty() && statement.length() <= LONGEST_TEXT,
                        "statement",
                        "请写明基地、产量和质量控制情况，最多 2,000 字。")
                .throwIfAny();
        Moment now = now();
        var application =
                LicenceApplication.submitted(
                        UUID.randomUUID(),
                        "%02d-%04d"
                                .formatted(
                                        now.day().getYear() % 100,
                                        book.nextSerial("application", now.day().getYear())),
                        party.id(),
                        asked.product(),
                        party.district(),
                        asked.yearlyKg().setScale(3),
                        statement,
                        accounts.officerFor(party.district()).orElse(null),
                        actor(by),
                        now);
        book.save(application);
        return view(application);
    }

    @Override
    @Transactional
    public Application review(Visitor by, UUID id) {
        LicenceApplication application = forOfficer(by, id);
        Moment now = now();
        application.review(actor(by), now);
        book.save(application);
        if (Stage.GRANTED.needs().contains(Duty.VISIT)) {
            visits.open(UUID.randomUUID(), id, Checklist.LITCHI, now.instant());
        }
        return view(application);
    }

    @Override
    @Transactional
    public Application sendBack(Visitor by, UUID id, List<String> missing) {
        List<String> what = missing.stream().map(String::strip).filter(m -> !m.isEmpty()).toList();
        new Problems.Collector()
                .require(!what.isEmpty(), "missing", "请勾选或写明缺什么。")
                .require(
                        what.stream().allMatch(m -> m.length() <= 200) && what.size() <= 20,
                        "missing",
                        "最多 20 项，每项最多 200 字。")
                .throwIfAny();
        LicenceApplication application = forOfficer(by, id);
        application.sendBack(what, actor(by), now());
        book.save(application);
        return view(application);
    }

    @Override
    @Transactional
    public Application resubmit(Visitor by, UUID id, String answer) {
        LicenceApplication application = seen(by, id);
        text("answer", answer, "请写明补了什么。");
        application.resubmit(answer.strip(), actor(by), now());
        book.save(application);
        return view(application);
    }

    @Override
    @Transactional
    public Licence grant(Visitor by, UUID id, LocalDate from, LocalDate until, String opinion) {
        LicenceApplication application = forOfficer(by, id);
        new Problems.Collector()
                .require(until.isAfter(from), "until", "截止日期要晚于起始日期。")
                .require(!until.isAfter(from.plusYears(5)), "until", "授权最长 5 年。")
                .require(!opinion.isBlank(), "opinion", "请写明审核意见。")
                .require(opinion.length() <= LONGEST_TEXT, "opinion", "最多 2,000 字。")
                .throwIfAny();
        Moment now = now();
        application.grant(opinion.strip(), visits.latest(id).orElse(null), actor(by), now);
        book.save(application);
        int year = now.day().getYear();
        var licence =
                new Licence(
                        UUID.randomUUID(),
                        "信-%s-%d-%04d".formatted(cityCode, year, book.nextSerial("licence", year)),
                        application.party(),
                        application.product(),
                        from,
                        until,
                        application.yearlyKg(),
                        Standing.IN_FORCE,
                        null);
        book.add(new Granted(licence, application.id(), application.district()), now.instant());
        takeDown(LicenceAct.Kind.GRANT, licence, opinion.strip(), by, now.instant());
        events.publishEvent(
                new LicenceGranted(
                        licence.id(),
                        licence.number(),
                        licence.party(),
                        licence.product(),
                        licence.yearlyKg(),
                        opinion.strip(),
                        now.instant()));
        return licence;
    }

    @Override
    @Transactional
    public void advise(Visitor by, UUID id, Advice advice, String opinion) {
        LicenceApplication application = seen(by, id);
        if (by.role() != Role.EVALUATOR) {
            throw new Refused("experts-only", "评审意见由评审专家填写。");
        }
        application.mayBeCheckedBy(actor(by));
        text("opinion", opinion, "请写明评审意见。");
        if (!application.stage().isOpen()) {
            throw new Refused("impossible-step", "申请 " + application.number() + " 已经办结，不能再评审。");
        }
        var given = new Opinion(advice, opinion.strip(), by.account(), by.name(), now().instant());
        if (!book.add(id, given)) {
            throw new Refused("given-already", "您已经对申请 " + application.number() + " 提交过评审意见，不能再改。");
        }
    }

    public List<Opinion> opinions(UUID application) {
        return book.opinions(application);
    }

    @Override
    @Transactional
    public Application refuse(Visitor by, UUID id, String reason) {
        LicenceApplication application = forOfficer(by, id);
        text("reason", reason, "请写明不予授权的理由，申请人会看到。");
        application.refuse(reason.strip(), actor(by), now());
        book.save(application);
        return view(application);
    }

    @Override
    @Transactional
    public Licence suspend(Visitor by, UUID id, String reason) {
        Licence licence = change(by, id, Standing.SUSPENDED, LicenceAct.Kind.SUSPEND, reason);
        events.publishEvent(
                new LicenceSuspended(
                        licence.id(),
                        licence.number(),
                        licence.party(),
                        licence.product(),
                        licence.yearlyKg(),
                        reason.strip(),
                        clock.instant()));
        return licence;
    }

    @Override
    @Transactional
    public Licence reinstate(Visitor by, UUID id, String reason) {
        Licence licence = change(by, id, Standing.IN_FORCE, LicenceAct.Kind.REINSTATE, reason);
        events.publishEvent(
                new LicenceReinstated(
                        licence.id(),
                        licence.number(),
                        licence.party(),
                        licence.product(),
                        licence.yearlyKg(),
                        reason.strip(),
                        clock.instant()));
        return licence;
    }

    @Override
    @Transactional
    public Licence revoke(Visitor by, UUID id, String reason) {
        Licence licence = change(by, id, Standing.REVOKED, LicenceAct.Kind.REVOKE, reason);
        events.publishEvent(
                new LicenceRevoked(
                        licence.id(),
                        licence.number(),
                        licence.party(),
                        licence.product(),
                        licence.yearlyKg(),
                        reason.strip(),
                        clock.instant()));
        return licence;
    }

    private Licence change(Visitor by, UUID id, Standing to, LicenceAct.Kind kind, String reason) {
        Granted granted = seenLicence(by, id);
        mustDecide(by);
        text("reason", reason, "请写明原因，会公开。");
        Licence now = licences.asOfToday(granted);
        if (!Standings.next(now.standing()).contains(to)) {
            throw new Refused(
                    "impossible-step",
                    "授权 "
                            + now.number()
                            + " 现在是“"
                            + KnowLicences.word(now.standing())
                            + "”，不能这样办理。");
        }
        if (!book.changeStanding(id, granted.licence().standing(), to, reason.strip())) {
            throw new Refused("changed-meanwhile", "授权 " + now.number() + " 刚刚被别人办理过，请刷新后再办。");
        }
        Licence changed =
                new Licence(
                        now.id(),
                        now.number(),
                        now.party(),
                        now.product(),
                        now.from(),
                        now.until(),
                        now.yearlyKg(),
                        to,
                        reason.strip());
        takeDown(kind, changed, reason.strip(), by, clock.instant());
        return changed;
    }

    private void takeDown(
            LicenceAct.Kind kind, Licence licence, String reason, Visitor by, Instant at) {
        var act =
                new LicenceAct(
                        kind,
                        licence.id(),
                        licence.number(),
                        licence.party(),
                        licence.product(),
                        licence.from(),
                        licence.until(),
                        licence.yearlyKg(),
                        UUID.randomUUID().toString(),
                        reason,
                        at.truncatedTo(ChronoUnit.MICROS));
        journal.append(LicenceAct.JOURNAL_KIND, act.bytes());
        book.writeDown(act, by.account(), by.name());
    }

    @Override
    public Optional<Application> find(UUID application) {
        return book.find(application).map(Evaluate::view);
    }

    @Override
    public List<Application> of(UUID party) {
        return book.of(party).stream().map(Evaluate::view).toList();
    }

    @Override
    public List<Application> within(Set<String> districts) {
        return book.all().stream()
                .filter(a -> districts.stream().anyMatch(a.district()::startsWith))
                .map(Evaluate::view)
                .toList();
    }

    /** The cases a visitor may see, the most urgent first. */
    public List<LicenceApplication> seen(Visitor by) {
        UUID party = by.party();
        return party != null
                ? book.of(party)
                : book.all().stream().filter(a -> by.seesDistrict(a.district())).toList();
    }

    /** A case within the visitor's scope; anything else is not there. */
    public LicenceApplication seen(Visitor by, UUID id) {
        return book.find(id)
                .filter(a -> by.maySee(a.party(), a.district()))
                .orElseThrow(() -> new NotFound("application " + id));
    }

    public LicenceApplication seenByNumber(Visitor by, String number) {
        return book.findByNumber(number)
                .filter(a -> by.maySee(a.party(), a.district()))
                .orElseThrow(() -> new NotFound("application " + number));
    }

    /** The case, if nobody changed it since the visitor's page was drawn. */
    public LicenceApplication unchanged(Visitor by, String number, String version) {
        LicenceApplication application = seenByNumber(by, number);
        if (!version.isEmpty() && !version.equals(Integer.toString(application.version()))) {
            throw new Refused("changed-meanwhile", "申请 " + number + " 刚刚被别人办理过，下面是最新情况。");
        }
        return application;
    }

    public List<Step> steps(UUID application) {
        return book.steps(application);
    }

    private Granted seenLicence(Visitor by, UUID id) {
        return book.findLicence(id)
                .filter(g -> by.maySee(g.licence().party(), g.district()))
                .orElseThrow(() -> new NotFound("licence " + id));
    }

    LicenceApplication forOfficer(Visitor by, UUID id) {
        LicenceApplication application = seen(by, id);
        mustDecide(by);
        return application;
    }

    private static void mustDecide(Visitor by) {
        if (by.role() != Role.SUPERVISOR
                && by.role() != Role.CITY_MANAGER
                && by.role() != Role.ADMINISTRATOR) {
            throw new Refused("own-case", "只有监管人员和市级管理人员可以办理。");
        }
    }

    @Override
    public Map<String, Long> of(Visitor visitor) {
        if (visitor.role() == Role.CLERK) {
            return Map.of(
                    "/p/apply",
                    seen(visitor).stream().filter(a -> a.stage() == Stage.SENT_BACK).count());
        }
        return visitor.role().isOfficial()
                ? Map.of(
                        "/s/applications",
                        seen(visitor).stream()
                                .filter(
                                        a ->
                                                a.stage() == Stage.SUBMITTED
                                                        || a.stage() == Stage.IN_REVIEW)
                                .count())
                : Map.of();
    }

    private static void text(String field, String text, String problem) {
        new Problems.Collector()
                .require(!text.isBlank(), field, problem)
                .require(text.length() <= LONGEST_TEXT, field, "最多 2,000 字。")
                .throwIfAny();
    }

    private Moment now() {
        Instant instant = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new Moment(instant, ChinaTime.day(instant));
    }

    static Actor actor(Visitor by) {
        return new Actor(
                by.account(),
                by.name(),
                by.party(),
                by.role() == Role.CITY_MANAGER || by.role() == Role.ADMINISTRATOR);
    }

    private static Application view(LicenceApplication a) {
        return new Application(
                a.id(),
                a.number(),
                a.party(),
                a.product(),
                a.yearlyKg(),
                a.statement(),
                a.stage().name(),
                a.missing(),
                a.inCharge(),
                a.deadline(),
                a.changedAt());
    }
}
