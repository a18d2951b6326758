package cn.xinyuan.server.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.standards.domain.Library;
import cn.xinyuan.server.standards.domain.ReferenceSource;
import cn.xinyuan.server.standards.domain.Residues;
import cn.xinyuan.server.standards.domain.Shelves.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The reference figures and what follows from them, without a database. */
@SpringJUnitConfig(classes = LibraryTest.Files.class)
class LibraryTest {

    private static final LocalDate SEASON = LocalDate.of(2025, 6, 11);

    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    @org.springframework.context.annotation.ComponentScan(
            basePackages = "cn.xinyuan.server.standards.store",
            useDefaultFilters = false,
            includeFilters =
                    @org.springframework.context.annotation.ComponentScan.Filter(
                            type = org.springframework.context.annotation.FilterType.REGEX,
                            pattern = ".*ReferenceFiles"))
    static class Files {}

    private final ReferenceSource source;
    private final Library library;

    @Autowired
    LibraryTest(ReferenceSource source) {
        this.source = source;
        this.library = library(true);
    }

    @Test
    void the_edition_in_force_is_chosen_by_the_day() {
        assertThat(number("litchi", SEASON)).isEqualTo("GB 2763-2021");
        assertThat(number("litchi", LocalDate.of(2026, 2, 28))).isEqualTo("GB 2763-2021");
        assertThat(number("litchi", LocalDate.of(2026, 3, 1))).isEqualTo("演示版 2026-03-01");
        assertThat(library.inForce("litchi", LocalDate.of(2021, 9, 2))).isEmpty();
        assertThat(library.inForce("tilapia", SEASON)).isEmpty();
    }

    @Test
    void without_demo_mode_no_fictional_edition_follows() {
        assertThat(library(false).inForce("litchi", LocalDate.of(2026, 3, 1))).isEmpty();
    }

    @Test
    void the_fictional_edition_is_marked_and_tightens_two_limits() {
        assertThat(library.editions().getFirst().demo()).isTrue();
        assertThat(library.editions().getFirst().title()).contains("演示").contains("虚构");
        assertThat(limit("毒死蜱", SEASON)).isEqualTo("1");
        assertThat(limit("毒死蜱", LocalDate.of(2026, 3, 1))).isEqualTo("0.5");
        assertThat(limit("嘧菌酯", LocalDate.of(2026, 3, 1))).isEqualTo("0.5");
    }

    @Test
    void a_result_is_judged_by_the_residue_definition_that_names_its_substance() {
        Judgement judgement = judge(found("高效氯氟氰菊酯", "0.42"));
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judgement.edition()).isEqualTo("GB 2763-2021");
        assertThat(judgement.lines().getFirst().limit()).isEqualByComparingTo("0.1");
    }

    @Test
    void the_same_dried_litchi_passes_before_the_change_and_fails_after_it() {
        List<Value> values = List.of(found("毒死蜱", "0.7"));
        assertThat(library.judge("dried-litchi", LocalDate.of(2026, 2, 28), values).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(library.judge("dried-litchi", LocalDate.of(2026, 3, 1), values).outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_banned_substance_fails_below_its_limit_from_the_day_of_the_ban_on() {
        List<Value> values = List.of(found("克百威", "0.01"));
        assertThat(library.judge("litchi", LocalDate.of(2026, 5, 31), values).outcome())
                .isEqualTo(Outcome.PASS);
        Judgement after = library.judge("litchi", LocalDate.of(2026, 6, 1), values);
        assertThat(after.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(after.lines().getFirst().reason()).contains("禁用");
        assertThat(after.lines().getFirst().limit()).isNull();
    }

    @Test
    void a_ban_on_some_crops_holds_for_fruit_and_not_for_fish() {
        assertThat(library.ban("乙酰甲胺磷", "litchi", SEASON)).isPresent();
        assertThat(library.ban("乙酰甲胺磷", "dried-litchi", SEASON)).isPresent();
        assertThat(library.ban("乙酰甲胺磷", "tilapia", SEASON)).isEmpty();
        assertThat(library.ban("甲拌磷", "tilapia", SEASON)).isPresent();
    }

    @Test
    void what_is_found_without_a_limit_is_not_decided_and_what_is_not_found_passes() {
        assertThat(judge(found("烯酰吗啉", "0.2")).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(new Value("烯酰吗啉", Value.Kind.NOT_DETECTED, of("0.01"), "mg/kg")).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void two_isomers_that_exceed_the_limit_only_together_are_not_decided() {
        Judgement judgement = judge(found("氯氟氰菊酯", "0.06"), found("高效氯氟氰菊酯", "0.07"));
        assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judgement.lines().getFirst().reason()).contains("0.13");
    }

    @Test
    void every_mistake_is_told_with_its_place() {
        assertThatThrownBy(
                        () ->
                                judge(
                                        new Value("毒死蜱", Value.Kind.FOUND, of("0.1"), "升"),
                                        found("毒死蜱", "-1")))
                .isInstanceOfSatisfying(
                        Problems.class,
                        p ->
                                assertThat(p.list())
                                        .extracting("field")
                                        .containsExactly(
                                                "values[0].unit",
                                                "values[1].substance",
                                                "values[1].figure"));
        assertThatThrownBy(() -> library.judge("litchi", SEASON, List.of()))
                .isInstanceOf(Problems.class);
    }

    @Test
    void a_definition_covers_its_members_and_one_isomer_does_not_cover_the_mixture() {
        assertThat(library.covers("甲霜灵和精甲霜灵", "精甲霜灵")).isTrue();
        assertThat(library.covers("甲霜灵", "精甲霜灵")).isTrue();
        assertThat(library.covers("高效氯氟氰菊酯", "氯氟氰菊酯")).isFalse();
        assertThat(library.covers("氯氰菊酯和高效氯氰菊酯", "顺式氯氰菊酯")).isTrue();
        assertThat(library.covers("毒死蜱", "嘧菌酯")).isFalse();
        assertThat(Residues.named("毒死蜱")).isEmpty();
    }

    @Test
    void every_active_substance_of_a_product_with_a_limit_is_found_by_its_definition() {
        assertThat(library.products()).hasSize(17);
        assertThat(library.products())
                .anySatisfy(
                        p -> {
                            assertThat(p.name()).isEqualTo("68%精甲霜·锰锌");
                            assertThat(p.substances()).containsExactly("精甲霜灵", "代森锰锌");
                            assertThat(p.preHarvestDays()).isEqualTo(7);
                            assertThat(p.verified()).isFalse();
                        });
    }

    private Library library(boolean demo) {
        Reference r = source.read(demo);
        return new Library(
                r.editions(),
                r.clauses(),
                new Residues(r.residues()),
                r.bans(),
                r.products(),
                r.brandStandards());
    }

    private String number(String category, LocalDate day) {
        return library.inForce(category, day).orElseThrow().number();
    }

    private String limit(String substance, LocalDate day) {
        return library.limits("litchi", day).stream()
                .filter(l -> l.substance().equals(substance))
                .findFirst()
                .orElseThrow()
                .atMost()
                .toPlainString();
    }

    private Judgement judge(Value... values) {
        return library.judge("litchi", SEASON, List.of(values));
    }

    private static Value found(String substance, String figure) {
        return new Value(substance, Value.Kind.FOUND, of(figure), "mg/kg");
    }

    private static BigDecimal of(String figure) {
        return new BigDecimal(figure);
    }
}
