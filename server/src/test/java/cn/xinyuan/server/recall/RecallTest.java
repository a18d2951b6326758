package cn.xinyuan.server.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.recall.Recalls.Holder;
import cn.xinyuan.server.recall.Recalls.Level;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.recall.events.RecallPublished;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.RecallScope;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.Lots.Holding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Recalls on a real database; what lies below them is told by the test. */
@ApplicationModuleTest
@Import(TestDatabase.class)
@RecordApplicationEvents
@TestInstance(Lifecycle.PER_METHOD)
class RecallTest {

    @MockitoBean Lots lots;
    @MockitoBean Genealogy genealogy;
    @MockitoBean Holds holds;
    @MockitoBean Certificates certificates;
    @MockitoBean Journal journal;
    @MockitoBean Parties parties;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Console console;
    @Autowired Recalls recalls;
    @Autowired ApplicationEvents events;

    private final Lot lot = lot("L250611-GW-03");
    private final Lot packed = lot("L250612-GW-07");
    private final UUID shop = UUID.randomUUID();
    private final Visitor officer =
            new Visitor(UUID.randomUUID(), "陈科", Role.SUPERVISOR, null, Set.of("440981"));

    @BeforeEach
    void a_lot_that_went_into_another_which_a_shop_holds() {
        when(lots.find(lot.id())).thenReturn(Optional.of(lot));
        when(genealogy.recallScope(lot.id()))
                .thenReturn(
                        new RecallScope(
                                lot.id(),
                                List.of(lot, packed),
                                new BigDecimal("500"),
                                200,
                                180,
                                List.of(
                                        new Holding(
                                                packed.id(), shop, new BigDecimal("90"), 36, false),
                                        new Holding(
                                                packed.id(),
                                                shop,
                                                new BigDecimal("10"),
                                                4,
                                                true))));
    }

    @Test
    void a_recall_is_in_force_at_once_for_every_lot_that_it_reaches() {
        Recall recall = publish();

        assertThat(recalls.reaching(lot.id())).map(Recall::number).contains(recall.number());
        assertThat(recalls.reaching(packed.id())).map(Recall::number).contains(recall.number());
        assertThat(recalls.reaching(UUID.randomUUID())).isEmpty();
        var order = inOrder(holds, genealogy);
        order.verify(holds).hold(eq(lot.id()), contains(recall.number()), eq("陈科"));
        order.verify(genealogy).recallScope(lot.id());
        verify(certificates).recalled(eq(officer), eq(packed.id()), contains(recall.number()));
        verify(journal).append(eq("recall/1"), any());
        assertThat(events.stream(RecallPublished.class)).hasSize(1);
    }

    @Test
    void goods_on_the_way_count_with_the_one_who_will_receive_them() {
        assertThat(publish().holders())
                .singleElement()
                .satisfies(h -> assertThat(h.kilograms()).isEqualByComparingTo("100"));
    }

    @Test
    void a_wrongly_retyped_number_recalls_nothing() {
        assertThatThrownBy(
                        () ->
                                recalls.publish(
                                        officer, lot.id(), "L250611-GW-30", "超标", Level.ONE, null))
                .isInstanceOf(Problems.class);
        verify(holds, never()).hold(any(), any(), any());
    }

    @Test
    void a_lot_has_one_open_recall() {
        publish();
        assertThatThrownBy(this::publish)
                .asInstanceOf(type(Refused.class))
                .extracting(Refused::rule)
                .isEqualTo("already-recalled");
    }

    @Test
    void no_more_comes_back_than_was_held_and_it_ends_when_all_were_told() {
        Recall recall = publish();
        recalls.recovered(officer, recall.id(), shop, new BigDecimal("60"), "已封存");

        assertThatThrownBy(
                        () ->
                                recalls.recovered(
                                        officer,
                                        recall.id(),
                                        shop,
                                        new BigDecimal("40.001"),
                                        "已封存"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> recalls.close(officer, recall.id(), "全部处置"))
                .isInstanceOf(Refused.class);
        recalls.recovered(officer, recall.id(), shop, new BigDecimal("40"), "已销毁");
        recalls.notified(officer, recall.id(), shop);

        Recall closed = recalls.close(officer, recall.id(), "全部追回并销毁");

        assertThat(closed.closed()).isTrue();
        assertThat(closed.holders())
                .singleElement()
                .extracting(Holder::recoveredKg)
                .satisfies(kg -> assertThat(kg).isEqualByComparingTo("100"));
        assertThat(recalls.reaching(packed.id())).isPresent();
    }

    @Test
    void absurd_kilograms_are_a_problem_and_not_a_failure() {
        Recall recall = publish();
        assertThatThrownBy(
                        () ->
                                recalls.recovered(
                                        officer,
                                        recall.id(),
                                        shop,
                                        new BigDecimal("1e999999"),
                                        "x"))
                .isInstanceOf(Problems.class);
    }

    @Test
    void an_officer_of_another_county_and_a_clerk_find_no_such_lot() {
        for (Visitor stranger :
                List.of(
                        new Visitor(
                                UUID.randomUUID(), "周", Role.SUPERVISOR, null, Set.of("440982")),
                        new Visitor(UUID.randomUUID(), "王", Role.CLERK, lot.maker(), Set.of()))) {
            assertThatThrownBy(
                            () ->
                                    recalls.publish(
                                            stranger,
                                            lot.id(),
                                            lot.number(),
                                            "超标",
                                            Level.ONE,
                                            null))
                    .isInstanceOf(NotFound.class);
        }
    }

    private Recall publish() {
        return recalls.publish(officer, lot.id(), " l250611-gw-03 ", "毒死蜱超标", Level.ONE, null);
    }

    private static Lot lot(String number) {
        return new Lot(
                UUID.randomUUID(),
                number,
                Lot.Kind.HARVEST,
                UUID.randomUUID(),
                "litchi",
                "桂味",
                "统货",
                null,
                new BigDecimal("500"),
                0,
                LocalDate.of(2025, 6, 11),
                "440981109",
                null);
    }
}
