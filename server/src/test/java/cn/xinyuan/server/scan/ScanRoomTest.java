package cn.xinyuan.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import cn.xinyuan.server.TestDatabase;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.ProductLinks;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Cases;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.events.CodeSuspicious;
import cn.xinyuan.server.scan.events.ComplaintReceived;
import cn.xinyuan.server.scan.usecase.CountScans;
import cn.xinyuan.server.trace.Containers;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lots;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

/** The room with a real database; its neighbours are played. */
@ApplicationModuleTest(extraIncludes = {"pages", "journal"})
@AutoConfigureMockMvc(addFilters = false)
@Import(TestDatabase.class)
class ScanRoomTest {

    private static final Instant NOON = Instant.parse("2025-06-14T04:00:00Z");
    private static final UUID PARTY = new UUID(0, 1);
    private static final List<String> CITIES = List.of("深圳", "北京", "成都", "沈阳");
    private final Visitor officer = officer(Role.SUPERVISOR, "440981");

    @Autowired MockMvc web;
    @Autowired CountScans count;
    @Autowired Tally tally;
    @Autowired Scans scans;
    @Autowired Journal journal;
    @Autowired JdbcClient db;
    @MockitoBean SignedIn signedIn;
    @MockitoBean Codes codes;
    @MockitoBean Cases cases;
    @MockitoBean Parties parties;
    @MockitoBean Catalog catalog;
    @MockitoBean ProductLinks productLinks;
    @MockitoBean Labels labels;
    @MockitoBean Licences licences;
    @MockitoBean Lots lots;
    @MockitoBean Containers containers;
    @MockitoBean Genealogy genealogy;
    @MockitoBean Recalls recalls;
    @MockitoBean Certificates certificates;
    @MockitoBean Laboratory laboratory;

    @BeforeEach
    void the_neighbours_know_one_party_and_codes_that_begin_with_7() {
        when(catalog.brand())
                .thenReturn(new Catalog.Brand("茂名", "Maoming", "信", "Xin mark", "示例", "12345"));
        when(catalog.find(any())).thenReturn(Optional.empty());
        when(labels.lotOf(
                        org.mockito.ArgumentMatchers.anyLong(),
                        org.mockito.ArgumentMatchers.anyLong()))
                .thenReturn(Optional.empty());
        when(parties.find(PARTY))
                .thenReturn(
                        Optional.of(
                                new Party(
                                        PARTY,
                                        Party.Kind.COOPERATIVE,
                                        "示例合作社",
                                        "Example",
                                        null,
                                        "9520000000004",
                                        "440981",
                                        "张 示例",
                                        "13800000001")));
        when(codes.read(any()))
                .thenAnswer(
                        call -> {
                            String code = TypedCode.of(call.getArgument(0)).text();
                            return code.startsWith("7")
                                    ? Optional.of(
                                            new Issued(
                                                    code,
                                                    1,
                                                    tag(code).serial(),
                                                    PARTY,
                                                    new UUID(0, 3),
                                                    new UUID(0, 4),
                                                    2099,
                                                    null))
                                    : Optional.empty();
                        });
        when(codes.open(any()))
                .thenAnswer(
                        call -> {
                            String code = TypedCode.of(call.getArgument(0)).text();
                            return code.startsWith("7") ? Optional.of(tag(code)) : Optional.empty();
                        });
        when(codes.find(1))
                .thenReturn(
                        Optional.of(
                                new Codes.Batch(
                                        1,
                                        PARTY,
                                        new UUID(0, 3),
                                        new UUID(0, 4),
                                        2099,
                                        1L << 20,
                                        0,
                                        NOON)));
        when(codes.text(
                        org.mockito.ArgumentMatchers.anyLong(),
                        org.mockito.ArgumentMatchers.anyLong()))
                .thenAnswer(call -> "700000000000" + "%04X".formatted((long) call.getArgument(1)));
        when(licences.find(any()))
                .thenReturn(
                        Optional.of(
                                new Licence(
                                        new UUID(0, 4),
                                        "信-4409-2025-0137",
                                        PARTY,
                                        new UUID(0, 3),
                                        LocalDate.of(2025, 5, 31),
                                        LocalDate.of(2099, 5, 30),
                                        BigDecimal.TEN,
                                        Licence.Standing.IN_FORCE,
                                        null)));
    }

    private static Tag tag(String code) {
        return new Tag(code, 1, Long.parseLong(code.substring(12), 16));
    }

    private Optional<Counted> counted(String code) {
        long serial = tag(code).serial();
        return Optional.ofNullable(tally.counted(1, serial, 1).get(serial));
    }

    @Test
    void scans_of_one_reader_are_counted_and_never_look_like_copies() {
        for (int i = 0; i < 200; i++) {
            count.now(tag("7000000000000001"), "深圳", "one phone", NOON.plusSeconds(i));
        }
        assertThat(counted("7000000000000001"))
                .hasValueSatisfying(
                        c -> {
                            assertThat(c.scans()).isEqualTo(200);
                            assertThat(c.first()).isEqualTo(NOON);
                            assertThat(c.firstRegion()).isEqualTo("深圳");
                            assertThat(c.evidence()).isNull();
                        });
    }

    @Test
    void scans_in_four_regions_within_a_day_make_a_code_suspicious_once(
            AssertablePublishedEvents events) {
        for (String region : new String[] {"深圳", "北京", "成都", "沈阳", "杭州"}) {
            count.now(tag("7000000000000002"), region, "phone in " + region, NOON);
        }
        assertThat(counted("7000000000000002").orElseThrow().evidence()).contains("5 个地区");
        assertThat(events)
                .contains(CodeSuspicious.class)
                .matching(e -> e.code().equals("7000000000000002") && e.party().equals(PARTY));
        assertThat(events.ofType(CodeSuspicious.class).matching(e -> e.code().endsWith("2")))
                .hasSize(1);
    }

    @Test
    void a_code_ruled_genuine_loses_its_mark_and_its_old_scans_no_longer_count(
            AssertablePublishedEvents events) {
        String code = "7000000000000021";
        for (String region : CITIES) {
            count.now(tag(code), region, "phone in " + region, Instant.now());
        }
        Ruling ruling = scans.rule(officer, code, Ruling.As.SHOP_DISPLAY, " 样品箱上的标签 ");

        assertThat(ruling.reason()).isEqualTo("样品箱上的标签");
        assertThat(counted(code).orElseThrow().evidence()).isNull();
        assertThat(counted(code).orElseThrow().ruledAs()).isEqualTo(Ruling.As.SHOP_DISPLAY);
        assertThat(scans.mark(code).orElseThrow().rulings()).containsExactly(ruling);
        assertThat(scans.mark(code).orElseThrow().stands()).isFalse();
        // an old scan that is written down late, and a new one: one place, not five
        count.now(tag(code), "杭州", "late", ruling.at().minusSeconds(5));
        count.now(tag(code), "沈阳", "new", ruling.at().plusSeconds(5));
        assertThat(counted(code).orElseThrow().evidence()).isNull();
        assertThat(counted(code).orElseThrow().scans()).isEqualTo(6);
        // strangers in four places again: marked and told again
        for (String region : CITIES) {
            count.now(tag(code), region, "stranger in " + region, ruling.at().plusSeconds(60));
        }
        assertThat(scans.mark(code).orElseThrow().waits()).isTrue();
        assertThat(events.ofType(CodeSuspicious.class).matching(e -> e.code().equals(code)))
                .hasSize(2);
    }

    @Test
    void copies_that_were_found_void_the_code_and_the_journal_says_who_and_why() {
        String code = "7000000000000022";
        for (String region : CITIES) {
            count.now(tag(code), region, "phone in " + region, NOON);
        }
        Ruling ruling = scans.rule(officer, code, Ruling.As.COPIED, "网店图片上同一枚");

        verify(codes).voidCopied(eq(officer), eq(code), contains("网店图片上同一枚"));
        assertThat(scans.mark(code).orElseThrow().waits()).isFalse();
        String entry =
                journal.after(0, 1000).stream()
                        .filter(e -> e.kind().equals("suspicion-ruling/1"))
                        .map(e -> new String(e.bytes(), UTF_8))
                        .filter(e -> e.contains(ruling.id().toString()))
                        .findFirst()
                        .orElseThrow();
        assertThat(entry)
                .contains(code, "COPIED", officer.account().toString())
                .doesNotContain("网店")
                .doesNotContain(officer.name());
        assertRefused("already-voided", code, Ruling.As.COPIED);
        assertThatThrownBy(() -> db.sql("update scan.ruling set reason = 'another'").update())
                .hasMessageContaining("append-only");
    }

    @Test
    void nothing_is_ruled_without_a_mark_a_reason_or_a_district() {
        String code = "7000000000000023";
        count.now(tag(code), "深圳", "phone", NOON);
        assertRefused("not-suspicious", code, Ruling.As.ERROR);
        assertRefused("not-suspicious", code, Ruling.As.COPIED);
        for (String region : CITIES) {
            count.now(tag(code), region, "phone in " + region, NOON);
        }
        var neighbour = officer(Role.SUPERVISOR, "440982");
        assertThatThrownBy(() -> scans.rule(neighbour, code, Ruling.As.ERROR, "看过"))
                .isInstanceOf(NotFound.class);
        var evaluator = officer(Role.EVALUATOR, "4409");
        assertThatThrownBy(() -> scans.rule(evaluator, code, Ruling.As.ERROR, "看过"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> scans.rule(officer, "8000", Ruling.As.ERROR, "看过"))
                .isInstanceOf(NotFound.class);
        for (String reason : List.of(" ", "长".repeat(301))) {
            assertThatThrownBy(() -> scans.rule(officer, code, Ruling.As.ERROR, reason))
                    .isInstanceOf(Problems.class);
        }
        assertThat(scans.mark(code).orElseThrow().waits()).isTrue();
        verify(codes, never()).voidCopied(any(), eq(code), any());
        // held genuine too soon: that copies were found may still be said, once
        scans.rule(officer, code, Ruling.As.FAMILY, "一家人");
        assertRefused("not-suspicious", code, Ruling.As.ERROR);
        scans.rule(officer, code, Ruling.As.COPIED, "复核时发现仿制");
        assertRefused("already-voided", code, Ruling.As.ERROR);
        assertThat(scans.mark(code).orElseThrow().rulings())
                .extracting(Ruling::as)
                .containsExactly(Ruling.As.COPIED, Ruling.As.FAMILY);
    }

    private void assertRefused(String rule, String code, Ruling.As as) {
        assertThatThrownBy(() -> scans.rule(officer, code, as, "看过"))
                .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.rule()).isEqualTo(rule));
    }

    private static Visitor officer(Role role, String district) {
        return new Visitor(UUID.randomUUID(), "陈科", role, null, Set.of(district));
    }

    @Test
    void the_same_regions_over_four_days_are_no_copies() {
        int day = 0;
        for (String region : new String[] {"深圳", "北京", "成都", "沈阳"}) {
            count.now(tag("7000000000000003"), region, "phone", NOON.plusSeconds(86_401L * day++));
        }
        assertThat(counted("7000000000000003").orElseThrow().evidence()).isNull();
    }

    @Test
    void no_address_is_kept_of_a_reader() {
        count.now(tag("7000000000000004"), "深圳", "203.0.113.77|Phone", NOON);
        assertThat(
                        db.sql("select encode(trail, 'escape') from scan.tally")
                                .query(String.class)
                                .list())
                .isNotEmpty()
                .noneMatch(r -> r.contains("203.0.113") || r.contains("Phone"));
    }

    @Test
    void nonsense_gets_a_friendly_answer_and_always_200_as_json() throws Exception {
        for (String nonsense : new String[] {"x", "%F0%9F%98%80", "..%5c", "A".repeat(2000)}) {
            web.perform(get(java.net.URI.create("/t/" + nonsense)).accept("application/json"))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.state").value("UNKNOWN"))
                    .andExpect(jsonPath("$.tests").isEmpty())
                    .andExpect(jsonPath("$.scans.count").value(0));
        }
        web.perform(get("/t/4409 81q7 m3k2").accept("text/html"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("少了 4 位")));
    }

    @Test
    void path_and_code_may_be_in_either_case_and_o_may_stand_for_0() throws Exception {
        web.perform(get("/T/7ooo0000 0000-000a").accept("application/json"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.code").value("700000000000000A"))
                .andExpect(jsonPath("$.state").value("NOT_ACTIVATED"))
                .andExpect(jsonPath("$.licence.number").value("信-4409-2025-0137"))
                .andExpect(jsonPath("$.lot").isEmpty());
    }

    @Test
    void a_digital_link_answers_the_same_page() throws Exception {
        web.perform(get("/01/09521234543213/21/700000000000000B").accept("application/json"))
                .andExpect(jsonPath("$.state").value("NOT_ACTIVATED"));
    }

    @Test
    void large_text_is_a_cookie_that_the_server_sets() throws Exception {
        web.perform(get("/t/700000000000000C").param("font", "l"))
                .andExpect(header().string("Set-Cookie", containsString("Max-Age=31536000")))
                .andExpect(content().string(containsString("class=\"big\"")));
    }

    @Test
    void a_robot_is_answered_but_not_counted() throws Exception {
        web.perform(
                        get("/t/700000000000000D")
                                .accept("application/json")
                                .header("User-Agent", "Baiduspider/2.0"))
                .andExpect(jsonPath("$.scans.count").value(0));
        web.perform(
                        get("/t/700000000000000D")
                                .accept("application/json")
                                .header("User-Agent", "MicroMessenger"))
                .andExpect(jsonPath("$.scans.count").value(1));
    }

    @Test
    void a_typed_code_leads_to_its_page_and_a_mistyped_one_comes_back_with_help() throws Exception {
        web.perform(get("/q").param("c", "7000 0000 0000 000e"))
                .andExpect(header().string("Location", "/t/700000000000000E"));
        web.perform(get("/q").param("c", "7000 0000 0000"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("少了 4 位")))
                .andExpect(content().string(containsString("value=\"7000 0000 0000\"")));
    }

    @Test
    void a_complaint_gets_a_number_once_and_tells_supervision(AssertablePublishedEvents events)
            throws Exception {
        var form =
                post("/complaint")
                        .contentType("application/x-www-form-urlencoded")
                        .param("once", "form-1")
                        .param("code", "7000 0000 0000 000F")
                        .param("about", "其他")
                        .param("text", "箱里少了一半 😠")
                        .param("phone", "13800000001");
        String first =
                web.perform(form)
                        .andExpect(status().is3xxRedirection())
                        .andExpect(header().string("Location", matchesPattern("/complaint/TS.*")))
                        .andReturn()
                        .getResponse()
                        .getHeader("Location");
        web.perform(form).andExpect(header().string("Location", String.valueOf(first)));

        String address = String.valueOf(first).replaceAll("\\?.*", "");
        web.perform(get(address))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("办理中")))
                .andExpect(
                        content().string(org.hamcrest.Matchers.not(containsString("13800000001"))));
        assertThat(events.ofType(ComplaintReceived.class).matching(e -> PARTY.equals(e.party())))
                .hasSize(1);
    }

    @Test
    void an_empty_complaint_comes_back_with_what_was_typed_kept() throws Exception {
        web.perform(
                        post("/complaint")
                                .contentType("application/x-www-form-urlencoded")
                                .param("phone", "not a number <script>"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("请写几个字")))
                .andExpect(content().string(containsString("not a number &lt;script>")));
    }

    @Test
    void a_complaint_that_does_not_exist_is_not_found() throws Exception {
        web.perform(get("/complaint/TS250614-AAAAAAAA")).andExpect(status().isNotFound());
    }
}
