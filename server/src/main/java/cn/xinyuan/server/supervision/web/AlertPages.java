package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visits;
import cn.xinyuan.server.pages.Acts;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.supervision.Alerts;
import cn.xinyuan.server.supervision.Alerts.Alert;
import cn.xinyuan.server.supervision.domain.AlertBook;
import cn.xinyuan.server.supervision.domain.AlertState;
import cn.xinyuan.server.supervision.domain.Kind;
import cn.xinyuan.server.supervision.domain.Level;
import cn.xinyuan.server.trace.Lots;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A risk list, not one more dashboard. */
@Controller
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class AlertPages {

    private final Alerts alerts;
    private final Evaluation evaluation;
    private final Visits visits;
    private final Catalog catalog;
    private final AlertBook book;
    private final Recalls recalls;
    private final Lots lots;
    private final Scans scans;
    private final Parties parties;
    private final SignedIn signedIn;
    private final Console console;
    private final Clock clock;

    AlertPages(
            Alerts alerts,
            Evaluation evaluation,
            Visits visits,
            Catalog catalog,
            AlertBook book,
            Recalls recalls,
            Lots lots,
            Scans scans,
            Parties parties,
            SignedIn signedIn,
            Console console,
            Clock clock) {
        this.alerts = alerts;
        this.evaluation = evaluation;
        this.visits = visits;
        this.catalog = catalog;
        this.book = book;
        this.recalls = recalls;
        this.lots = lots;
        this.scans = scans;
        this.parties = parties;
        this.signedIn = signedIn;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping("/s")
    ModelAndView workbench() {
        var visitor = signedIn.get();
        var open = alerts.open(visitor.districts());
        var rows = open.stream().map(this::row).toList();
        var loads = new TreeMap<String, long[]>();
        for (AlertRow row : rows) {
            var load = loads.computeIfAbsent(row.person(), p -> new long[2]);
            load[0]++;
            load[1] += row.overdue() ? 1 : 0;
        }
        long most = loads.values().stream().mapToLong(l -> l[0]).max().orElse(1);
        long openRecalls =
                recalls.all().stream()
                        .filter(r -> !r.closed())
                        .filter(
                                r ->
                                        lots.find(r.lot())
                                                .filter(l -> visitor.seesDistrict(l.district()))
                                                .isPresent())
                        .count();
        var page =
                new WorkbenchPage(
                        visitor.name(),
                        rows.stream()
                                .filter(r -> r.person().equals(visitor.name()))
                                .limit(12)
                                .toList(),
                        rows.stream().filter(AlertRow::overdue).limit(12).toList(),
                        cases(visitor),
                        loads.entrySet().stream()
                                .map(
                                        e ->
                                                new WorkbenchPage.Load(
                                                        e.getKey(),
                                                        e.getValue()[0],
                                                        e.getValue()[1],
                                                        Words.width(
                                                                BigDecimal.valueOf(e.getValue()[0]),
                                                                BigDecimal.valueOf(most))))
                                .sorted(
                                        Comparator.comparingLong(WorkbenchPage.Load::late)
                                                .reversed())
                                .toList(),
                        List.of(
                                new WorkbenchPage.Figure(
                                        "未办结预警", Words.count(rows.size()), "/s/alerts"),
                                new WorkbenchPage.Figure(
                                        "已超期",
                                        Words.count(
                                                rows.stream().filter(AlertRow::overdue).count()),
                                        "/s/alerts?state=OVERDUE"),
                                new WorkbenchPage.Figure(
                                        "投诉待答复",
                                        Words.count(count(open, Kind.COMPLAINT)),
                                        "/s/complaints"),
                                new WorkbenchPage.Figure(
                                        "进行中的召回", Words.count(openRecalls), "/s/recalls")));
        return console.page("supervision/workbench", "/s", page);
    }

    /** Applications that are late, and those whose on-site check is still to be made. */
    private List<WorkbenchPage.Case> cases(Visitor visitor) {
        var today = ChinaTime.today(clock);
        var cases = new ArrayList<WorkbenchPage.Case>();
        for (var application : evaluation.within(visitor.districts())) {
            var deadline = application.deadline();
            if (deadline == null) {
                continue;
            }
            boolean late = deadline.isBefore(today);
            var open = visits.of(application.id()).stream().filter(Visit::isOpen).findFirst();
            if (!late && open.isEmpty()) {
                continue;
            }
            cases.add(
                    new WorkbenchPage.Case(
                            "/s/applications/" + application.number(),
                            application.number(),
                            catalog.find(application.product()).map(Product::name).orElse("—"),
                            application.missing().isEmpty()
                                    ? Optional.ofNullable(application.inCharge()).orElse("待指派")
                                    : "申请人补正",
                            deadline.toString(),
                            Words.until(deadline, today),
                            late,
                            open.map(v -> "/s/visits/" + v.id()).orElse(null)));
        }
        return cases.stream()
                .sorted(Comparator.comparing(WorkbenchPage.Case::deadline))
                .limit(12)
                .toList();
    }

    @GetMapping("/s/alerts")
    ModelAndView list(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q) {
        return list("预警", "/s/alerts", kind, state, q);
    }

    private ModelAndView list(String title, String address, String kind, String state, String q) {
        var districts = signedIn.get().districts();
        var all =
                state.isEmpty() || state.equals("OVERDUE")
                        ? alerts.open(districts)
                        : alerts.all(districts);
        var rows =
                all.stream()
                        .filter(a -> kind.isEmpty() || a.kind().equals(kind))
                        .filter(
                                a ->
                                        state.isEmpty()
                                                || state.equals("OVERDUE")
                                                || a.state().equals(state))
                        .filter(
                                a ->
                                        q.isBlank()
                                                || (a.number() + a.title() + a.text() + a.person())
                                                        .contains(q.strip()))
                        .map(this::row)
                        .filter(r -> !state.equals("OVERDUE") || r.overdue())
                        .toList();
        var states = new ArrayList<Choice>();
        states.add(new Choice("", "全部未办结"));
        states.add(new Choice("OVERDUE", "已超期"));
        for (AlertState s : AlertState.values()) {
            states.add(new Choice(s.name(), s.word()));
        }
        var kinds = new ArrayList<Choice>();
        kinds.add(new Choice("", "全部类型"));
        Arrays.stream(Kind.values()).forEach(k -> kinds.add(new Choice(k.name(), k.word())));
        return console.page(
                "supervision/alerts",
                address,
                new AlertListPage(
                        title,
                        address,
                        rows,
                        kind,
                        state,
                        q,
                        kinds,
                        states,
                        "共 " + Words.count(rows.size()) + " 条"));
    }

    @GetMapping("/s/complaints")
    ModelAndView complaints(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q) {
        return list("投诉举报", "/s/complaints", Kind.COMPLAINT.name(), state, q);
    }

    @GetMapping("/s/alerts/{id}")
    ModelAndView one(@PathVariable UUID id) {
        return page(id, Form.empty());
    }

    @PostMapping("/s/alerts/{id}/assign")
    ModelAndView assign(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String deadline,
            HttpServletRequest request) {
        return act(id, request, by -> alerts.assign(by, id, person, day(deadline)));
    }

    @PostMapping("/s/alerts/{id}/handle")
    ModelAndView handle(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String what,
            HttpServletRequest request) {
        return act(id, request, by -> alerts.handle(by, id, what));
    }

    @PostMapping("/s/alerts/{id}/ruling")
    ModelAndView rule(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String as,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        return act(id, request, by -> alerts.rule(by, id, SuspectWords.read(as), reason));
    }

    @PostMapping("/s/alerts/{id}/recheck")
    ModelAndView recheck(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "true") boolean mended,
            @RequestParam(defaultValue = "") String finding,
            HttpServletRequest request) {
        return act(id, request, by -> alerts.recheck(by, id, mended, finding));
    }

    @PostMapping("/s/alerts/{id}/close")
    ModelAndView close(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String conclusion,
            HttpServletRequest request) {
        return act(id, request, by -> alerts.close(by, id, conclusion));
    }

    private ModelAndView act(UUID id, HttpServletRequest request, Consumer<Visitor> act) {
        return Acts.orFormAgain(
                request,
                () -> {
                    act.accept(signedIn.get());
                    return "/s/alerts/" + id;
                },
                form -> page(id, form));
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            throw Problems.of("deadline", "请按 2026-06-30 的样子填写期限。");
        }
    }

    private ModelAndView page(UUID id, Form form) {
        var alert = inSight(id);
        var party = alert.party();
        var subject = alert.subject();
        var kind = Kind.valueOf(alert.kind());
        var page =
                new AlertPage(
                        row(alert),
                        alert.text(),
                        alert.district() == null ? "—" : parties.district(alert.district()).name(),
                        party == null ? null : parties.find(party).map(Party::name).orElse(null),
                        party == null ? null : party.toString(),
                        subject != null && subject.length() == 36 ? subject : null,
                        kind == Kind.SUSPICIOUS_CODE ? subject : null,
                        kind == Kind.COMPLAINT ? subject : null,
                        kind == Kind.COMPLAINT && subject != null
                                ? scans.findComplaint(subject)
                                        .map(
                                                c ->
                                                        new AlertPage.Complaint(
                                                                c.text(),
                                                                c.phone() == null
                                                                        ? "没有留电话"
                                                                        : alert.person()
                                                                                        .equals(
                                                                                                signedIn.get()
                                                                                                        .name())
                                                                                ? c.phone()
                                                                                : Words.maskedPhone(
                                                                                        c.phone()),
                                                                c.code()))
                                        .orElse(null)
                                : null,
                        kind == Kind.SUSPICIOUS_CODE && subject != null
                                ? scans.mark(subject).map(SuspectWords::of).orElse(null)
                                : null,
                        book.steps(id).stream()
                                .map(
                                        s ->
                                                new AlertPage.Step(
                                                        s.state().word(),
                                                        s.by(),
                                                        ChinaTime.minute(s.at()),
                                                        s.note()))
                                .toList(),
                        AlertState.valueOf(alert.state()).next().stream().map(Enum::name).toList(),
                        form.typed().isEmpty()
                                ? form.with("person", alert.person()).with("deadline", next(alert))
                                : form);
        return console.page("supervision/alert", "/s/alerts", page);
    }

    /** The deadline that stands, or, when it has passed, the one a new alert would get today. */
    private LocalDate next(Alert alert) {
        var today = ChinaTime.today(clock);
        return alert.deadline().isBefore(today)
                ? Level.valueOf(alert.level()).deadline(today)
                : alert.deadline();
    }

    private Alert inSight(UUID id) {
        return alerts.find(id)
                .filter(a -> sees(a.district()))
                .orElseThrow(() -> new NotFound("没有这条预警"));
    }

    private boolean sees(@Nullable String district) {
        return district != null && signedIn.get().seesDistrict(district);
    }

    private AlertRow row(Alert alert) {
        var today = ChinaTime.today(clock);
        var state = AlertState.valueOf(alert.state());
        boolean overdue = state != AlertState.CLOSED && alert.deadline().isBefore(today);
        return new AlertRow(
                alert.id().toString(),
                alert.number(),
                Kind.valueOf(alert.kind()).word(),
                switch (Level.valueOf(alert.level())) {
                    case HIGH -> Badge.HIGH;
                    case MEDIUM -> Badge.MIDDLE;
                    case LOW -> Badge.LOW;
                },
                alert.title(),
                switch (state) {
                    case FOUND -> Badge.FOUND;
                    case ASSIGNED -> Badge.ASSIGNED;
                    case HANDLED -> Badge.HANDLED;
                    case RECHECKED -> Badge.PASSED;
                    case CLOSED -> Badge.CLOSED;
                },
                alert.person(),
                alert.deadline().toString(),
                Words.until(alert.deadline(), today),
                overdue,
                ChinaTime.minute(alert.foundAt()));
    }

    private static long count(List<Alert> alerts, Kind kind) {
        return alerts.stream().filter(a -> a.kind().equals(kind.name())).count();
    }
}
