package cn.xinyuan.server.licensing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Actor;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Moment;
import cn.xinyuan.server.pages.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LicenceApplicationTest {

    private static final UUID COOPERATIVE = UUID.randomUUID();
    private static final Actor CLERK = new Actor(UUID.randomUUID(), "何 演示", COOPERATIVE, false);
    private static final Actor LI = new Actor(UUID.randomUUID(), "李 演示", null, false);
    private static final Actor WU = new Actor(UUID.randomUUID(), "吴 演示", null, false);
    private static final Actor CHIEF = new Actor(UUID.randomUUID(), "陈 演示", null, true);

    /** A Monday without holidays near it. */
    private static final Moment MONDAY =
            new Moment(Instant.parse("2025-03-10T01:00:00Z"), LocalDate.of(2025, 3, 10));

    @Test
    void a_case_runs_from_submission_over_a_return_to_the_grant() {
        var application = submitted();
        assertThat(application.inCharge()).isEqualTo("高州负责人");
        application.review(LI, MONDAY);
        assertThat(application.inCharge()).isEqualTo("李 演示");
        application.sendBack(List.of("土壤检测报告"), LI, MONDAY);
        assertThat(application.missing()).containsExactly("土壤检测报告");
        application.resubmit("已补", CLERK, MONDAY);
        assertThat(application.missing()).isEmpty();
        assertThat(application.stage()).isEqualTo(Stage.IN_REVIEW);
        application.grant("材料齐全", VISITED, LI, MONDAY);
        assertThat(application.stage()).isEqualTo(Stage.GRANTED);
        assertThat(application.deadline()).isNull();
        assertThat(application.taken()).hasSize(5);
    }

    @Test
    void a_step_that_does_not_exist_is_refused_and_changes_nothing() {
        var application = submitted();
        refused("impossible-step", () -> application.grant("快一点", VISITED, LI, MONDAY));
        refused("impossible-step", () -> application.sendBack(List.of("x"), LI, MONDAY));
        refused("impossible-step", () -> application.resubmit("x", CLERK, MONDAY));
        assertThat(application.stage()).isEqualTo(Stage.SUBMITTED);
        assertThat(application.taken()).hasSize(1);
    }

    @Test
    void nobody_decides_on_his_own_case() {
        var application = submitted();
        refused("own-case", () -> application.review(CLERK, MONDAY));
        application.review(LI, MONDAY);
        Actor colleague = new Actor(UUID.randomUUID(), "同社 演示", COOPERATIVE, true);
        refused("own-case", () -> application.grant("自己批", VISITED, colleague, MONDAY));

        var byOfficer =
                LicenceApplication.submitted(
                        UUID.randomUUID(),
                        "25-0002",
                        COOPERATIVE,
                        UUID.randomUUID(),
                        "440981",
                        BigDecimal.TEN,
                        "代录",
                        null,
                        LI,
                        MONDAY);
        refused("own-case", () -> byOfficer.review(LI, MONDAY));
    }

    @Test
    void only_whoever_is_in_charge_decides_or_his_superior() {
        var application = submitted();
        application.review(LI, MONDAY);
        refused("not-in-charge", () -> application.refuse("不熟", WU, MONDAY));
        application.grant("同意", VISITED, CHIEF, MONDAY);
        assertThat(application.stage()).isEqualTo(Stage.GRANTED);
    }

    @Test
    void nothing_is_granted_before_somebody_went_there_and_found_nothing_unmet() {
        var application = submitted();
        application.review(LI, MONDAY);
        refused("visit-missing", () -> application.grant("没去", null, LI, MONDAY));
        refused("visit-missing", () -> application.grant("没去", visit(List.of()), LI, MONDAY));
        refused(
                "visit-unmet",
                () ->
                        application.grant(
                                "差一条",
                                visit(
                                        List.of(
                                                new Finding("A1", Answer.MET, ""),
                                                new Finding("A2", Answer.UNMET, "水样超标"))),
                                LI,
                                MONDAY));
        assertThat(application.stage()).isEqualTo(Stage.IN_REVIEW);
        application.grant(
                "一条不适用",
                visit(List.of(new Finding("A1", Answer.NOT_APPLICABLE, "没有冷库"))),
                LI,
                MONDAY);
        assertThat(application.stage()).isEqualTo(Stage.GRANTED);
    }

    @Test
    void deadlines_count_work_days_and_know_the_holidays() {
        assertThat(submitted().deadline()).isEqualTo(LocalDate.of(2025, 3, 17));
        // 30 April 2025 is a Wednesday; five free days follow.
        assertThat(WorkDays.after(LocalDate.of(2025, 4, 30), 1))
                .isEqualTo(LocalDate.of(2025, 5, 6));
        // Sunday 28 September 2025 is worked in exchange.
        assertThat(WorkDays.after(LocalDate.of(2025, 9, 26), 1))
                .isEqualTo(LocalDate.of(2025, 9, 28));
        assertThat(WorkDays.left(LocalDate.of(2025, 3, 10), LocalDate.of(2025, 3, 17)))
                .isEqualTo(5);
        assertThat(WorkDays.left(LocalDate.of(2025, 3, 19), LocalDate.of(2025, 3, 17)))
                .isEqualTo(-2);
    }

    private static final Visit VISITED = visit(List.of(new Finding("A1", Answer.MET, "")));

    /** Open when nothing was found. */
    private static Visit visit(List<Finding> findings) {
        return new Visit(
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                "试/1",
                List.of(),
                MONDAY.instant(),
                findings.isEmpty()
                        ? null
                        : new Visit.Conclusion(
                                findings, "李 演示", "何 演示", LI.account(), MONDAY.instant()));
    }

    private static LicenceApplication submitted() {
        return LicenceApplication.submitted(
                UUID.randomUUID(),
                "25-0001",
                COOPERATIVE,
                UUID.randomUUID(),
                "440981",
                new BigDecimal("42000"),
                "86.4 亩桂味",
                "高州负责人",
                CLERK,
                MONDAY);
    }

    private static void refused(String rule, Runnable step) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(step::run)
                .satisfies(r -> assertThat(r.rule()).isEqualTo(rule));
    }
}
