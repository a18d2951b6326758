package cn.xinyuan.server.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.Sscc;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Cases.Kind;
import cn.xinyuan.server.issuing.Cases.LogisticUnit;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.usecase.ActivateCodes;
import cn.xinyuan.server.issuing.usecase.PackCases;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.trace.Aggregations;
import cn.xinyuan.server.trace.Aggregations.Aggregation;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Cases and pallets on a real database; the rooms below answer as the test says. */
@ApplicationModuleTest
@Import({TestDatabase.class, CasesTest.Season.class})
@TestPropertySource(properties = "xinyuan.data=target/cases-test-data")
class CasesTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Season {
        @Bean
        @Primary
        Clock seasonClock() {
            return Clock.fixed(Instant.parse("2025-06-11T01:00:00Z"), ZoneOffset.UTC);
        }
    }

    @MockitoBean Labels labels;
    @MockitoBean Lots lots;
    @MockitoBean Aggregations aggregations;
    @MockitoBean Licences licences;
    @MockitoBean Certificates certificates;
    @MockitoBean Catalog catalog;
    @MockitoBean Parties parties;
    @MockitoBean Journal journal;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Console console;

    @Autowired Codes codes;
    @Autowired ActivateCodes activate;
    @Autowired PackCases pack;
    @Autowired JdbcClient db;

    private final UUID party = UUID.randomUUID();
    private final Visitor clerk =
            new Visitor(UUID.randomUUID(), "林示例", Role.CLERK, party, Set.of());
    private final Visitor stranger =
            new Visitor(UUID.randomUUID(), "外人", Role.CLERK, UUID.randomUUID(), Set.of());
    private final Product gift = product("2.5 kg 礼盒");
    private final Product basket = product("5 kg 篮装");
    private final UUID monday = UUID.randomUUID();
    private final UUID tuesday = UUID.randomUUID();

    @BeforeEach
    void two_lots_of_one_product() {
        reset(labels, lots, licences, certificates, catalog, aggregations);
        lot(monday, gift);
        lot(tuesday, gift);
    }

    @Test
    void a_case_holds_ranges_of_labels_and_its_sscc_tells_them() {
        Batch batch = activated(gift, monday, 100);

        LogisticUnit made = pack.pack(clerk, List.of(range(batch, 0, 24)), false);

        assertThat(Sscc.read(made.sscc())).isPresent();
        assertThat(made.sscc()).startsWith("09521234");
        assertThat(PackCases.isDemo(made.sscc())).isTrue();
        LogisticUnit found = pack.find(made.sscc()).orElseThrow();
        assertThat(found.kind()).isEqualTo(Kind.CASE);
        assertThat(found.boxes()).isEqualTo(24);
        assertThat(found.contents().getFirst().lot()).isEqualTo(monday);
        assertThat(pack.holding(batch.number(), 23)).hasValue(found);
        assertThat(pack.holding(batch.number(), 24)).isEmpty();
        assertThat(rows("case_content", made.sscc())).isEqualTo(1);
        Aggregation told = told(1).getLast();
        assertThat(told.in()).isTrue();
        assertThat(told.sscc()).isEqualTo(made.sscc());
        assertThat(told.boxes()).containsEntry(monday, 24L).hasSize(1);
        assertThat(told.facts()).containsEntry("xy:ranges", batch.number() + ":0+24");
        codes.voidCodes(clerk, batch.number(), 20, 10, "被水泡了");
        assertThat(pack.find(made.sscc()).orElseThrow().contents().getFirst().voided())
                .isEqualTo(4);
    }

    @Test
    void no_box_is_in_two_cases_also_when_two_packers_are_quick() throws Exception {
        Batch batch = activated(gift, monday, 100);
        LogisticUnit first = pack.pack(clerk, List.of(range(batch, 10, 10)), false);
        for (long[] again : new long[][] {{19, 1}, {0, 11}, {5, 50}}) {
            assertThatThrownBy(
                            () ->
                                    pack.pack(
                                            clerk,
                                            List.of(range(batch, again[0], again[1])),
                                            false))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            no -> {
                                assertThat(no.rule()).isEqualTo("already-in-case");
                                assertThat(no.getMessage()).contains(first.sscc());
                            });
        }
        var answers = new ArrayList<Future<LogisticUnit>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                answers.add(
                        threads.submit(
                                () -> pack.pack(clerk, List.of(range(batch, 50, 24)), false)));
            }
        }
        int done = 0;
        for (Future<LogisticUnit> answer : answers) {
            try {
                answer.get();
                done++;
            } catch (ExecutionException refused) {
                assertThat(refused.getCause()).isInstanceOf(Refused.class);
            }
        }
        assertThat(done).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                db.sql(
                                                "insert into issuing.case_content (sscc, batch, first,"
                                                        + " codes, lot) values (:s, :b, 73, 1, :l)")
                                        .param("s", first.sscc())
                                        .param("b", batch.number())
                                        .param("l", monday)
                                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("a_box_is_in_one_case");
    }

    @Test
    void void_unused_foreign_and_imaginary_codes_go_into_no_case() {
        var before = pack.of(party, 100);
        Batch batch = activated(gift, monday, 50);
        codes.voidCodes(clerk, batch.number(), 5, 1, "被盗");
        Batch unused = codes.order(clerk, gift.id(), 50);

        assertRefused("void", () -> pack.pack(clerk, List.of(range(batch, 0, 6)), false));
        assertRefused("not-activated", () -> pack.pack(clerk, List.of(range(unused, 0, 1)), false));
        assertThatThrownBy(() -> pack.pack(stranger, List.of(range(batch, 0, 1)), false))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> pack.pack(clerk, List.of(new CodeRange(999_999_999, 0, 1)), false))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> pack.pack(clerk, List.of(range(batch, 45, 6)), false))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> pack.pack(clerk, List.of(), false)).isInstanceOf(Problems.class);
        assertThatThrownBy(
                        () ->
                                pack.pack(
                                        clerk,
                                        List.of(range(batch, 10, 5), range(batch, 14, 2)),
                                        false))
                .isInstanceOf(Problems.class);
        assertThat(pack.of(party, 100)).isEqualTo(before);
        verify(aggregations, times(0)).tell(any(), any());
    }

    @Test
    void several_lots_are_together_only_when_that_is_said_and_several_products_never() {
        Batch batch = codes.order(clerk, gift.id(), 100);
        activate.activate(clerk, batch.number(), monday, OptionalLong.of(0), 30);
        activate.activate(clerk, batch.number(), tuesday, OptionalLong.of(30), 30);
        lot(UUID.randomUUID(), basket);
        UUID other = UUID.randomUUID();
        lot(other, basket);
        Batch baskets = activated(basket, other, 10);

        assertRefused("mixed-lots", () -> pack.pack(clerk, List.of(range(batch, 20, 20)), false));
        LogisticUnit mixed = pack.pack(clerk, List.of(range(batch, 20, 20)), true);
        assertThat(mixed.contents()).hasSize(2);
        assertThat(told(1).getLast().boxes())
                .containsEntry(monday, 10L)
                .containsEntry(tuesday, 10L);
        assertRefused(
                "mixed-products",
                () -> pack.pack(clerk, List.of(range(batch, 0, 5), range(baskets, 0, 5)), true));
    }

    @Test
    void what_trace_refuses_leaves_no_case() {
        Batch batch = activated(gift, monday, 50);
        doThrow(new Refused("lot-held", "已冻结")).when(aggregations).tell(any(), any());
        assertRefused("lot-held", () -> pack.pack(clerk, List.of(range(batch, 0, 5)), false));
        assertThat(pack.holding(batch.number(), 0)).isEmpty();
    }

    @Test
    void a_pallet_is_put_together_split_and_ended_and_each_step_is_told() {
        Batch batch = activated(gift, monday, 100);
        String one = pack.pack(clerk, List.of(range(batch, 0, 10)), false).sscc();
        String two = pack.pack(clerk, List.of(range(batch, 10, 10)), false).sscc();
        String three = pack.pack(clerk, List.of(range(batch, 20, 10)), false).sscc();

        LogisticUnit pallet = pack.palletise(clerk, List.of(one, " (00)" + two), null);
        assertThat(pallet.cases()).containsExactly(one, two);
        assertThat(pallet.boxes()).isEqualTo(20);
        assertRefused("already-on-pallet", () -> pack.palletise(clerk, List.of(two), null));
        assertThat(pack.palletise(clerk, List.of(three), pallet.sscc()).boxes()).isEqualTo(30);
        assertThat(pack.find(one).orElseThrow().pallet()).isEqualTo(pallet.sscc());

        LogisticUnit split = pack.takeOff(clerk, pallet.sscc(), List.of(two), "客户只要两箱");
        assertThat(split.cases()).containsExactly(one, three);
        assertThat(split.unpacked()).isNull();
        assertRefused(
                "not-on-pallet", () -> pack.takeOff(clerk, pallet.sscc(), List.of(two), "再来"));
        Aggregation off = told(6).getLast();
        assertThat(off.in()).isFalse();
        assertThat(off.cases()).containsExactly(two);
        assertThat(off.facts()).containsEntry("xy:reason", "客户只要两箱");

        pack.unpack(clerk, one, "拆开零卖");
        assertThat(pack.holding(batch.number(), 3)).isEmpty();
        assertThat(pack.find(one).orElseThrow().because()).isEqualTo("拆开零卖");
        assertThat(pack.find(pallet.sscc()).orElseThrow().cases()).containsExactly(three);
        assertRefused("unpacked", () -> pack.unpack(clerk, one, "再拆"));
        assertRefused("unpacked", () -> pack.palletise(clerk, List.of(one), null));
        // the boxes may go into another case now
        assertThat(pack.pack(clerk, List.of(range(batch, 0, 10)), false).sscc()).isNotEqualTo(one);

        pack.unpack(clerk, pallet.sscc(), "到货拆托");
        assertThat(pack.find(pallet.sscc()).orElseThrow().unpacked()).isNotNull();
        assertThat(pack.find(three).orElseThrow().pallet()).isNull();
    }

    @Test
    void strangers_and_nonsense_change_no_pallet() {
        Batch batch = activated(gift, monday, 20);
        String box = pack.pack(clerk, List.of(range(batch, 0, 10)), false).sscc();
        for (List<String> bad :
                List.of(
                        List.<String>of(),
                        List.of("1"),
                        List.of(box, box),
                        List.of("095212340000000008"),
                        List.of("'; drop table issuing.logistic_unit; --"))) {
            assertThatThrownBy(() -> pack.palletise(clerk, bad, null)).isInstanceOf(Problems.class);
        }
        assertThatThrownBy(() -> pack.palletise(stranger, List.of(box), null))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> pack.palletise(clerk, List.of(box), box))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> pack.unpack(stranger, box, "不是我的")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> pack.unpack(clerk, box, " ")).isInstanceOf(Problems.class);
        assertThat(pack.find("荔枝")).isEmpty();
        assertThat(pack.find(box).orElseThrow().pallet()).isNull();
    }

    @Test
    void the_database_refuses_to_rewrite_what_was_packed() {
        Batch batch = activated(gift, monday, 20);
        String box = pack.pack(clerk, List.of(range(batch, 0, 10)), false).sscc();
        pack.unpack(clerk, box, "拆");
        for (String forbidden :
                List.of(
                        "update issuing.case_content set codes = 11",
                        "update issuing.case_content set out_at = null",
                        "update issuing.logistic_unit set party = gen_random_uuid()",
                        "update issuing.logistic_unit set unpacked = now() where sscc = '%s'"
                                .formatted(box),
                        "delete from issuing.on_pallet",
                        "truncate issuing.case_content",
                        "delete from issuing.logistic_unit")) {
            assertThatThrownBy(() -> db.sql(forbidden).update())
                    .as(forbidden)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    private long rows(String table, String sscc) {
        return db.sql("select count(*) from issuing." + table + " where sscc = :s")
                .param("s", sscc)
                .query(Long.class)
                .single();
    }

    private List<Aggregation> told(int times) {
        var captor = ArgumentCaptor.forClass(Aggregation.class);
        verify(aggregations, times(times)).tell(any(), captor.capture());
        return captor.getAllValues();
    }

    private static CodeRange range(Batch batch, long from, long count) {
        return new CodeRange(batch.number(), from, count);
    }

    private Batch activated(Product product, UUID lot, long count) {
        Batch batch = codes.order(clerk, product.id(), count);
        codes.activate(clerk, batch.number(), lot, count);
        return batch;
    }

    private Product product(String pack) {
        return new Product(
                UUID.randomUUID(),
                party,
                "09521234567899",
                "桂味荔枝",
                "Guiwei litchi",
                "litchi",
                "桂味",
                "特级",
                new BigDecimal("2.5"),
                pack,
                true);
    }

    private void lot(UUID id, Product product) {
        var licence =
                new Licence(
                        UUID.randomUUID(),
                        "信-4409-2025-0137",
                        party,
                        product.id(),
                        LocalDate.of(2025, 1, 1),
                        LocalDate.of(2027, 12, 31),
                        new BigDecimal("1000000"),
                        Licence.Standing.IN_FORCE,
                        null);
        when(catalog.find(product.id())).thenReturn(Optional.of(product));
        when(licences.inForce(party, product.id(), LocalDate.of(2025, 6, 11)))
                .thenReturn(Optional.of(licence));
        when(lots.find(id)).thenReturn(Optional.of(lot(id, product.id())));
        when(certificates.ofLot(id))
                .thenReturn(
                        Optional.of(
                                new Certificate(
                                        UUID.randomUUID(),
                                        "HG-1",
                                        id,
                                        party,
                                        "桂味荔枝",
                                        new BigDecimal("1240"),
                                        "高州市",
                                        LocalDate.of(2025, 6, 11),
                                        "林示例",
                                        "13800000000",
                                        Set.of(Certificates.Basis.QUALITY_CONTROL),
                                        null,
                                        false,
                                        null)));
    }

    private Lot lot(UUID id, @Nullable UUID product) {
        return new Lot(
                id,
                "P250611-" + id.toString().substring(0, 4),
                Lot.Kind.PACKED,
                party,
                "litchi",
                "桂味",
                "特级",
                product,
                new BigDecimal("1240"),
                496,
                LocalDate.of(2025, 6, 11),
                "440981",
                null);
    }

    private static void assertRefused(String rule, Callable<?> act) {
        assertThatThrownBy(act::call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
    }
}
