package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Evaluation.Application;
import cn.xinyuan.server.licensing.Evaluation.NewApplication;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.licensing.Visits;
import cn.xinyuan.server.licensing.usecase.Evaluate;
import cn.xinyuan.server.licensing.usecase.KnowLicences;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The procedure and the licences, for machines. */
@RestController
@RequestMapping("/api/v1")
@MayCall({Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR})
class LicensingApi {

    private final Evaluation evaluation;
    private final Evaluate evaluate;
    private final Visits visits;
    private final KnowLicences licences;
    private final SignedIn signedIn;

    LicensingApi(
            Evaluation evaluation,
            Evaluate evaluate,
            Visits visits,
            KnowLicences licences,
            SignedIn signedIn) {
        this.evaluation = evaluation;
        this.visits = visits;
        this.evaluate = evaluate;
        this.licences = licences;
        this.signedIn = signedIn;
    }

    @GetMapping("/applications")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    List<Application> applications() {
        Visitor visitor = signedIn.get();
        UUID party = visitor.party();
        return party != null ? evaluation.of(party) : evaluation.within(visitor.districts());
    }

    @GetMapping("/applications/{id}")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    Application application(@PathVariable UUID id) {
        return evaluation
                .find(evaluate.seen(signedIn.get(), id).id())
                .orElseThrow(() -> new NotFound("application " + id));
    }

    @PostMapping("/applications")
    @ResponseStatus(HttpStatus.CREATED)
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR})
    Application apply(@RequestBody Asking asking) {
        Visitor visitor = signedIn.get();
        UUID party = asking.party() == null ? visitor.party() : asking.party();
        if (party == null) {
            throw Problems.of("party", "请写明替哪个主体申请。");
        }
        if (asking.product() == null) {
            throw Problems.of("product", "请写明产品。");
        }
        return evaluation.apply(
                visitor,
                new NewApplication(
                        party,
                        asking.product(),
                        Objects.requireNonNullElse(asking.yearlyKg(), BigDecimal.ZERO),
                        text(asking.statement())));
    }

    @PostMapping("/applications/{id}/review")
    Application review(@PathVariable UUID id) {
        return evaluation.review(signedIn.get(), id);
    }

    @PostMapping("/applications/{id}/send-back")
    Application sendBack(@PathVariable UUID id, @RequestBody Missing missing) {
        return evaluation.sendBack(
                signedIn.get(), id, missing.missing() == null ? List.of() : missing.missing());
    }

    @PostMapping("/applications/{id}/resubmit")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR})
    Application resubmit(@PathVariable UUID id, @RequestBody Supplied answer) {
        return evaluation.resubmit(signedIn.get(), id, text(answer.answer()));
    }

    @PostMapping("/applications/{id}/grant")
    Licence grant(@PathVariable UUID id, @RequestBody Grant grant) {
        if (grant.from() == null || grant.until() == null) {
            throw Problems.of("from", "请写明起止日期 from 和 until。");
        }
        return evaluation.grant(
                signedIn.get(), id, grant.from(), grant.until(), text(grant.opinion()));
    }

    @PostMapping("/applications/{id}/opinion")
    @MayCall(Role.EVALUATOR)
    Application advise(@PathVariable UUID id, @RequestBody Advising advising) {
        if (advising.advice() == null) {
            throw Problems.of("advice", "请写明 advice：GRANT、MEND 或 REFUSE。");
        }
        evaluation.advise(signedIn.get(), id, advising.advice(), text(advising.opinion()));
        return application(id);
    }

    @GetMapping("/applications/{id}/visits")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    List<Visit> visits(@PathVariable UUID id) {
        return visits.of(evaluate.seen(signedIn.get(), id).id());
    }

    /** Opens a further on-site check; the open one when there is one. */
    @PostMapping("/applications/{id}/visits")
    Visit visit(@PathVariable UUID id) {
        return visits.open(signedIn.get(), id);
    }

    @PostMapping("/visits/{id}/conclusion")
    Visit conclude(@PathVariable UUID id, @RequestBody Concluding concluding) {
        List<Found> found = concluding.findings() == null ? List.of() : concluding.findings();
        var findings = new ArrayList<Finding>();
        for (Found one : found) {
            if (one.clause() == null || one.answer() == null) {
                throw Problems.of("findings", "每一条都要写明 clause 和 answer。");
            }
            findings.add(new Finding(one.clause(), one.answer(), text(one.note())));
        }
        return visits.conclude(
                signedIn.get(),
                id,
                findings,
                text(concluding.inspector()),
                text(concluding.host()));
    }

    @PostMapping("/applications/{id}/refuse")
    Application refuse(@PathVariable UUID id, @RequestBody Reason reason) {
        return evaluation.refuse(signedIn.get(), id, text(reason.reason()));
    }

    @GetMapping("/licences")
    @MayCall({Role.CLERK, Role.SUPERVISOR, Role.CITY_MANAGER, Role.ADMINISTRATOR, Role.EVALUATOR})
    List<Licence> licences() {
        return licences.seen(signedIn.get());
    }

    @PostMapping("/licences/{id}/suspend")
    Licence suspend(@PathVariable UUID id, @RequestBody Reason reason) {
        return evaluation.suspend(signedIn.get(), id, text(reason.reason()));
    }

    @PostMapping("/licences/{id}/reinstate")
    Licence reinstate(@PathVariable UUID id, @RequestBody Reason reason) {
        return evaluation.reinstate(signedIn.get(), id, text(reason.reason()));
    }

    @PostMapping("/licences/{id}/revoke")
    Licence revoke(@PathVariable UUID id, @RequestBody Reason reason) {
        return evaluation.revoke(signedIn.get(), id, text(reason.reason()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    record Asking(
            @Nullable UUID party,
            @Nullable UUID product,
            @Nullable BigDecimal yearlyKg,
            @Nullable String statement) {}

    record Missing(@Nullable List<String> missing) {}

    record Supplied(@Nullable String answer) {}

    record Grant(@Nullable LocalDate from, @Nullable LocalDate until, @Nullable String opinion) {}

    record Advising(Evaluation.@Nullable Advice advice, @Nullable String opinion) {}

    record Found(@Nullable String clause, @Nullable Answer answer, @Nullable String note) {}

    record Concluding(
            @Nullable List<Found> findings, @Nullable String inspector, @Nullable String host) {}

    record Reason(@Nullable String reason) {}
}
