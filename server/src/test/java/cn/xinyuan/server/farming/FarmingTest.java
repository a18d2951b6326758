package cn.xinyuan.server.farming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.AgreedYield;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import cn.xinyuan.server.farming.Farming.NewFarmRecord;
import cn.xinyuan.server.farming.events.SeasonCapChanged;
import cn.xinyuan.server.farming.events.SprayingRefused;
import cn.xinyuan.server.farming.usecase.AgreeYields;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import cn.xinyuan.server.standards.Standards.PublishedYield;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Farming on a real database; what lies below it is told by the test. */
@ApplicationModuleTest(extraIncludes = "journal")
@Import({TestDatabase.class, FarmingTest.Spring.class})
@RecordApplicationEvents
@TestInstance(Lifecycle.PER_METHOD)
class FarmingTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 5, 10);
    private static final String PYRETHROID = "4.5%高效氯氰菊酯";

    @TestConfiguration(proxyBeanMethods = false)
    static class Spring {
        @Bean
        @Primary
        Clock springOf2025() {
            return Clock.fixed(Instant.parse("2025-05-10T04:00:00Z"), ZoneOffset.UTC);
        }
    }

    @MockitoBean Parties parties;
    @MockitoBean Standards standards;
    @MockitoBean Harvests harvests;
    @MockitoBean SignedIn signedIn;
    @MockitoBean cn.xinyuan.server.pages.Console console;
    @Autowired Farming farming;
    @Autowired AgreeYields yields;
    @Autowired Journal journal;
    @Autowired JdbcClient db;
    @Autowired ApplicationEvents events;

    private final UUID cooperative = UUID.randomUUID();
    private final UUID farmer = UUID.randomUUID();
    private final Plot plot =
            new Plot(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    "根子-03",
                    cooperative,
                    farmer,
                    new BigDecimal("12.6"),
                    "litchi",
                    "桂味",
                    "440981109");
    private final Visitor li = new Visitor(UUID.randomUUID(), "李四", Role.FARMER, farmer, Set.of());
    private final Visitor clerk =
            new Visitor(UUID.randomUUID(), "王五", Role.CLERK, cooperative, Set.of());
    private final Visitor stranger =
            new Visitor(UUID.randomUUID(), "赵六", Role.CLERK, UUID.randomUUID(), Set.of());
    private final Visitor officer =
            new Visitor(UUID.randomUUID(), "陈科", Role.SUPERVISOR, null, Set.of("440981"));

    @BeforeEach
    void one_plot_and_one_product() {
        when(parties.findPlot(plot.id())).thenReturn(Optional.of(plot));
        when(parties.plotsIn(any())).thenReturn(List.of(plot));
        when(parties.plotsOf(cooperative)).thenReturn(List.of(plot));
        when(harvests.settled(any(), anyInt())).thenReturn(BigDecimal.ZERO);
        when(harvests.kilograms(plot.id(), 2025)).thenReturn(BigDecimal.ZERO);
        when(standards.categoryName("litchi")).thenReturn("荔枝");
        when(standards.publishedYields("litchi"))
                .thenReturn(
                        List.of(
                                new PublishedYield(
                                        "litchi", "高州", 2025, new BigDecimal("475"), "press"),
                                new PublishedYield(
                                        "litchi", "茂名", 2024, new BigDecimal("357"), "press")));
        when(standards.ban(any(), any(), any())).thenReturn(Optional.empty());
        when(standards.pesticideProduct(any())).thenReturn(Optional.empty());
        when(standards.pesticideProduct(PYRETHROID))
                .thenReturn(
                        Optional.of(
                                new PesticideProduct(
                                        PYRETHROID,
                                        List.of("高效氯氰菊酯"),
                                        "蒂蛀虫",
                                        "65-85 mL/mu",
                                        14,
                                        2,
                                        false)));
    }

    @Test
    void a_spraying_shuts_the_gate_for_the_interval_of_its_product() {
        FarmRecord record = farming.record(li, spraying(TODAY, PYRETHROID));

        assertThat(record.harvestFrom()).isEqualTo(TODAY.plusDays(14));
        assertThat(farming.gate(plot.id(), TODAY.plusDays(13)).open()).isFalse();
        assertThat(farming.gate(plot.id(), TODAY.plusDays(14)).open()).isTrue();
        assertThat(farming.substancesUsed(Set.of(plot.id()), TODAY)).containsExactly("高效氯氰菊酯");
    }

    @Test
    void one_use_too_many_in_a_season_is_refused_and_the_refusal_is_told_and_kept() {
        farming.record(li, spraying(TODAY.minusDays(40), PYRETHROID));
        farming.record(clerk, spraying(TODAY.minusDays(20), PYRETHROID));

        assertRefused("too-many-uses", spraying(TODAY, PYRETHROID));

        assertThat(farming.recordsOf(plot.id(), 2025)).hasSize(2);
        assertThat(refusals()).containsExactly("too-many-uses");
        assertThat(events.stream(SprayingRefused.class))
                .singleElement()
                .satisfies(e -> assertThat(e.party()).isEqualTo(cooperative));
    }

    @Test
    void a_use_of_last_season_does_not_count_for_this_one() {
        farming.record(li, spraying(LocalDate.of(2024, 12, 30), PYRETHROID));
        farming.record(li, spraying(LocalDate.of(2024, 12, 31), PYRETHROID));

        farming.record(li, spraying(TODAY, PYRETHROID));

        assertThat(farming.recordsOf(plot.id(), 2025)).hasSize(1);
    }

    @Test
    void a_banned_substance_is_refused_from_the_day_of_the_ban_also_under_its_label_name() {
        when(standards.ban(eq("水胺硫磷"), eq("litchi"), any()))
                .thenReturn(
                        Optional.of(
                                new Ban("水胺硫磷", "all use", LocalDate.of(2024, 9, 1), "公告第 536 号")));

        assertRefused("banned-substance", spraying(TODAY, "35%水胺硫磷乳油"));
    }

    @Test
    void a_product_that_is_not_registered_is_refused() {
        assertRefused("unregistered-product", spraying(TODAY, "神药一号"));
    }

    @Test
    void a_correction_stands_beside_the_old_record_and_says_why() {
        FarmRecord old = farming.record(li, spraying(TODAY.minusDays(1), PYRETHROID));

        FarmRecord fresh = farming.correct(li, old.id(), spraying(TODAY, PYRETHROID), "日期记错");

        assertThat(farming.recordsOf(plot.id(), 2025))
                .extracting(FarmRecord::id, FarmRecord::correctedLater, FarmRecord::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(fresh.id(), false, "日期记错"),
                        org.assertj.core.groups.Tuple.tuple(old.id(), true, null));
        assertThatThrownBy(() -> farming.correct(li, old.id(), spraying(TODAY, PYRETHROID), "又错"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void on_several_plots_it_is_all_or_none() {
        var other = new UUID(0, 1);
        when(parties.findPlot(other))
                .thenReturn(
                        Optional.of(
                                new Plot(
                                        other,
                                        plot.base(),
                                        "根子-04",
                                        cooperative,
                                        farmer,
                                        BigDecimal.ONE,
                                        "litchi",
                                        "桂味",
                                        "440981109")));
        farming.record(li, spraying(TODAY.minusDays(2), PYRETHROID));
        farming.record(li, spraying(TODAY.minusDays(1), PYRETHROID));

        assertThatThrownBy(
                        () ->
                                farming.recordOnAll(
                                        li,
                                        List.of(
                                                spraying(TODAY, PYRETHROID),
                                                new NewFarmRecord(
                                                        other,
                                                        Activity.SPRAYING,
                                                        TODAY,
                                                        PYRETHROID,
                                                        "70 mL/mu",
                                                        "李四",
                                                        ""))))
                .isInstanceOf(Refused.class);

        assertThat(farming.recordsOf(other, 2025)).isEmpty();
        assertThat(refusals()).containsExactly("too-many-uses");
    }

    @Test
    void a_day_to_come_and_a_missing_dose_are_problems_of_their_fields() {
        assertThatThrownBy(
                        () ->
                                farming.record(
                                        li,
                                        new NewFarmRecord(
                                                plot.id(),
                                                Activity.SPRAYING,
                                                TODAY.plusDays(1),
                                                PYRETHROID,
                                                " ",
                                                "李四",
                                                "")))
                .asInstanceOf(type(Problems.class))
                .satisfies(
                        p ->
                                assertThat(p.list())
                                        .extracting(cn.xinyuan.server.pages.Problem::field)
                                        .containsExactly("day", "dose"));
    }

    @Test
    void nobody_writes_on_the_plot_of_another() {
        assertThatThrownBy(() -> farming.record(stranger, spraying(TODAY, PYRETHROID)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> farming.record(officer, spraying(TODAY, PYRETHROID)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void the_cap_is_area_times_agreed_yield_and_only_an_officer_agrees() {
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("380"));

        assertThat(farming.seasonCap(plot.id(), 2025))
                .hasValueSatisfying(cap -> assertThat(cap).isEqualByComparingTo("4788"));
        assertThat(events.stream(SeasonCapChanged.class)).hasSize(1);
        assertThatThrownBy(() -> farming.agreeYield(clerk, plot.id(), 2025, new BigDecimal("9000")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void an_absurd_yield_is_refused_with_what_is_plausible() {
        for (String absurd : List.of("0", "-380", "4750", "10001", "0.0001", "380.0001")) {
            assertThat(problems(absurd, "测产")).as(absurd).containsOnlyKeys("kgPerMu");
        }
        assertThat(problems("4750", "测产").get("kgPerMu"))
                .contains("357–475 kg/亩")
                .contains("多写了一个 0");
        // twice the published: possible, but somebody has to say why
        assertThat(problems("951", " ")).containsOnlyKeys("reason");
        assertThat(farming.seasonCap(plot.id(), 2025)).isEmpty();
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("951"), "测产 12 株");
        assertThat(farming.seasonCap(plot.id(), 2025)).isPresent();
    }

    @Test
    void a_crop_without_published_yields_is_only_held_to_ten_thousand_kilograms() {
        when(standards.publishedYields("litchi")).thenReturn(List.of());
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("9000"));
        assertThat(farming.seasonCap(plot.id(), 2025)).isPresent();
    }

    @Test
    void another_figure_says_why_and_the_old_one_stays_in_sight() {
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("380"));
        assertThat(problems("400", "")).containsOnlyKeys("reason");
        // the same figure again is no change
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("380.000"));
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("400"), " 测产 12 株 ");

        assertThat(yields.history(clerk, plot.id(), 2025))
                .extracting(AgreedYield::by, AgreedYield::reason, a -> a.kgPerMu().intValue())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("陈科", "测产 12 株", 400),
                        org.assertj.core.groups.Tuple.tuple("陈科", null, 380));
        assertThat(events.stream(SeasonCapChanged.class)).hasSize(2);
        assertThat(
                        journal.after(0, 1000).stream()
                                .filter(e -> e.kind().equals("agreed-yield/1"))
                                .map(e -> new String(e.bytes(), UTF_8))
                                .filter(e -> e.contains(plot.id().toString())))
                .hasSize(2)
                .allMatch(e -> e.contains(officer.account().toString()))
                .noneMatch(e -> e.contains("测产") || e.contains("陈科"));
    }

    @Test
    void a_yield_never_goes_below_what_was_harvested() {
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("380"));
        when(harvests.settled(plot.id(), 2025)).thenReturn(new BigDecimal("3000"));
        when(harvests.kilograms(plot.id(), 2025)).thenReturn(new BigDecimal("3000"));

        // 3000 kg / 12.6 mu = 238.0952…: the third decimal is rounded up
        assertThatThrownBy(
                        () ->
                                farming.agreeYield(
                                        officer, plot.id(), 2025, new BigDecimal("238.095"), "减产"))
                .asInstanceOf(type(Refused.class))
                .satisfies(
                        no -> {
                            assertThat(no.rule()).isEqualTo("below-harvested");
                            assertThat(no).hasMessageContaining("最少要核定 238.096 kg/亩");
                        });
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("238.096"), "减产");
        assertThat(yields.of(clerk, plot.id(), 2025).left()).isEqualByComparingTo("0.01");
    }

    @Test
    void who_sells_the_harvest_sees_the_cap_and_strangers_do_not() {
        when(harvests.kilograms(Set.of(plot.id()), 2025))
                .thenReturn(Map.of(plot.id(), new BigDecimal("100")));
        farming.agreeYield(officer, plot.id(), 2025, new BigDecimal("380"));

        for (Visitor who : List.of(clerk, officer)) {
            assertThat(yields.all(who, 2025))
                    .singleElement()
                    .satisfies(p -> assertThat(p.left()).isEqualByComparingTo("4688"));
        }
        assertThat(yields.of(li, plot.id(), 2025).agreed()).isNotNull();
        var neighbour =
                new Visitor(UUID.randomUUID(), "周科", Role.SUPERVISOR, null, Set.of("440982"));
        for (Visitor who : List.of(stranger, neighbour)) {
            assertThatThrownBy(() -> yields.of(who, plot.id(), 2025)).isInstanceOf(NotFound.class);
        }
        assertThatThrownBy(
                        () ->
                                farming.agreeYield(
                                        neighbour, plot.id(), 2025, new BigDecimal("300"), "改"))
                .isInstanceOf(NotFound.class);
    }

    private Map<String, String> problems(String kgPerMu, String reason) {
        try {
            farming.agreeYield(officer, plot.id(), 2025, new BigDecimal(kgPerMu), reason);
            return Map.of();
        } catch (Problems problems) {
            return problems.list().stream()
                    .collect(
                            Collectors.toMap(
                                    cn.xinyuan.server.pages.Problem::field,
                                    cn.xinyuan.server.pages.Problem::text));
        }
    }

    @Test
    void the_database_too_refuses_to_change_a_record() {
        farming.record(li, spraying(TODAY, PYRETHROID));
        for (String change :
                List.of(
                        "update farming.record set day = day - 30",
                        "delete from farming.record",
                        "truncate farming.record cascade")) {
            assertThatThrownBy(() -> db.sql(change).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    private void assertRefused(String rule, NewFarmRecord record) {
        assertThatThrownBy(() -> farming.record(li, record))
                .asInstanceOf(type(Refused.class))
                .extracting(Refused::rule)
                .isEqualTo(rule);
    }

    private List<String> refusals() {
        return db.sql("select rule from farming.refusal where plot = :plot")
                .param("plot", plot.id())
                .query(String.class)
                .list();
    }

    private NewFarmRecord spraying(LocalDate day, @Nullable String product) {
        return new NewFarmRecord(plot.id(), Activity.SPRAYING, day, product, "70 mL/mu", "李四", "");
    }
}
