package cn.xinyuan.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.certificates.events.CertificateRefused;
import cn.xinyuan.server.farming.Farming;
import cn.xinyuan.server.farming.Farming.HarvestGate;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.District;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Holds;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Certificates on a real database; what lies below them is told by the test. */
@ApplicationModuleTest
@Import(TestDatabase.class)
@RecordApplicationEvents
@TestInstance(Lifecycle.PER_METHOD)
class CertificatesTest {

    private static final LocalDate PICKED = LocalDate.of(2025, 6, 11);

    @MockitoBean Lots lots;
    @MockitoBean Genealogy genealogy;
    @MockitoBean Holds holds;
    @MockitoBean Farming farming;
    @MockitoBean Laboratory laboratory;
    @MockitoBean Parties parties;
    @MockitoBean Catalog catalog;
    @MockitoBean Journal journal;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Console console;
    @Autowired Certificates certificates;
    @Autowired JdbcClient db;
    @Autowired ApplicationEvents events;

    private final UUID cooperative = UUID.randomUUID();
    private final UUID plot = UUID.randomUUID();
    private final UUID report = UUID.randomUUID();
    private final Visitor clerk =
            new Visitor(UUID.randomUUID(), "王五", Role.CLERK, cooperative, Set.of());
    private Lot lot = lot(null);

    @BeforeEach
    void an_open_gate_and_no_test() {
        known(lot);
        when(holds.settled(any())).thenAnswer(asked -> Optional.ofNullable(lot.held()));
        when(farming.gate(any(), any())).thenReturn(new HarvestGate(true, null, List.of()));
        when(laboratory.coverage(any()))
                .thenReturn(new Coverage(false, null, Set.of(), Set.of(), Set.of()));
        when(parties.district(any())).thenReturn(new District("440981109", "高州市根子镇", "Genzi"));
        when(parties.get(cooperative))
                .thenReturn(
                        new Party(
                                cooperative,
                                Party.Kind.COOPERATIVE,
                                "根子合作社（演示）",
                                "Genzi Cooperative",
                                null,
                                "9520000000010",
                                "440981",
                                "王五",
                                "13800000001"));
    }

    @Test
    void a_lot_gets_one_certificate_with_what_it_was_when_issued() {
        Certificate issued = issue(Basis.QUALITY_CONTROL);

        assertThat(certificates.ofLot(lot.id()).map(Certificate::id)).contains(issued.id());
        assertThat(certificates.findByNumber(issued.number()).map(Certificate::id))
                .contains(issued.id());
        assertThat(issued.kilograms()).isEqualByComparingTo("1240");
        assertThat(issued.origin()).isEqualTo("高州市根子镇");
        assertRefused("already-certified", Basis.QUALITY_CONTROL);
    }

    @Test
    void it_is_refused_when_the_gate_was_shut_on_harvest_day() {
        when(farming.gate(plot, PICKED))
                .thenReturn(
                        new HarvestGate(false, PICKED.plusDays(3), List.of("6 月 7 日喷施 X，间隔期 7 天")));

        assertRefused("harvest-gate-closed", Basis.QUALITY_CONTROL);

        assertThat(certificates.ofLot(lot.id())).isEmpty();
        assertThat(events.stream(CertificateRefused.class))
                .singleElement()
                .satisfies(e -> assertThat(e.text()).contains("6 月 7 日喷施 X"));
        assertThat(
                        db.sql("select rule from certificates.refusal where lot = :lot")
                                .param("lot", lot.id())
                                .query(String.class)
                                .list())
                .containsExactly("harvest-gate-closed");
    }

    @Test
    void it_is_refused_while_the_lot_is_held() {
        lot = lot("检测不合格");
        known(lot);

        assertRefused("lot-held", Basis.SELF_TEST);
    }

    @Test
    void a_hold_that_lands_while_it_is_written_refuses_it_too() {
        when(holds.settled(lot.id())).thenReturn(Optional.of("召回 ZH-2025-0001"));

        assertRefused("lot-held", Basis.SELF_TEST);
    }

    @Test
    void a_commissioned_test_is_claimed_only_with_a_report_that_covers_what_was_used() {
        when(laboratory.coverage(lot.id()))
                .thenReturn(
                        new Coverage(
                                false, report, Set.of("除虫脲", "嘧菌酯"), Set.of("嘧菌酯"), Set.of("除虫脲")));
        assertRefused("not-tested", Basis.TESTED);

        when(laboratory.coverage(lot.id()))
                .thenReturn(new Coverage(true, report, Set.of("嘧菌酯"), Set.of("嘧菌酯"), Set.of()));
        assertThat(issue(Basis.TESTED, Basis.QUALITY_CONTROL).report()).isEqualTo(report);
    }

    @Test
    void after_it_was_taken_back_the_old_one_stays_and_a_new_one_may_be_issued() {
        Certificate old = issue(Basis.QUALITY_CONTROL);

        certificates.revoke(clerk, old.id(), "重量写错");
        Certificate fresh = issue(Basis.QUALITY_CONTROL);

        assertThat(certificates.find(old.id()))
                .hasValueSatisfying(c -> assertThat(c.revokedBecause()).isEqualTo("重量写错"));
        assertThat(certificates.ofLot(lot.id()).map(Certificate::id)).contains(fresh.id());
    }

    @Test
    void nobody_commits_himself_for_the_lot_of_another() {
        var stranger =
                new Visitor(UUID.randomUUID(), "赵六", Role.CLERK, UUID.randomUUID(), Set.of());
        assertThatThrownBy(
                        () -> certificates.issue(stranger, lot.id(), Set.of(Basis.QUALITY_CONTROL)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void the_database_too_refuses_to_change_a_certificate() {
        issue(Basis.QUALITY_CONTROL);
        assertThatThrownBy(
                        () ->
                                db.sql("update certificates.certificate set kilograms = 9999")
                                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    private Certificate issue(Basis first, Basis... more) {
        return certificates.issue(clerk, lot.id(), EnumSet.of(first, more));
    }

    private void assertRefused(String rule, Basis basis) {
        assertThatThrownBy(() -> issue(basis))
                .asInstanceOf(type(Refused.class))
                .extracting(Refused::rule)
                .isEqualTo(rule);
    }

    private void known(Lot known) {
        when(lots.find(known.id())).thenReturn(Optional.of(known));
        when(genealogy.plots(known.id())).thenReturn(Set.of(plot));
        when(genealogy.trace(known.id(), Genealogy.Direction.BACK))
                .thenReturn(
                        new Genealogy.Graph(
                                known.id(), List.of(known), List.of(), List.of(), Set.of(plot)));
    }

    private Lot lot(@Nullable String held) {
        return new Lot(
                UUID.randomUUID(),
                "L250611-GW-03",
                Lot.Kind.HARVEST,
                cooperative,
                "litchi",
                "桂味",
                "统货",
                null,
                new BigDecimal("1240"),
                0,
                PICKED,
                "440981109",
                held);
    }
}
