package cn.xinyuan.server.scan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.pages.JteViews;
import cn.xinyuan.server.parties.District;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Finding.Why;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.trace.Genealogy.Step;
import cn.xinyuan.server.trace.Lot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanPagesTest {

    private static final int MOST_BYTES = 14_000;
    private static final UUID PARTY = new UUID(0, 1);
    private static final UUID LOT = new UUID(0, 2);
    private static final LocalDate DAY = LocalDate.of(2025, 6, 11);
    private static final Instant NOW = Instant.parse("2025-06-14T11:32:08Z");

    private final JteViews views = new JteViews();
    private final ScanWords words = words();

    @ParameterizedTest
    @EnumSource(Why.class)
    void every_state_fits_in_one_small_answer_in_both_languages(Why why) throws IOException {
        for (boolean english : new boolean[] {false, true}) {
            byte[] page = page(finding(why), english);
            keep(why + (english ? "-en" : "") + ".html", page);
            assertThat(gzip(page)).isLessThan(MOST_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void every_state_has_one_heading_and_needs_nothing_else_from_the_network(Why why) {
        String page = text(finding(why), false);
        assertThat(page.split("<h1", -1)).hasSize(2);
        assertThat(page).doesNotContain("<script").doesNotContain("<link").doesNotContain("<img");
        assertThat(page).doesNotContain("null").doesNotContain("UUID");
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void nothing_is_left_untranslated_but_names_of_our_own(Why why) {
        String page =
                text(finding(why), true)
                        .replaceAll("(?s)<style.*?</style>", "")
                        .replaceAll("<(\\w+)[^>]* lang=\"zh-CN\">[^<]*</\\1>", "")
                        .replace("信-4409-2025-0137", "");
        assertThat(page.codePoints().filter(Character::isIdeographic).count()).as(page).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Why.class,
            names = {"RECALL", "LOT_HELD", "LICENCE_SUSPENDED", "CODE_VOID"})
    void what_an_officer_typed_in_chinese_is_marked_and_said_in_english_too(Why why) {
        String page = text(finding(why), true);
        assertThat(page)
                .contains(
                        switch (why) {
                            case RECALL -> "A laboratory found it outside the limits.";
                            case LOT_HELD -> "The authority is looking into a complaint";
                            case LICENCE_SUSPENDED -> "The authority suspended it until";
                            default -> "The producer took the label out of use.";
                        })
                .containsPattern("Original in Chinese: <span lang=\"zh-CN\">[^<]*(吡唑醚菌酯|投诉|整改|打印)");
    }

    @Test
    void a_recalled_lot_says_do_not_eat_and_why() {
        assertThat(text(finding(Why.RECALL), false))
                .contains("该批次正在召回，请勿食用")
                .contains("二级")
                .contains("吡唑醚菌酯 0.21 mg/kg");
    }

    @Test
    void what_is_missing_is_shown_as_missing() {
        Finding bare = finding(Why.FINE);
        Finding f =
                new Finding(
                        bare.typed(),
                        bare.state(),
                        bare.why(),
                        bare.issued(),
                        bare.product(),
                        bare.producer(),
                        bare.licence(),
                        bare.lot(),
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        null);
        String page = text(f, false);
        assertThat(page)
                .contains("本批没有检测报告")
                .contains("本批没有有效的合格证")
                .contains("未提供")
                .contains("第 1 次查询")
                .doesNotContain("检测合格");
    }

    @Test
    void what_officers_ruled_is_said_and_is_theirs() {
        assertThat(text(ruled(finding(Why.FINE), Ruling.As.FAMILY), false))
                .contains("异常查询")
                .contains("已到现场核实，标签是真的");
        assertThat(text(ruled(finding(Why.FINE), Ruling.As.FAMILY), true))
                .contains("looked into: the label is genuine");
        assertThat(text(finding(Why.FINE), false)).doesNotContain("异常查询");
        assertThat(text(ruled(finding(Why.CODE_VOID), Ruling.As.COPIED), true))
                .contains("Officers found copies of this label.")
                .doesNotContain("The producer took");
        assertThat(text(finding(Why.CODE_VOID), true)).contains("The producer took");
    }

    private static Finding ruled(Finding f, Ruling.As as) {
        return new Finding(
                f.typed(),
                f.state(),
                f.why(),
                f.issued(),
                f.product(),
                f.producer(),
                f.licence(),
                f.lot(),
                f.recall(),
                f.certificate(),
                f.reports(),
                f.coverage(),
                f.route(),
                new Counted(216, NOW, "Shenzhen", null, as, NOW));
    }

    @Test
    void a_mobile_number_on_the_certificate_is_masked() {
        assertThat(text(finding(Why.FINE), false))
                .contains("138****0001")
                .doesNotContain("13800000001");
    }

    @Test
    void text_from_strangers_is_escaped() {
        Finding f = Finding.unknown(TypedCode.of("<b>x</b>\"'"), Why.NO_SUCH_CODE);
        assertThat(text(f, false)).doesNotContain("<b>X").contains("不是编号里会有的字符");
    }

    @Test
    void a_short_code_says_how_many_characters_are_missing() {
        Finding f = Finding.unknown(TypedCode.of("4409 81Q7 M3K2"), Why.NO_SUCH_CODE);
        assertThat(text(f, false)).contains("少了 4 位：已输入 12 位，应为 16 位。");
        assertThat(text(f, true)).contains("4 too few: 12 typed, 16 needed.");
    }

    @Test
    void an_answer_is_promised_within_two_working_days() {
        // a Friday
        assertThat(ComplaintController.promise(LocalDate.of(2025, 6, 13)))
                .isEqualTo(LocalDate.of(2025, 6, 17));
    }

    private byte[] page(Finding f, boolean english) throws IOException {
        var out = new ByteArrayOutputStream();
        views.render(
                        "scan/item",
                        Map.of(
                                "page",
                                words.page(f, english, false, true, NOW, "2025-06-14 19:32:08")))
                .writeTo(out);
        return out.toByteArray();
    }

    private String text(Finding f, boolean english) {
        try {
            return new String(page(f, english), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int gzip(byte[] page) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(page);
        }
        return out.size();
    }

    /** Kept to be looked at. */
    private static void keep(String name, byte[] page) throws IOException {
        Path folder = Path.of("target", "scan-pages");
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), page);
    }

    private static ScanWords words() {
        Catalog catalog = mock();
        when(catalog.brand())
                .thenReturn(new Catalog.Brand("茂名", "Maoming", "信", "Xin mark", "示例运营单位", "12345"));
        Parties parties = mock();
        when(parties.find(any()))
                .thenReturn(Optional.of(party(Party.Kind.LABORATORY, "示例检测中心", "Example Lab")));
        when(parties.district(any())).thenReturn(new District("440981", "高州市", "Gaozhou City"));
        return new ScanWords(catalog, parties, true);
    }

    private static Party party(Party.Kind kind, String name, String nameEn) {
        return new Party(
                PARTY,
                kind,
                name,
                nameEn,
                null,
                "9520000000004",
                "440981103",
                "张 示例",
                "13800000001");
    }

    static Finding finding(Why why) {
        TypedCode typed = TypedCode.of("440981Q7M3K29F0T");
        if (why == Why.NO_SUCH_CODE || why == Why.LABEL_CONTRADICTS) {
            return Finding.unknown(typed, why);
        }
        if (why == Why.DATABASE_AWAY) {
            return Finding.unchecked(typed);
        }
        State state =
                switch (why) {
                    case RECALL -> State.RECALLED;
                    case LOT_HELD -> State.ON_HOLD;
                    case NOT_ON_A_LOT -> State.NOT_ACTIVATED;
                    case MANY_READERS -> State.SUSPICIOUS;
                    case FINE -> State.VALID;
                    default -> State.REVOKED;
                };
        boolean onALot = why != Why.NOT_ON_A_LOT;
        boolean failed = why == Why.RECALL;
        Standing standing =
                switch (why) {
                    case LICENCE_SUSPENDED -> Standing.SUSPENDED;
                    case LICENCE_REVOKED -> Standing.REVOKED;
                    case LICENCE_EXPIRED -> Standing.EXPIRED;
                    default -> Standing.IN_FORCE;
                };
        UUID product = new UUID(0, 3);
        return new Finding(
                typed,
                state,
                why,
                new Issued(
                        typed.text(),
                        1,
                        7,
                        PARTY,
                        product,
                        new UUID(0, 4),
                        2025,
                        why == Why.CODE_VOID ? "打印时弄坏" : null),
                new Product(
                        product,
                        PARTY,
                        "09520000000017",
                        "高州桂味荔枝",
                        "Gaozhou Guiwei litchi",
                        "litchi",
                        "桂味",
                        "特级",
                        new BigDecimal("2.5"),
                        "2.5 kg 礼盒",
                        true),
                party(Party.Kind.COOPERATIVE, "根子示例荔枝专业合作社", "Genzi Example Litchi Cooperative"),
                new Licence(
                        new UUID(0, 4),
                        "信-4409-2025-0137",
                        PARTY,
                        product,
                        LocalDate.of(2025, 5, 31),
                        LocalDate.of(2028, 5, 30),
                        new BigDecimal("42000"),
                        standing,
                        standing == Standing.SUSPENDED ? "逾期未整改" : null),
                onALot ? lot(product, why == Why.LOT_HELD ? "投诉核查中" : null) : null,
                failed ? recall() : null,
                onALot && !failed ? certificate() : null,
                onALot ? List.of(report(failed)) : List.of(),
                onALot
                        ? new Coverage(
                                true,
                                new UUID(0, 5),
                                Set.of("吡唑醚菌酯", "除虫脲"),
                                Set.of("吡唑醚菌酯"),
                                failed ? Set.of("除虫脲") : Set.of())
                        : null,
                onALot ? route() : List.of(),
                new Counted(
                        why == Why.MANY_READERS ? 216 : 1,
                        Instant.parse("2025-06-13T02:00:00Z"),
                        "Shenzhen",
                        why == Why.MANY_READERS ? "24 小时内在 9 个地区被查询" : null,
                        null,
                        null));
    }

    private static Lot lot(UUID product, @Nullable String held) {
        return new Lot(
                LOT,
                "L250611-GW-03",
                Lot.Kind.PACKED,
                PARTY,
                "litchi",
                "桂味",
                "特级",
                product,
                new BigDecimal("1240"),
                496,
                DAY,
                "440981103",
                held);
    }

    private static Recall recall() {
        return new Recall(
                new UUID(0, 6),
                "ZH2025-0003",
                LOT,
                "吡唑醚菌酯 0.21 mg/kg，超过限量 0.1 mg/kg",
                Recalls.Level.TWO,
                new UUID(0, 5),
                NOW,
                "李 示例",
                false,
                List.of(LOT),
                new BigDecimal("1240"),
                496,
                496,
                List.of());
    }

    private static Certificate certificate() {
        return new Certificate(
                new UUID(0, 7),
                "HGZ-250611-0042",
                LOT,
                PARTY,
                "桂味荔枝",
                new BigDecimal("1240"),
                "广东省茂名市高州市根子镇",
                DAY,
                "根子示例荔枝专业合作社",
                "13800000001",
                Set.of(Basis.QUALITY_CONTROL, Basis.TESTED),
                new UUID(0, 5),
                false,
                null);
    }

    private static Report report(boolean failed) {
        var lines = new ArrayList<Standards.Line>();
        lines.add(line("吡唑醚菌酯", failed ? "0.21" : "0.012", "0.1", failed));
        lines.add(line("氯氰菊酯和高效氯氰菊酯", "0.034", "0.5", false));
        for (int i = 0; i < 66; i++) {
            lines.add(
                    new Standards.Line(
                            "多菌灵",
                            new Value(
                                    "多菌灵",
                                    Value.Kind.NOT_DETECTED,
                                    new BigDecimal("0.01"),
                                    "mg/kg"),
                            new BigDecimal("0.5"),
                            "mg/kg",
                            "GB 2763-2021",
                            Outcome.PASS,
                            ""));
        }
        return new Report(
                new UUID(0, 5),
                "R25-0612-088",
                1,
                null,
                new UUID(0, 8),
                LOT,
                new UUID(0, 9),
                DAY.minusDays(1),
                DAY.plusDays(1),
                true,
                new Standards.Judgement(
                        failed ? Outcome.FAIL : Outcome.PASS,
                        "GB 2763-2021",
                        DAY.minusDays(1),
                        lines));
    }

    private static Standards.Line line(
            String substance, String figure, String limit, boolean failed) {
        return new Standards.Line(
                substance,
                new Value(substance, Value.Kind.FOUND, new BigDecimal(figure), "mg/kg"),
                new BigDecimal(limit),
                "mg/kg",
                "GB 2763-2021",
                failed ? Outcome.FAIL : Outcome.PASS,
                "");
    }

    private static List<Step> route() {
        var steps = new ArrayList<Step>();
        for (String[] s :
                new String[][] {
                    {"HARVEST", "高州市根子镇", "Genzi, Gaozhou"},
                    {"SORT", "根子示例荔枝专业合作社", "Genzi Example Litchi Cooperative"},
                    {"PACK", "根子示例荔枝专业合作社", "Genzi Example Litchi Cooperative"},
                    {"SHIP", "根子示例荔枝专业合作社", "Genzi Example Litchi Cooperative"},
                    {"RECEIVE", "深圳示例商行", "Shenzhen Example Store"}
                }) {
            steps.add(new Step(NOW, DAY, s[0], s[1], s[2], PARTY, LOT));
        }
        return steps;
    }
}
