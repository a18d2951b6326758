package cn.xinyuan.server.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.domain.LabelFormat;
import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintBook;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.issuing.domain.Printed;
import cn.xinyuan.server.issuing.events.CodesActivated;
import cn.xinyuan.server.issuing.usecase.ActivateCodes;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse.Answer;
import cn.xinyuan.server.issuing.usecase.PrintLabels;
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
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Aggregations;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The room on a real database; the rooms below it answer as the test says. */
@ApplicationModuleTest
@Import({TestDatabase.class, IssuingRoomTest.Season.class})
@TestPropertySource(properties = "xinyuan.data=target/issuing-test-data")
class IssuingRoomTest {

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
    @Autowired PrintLabels print;
    @Autowired PrintBook prints;
    @Autowired ConfirmFirstUse confirm;
    @Autowired JdbcClient db;

    private final UUID party = UUID.randomUUID();
    private final UUID lot = UUID.randomUUID();
    private final Visitor clerk =
            new Visitor(UUID.randomUUID(), "林示例", Role.CLERK, party, Set.of());
    private final Visitor stranger =
            new Visitor(UUID.randomUUID(), "外人", Role.CLERK, UUID.randomUUID(), Set.of());
    private final Product product =
            new Product(
                    UUID.randomUUID(),
                    party,
                    "09521234567899",
                    "桂味荔枝",
                    "Guiwei litchi",
                    "litchi",
                    "桂味",
                    "特级",
                    new BigDecimal("2.5"),
                    "2.5 kg 礼盒",
                    true);

    @BeforeEach
    void everything_is_in_order() {
        reset(labels, lots, licences, certificates, catalog);
        when(catalog.find(product.id())).thenReturn(Optional.of(product));
        licensed(true);
        when(lots.find(lot)).thenReturn(Optional.of(lot(product.id(), null)));
        when(certificates.ofLot(lot)).thenReturn(Optional.of(certificate()));
    }

    @Test
    void an_order_takes_its_codes_out_of_the_plan_that_the_licence_allows() {
        Batch batch = codes.order(clerk, product.id(), 500);

        verify(labels).plan(party, product.id(), 2025, 400_000);
        verify(labels).order(party, product.id(), 2025, batch.number(), 500);
        assertThat(codes.of(party)).contains(batch);
        assertThat(codes.order(clerk, product.id(), 1).number()).isNotEqualTo(batch.number());
    }

    @Test
    void no_order_without_a_licence_nor_for_another_party_nor_beyond_the_plan() {
        List<Batch> before = codes.of(party);
        assertThatThrownBy(() -> codes.order(stranger, product.id(), 5))
                .isInstanceOf(NotFound.class);
        for (long absurd : new long[] {0, -1, 16_777_217, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> codes.order(clerk, product.id(), absurd))
                    .isInstanceOf(Problems.class);
        }
        doThrow(new Refused("over-plan", "超出计划"))
                .when(labels)
                .order(any(), any(), anyInt(), anyLong(), eq(77L));
        assertRefused("over-plan", () -> codes.order(clerk, product.id(), 77));
        licensed(false);
        assertRefused("no-licence", () -> codes.order(clerk, product.id(), 5));
        assertThat(codes.of(party)).isEqualTo(before);
    }

    @Test
    void a_code_is_read_back_to_its_batch_and_a_code_beyond_the_order_is_unknown() {
        Batch batch = codes.order(clerk, product.id(), 100);
        String last = codes.text(batch.number(), 99);

        var issued = codes.read(" " + last.toLowerCase(Locale.ROOT)).orElseThrow();
        assertThat(issued.serial()).isEqualTo(99);
        assertThat(issued.product()).isEqualTo(product.id());
        assertThat(issued.voided()).isNull();
        assertThatThrownBy(() -> codes.text(batch.number(), 100)).isInstanceOf(NotFound.class);
        assertThat(codes.read("0000000000000000")).isEmpty();
        assertThat(codes.read("荔枝")).isEmpty();
    }

    @Test
    void codes_are_activated_one_after_the_other_and_void_ones_are_passed_over(
            AssertablePublishedEvents events) {
        Batch batch = codes.order(clerk, product.id(), 100);
        codes.voidCodes(clerk, batch.number(), 40, 2, "卡纸");

        assertThat(codes.activate(clerk, batch.number(), lot, 30).first()).isZero();
        assertThat(codes.activate(clerk, batch.number(), lot, 20).first()).isEqualTo(42);
        assertThat(codes.activate(clerk, batch.number(), lot, 10).first()).isEqualTo(30);
        verify(labels).activate(clerk, lot, batch.number(), 42, 20);
        assertThat(codes.find(batch.number()).orElseThrow().used()).isEqualTo(60);
        assertRefused("batch-used-up", () -> codes.activate(clerk, batch.number(), lot, 39));
        assertRefused(
                "already-used",
                () -> activate.activate(clerk, batch.number(), lot, OptionalLong.of(25), 10));
        assertThat(events.ofType(CodesActivated.class)).hasSize(3);
    }

    @Test
    void nothing_is_activated_that_is_not_packed_certified_free_and_licensed() {
        Batch batch = codes.order(clerk, product.id(), 100);
        Callable<?> attempt = () -> codes.activate(clerk, batch.number(), lot, 10);

        when(certificates.ofLot(lot)).thenReturn(Optional.empty());
        assertRefused("not-certified", attempt);
        when(lots.find(lot)).thenReturn(Optional.of(lot(product.id(), "检测不合格")));
        assertRefused("lot-held", attempt);
        when(lots.find(lot)).thenReturn(Optional.of(lot(null, null)));
        assertRefused("not-packed", attempt);
        when(lots.find(lot)).thenReturn(Optional.of(lot(UUID.randomUUID(), null)));
        assertRefused("wrong-product", attempt);
        when(lots.find(lot)).thenReturn(Optional.of(lot(product.id(), null)));
        licensed(false);
        assertRefused("no-licence", attempt);
        licensed(true);
        assertThatThrownBy(() -> codes.activate(stranger, batch.number(), lot, 10))
                .isInstanceOf(NotFound.class);
        verify(labels, never()).activate(any(), any(), anyLong(), anyLong(), anyLong());
    }

    @Test
    void what_trace_refuses_leaves_no_trace_here() {
        Batch batch = codes.order(clerk, product.id(), 100);
        doThrow(new Refused("over-packed", "超出件数"))
                .when(labels)
                .activate(any(), any(), anyLong(), anyLong(), anyLong());
        assertRefused("over-packed", () -> codes.activate(clerk, batch.number(), lot, 10));
        assertThat(codes.find(batch.number()).orElseThrow().used()).isZero();
    }

    @Test
    void two_clerks_at_once_never_get_the_same_serial() throws Exception {
        Batch batch = codes.order(clerk, product.id(), 100);
        when(certificates.ofLot(lot)).thenReturn(Optional.of(certificate()));
        var answers = new ArrayList<Future<Codes.Activation>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> codes.activate(clerk, batch.number(), lot, 7)));
            }
        }
        int done = 0;
        var firsts = new TreeSet<Long>();
        for (Future<Codes.Activation> answer : answers) {
            try {
                firsts.add(answer.get().first());
                done++;
            } catch (ExecutionException refused) {
                assertThat(refused.getCause()).isInstanceOf(Refused.class);
            }
        }
        assertThat(done).isEqualTo(14);
        assertThat(firsts).hasSize(14).allMatch(first -> first % 7 == 0);
    }

    @Test
    void a_voided_code_says_why_and_is_not_voided_twice() {
        Batch batch = codes.order(clerk, product.id(), 100);
        codes.voidCodes(clerk, batch.number(), 10, 5, " 标签被盗 ");

        assertThat(codes.read(codes.text(batch.number(), 14)).orElseThrow().voided())
                .isEqualTo("标签被盗");
        assertThat(codes.read(codes.text(batch.number(), 15)).orElseThrow().voided()).isNull();
        verify(journal).append(eq("code-voiding/1"), any());
        assertThatThrownBy(() -> codes.voidCodes(clerk, batch.number(), 14, 3, "又一次"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> codes.voidCodes(clerk, batch.number(), 99, 2, "多了"))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> codes.voidCodes(clerk, batch.number(), 50, 1, " "))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> codes.voidCodes(stranger, batch.number(), 50, 1, "外人"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void an_official_of_the_district_voids_a_code_of_which_copies_were_found() {
        inDistrict();
        Batch batch = codes.order(clerk, product.id(), 10);
        String code = codes.text(batch.number(), 4);
        for (Visitor other :
                List.of(
                        clerk,
                        official(Role.SUPERVISOR, "440982"),
                        official(Role.EVALUATOR, "4409"))) {
            assertThatThrownBy(() -> codes.voidCopied(other, code, "有仿制"))
                    .isInstanceOf(NotFound.class);
        }
        Visitor officer = official(Role.SUPERVISOR, "440981");
        assertThatThrownBy(() -> codes.voidCopied(officer, "0000000000000000", "有仿制"))
                .isInstanceOf(NotFound.class);

        codes.voidCopied(officer, code, "有仿制");

        assertThat(codes.read(code).orElseThrow().voided()).isEqualTo("有仿制");
        assertThat(codes.read(codes.text(batch.number(), 5)).orElseThrow().voided()).isNull();
        assertThatThrownBy(() -> codes.voidCopied(officer, code, "有仿制"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.rule()).isEqualTo("already-voided"));
    }

    private void inDistrict() {
        when(parties.find(party))
                .thenReturn(
                        Optional.of(
                                new Party(
                                        party,
                                        Party.Kind.COOPERATIVE,
                                        "示例合作社",
                                        "Example",
                                        null,
                                        "9520000000004",
                                        "440981103",
                                        "张 示例",
                                        "13800000001")));
    }

    private static Visitor official(Role role, String district) {
        return new Visitor(UUID.randomUUID(), "陈科", role, null, Set.of(district));
    }

    private static final int VERSION_3 = 29;
    private static final PrintSetting SHEET =
            PrintSetting.plain(LabelTemplate.A4_24, LabelFormat.PDF);

    @Test
    void labels_are_printed_again_only_with_a_reason_and_void_ones_never() {
        Batch batch = codes.order(clerk, product.id(), 100);
        print.print(clerk, batch.number(), 0, 24, SHEET, VERSION_3, null);

        assertProblem(
                "reason", () -> print.print(clerk, batch.number(), 23, 5, SHEET, VERSION_3, " "));
        Printed again = print.print(clerk, batch.number(), 23, 5, SHEET, VERSION_3, " 卡纸 ");
        assertThat(again.reason()).isEqualTo("卡纸");
        assertThat(again.release()).isNull();
        codes.voidCodes(clerk, batch.number(), 50, 1, "卡纸");
        assertRefused(
                "void", () -> print.print(clerk, batch.number(), 48, 5, SHEET, VERSION_3, null));
        assertThatThrownBy(
                        () -> print.print(stranger, batch.number(), 60, 5, SHEET, VERSION_3, null))
                .isInstanceOf(NotFound.class);
        assertThat(prints.of(batch.number())).hasSize(2);
    }

    @Test
    void a_label_printed_twice_is_locked_until_an_official_of_the_district_releases_it_once() {
        inDistrict();
        Batch batch = codes.order(clerk, product.id(), 300);
        long number = batch.number();
        print.print(clerk, number, 0, 300, SHEET, VERSION_3, null);
        print.print(clerk, number, 10, 2, SHEET, VERSION_3, "卡纸");

        assertRefused(
                "reprint-locked", () -> print.print(clerk, number, 11, 1, SHEET, VERSION_3, "又卡纸"));
        assertRefused(
                "reprint-locked",
                () -> print.print(clerk, number, 100, 101, SHEET, VERSION_3, "整卷受潮"));
        Visitor officer = official(Role.SUPERVISOR, "440981");
        for (Visitor other :
                List.of(
                        clerk,
                        official(Role.SUPERVISOR, "440982"),
                        official(Role.EVALUATOR, "4409"))) {
            assertThatThrownBy(() -> print.release(other, number, 10, 2, "清点"))
                    .isInstanceOf(NotFound.class);
        }
        assertProblem("reason", () -> print.release(officer, number, 10, 2, " "));
        print.release(officer, number, 10, 5, "现场清点，已销毁");
        assertRefused(
                "reprint-locked", () -> print.print(clerk, number, 9, 2, SHEET, VERSION_3, "放行之外"));
        assertThat(print.print(clerk, number, 11, 1, SHEET, VERSION_3, "又卡纸").release())
                .isEqualTo(prints.releases(number).getFirst().id());
        assertThat(prints.releases(number).getFirst().used()).isTrue();
        assertRefused(
                "reprint-locked", () -> print.print(clerk, number, 11, 1, SHEET, VERSION_3, "第四次"));
        assertThat(prints.newest(true, 50))
                .filteredOn(each -> each.batch().number() == number)
                .hasSize(2);
    }

    @Test
    void a_setting_out_of_bounds_comes_back_with_each_field() {
        Batch batch = codes.order(clerk, product.id(), 100);
        long number = batch.number();
        BigDecimal fine = new BigDecimal("0.25");
        var wild =
                new PrintSetting(
                        LabelTemplate.A4_24,
                        LabelFormat.ZPL_203,
                        25,
                        fine,
                        new BigDecimal("10"),
                        new PrintSetting.Scale(new BigDecimal("94.9"), new BigDecimal("100.05")),
                        "x".repeat(61));
        assertThatThrownBy(() -> print.print(clerk, number, 0, 5, wild, VERSION_3, null))
                .isInstanceOfSatisfying(
                        Problems.class,
                        p ->
                                assertThat(p.list())
                                        .extracting(each -> each.field())
                                        .containsExactlyInAnyOrder(
                                                "position",
                                                "right",
                                                "down",
                                                "across",
                                                "along",
                                                "printer",
                                                "format"));
        for (long[] range : new long[][] {{-1, 5}, {100, 1}, {96, 5}, {0, 0}, {0, 2_401}}) {
            assertThatThrownBy(
                            () ->
                                    print.print(
                                            clerk, number, range[0], range[1], SHEET, VERSION_3,
                                            null))
                    .isInstanceOf(Problems.class);
        }
        assertThat(prints.of(number)).isEmpty();
    }

    @Test
    void a_template_on_which_a_module_would_be_too_small_is_refused() {
        Batch batch = codes.order(clerk, product.id(), 100);
        long number = batch.number();
        var small = PrintSetting.plain(LabelTemplate.A4_65, LabelFormat.PDF);
        int longHost = 33;
        assertProblem("template", () -> print.print(clerk, number, 0, 5, small, longHost, null));
        var shrunk =
                new PrintSetting(
                        LabelTemplate.A4_65,
                        LabelFormat.PDF,
                        1,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new PrintSetting.Scale(new BigDecimal("95"), new BigDecimal("100")),
                        "");
        assertProblem("template", () -> print.print(clerk, number, 0, 5, shrunk, VERSION_3, null));
        print.print(clerk, number, 0, 5, small, VERSION_3, null);
        assertThat(prints.of(number).getFirst().setting().template())
                .isEqualTo(LabelTemplate.A4_65);
    }

    @Test
    void the_file_of_a_print_is_there_for_a_day_and_each_fetching_is_noted() {
        Batch batch = codes.order(clerk, product.id(), 100);
        Printed printed = print.print(clerk, batch.number(), 0, 24, SHEET, VERSION_3, null);
        print.fetch(clerk, batch.number(), printed.id());
        print.fetch(clerk, batch.number(), printed.id());
        assertThat(prints.fetches(printed.id())).isEqualTo(2);
        assertThatThrownBy(() -> print.fetch(stranger, batch.number(), printed.id()))
                .isInstanceOf(NotFound.class);
        var old =
                new Printed(
                        UUID.randomUUID(),
                        new CodeRange(batch.number(), 50, 1),
                        SHEET,
                        null,
                        null,
                        clerk.account(),
                        clerk.name(),
                        Instant.parse("2025-06-10T00:59:59Z"));
        prints.add(old);
        assertRefused("print-file-gone", () -> print.fetch(clerk, batch.number(), old.id()));
        assertThat(prints.fetches(old.id())).isZero();
    }

    @Test
    void the_database_keeps_the_reprint_lock_whatever_the_program_does() {
        Batch batch = codes.order(clerk, product.id(), 300);
        print.print(clerk, batch.number(), 0, 300, SHEET, VERSION_3, null);
        Printed first = prints.of(batch.number()).getFirst();
        assertThatThrownBy(() -> prints.add(copy(first, 0, 5, null)))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("want a reason");
        assertThatThrownBy(() -> prints.add(copy(first, 0, 101, "太多")))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("want a release");
        prints.add(copy(first, 0, 5, "卡纸"));
        assertThatThrownBy(() -> prints.add(copy(first, 4, 1, "再次")))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("want a release");
    }

    private Printed copy(Printed of, long first, long count, @Nullable String reason) {
        return new Printed(
                UUID.randomUUID(),
                new CodeRange(of.range().batch(), first, count),
                of.setting(),
                reason,
                null,
                of.by(),
                of.byName(),
                of.at());
    }

    private static void assertProblem(String field, Callable<?> act) {
        assertThatThrownBy(act::call)
                .isInstanceOfSatisfying(
                        Problems.class,
                        p ->
                                assertThat(p.list())
                                        .extracting(each -> each.field())
                                        .containsExactly(field));
    }

    @Test
    void the_database_too_refuses_a_serial_used_twice_and_any_rewriting() {
        Batch batch = codes.order(clerk, product.id(), 100);
        codes.activate(clerk, batch.number(), lot, 30);
        String again =
                "insert into issuing.activation values (gen_random_uuid(), %d, %d, %d, '%s', '%s', now())";
        for (long[] range : new long[][] {{29, 1}, {0, 100}, {95, 6}}) {
            assertThatThrownBy(
                            () ->
                                    db.sql(
                                                    again.formatted(
                                                            batch.number(),
                                                            range[0],
                                                            range[1],
                                                            lot,
                                                            lot))
                                            .update())
                    .isInstanceOf(DataAccessException.class);
        }
        for (String forbidden :
                List.of(
                        "update issuing.activation set lot = gen_random_uuid()",
                        "delete from issuing.voiding",
                        "update issuing.batch set codes = 200",
                        "update issuing.batch set used = 0",
                        "update issuing.batch set used = codes + 1")) {
            assertThatThrownBy(() -> db.sql(forbidden).update())
                    .as(forbidden)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void the_key_store_is_for_its_owner_only_and_its_secret_is_not_in_the_database()
            throws Exception {
        Path file = Path.of("target/issuing-test-data/code-keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String secret =
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("key "))
                        .map(line -> line.split(" ")[3])
                        .findFirst()
                        .orElseThrow();
        assertThat(secret).hasSize(64);
        String stored =
                db.sql("select string_agg(k::text, '') from issuing.code_key k")
                        .query(String.class)
                        .single();
        assertThat(stored).doesNotContain(secret).doesNotContain(secret.substring(0, 16));
    }

    @Test
    void the_hidden_code_confirms_the_first_use_once_and_tells_the_second_when_that_was() {
        Batch batch = scratched();
        String code = codes.text(batch.number(), 3);
        String hidden = confirm.scratch(new ItemCode(code)).grouped();

        assertThat(confirm.standing(code)).isEqualTo(new Answer.Open());
        var at = Instant.parse("2025-06-11T01:00:00Z");
        assertThat(confirm.confirm(code, hidden.toLowerCase(Locale.ROOT)))
                .isEqualTo(new Answer.First(at));
        assertThat(confirm.confirm(code, hidden)).isEqualTo(new Answer.Before(at));
        assertThat(confirm.standing(code)).isEqualTo(new Answer.Confirmed(at));
        assertThat(confirm.standing(codes.text(batch.number(), 4))).isEqualTo(new Answer.Open());
        assertThatThrownBy(() -> db.sql("update issuing.first_use set at = now()").update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void wrong_tries_are_counted_for_an_item_and_then_even_the_right_one_must_wait() {
        Batch batch = scratched();
        String code = codes.text(batch.number(), 3);
        String hidden = confirm.scratch(new ItemCode(code)).text();
        String wrong = hidden.equals("000000") ? "111111" : "000000";

        for (int left = 4; left >= 0; left--) {
            assertThat(confirm.confirm(code, wrong)).isEqualTo(new Answer.Wrong(left));
            // what cannot be one costs nothing
            if (left > 0) {
                assertThat(confirm.confirm(code, "涂层?")).isEqualTo(new Answer.Wrong(left));
            }
        }
        assertThat(confirm.confirm(code, hidden)).isEqualTo(new Answer.Locked(false));
        String next = codes.text(batch.number(), 4);
        assertThat(confirm.confirm(next, confirm.scratch(new ItemCode(next)).text()))
                .isInstanceOf(Answer.First.class);
        db.sql("update issuing.scratch_tries set day = day - 1, today = 0, wrong = 50").update();
        assertThat(confirm.confirm(code, hidden)).isEqualTo(new Answer.Locked(true));
        String columns =
                db.sql(
                                "select string_agg(column_name, ',' order by ordinal_position) from"
                                        + " information_schema.columns where table_name ="
                                        + " 'scratch_tries'")
                        .query(String.class)
                        .single();
        assertThat(columns).as("nobody is kept").isEqualTo("batch,serial,day,today,wrong");
    }

    @Test
    void only_true_items_on_packs_of_products_with_hidden_codes_can_be_confirmed() {
        Batch batch = codes.order(clerk, product.id(), 10);
        String code = codes.text(batch.number(), 3);
        when(labels.lotOf(batch.number(), 3)).thenReturn(Optional.of(lot));
        confirm.choose(clerk, batch.number(), false);
        assertThat(confirm.standing(code)).isEqualTo(new Answer.NotOffered());
        assertThatThrownBy(() -> confirm.choose(stranger, batch.number(), true))
                .isInstanceOf(NotFound.class);
        confirm.choose(clerk, batch.number(), true);
        assertThat(confirm.standing(code)).isEqualTo(new Answer.Open());
        assertThat(confirm.standing(codes.text(batch.number(), 4)))
                .as("not on a pack")
                .isEqualTo(new Answer.NotOffered());
        assertThat(confirm.confirm("0000000000000000", "000000"))
                .isEqualTo(new Answer.NotOffered());
        assertThat(confirm.confirm("'; drop table issuing.first_use", "000000"))
                .isEqualTo(new Answer.NotOffered());
        codes.voidCodes(clerk, batch.number(), 3, 1, "被盗");
        assertThat(confirm.confirm(code, confirm.scratch(new ItemCode(code)).text()))
                .isEqualTo(new Answer.NotOffered());
        assertThat(confirm.takeAway(clerk, batch.number(), 2, 8).end()).isEqualTo(10);
        assertThatThrownBy(() -> confirm.takeAway(clerk, batch.number(), 2, 9))
                .isInstanceOf(Problems.class);
        assertThatThrownBy(() -> confirm.takeAway(stranger, batch.number(), 0, 1))
                .isInstanceOf(NotFound.class);
        assertThat(
                        db.sql(
                                        "select by_name || first || codes from"
                                                + " issuing.scratch_download where batch = :b")
                                .param("b", batch.number())
                                .query(String.class)
                                .list())
                .containsExactly("林示例28");
        confirm.choose(clerk, batch.number(), false);
        assertThat(confirm.isChosen(product.id())).isFalse();
        assertRefused("no-hidden-codes", () -> confirm.takeAway(clerk, batch.number(), 0, 1));
    }

    @Test
    void of_many_who_confirm_at_once_one_is_the_first() throws Exception {
        Batch batch = scratched();
        String code = codes.text(batch.number(), 3);
        String hidden = confirm.scratch(new ItemCode(code)).text();
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(() -> confirm.confirm(code, hidden)));
            }
        }
        int first = 0;
        for (Future<Answer> answer : answers) {
            first += answer.get() instanceof Answer.First ? 1 : 0;
        }
        assertThat(first).isEqualTo(1);
    }

    private Batch scratched() {
        Batch batch = codes.order(clerk, product.id(), 10);
        when(labels.lotOf(eq(batch.number()), anyLong())).thenReturn(Optional.of(lot));
        confirm.choose(clerk, batch.number(), true);
        return batch;
    }

    private void licensed(boolean inForce) {
        var licence =
                new Licence(
                        new UUID(7, 7),
                        "信-4409-2025-0137",
                        party,
                        product.id(),
                        LocalDate.of(2025, 1, 1),
                        LocalDate.of(2027, 12, 31),
                        new BigDecimal("1000001.2"),
                        inForce ? Licence.Standing.IN_FORCE : Licence.Standing.SUSPENDED,
                        inForce ? null : "抽检不合格");
        when(licences.latest(party, product.id())).thenReturn(Optional.of(licence));
        when(licences.inForce(party, product.id(), LocalDate.of(2025, 6, 11)))
                .thenReturn(inForce ? Optional.of(licence) : Optional.empty());
    }

    private Lot lot(@Nullable UUID of, @Nullable String held) {
        return new Lot(
                lot,
                "L250611-GW-03",
                Lot.Kind.PACKED,
                party,
                "litchi",
                "桂味",
                "特级",
                of,
                new BigDecimal("1240"),
                496,
                LocalDate.of(2025, 6, 11),
                "440981",
                held);
    }

    private Certificate certificate() {
        return new Certificate(
                UUID.randomUUID(),
                "HG-1",
                lot,
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
                null);
    }

    private static void assertRefused(String rule, Callable<?> act) {
        assertThatThrownBy(act::call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
    }
}
