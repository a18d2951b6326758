package cn.xinyuan.server.laboratory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two harvests A and B are merged into M, of which P is packed. */
class CoveringsTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 11);

    private final UUID a = UUID.randomUUID();
    private final UUID b = UUID.randomUUID();
    private final UUID m = UUID.randomUUID();
    private final UUID p = UUID.randomUUID();
    private final Map<UUID, Set<UUID>> inputs =
            new HashMap<>(Map.of(m, Set.of(a, b), p, Set.of(m)));
    private final Map<UUID, Set<String>> used = Map.of(a, Set.of("嘧菌酯"), b, Set.of("毒死蜱"));
    private final Map<UUID, List<Report>> reports = new HashMap<>();

    @Test
    void nothing_tested_covers_nothing() {
        Coverage coverage = of(p);
        assertThat(coverage.covered()).isFalse();
        assertThat(coverage.used()).containsExactlyInAnyOrder("嘧菌酯", "毒死蜱");
        assertThat(coverage.gap()).containsExactlyInAnyOrder("嘧菌酯", "毒死蜱");
        assertThat(coverage.report()).isNull();
    }

    @Test
    void a_report_on_the_lot_that_tested_all_that_was_used_covers_it() {
        Report report = report(p, Outcome.PASS, "嘧菌酯", "毒死蜱");
        assertThat(of(p).covered()).isTrue();
        assertThat(of(p).report()).isEqualTo(report.id());
    }

    @Test
    void a_report_on_the_merged_lot_covers_the_packs_made_of_it() {
        report(m, Outcome.PASS, "嘧菌酯", "毒死蜱");
        assertThat(of(p).covered()).isTrue();
        assertThat(of(a).covered()).isFalse();
    }

    @Test
    void reports_on_all_inputs_cover_the_lot_each_for_what_was_used_there() {
        report(a, Outcome.PASS, "嘧菌酯");
        assertThat(of(p).covered()).isFalse();
        report(b, Outcome.PASS, "毒死蜱");
        assertThat(of(p).covered()).isTrue();
        assertThat(of(p).gap()).isEmpty();
    }

    @Test
    void testing_the_right_substance_on_the_wrong_input_leaves_a_gap() {
        report(a, Outcome.PASS, "嘧菌酯", "毒死蜱");
        report(b, Outcome.PASS, "嘧菌酯");
        assertThat(of(p).covered()).isFalse();
        assertThat(of(p).gap()).containsExactly("毒死蜱");
    }

    @Test
    void an_inconclusive_report_covers_nothing_and_a_failed_one_spoils_all() {
        report(p, Outcome.INCONCLUSIVE, "嘧菌酯", "毒死蜱");
        assertThat(of(p).covered()).isFalse();
        reports.clear();
        report(p, Outcome.PASS, "嘧菌酯", "毒死蜱");
        report(b, Outcome.FAIL, "毒死蜱");
        assertThat(of(p).covered()).isFalse();
    }

    @Test
    void genealogies_that_run_in_a_circle_come_to_an_end() {
        inputs.put(a, Set.of(p));
        report(b, Outcome.PASS, "毒死蜱");
        assertThat(of(p).covered()).isFalse();
    }

    private Coverage of(UUID lot) {
        return new Coverings(inputs, used, reports, String::equals).of(lot);
    }

    private Report report(UUID lot, Outcome outcome, String... substances) {
        List<Line> lines =
                Stream.of(substances)
                        .map(
                                s ->
                                        new Line(
                                                s,
                                                new Value(
                                                        s,
                                                        Value.Kind.NOT_DETECTED,
                                                        new BigDecimal("0.01"),
                                                        "mg/kg"),
                                                null,
                                                "mg/kg",
                                                "GB",
                                                outcome,
                                                ""))
                        .toList();
        Report report =
                new Report(
                        UUID.randomUUID(),
                        "R2025-0000" + reports.size(),
                        1,
                        null,
                        UUID.randomUUID(),
                        lot,
                        UUID.randomUUID(),
                        DAY,
                        DAY,
                        true,
                        new Judgement(outcome, "GB", DAY, lines));
        reports.computeIfAbsent(lot, _ -> new ArrayList<>()).add(report);
        return report;
    }
}
