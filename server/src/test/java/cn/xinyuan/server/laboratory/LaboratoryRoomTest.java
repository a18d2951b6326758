package cn.xinyuan.server.laboratory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.laboratory.Laboratory.Sample;
import cn.xinyuan.server.laboratory.domain.VerdictFact;
import cn.xinyuan.server.laboratory.events.ReportFailed;
import cn.xinyuan.server.laboratory.events.ReportReleased;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.standards.events.EditionInForce;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.modulith.test.Scenario;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The room on a real database; the goods and the fields are made up. */
@ApplicationModuleTest(extraIncludes = {"standards", "journal"})
@TestPropertySource(properties = "xinyuan.demo=true")
@Import({TestDatabase.class, LaboratoryRoomTest.Season.class})
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LaboratoryRoomTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 11);

    @TestConfiguration(proxyBeanMethods = false)
    static class Season {
        @Bean
        @Primary
        Clock seasonClock() {
            return Clock.fixed(Instant.parse("2025-06-14T02:00:00Z"), ZoneOffset.UTC);
        }
    }

    @MockitoBean Lots lots;
    @MockitoBean Genealogy genealogy;
    @MockitoBean Holds holds;
    @MockitoBean Farming farming;
    @MockitoBean Parties parties;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Console console;

    @Autowired KeepReports laboratory;
    @Autowired Standards standards;
    @Autowired Journal journal;
    @Autowired JdbcClient db;

    private final UUID lab = UUID.randomUUID();
    private final UUID maker = UUID.randomUUID();
    private final UUID plot = UUID.randomUUID();
    private final Lot lot = lot("litchi", DAY);
    private final Visitor analyst = visitor("演示 检测员", Role.LABORATORY, lab);
    private final Visitor signatory = visitor("演示 签字人", Role.LABORATORY, lab);
    private final Visitor clerk = visitor("演示 社员", Role.CLERK, maker);

    @BeforeEach
    void goods() {
        standards.loadReference();
        when(parties.find(lab))
                .thenReturn(
                        Optional.of(
                                new Party(
                                        lab,
                                        Party.Kind.LABORATORY,
                                        "演示检测",
                                        "Demo Lab",
                                        null,
                                        "9520000000001",
                                        "440902",
                                        "演示",
                                        "13800000000")));
        know(lot);
    }

    private void know(Lot known) {
        when(lots.find(known.id())).thenReturn(Optional.of(known));
        when(lots.get(known.id())).thenReturn(known);
        when(genealogy.trace(known.id(), Genealogy.Direction.BACK))
                .thenReturn(
                        new Genealogy.Graph(
                                known.id(),
                                List.of(known),
                                List.of(
                                        new Genealogy.Edge(
                                                plot, known.id(), BigDecimal.TEN, "harvest", true)),
                                List.of(),
                                Set.of(plot)));
        when(genealogy.ancestors(known.id())).thenReturn(Set.of(known.id()));
        when(genealogy.descendants(known.id())).thenReturn(Set.of(known.id()));
        when(farming.substancesUsed(Set.of(plot), known.day())).thenReturn(Set.of("高效氯氟氰菊酯"));
    }

    @Test
    void a_failed_report_holds_its_lot_is_taken_down_and_told(AssertablePublishedEvents events) {
        Report draft = enter(found("氯氟氰菊酯", "0.42"));
        verify(holds, never()).hold(any(), anyString(), anyString());
        assertThat(laboratory.reportsOn(lot.id())).isEmpty();

        Report report = laboratory.release(signatory, draft.id());

        assertThat(report.released()).isTrue();
        assertThat(report.judgement().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.judgement().edition()).isEqualTo("GB 2763-2021");
        assertThat(report.judgement().lines().getFirst().value().figure().toPlainString())
                .isEqualTo("0.42");
        verify(holds).hold(lot.id(), "检测报告 " + report.number() + " 不合格", signatory.name());
        assertThat(events.ofType(ReportFailed.class).matching(e -> e.lot().equals(lot.id())))
                .hasSize(1);
        assertThat(events.ofType(ReportReleased.class).matching(e -> e.lot().equals(lot.id())))
                .hasSize(1);
        assertThat(journal.after(0, 10_000))
                .anySatisfy(
                        e -> {
                            assertThat(e.kind()).isEqualTo(VerdictFact.KIND);
                            assertThat(
                                            new String(
                                                    e.bytes(),
                                                    java.nio.charset.StandardCharsets.UTF_8))
                                    .contains(report.number())
                                    .doesNotContain("演示 签字人");
                        });
        assertThat(laboratory.coverage(lot.id()).covered()).isFalse();
    }

    @Test
    void if_the_lot_cannot_be_held_the_report_is_not_released_either() {
        Report draft = enter(found("氯氟氰菊酯", "0.42"));
        org.mockito.Mockito.doThrow(new IllegalStateException("no"))
                .when(holds)
                .hold(eq(lot.id()), anyString(), anyString());

        assertThatThrownBy(() -> laboratory.release(signatory, draft.id()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(laboratory.find(draft.id()).orElseThrow().released()).isFalse();
        assertThat(laboratory.reportsOn(lot.id())).isEmpty();
    }

    @Test
    void nobody_signs_what_he_entered_himself() {
        Report draft = enter(nothing("氯氟氰菊酯"));
        assertThatThrownBy(() -> laboratory.release(analyst, draft.id()))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.rule()).isEqualTo("two-persons"));
        assertThatThrownBy(() -> laboratory.release(analyst, draft.id(), analyst.name()))
                .isInstanceOf(Problems.class);
        assertThat(laboratory.release(analyst, draft.id(), "演示 签字人").released()).isTrue();
    }

    @Test
    void a_passed_report_covers_what_was_used_by_its_residue_definition() {
        laboratory.release(signatory, enter(nothing("氯氟氰菊酯和高效氯氟氰菊酯")).id());
        Coverage coverage = laboratory.coverage(lot.id());
        assertThat(coverage.covered()).isTrue();
        assertThat(coverage.used()).containsExactly("高效氯氟氰菊酯");
    }

    @Test
    void testing_something_else_leaves_the_gap_open() {
        laboratory.release(signatory, enter(nothing("毒死蜱")).id());
        Coverage coverage = laboratory.coverage(lot.id());
        assertThat(coverage.covered()).isFalse();
        assertThat(coverage.gap()).containsExactly("高效氯氟氰菊酯");
    }

    @Test
    void a_correction_is_a_new_version_and_the_old_one_stands_until_it_is_released() {
        Report first = laboratory.release(signatory, enter(found("氯氟氰菊酯", "0.42")).id());
        Report second =
                laboratory.amend(
                        analyst,
                        first.id(),
                        List.of(found("氯氟氰菊酯", "0.042")),
                        "小数点录错",
                        DAY.plusDays(3));
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.replaces()).isEqualTo(first.id());
        assertThat(laboratory.reportsOn(lot.id()))
                .extracting(Report::id)
                .containsExactly(first.id());

        laboratory.release(signatory, second.id());

        assertThat(laboratory.reportsOn(lot.id()))
                .extracting(Report::id)
                .containsExactly(second.id());
        assertThat(laboratory.find(first.id()).orElseThrow().judgement().outcome())
                .isEqualTo(Outcome.FAIL);
        verify(holds, never()).release(any(), anyString(), anyString());
        assertThatThrownBy(
                        () ->
                                laboratory.amend(
                                        analyst,
                                        first.id(),
                                        List.of(nothing("毒死蜱")),
                                        "再改",
                                        DAY.plusDays(3)))
                .isInstanceOf(Refused.class);

        laboratory.lift(official(), second.id());
        verify(holds, times(1))
                .release(lot.id(), "检测报告 " + first.number() + " 不合格", official().name());
    }

    @Test
    void what_was_written_cannot_be_changed_in_the_database() {
        Report report = laboratory.release(signatory, enter(found("氯氟氰菊酯", "0.42")).id());
        assertThatThrownBy(
                        () ->
                                db.sql("update laboratory.line set figure = 0.01 where report = ?")
                                        .param(report.id())
                                        .update())
                .hasMessageContaining("not changed");
        assertThatThrownBy(
                        () ->
                                db.sql("update laboratory.report set outcome = 'PASS' where id = ?")
                                        .param(report.id())
                                        .update())
                .hasMessageContaining("not changed");
    }

    @Test
    void others_neither_see_nor_guess_a_report_and_the_producer_only_a_released_one() {
        Report draft = enter(nothing("氯氟氰菊酯"));
        Visitor stranger = visitor("演示 他人", Role.LABORATORY, UUID.randomUUID());
        assertThatThrownBy(() -> laboratory.seen(stranger, draft.id()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> laboratory.release(stranger, draft.id()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> laboratory.seen(clerk, draft.id())).isInstanceOf(NotFound.class);

        laboratory.release(signatory, draft.id());

        assertThat(laboratory.seen(clerk, draft.id()).report().id()).isEqualTo(draft.id());
        assertThatThrownBy(
                        () ->
                                laboratory.seen(
                                        visitor("演示 邻社", Role.CLERK, UUID.randomUUID()),
                                        draft.id()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void a_sample_is_neither_taken_tomorrow_nor_before_its_lot_nor_reported_twice() {
        assertThatThrownBy(() -> laboratory.takeSample(analyst, lot.id(), lab, DAY.plusDays(9)))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> laboratory.takeSample(analyst, lot.id(), lab, DAY.minusDays(1)))
                .isInstanceOf(Problems.class);
        Sample sample = laboratory.takeSample(clerk, lot.id(), lab, DAY);
        assertThat(sample.number()).startsWith("S250611-");
        List<Value> values = List.of(nothing("毒死蜱"));
        laboratory.enter(analyst, sample.id(), values, DAY.plusDays(1));
        assertThatThrownBy(() -> laboratory.enter(analyst, sample.id(), values, DAY.plusDays(1)))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.rule()).isEqualTo("already-reported"));
    }

    @Test
    void dried_litchi_in_stock_is_judged_again_when_the_edition_changes(Scenario scenario) {
        Lot dried = lot("dried-litchi", DAY);
        know(dried);
        when(lots.holdings(dried.id()))
                .thenReturn(List.of(new Lots.Holding(dried.id(), maker, BigDecimal.TEN, 0, false)));
        Sample sample = laboratory.takeSample(analyst, dried.id(), lab, DAY);
        Report report =
                laboratory.release(
                        signatory,
                        laboratory
                                .enter(analyst, sample.id(), List.of(found("毒死蜱", "0.7")), DAY)
                                .id());
        assertThat(report.judgement().outcome()).isEqualTo(Outcome.PASS);

        scenario.publish(new EditionInForce("演示版 2026-03-01", LocalDate.of(2026, 3, 1)))
                .andWaitForEventOfType(ReportFailed.class)
                .matchingMappedValue(ReportFailed::lot, dried.id())
                .toArriveAndVerify(
                        e ->
                                verify(holds)
                                        .hold(
                                                eq(dried.id()),
                                                eq("检测报告 " + report.number() + " 不合格"),
                                                anyString()));
        assertThat(laboratory.find(report.id()).orElseThrow().judgement().outcome())
                .isEqualTo(Outcome.PASS);
    }

    private Report enter(Value value) {
        Sample sample = laboratory.takeSample(analyst, lot.id(), lab, DAY);
        return laboratory.enter(analyst, sample.id(), List.of(value), DAY.plusDays(2));
    }

    private Visitor official() {
        return new Visitor(new UUID(0, 9), "演示 监管员", Role.SUPERVISOR, null, Set.of("4409"));
    }

    private Lot lot(String category, LocalDate day) {
        UUID id = UUID.randomUUID();
        return new Lot(
                id,
                "L250611-" + id.toString().substring(0, 4),
                Lot.Kind.HARVEST,
                maker,
                category,
                "桂味",
                "统货",
                null,
                new BigDecimal("100"),
                0,
                day,
                "440981105",
                null);
    }

    private static Visitor visitor(String name, Role role, UUID party) {
        return new Visitor(UUID.randomUUID(), name, role, party, Set.of());
    }

    private static Value found(String substance, String figure) {
        return new Value(substance, Value.Kind.FOUND, new BigDecimal(figure), "mg/kg");
    }

    private static Value nothing(String substance) {
        return new Value(substance, Value.Kind.NOT_DETECTED, new BigDecimal("0.01"), "mg/kg");
    }
}
