package cn.xinyuan.server.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.farming.events.SprayingRefused;
import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Visits;
import cn.xinyuan.server.pages.Console;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.scan.Scans;
import cn.xinyuan.server.scan.Scans.Mark;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.events.CodeSuspicious;
import cn.xinyuan.server.scan.events.CodesGuessed;
import cn.xinyuan.server.scan.events.ComplaintReceived;
import cn.xinyuan.server.supervision.Alerts.Alert;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.Scenario;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Alerts on a real database, from what other rooms tell. */
@ApplicationModuleTest
@Import({TestDatabase.class, AlertsTest.June.class})
@TestInstance(Lifecycle.PER_METHOD)
class AlertsTest {

    private static final Instant NOW = Instant.parse("2025-06-12T02:00:00Z");
    private static final LocalDate SOON = LocalDate.of(2025, 6, 16);

    @TestConfiguration(proxyBeanMethods = false)
    static class June {
        @Bean
        @Primary
        Clock june() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }

    @MockitoBean Parties parties;
    @MockitoBean Accounts accounts;
    @MockitoBean Catalog catalog;
    @MockitoBean Evaluation evaluation;
    @MockitoBean Visits visits;
    @MockitoBean Recalls recalls;
    @MockitoBean Lots lots;
    @MockitoBean Scans scans;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Console console;
    @Autowired Alerts alerts;

    private final Visitor officer =
            new Visitor(UUID.randomUUID(), "陈科", Role.SUPERVISOR, null, Set.of("440981"));
    private final Visitor neighbour =
            new Visitor(UUID.randomUUID(), "周科", Role.SUPERVISOR, null, Set.of("440982"));

    @BeforeEach
    void one_officer_is_in_charge() {
        when(parties.find(any())).thenReturn(Optional.empty());
        when(accounts.officerFor(anyString())).thenReturn(Optional.of("陈科"));
    }

    @Test
    void a_refused_spraying_becomes_one_alert_with_one_person_and_a_day(Scenario scenario) {
        UUID plot = UUID.randomUUID();
        var told =
                new SprayingRefused(
                        plot,
                        UUID.randomUUID(),
                        "440981109",
                        "banned-substance",
                        "地块 " + plot + "：禁用",
                        NOW);

        scenario.publish(told)
                .andWaitForStateChange(() -> found(plot.toString()), Optional::isPresent)
                .andVerify(
                        alert -> {
                            assertThat(alert.orElseThrow().person()).isEqualTo("陈科");
                            assertThat(alert.orElseThrow().deadline())
                                    .isEqualTo(LocalDate.of(2025, 6, 13));
                        });
        // the same event again, as after a restart
        scenario.publish(told)
                .andWaitForStateChange(() -> count(plot.toString()), n -> n > 0)
                .andVerify(n -> assertThat(n).isEqualTo(1));
    }

    @Test
    void the_loop_goes_step_by_step_and_a_closed_complaint_is_answered(Scenario scenario) {
        String number = "T-" + UUID.randomUUID();
        Alert alert = complaint(scenario, number);

        assertThatThrownBy(() -> alerts.close(officer, alert.id(), "没事"))
                .isInstanceOf(Refused.class);
        alerts.assign(officer, alert.id(), "李所", SOON);
        alerts.handle(officer, alert.id(), "已到店查看");
        assertThat(alerts.recheck(officer, alert.id(), false, "还在卖").state()).isEqualTo("ASSIGNED");
        alerts.handle(officer, alert.id(), "已下架");
        alerts.recheck(officer, alert.id(), true, "已下架");
        Alert closed = alerts.close(officer, alert.id(), "已下架并退款");

        assertThat(closed.state()).isEqualTo("CLOSED");
        assertThat(closed.person()).isEqualTo("李所");
        verify(scans).answer(eq(number), eq("已下架并退款"), eq("陈科"), eq(NOW));
    }

    @Test
    void an_officer_of_another_county_finds_no_such_alert(Scenario scenario) {
        Alert alert = complaint(scenario, "T-" + UUID.randomUUID());

        assertThatThrownBy(() -> alerts.assign(neighbour, alert.id(), "周科", SOON))
                .isInstanceOf(NotFound.class);
        assertThat(alerts.all(Set.of("440982"))).extracting(Alert::id).doesNotContain(alert.id());
    }

    @Test
    void an_alert_about_a_suspicious_code_is_handled_by_ruling_about_the_code(Scenario scenario) {
        String code = "7" + UUID.randomUUID();
        Alert alert = suspicious(scenario, code, NOW);
        when(scans.mark(code)).thenReturn(Optional.of(new Mark(code, NOW, "9 个地区", List.of())));

        assertThatThrownBy(() -> alerts.rule(officer, alert.id(), Ruling.As.FAMILY, "看过"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.rule()).isEqualTo("impossible-step"));
        alerts.assign(officer, alert.id(), "李所", SOON);
        assertThatThrownBy(() -> alerts.handle(officer, alert.id(), "看过"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.rule()).isEqualTo("ruling-needed"));
        assertThatThrownBy(() -> alerts.rule(neighbour, alert.id(), Ruling.As.FAMILY, "看过"))
                .isInstanceOf(NotFound.class);
        when(scans.rule(officer, code, Ruling.As.ERROR, "看过"))
                .thenThrow(new Refused("not-suspicious", "没有标记"));
        assertThatThrownBy(() -> alerts.rule(officer, alert.id(), Ruling.As.ERROR, "看过"))
                .hasMessage("没有标记");
        assertThat(alerts.find(alert.id()).orElseThrow().state()).isEqualTo("ASSIGNED");

        Alert handled = alerts.rule(officer, alert.id(), Ruling.As.COPIED, "网上同款");

        assertThat(handled.state()).isEqualTo("HANDLED");
        verify(scans).rule(officer, code, Ruling.As.COPIED, "网上同款");
        // marked anew on the same day is another alert
        suspicious(scenario, code, NOW.plusSeconds(60));
        assertThat(alerts.all(Set.of("4409")).stream().filter(a -> code.equals(a.subject())))
                .hasSize(2);
    }

    @Test
    void nothing_is_ruled_about_an_alert_without_a_code(Scenario scenario) {
        Alert alert = complaint(scenario, "T-" + UUID.randomUUID());
        alerts.assign(officer, alert.id(), "李所", SOON);

        assertThatThrownBy(() -> alerts.rule(officer, alert.id(), Ruling.As.COPIED, "看过"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.rule()).isEqualTo("no-code"));
        verify(scans, never()).rule(any(), any(), any(), any());
    }

    @Test
    void guesses_from_one_network_are_one_alert_a_day(Scenario scenario) {
        for (String network : List.of("203.0.113.0/24", "203.0.113.0/24", "198.51.100.0/24")) {
            scenario.publish(new CodesGuessed(network, 300, NOW))
                    .andWaitForStateChange(() -> found(network), Optional::isPresent)
                    .andVerify(
                            alert ->
                                    assertThat(alert.orElseThrow().text())
                                            .contains("300 个从未发放的编号"));
        }
        assertThat(alerts.all(Set.of("4409")).stream().filter(a -> a.title().contains("203.0.113")))
                .hasSize(1);
    }

    private Alert suspicious(Scenario scenario, String code, Instant at) {
        var made = new ArrayList<Alert>();
        long before = ofCode(code).size();
        scenario.publish(new CodeSuspicious(code, UUID.randomUUID(), "440981", "9 个地区", at))
                .andWaitForStateChange(() -> ofCode(code), all -> all.size() > before)
                .andVerify(all -> made.addAll(all));
        return made.getFirst();
    }

    private List<Alert> ofCode(String code) {
        return alerts.all(Set.of("4409")).stream().filter(a -> code.equals(a.subject())).toList();
    }

    private Alert complaint(Scenario scenario, String number) {
        var made = new ArrayList<Alert>();
        scenario.publish(
                        new ComplaintReceived(number, null, UUID.randomUUID(), "440981", "质量", NOW))
                .andWaitForStateChange(() -> found(number), Optional::isPresent)
                .andVerify(alert -> made.add(alert.orElseThrow()));
        return made.getFirst();
    }

    private Optional<Alert> found(String text) {
        return alerts.all(Set.of("4409")).stream()
                .filter(a -> (a.title() + a.text()).contains(text))
                .findFirst();
    }

    private long count(String text) {
        return alerts.all(Set.of("4409")).stream().filter(a -> a.text().contains(text)).count();
    }
}
