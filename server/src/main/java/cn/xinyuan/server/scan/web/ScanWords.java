package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Catalog.Brand;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.web.ScanPage.Band;
import cn.xinyuan.server.scan.web.ScanPage.Goods;
import cn.xinyuan.server.scan.web.ScanPage.Line;
import cn.xinyuan.server.scan.web.ScanPage.Notice;
import cn.xinyuan.server.scan.web.ScanPage.Origin;
import cn.xinyuan.server.scan.web.ScanPage.Paper;
import cn.xinyuan.server.scan.web.ScanPage.Retry;
import cn.xinyuan.server.scan.web.ScanPage.Row;
import cn.xinyuan.server.scan.web.ScanPage.Step;
import cn.xinyuan.server.scan.web.ScanPage.Tests;
import cn.xinyuan.server.scan.web.ScanPage.Vouch;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Value;
import cn.xinyuan.server.trace.Genealogy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a finding into words, Chinese or English. */
@Component
class ScanWords {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MOST_STEPS = 12;
    private static final Pattern MOBILE = Pattern.compile("1\\d{10}");

    private static final Pattern DIVISION = Pattern.compile("\\d{6}");

    private final Catalog catalog;
    private final Parties parties;
    private final Clock clock;
    private final boolean demo;

    ScanWords(
            Catalog catalog,
            Parties parties,
            Clock clock,
            @org.springframework.beans.factory.annotation.Value("${xinyuan.demo:false}")
                    boolean demo) {
        this.catalog = catalog;
        this.parties = parties;
        this.clock = clock;
        this.demo = demo;
    }

    /** The page of a finding; {@code counted} says whether this very scan is one more. */
    ScanPage page(Finding f, boolean english, boolean large, boolean counts) {
        var say = new Say(english);
        Brand brand = catalog.brand();
        Instant now = clock.instant();
        boolean known = f.issued() != null;
        return new ScanPage(
                english,
                large,
                f.code(),
                "/t/" + f.code(),
                say.in(
                        brand.city() + "“" + brand.name() + "”字号",
                        brand.cityEn() + " " + brand.nameEn()),
                brand.hotline(),
                band(f, say),
                known ? goods(f, say, counts, now) : null,
                known && f.lot() != null ? facts(f, say, now) : List.of(),
                notice(f, say),
                known ? vouches(f, say) : List.of(),
                tests(f, say),
                route(f, say),
                known && f.lot() != null ? gaps(f, say) : List.of(),
                known ? origin(f, say) : null,
                paper(f, say),
                known ? null : retry(f, say),
                ZonedDateTime.ofInstant(now, ChinaTime.ZONE).format(SECOND),
                demo);
    }

    /** The reason in a sentence: what the JSON twin says too. */
    String reason(Finding f, boolean english) {
        Band band = band(f, new Say(english));
        return band.title() + (english ? ". " : "：") + band.text();
    }

    private static Band band(Finding f, Say say) {
        return switch (f.why()) {
            case NO_SUCH_CODE ->
                    new Band(
                            "none",
                            "help",
                            say.in("查不到这个码", "This code is not ours"),
                            say.in(
                                    "可能是码有破损、输错，或不是本平台发放的码。",
                                    "It may be damaged, mistyped, or never issued by this platform."));
            case LABEL_CONTRADICTS ->
                    new Band(
                            "none",
                            "help",
                            say.in("标签自相矛盾", "The label contradicts itself"),
                            say.in(
                                    "二维码里的商品或批次与标签编号不符，请勿购买并举报。",
                                    "Its product or lot does not belong to its code. Do not buy;"
                                            + " please report it."));
            case RECALL ->
                    new Band(
                            "bad",
                            "stop",
                            say.in("该批次正在召回，请勿食用", "Recalled: do not eat"),
                            say.in(
                                    "请停止食用，凭此页面到购买处退款。",
                                    "Stop eating it; show this page where you bought it for a"
                                            + " refund."));
            case CODE_VOID ->
                    new Band(
                            "bad",
                            "ban",
                            say.in("这个标签已作废", "This label was voided"),
                            say.in(
                                    "作废的标签不应出现在商品上，请勿购买并举报。",
                                    "A voided label must not be on goods. Do not buy; please report"
                                            + " it."));
            case LICENCE_SUSPENDED ->
                    new Band(
                            "bad",
                            "ban",
                            say.in("“信”字号授权已暂停", "Licence suspended"),
                            say.in(
                                    "该产品目前不能使用“信”标志；合格证与检测结果仍列在下方。",
                                    "The product may not bear the mark now. Certificate and tests"
                                            + " are still shown below."));
            case LICENCE_REVOKED ->
                    new Band(
                            "bad",
                            "ban",
                            say.in("“信”字号授权已撤销", "Licence revoked"),
                            say.in(
                                    "该产品不再是“信”字号产品，仍标“信”的请勿购买并举报。",
                                    "The product no longer bears the mark. If it still does, please"
                                            + " report it."));
            case LICENCE_EXPIRED ->
                    new Band(
                            "bad",
                            "ban",
                            say.in("“信”字号授权已过期", "Licence expired"),
                            say.in(
                                    "授权到期未续，不能再使用“信”标志。",
                                    "It was not renewed; the mark may not be used."));
            case SEASON_OVER ->
                    new Band(
                            "bad",
                            "ban",
                            say.in("这是往季的标签", "A label of a past season"),
                            say.in(
                                    "该标签的产季已过，不应出现在现在的商品上。",
                                    "Its season is over; it must not be on goods of today."));
            case LOT_HELD ->
                    new Band(
                            "caution",
                            "hold",
                            say.in("这一批已暂停销售，正在核查", "On hold: this lot is being checked"),
                            say.in(
                                    "核查期间请先不要食用，结果会显示在这里。",
                                    "Please do not eat it until the check is over; the result will"
                                            + " be shown here."));
            case NOT_ON_A_LOT ->
                    new Band(
                            "caution",
                            "off",
                            say.in("这个码还没有启用", "This code is not activated"),
                            say.in(
                                    "标签还没有贴到商品上。如果您手里的商品带有它，请勿购买并举报。",
                                    "The label is not on any goods yet. If yours bear it, do not buy;"
                                            + " please report it."));
            case MANY_READERS ->
                    new Band(
                            "caution",
                            "warn",
                            say.in("这个码被查询次数异常，请核对", "Unusual scans: please check the goods"),
                            say.in(
                                    (f.counted() == null || f.counted().evidence() == null
                                                    ? "查询次数异常"
                                                    : f.counted().evidence())
                                            + "，可能被复制。请核对包装与下方信息是否一致。",
                                    "Strangers in many places scanned it: the label may have been"
                                            + " copied. Compare the goods with what is shown"
                                            + " below."));
            case FINE -> {
                boolean tested =
                        !f.reports().isEmpty()
                                && f.reports().stream()
                                        .allMatch(
                                                r ->
                                                        r.judgement().outcome()
                                                                == Standards.Outcome.PASS);
                yield new Band(
                        "good",
                        "ok",
                        tested
                                ? say.in("授权有效，本批检测合格", "Licence valid, this lot passed its test")
                                : say.in("授权有效", "Licence valid"),
                        say.in(
                                "标签上的产品、批次应与下方一致；不一致请勿购买并举报。",
                                "Product and lot on the label must agree with what is shown below;"
                                        + " if not, do not buy and report it."));
            }
        };
    }

    private Goods goods(Finding f, Say say, boolean counts, Instant now) {
        Product product = f.product();
        Counted counted = f.counted();
        long scans = (counted == null ? 0 : counted.scans()) + (counts ? 1 : 0);
        LocalDate first = ChinaTime.day(counted == null ? now : counted.first());
        String where =
                counted == null || counted.firstRegion() == null
                        ? ""
                        : " " + region(counted.firstRegion(), say);
        String count =
                scans <= 1
                        ? say.in("第 1 次查询", "First scan")
                        : say.in(
                                "第 " + Words.count(scans) + " 次查询 · 首次 " + first + where,
                                "Scan no. " + Words.count(scans) + " · first on " + first + where);
        String name =
                product == null
                        ? say.in("产品未登记", "Product not registered")
                        : say.in(product.name(), product.nameEn());
        String pack =
                product == null
                        ? ""
                        : say.in(
                                product.pack() + " · " + product.grade(),
                                Words.kg(product.packKg()) + " pack");
        return new Goods(
                product != null && product.category().contains("litchi"),
                name,
                pack,
                List.of(Words.groups(f.code()).split(" ", -1)),
                count,
                f.why() == Finding.Why.MANY_READERS);
    }

    /** Operators' headers give a name, or a code of GB/T 2260. */
    private String region(String region, Say say) {
        if (!DIVISION.matcher(region).matches()) {
            return region;
        }
        var district = parties.district(region);
        return say.in(district.name(), district.nameEn());
    }

    private List<Row> facts(Finding f, Say say, Instant now) {
        var rows = new ArrayList<Row>();
        List<Genealogy.Step> harvests = harvests(f);
        if (harvests.isEmpty()) {
            rows.add(new Row(say.in("采收日期", "Harvested"), "", "", Evidence.MISSING));
        } else {
            LocalDate from = harvests.getFirst().day();
            LocalDate to = harvests.getLast().day();
            long days = ChronoUnit.DAYS.between(to, ChinaTime.day(now));
            String ago =
                    days < 0 || days > 60
                            ? ""
                            : days == 0
                                    ? say.in("今天", "today")
                                    : say.in(
                                            days + " 天前",
                                            days + (days == 1 ? " day ago" : " days ago"));
            rows.add(
                    new Row(
                            say.in("采收日期", "Harvested"),
                            from.equals(to) ? from.toString() : from + say.in(" 至 ", " to ") + to,
                            ago,
                            Evidence.SELF_DECLARED));
            rows.add(
                    new Row(
                            say.in("产地", "Grown in"),
                            towns(harvests, say),
                            "",
                            Evidence.SELF_DECLARED));
        }
        Party producer = f.producer();
        rows.add(
                producer == null
                        ? new Row(say.in("生产者", "Producer"), "", "", Evidence.MISSING)
                        : new Row(
                                say.in("生产者", "Producer"),
                                say.in(producer.name(), producer.nameEn()),
                                "",
                                Evidence.OFFICIAL));
        if (f.lot() != null) {
            rows.add(
                    new Row(
                            say.in("批次号", "Lot"),
                            f.lot().number(),
                            say.in("包装 ", "packed ") + f.lot().day(),
                            null));
        }
        return rows;
    }

    private static List<Genealogy.Step> harvests(Finding f) {
        return f.route().stream()
                .filter(s -> kind(s).equals("HARVEST"))
                .sorted(Comparator.comparing(Genealogy.Step::day))
                .toList();
    }

    private static String towns(List<Genealogy.Step> harvests, Say say) {
        Set<String> towns =
                harvests.stream()
                        .map(s -> say.in(s.place(), s.placeEn()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        String some = towns.stream().limit(3).collect(Collectors.joining(say.in("、", ", ")));
        return towns.size() <= 3
                ? some
                : some
                        + say.in(
                                " 等 " + towns.size() + " 处",
                                " and " + (towns.size() - 3) + " more");
    }

    private @Nullable Notice notice(Finding f, Say say) {
        return switch (f.why()) {
            case RECALL -> f.recall() == null ? null : recallNotice(f, f.recall(), say);
            case LOT_HELD ->
                    new Notice(
                            say.in("为什么暂停", "Why it is on hold"),
                            List.of(
                                    new Row(
                                            say.in("原因", "Reason"),
                                            say.in(
                                                    f.lot() == null || f.lot().held() == null
                                                            ? "正在核查"
                                                            : f.lot().held(),
                                                    "A test result or an inspection is being"
                                                            + " followed up."),
                                            "",
                                            Evidence.OFFICIAL),
                                    new Row(
                                            say.in("范围", "Scope"),
                                            f.lot() == null ? "—" : f.lot().number(),
                                            "",
                                            null)),
                            List.of());
            case LICENCE_SUSPENDED, LICENCE_REVOKED, LICENCE_EXPIRED -> licenceNotice(f, say);
            case CODE_VOID ->
                    new Notice(
                            say.in("为什么作废", "Why it was voided"),
                            List.of(
                                    new Row(
                                            say.in("原因", "Reason"),
                                            say.in(
                                                    f.issued() == null
                                                                    || f.issued().voided() == null
                                                            ? "未提供"
                                                            : f.issued().voided(),
                                                    "Voided by its owner, see the Chinese page for"
                                                            + " the reason."),
                                            "",
                                            Evidence.SELF_DECLARED)),
                            List.of());
            case MANY_READERS ->
                    new Notice(
                            say.in("怎样核对", "How to check"),
                            List.of(),
                            List.of(
                                    say.in(
                                            "看包装上的批次号是否与下方一致。",
                                            "Compare the lot number on the box with the one below."),
                                    say.in(
                                            "看标签有没有撕揭、重贴、模糊的痕迹。",
                                            "Look for a label that was torn off, stuck again or is"
                                                    + " blurred."),
                                    say.in(
                                            "不一致时点“投诉举报”，不需要登录。",
                                            "If in doubt, report it below; no account is needed.")));
            case NOT_ON_A_LOT, SEASON_OVER, NO_SUCH_CODE, LABEL_CONTRADICTS, FINE -> null;
        };
    }

    private static Notice licenceNotice(Finding f, Say say) {
        Licence licence = f.licence();
        var rows = new ArrayList<Row>();
        rows.add(
                new Row(
                        say.in("授权编号", "Licence"),
                        licence == null ? say.in("已不存在", "gone") : licence.number(),
                        "",
                        Evidence.OFFICIAL));
        if (licence != null) {
            rows.add(
                    new Row(
                            say.in("期限", "Term"),
                            licence.from() + say.in(" 至 ", " to ") + licence.until(),
                            "",
                            null));
            if (licence.reason() != null) {
                rows.add(new Row(say.in("原因", "Reason"), licence.reason(), "", Evidence.OFFICIAL));
            }
        }
        return new Notice(say.in("授权情况", "About the licence"), rows, List.of());
    }

    private static Notice recallNotice(Finding f, Recall recall, Say say) {
        String level =
                switch (recall.level()) {
                    case ONE -> say.in("一级（最严重）", "one (most serious)");
                    case TWO -> say.in("二级", "two");
                    case THREE -> say.in("三级", "three");
                };
        return new Notice(
                say.in("召回说明", "About the recall"),
                List.of(
                        new Row(say.in("召回等级", "Level"), level, recall.number(), null),
                        new Row(
                                say.in("范围", "Scope"),
                                f.lot() == null ? "—" : f.lot().number(),
                                say.in(
                                        "共 "
                                                + recall.lots().size()
                                                + " 个批次，"
                                                + Words.kg(recall.kilograms()),
                                        recall.lots().size()
                                                + " lots, "
                                                + Words.kg(recall.kilograms())),
                                null),
                        new Row(
                                say.in("原因", "Reason"),
                                recall.reason(),
                                "",
                                recall.report() == null ? Evidence.OFFICIAL : Evidence.LABORATORY),
                        new Row(
                                say.in("发布", "Published"),
                                ChinaTime.minute(recall.publishedAt()),
                                recall.closed() ? say.in("召回工作已结束", "the recall is closed") : "",
                                Evidence.OFFICIAL)),
                List.of(
                        say.in("不要食用，也不要转送他人。", "Do not eat it and do not pass it on."),
                        say.in(
                                "凭此页面和小票到购买处退款。",
                                "Take this page and the receipt back to the shop."),
                        say.in(
                                "吃过并感到不适的，请就医并拨打热线。",
                                "If you ate it and feel unwell, see a doctor and call the hotline.")));
    }

    private static List<Vouch> vouches(Finding f, Say say) {
        var list = new ArrayList<Vouch>();
        Licence licence = f.licence();
        boolean inForce = licence != null && licence.standing() == Licence.Standing.IN_FORCE;
        list.add(
                new Vouch(
                        inForce ? "yes" : "no",
                        say.in("“信”字号使用授权", "Licence to use the Xin mark"),
                        licence == null
                                ? say.in("没有授权", "no licence")
                                : (inForce
                                                ? say.in("有效至 ", "valid until ")
                                                : say.in("原定至 ", "was meant to last until "))
                                        + licence.until()
                                        + " · "
                                        + licence.number(),
                        Evidence.OFFICIAL,
                        null));
        Product product = f.product();
        if (product != null && product.geographicalIndication()) {
            list.add(
                    new Vouch(
                            "yes",
                            say.in("地理标志", "Geographical indication"),
                            say.in(
                                    "产品登记时申报，随授权审核",
                                    "declared on registration, reviewed with the licence"),
                            Evidence.SELF_DECLARED,
                            null));
        }
        if (f.lot() == null) {
            return list;
        }
        Certificate certificate = f.certificate();
        String certificateTitle = say.in("承诺达标合格证", "Commitment certificate");
        list.add(
                certificate == null
                        ? new Vouch(
                                "missing",
                                certificateTitle,
                                say.in("本批没有有效的合格证", "this lot has no valid certificate"),
                                Evidence.MISSING,
                                null)
                        : new Vouch(
                                "yes",
                                certificateTitle,
                                say.in(certificate.day() + " 开具", "issued on " + certificate.day()),
                                Evidence.SELF_DECLARED,
                                "#cert"));
        list.add(testVouch(f, say));
        return list;
    }

    private static Vouch testVouch(Finding f, Say say) {
        String title = say.in("农药残留检测", "Pesticide residue test");
        if (f.reports().isEmpty()) {
            return new Vouch(
                    "missing",
                    title,
                    say.in("本批没有检测报告", "this lot has no test report"),
                    Evidence.MISSING,
                    null);
        }
        Report report = worstFirst(f.reports()).getFirst();
        List<Standards.Line> lines = report.judgement().lines();
        long found = lines.stream().filter(l -> l.value().kind() == Value.Kind.FOUND).count();
        long failed = lines.stream().filter(l -> l.outcome() == Standards.Outcome.FAIL).count();
        return switch (report.judgement().outcome()) {
            case PASS ->
                    new Vouch(
                            "yes",
                            title
                                    + say.in(
                                            " " + lines.size() + " 项",
                                            ", " + lines.size() + " substances"),
                            found == 0
                                    ? say.in("全部未检出", "none detected")
                                    : say.in(
                                            "全部合格；检出 " + found + " 项，低于限量",
                                            "all passed; " + found + " found, below the limits"),
                            Evidence.LABORATORY,
                            "#tests");
            case FAIL ->
                    new Vouch(
                            "no",
                            title,
                            say.in(
                                    "不合格：" + failed + " 项超过限量",
                                    "failed: " + failed + " above the limit"),
                            Evidence.LABORATORY,
                            "#tests");
            case INCONCLUSIVE ->
                    new Vouch(
                            "missing",
                            title,
                            say.in("现有结果不足以判定", "the results do not allow a judgement"),
                            Evidence.LABORATORY,
                            "#tests");
        };
    }

    private static List<Report> worstFirst(List<Report> reports) {
        return reports.stream()
                .sorted(
                        Comparator.comparing(
                                r ->
                                        switch (r.judgement().outcome()) {
                                            case FAIL -> 0;
                                            case INCONCLUSIVE -> 1;
                                            case PASS -> 2;
                                        }))
                .toList();
    }

    private @Nullable Tests tests(Finding f, Say say) {
        if (f.reports().isEmpty()) {
            return null;
        }
        Report report = worstFirst(f.reports()).getFirst();
        List<Standards.Line> all = report.judgement().lines();
        List<Line> shown =
                all.stream()
                        .filter(
                                l ->
                                        l.value().kind() == Value.Kind.FOUND
                                                || l.outcome() == Standards.Outcome.FAIL)
                        .sorted(
                                Comparator.comparing(
                                        (Standards.Line l) ->
                                                l.outcome() != Standards.Outcome.FAIL))
                        .limit(12)
                        .map(l -> line(l, say))
                        .toList();
        String unit = all.isEmpty() ? "mg/kg" : all.getFirst().unit();
        int rest = all.size() - shown.size();
        String laboratory =
                parties.find(report.laboratory())
                        .map(p -> say.in(p.name(), p.nameEn()))
                        .orElse(say.in("检测机构未登记", "laboratory not registered"));
        String note =
                say.in(
                        "单位 "
                                + unit
                                + "；条长为实测占限量的比例。"
                                + (rest > 0 ? "其余 " + rest + " 项未检出或低于定量限。" : "")
                                + laboratory
                                + "，报告 "
                                + report.number()
                                + "，抽样 "
                                + report.sampled()
                                + "，签发 "
                                + report.day()
                                + "；按 "
                                + report.judgement().edition()
                                + " 判定。",
                        "Unit "
                                + unit
                                + "; the bar shows the value as a share of the limit. "
                                + (rest > 0
                                        ? rest + " others not detected or below quantification. "
                                        : "")
                                + laboratory
                                + ", report "
                                + report.number()
                                + ", sampled "
                                + report.sampled()
                                + ", issued "
                                + report.day()
                                + "; judged by "
                                + report.judgement().edition()
                                + ".");
        Coverage coverage = f.coverage();
        String gap =
                coverage == null || coverage.gap().isEmpty()
                        ? ""
                        : say.in("用过但没有检测：", "Used but not tested: ")
                                + coverage.gap().stream()
                                        .sorted()
                                        .map(s -> say.substance(s))
                                        .collect(Collectors.joining(say.in("、", ", ")));
        return new Tests(say.in("检测结果", "Test results"), shown, unit, note, gap);
    }

    private static Line line(Standards.Line line, Say say) {
        BigDecimal limit = line.limit();
        boolean over = line.outcome() == Standards.Outcome.FAIL;
        String measured =
                switch (line.value().kind()) {
                    case FOUND -> line.value().figure().toPlainString();
                    case NOT_DETECTED -> say.in("未检出", "not detected");
                    case BELOW_LOQ -> "<" + line.value().figure().toPlainString();
                };
        return new Line(
                say.substance(line.substance()),
                measured,
                limit == null ? say.in("不得检出", "none allowed") : limit.toPlainString(),
                limit == null || limit.signum() == 0
                        ? over ? "100%" : "0%"
                        : Words.width(line.value().figure(), limit),
                over);
    }

    private List<Step> route(Finding f, Say say) {
        record Dated(LocalDate day, Step step) {}
        var steps = new ArrayList<Dated>();
        var seen = new LinkedHashSet<String>();
        for (Genealogy.Step s : f.route()) {
            String what = stepWord(kind(s), say);
            String place = say.in(s.place(), s.placeEn());
            if (seen.add(s.day() + what + place)) {
                steps.add(
                        new Dated(
                                s.day(),
                                new Step(s.day().toString(), Evidence.SELF_DECLARED, what, place)));
            }
        }
        for (Report r : f.reports()) {
            String outcome =
                    switch (r.judgement().outcome()) {
                        case PASS -> say.in("检测合格", "Test passed");
                        case FAIL -> say.in("检测不合格", "Test failed");
                        case INCONCLUSIVE -> say.in("检测无法判定", "Test inconclusive");
                    };
            steps.add(
                    new Dated(
                            r.day(),
                            new Step(
                                    r.day().toString(),
                                    Evidence.LABORATORY,
                                    outcome,
                                    say.in("报告 ", "report ") + r.number())));
        }
        steps.sort(Comparator.comparing(Dated::day));
        var shown = new ArrayList<>(steps.stream().map(Dated::step).toList());
        if (shown.size() > MOST_STEPS) {
            int left = shown.size() - MOST_STEPS;
            shown.subList(MOST_STEPS / 2, MOST_STEPS / 2 + left).clear();
            shown.add(
                    MOST_STEPS / 2,
                    new Step(
                            "",
                            Evidence.SELF_DECLARED,
                            say.in("另有 " + left + " 步", left + " more steps"),
                            ""));
        }
        return shown;
    }

    static String kind(Genealogy.Step step) {
        String word = step.step().toUpperCase(Locale.ROOT).replaceAll(".*[:/]", "");
        if (word.startsWith("HARVEST")) {
            return "HARVEST";
        }
        if (word.startsWith("MERG")) {
            return "MERGE";
        }
        if (word.startsWith("SORT")) {
            return "SORT";
        }
        if (word.startsWith("PACK")) {
            return "PACK";
        }
        if (word.startsWith("SPLIT")) {
            return "SPLIT";
        }
        if (word.startsWith("SHIP") || word.startsWith("DEPART")) {
            return "SHIP";
        }
        if (word.startsWith("RECEIV") || word.startsWith("ARRIV")) {
            return "RECEIVE";
        }
        if (word.startsWith("RETURN") || word.startsWith("GIVE")) {
            return "RETURN";
        }
        if (word.startsWith("WASTE") || word.startsWith("DESTROY")) {
            return "WASTE";
        }
        return word.startsWith("COMMISSION") || word.startsWith("ACTIVAT") ? "LABEL" : step.step();
    }

    private static String stepWord(String kind, Say say) {
        return switch (kind) {
            case "HARVEST" -> say.in("采收", "Harvested");
            case "MERGE" -> say.in("合批", "Merged");
            case "SORT" -> say.in("分拣", "Sorted");
            case "PACK" -> say.in("包装", "Packed");
            case "SPLIT" -> say.in("分批", "Split");
            case "SHIP" -> say.in("发货", "Shipped");
            case "RECEIVE" -> say.in("收货", "Received");
            case "RETURN" -> say.in("退货", "Returned");
            case "WASTE" -> say.in("报损", "Written off");
            case "LABEL" -> say.in("赋码", "Labelled");
            default -> kind;
        };
    }

    private static List<Row> gaps(Finding f, Say say) {
        var rows = new ArrayList<Row>();
        boolean moved =
                f.route().stream().anyMatch(s -> Set.of("SHIP", "RECEIVE").contains(kind(s)));
        if (!moved) {
            rows.add(new Row(say.in("运输信息", "Transport"), "", "", Evidence.MISSING));
        }
        rows.add(new Row(say.in("冷链温度", "Cold chain"), "", "", Evidence.MISSING));
        return rows;
    }

    private @Nullable Origin origin(Finding f, Say say) {
        List<Genealogy.Step> harvests = harvests(f);
        Party producer = f.producer();
        if (producer == null && harvests.isEmpty()) {
            return null;
        }
        var rows = new ArrayList<Row>();
        Coverage coverage = f.coverage();
        if (coverage != null) {
            rows.add(
                    new Row(
                            say.in("用药", "Sprayed with"),
                            coverage.used().isEmpty()
                                    ? say.in("本季没有用药记录", "no spraying recorded this season")
                                    : coverage.used().stream()
                                            .sorted()
                                            .map(say::substance)
                                            .collect(Collectors.joining(say.in("、", ", "))),
                            "",
                            Evidence.SELF_DECLARED));
        }
        String district =
                f.lot() != null ? f.lot().district() : producer == null ? "" : producer.district();
        String county = district.length() >= 6 ? district.substring(0, 6) : district;
        String town =
                harvests.isEmpty()
                        ? county.isEmpty()
                                ? ""
                                : say.in(
                                        parties.district(county).name(),
                                        parties.district(county).nameEn())
                        : towns(harvests, say);
        return new Origin(county, town, rows);
    }

    private static @Nullable Paper paper(Finding f, Say say) {
        Certificate c = f.certificate();
        if (c == null) {
            return null;
        }
        var rows = new ArrayList<Row>();
        rows.add(
                new Row(
                        say.in("承诺依据", "Basis"),
                        tick(c, Basis.QUALITY_CONTROL)
                                + say.in("质量安全控制符合要求", "quality control")
                                + "  "
                                + tick(c, Basis.SELF_TEST)
                                + say.in("自行检测合格", "own test")
                                + "  "
                                + tick(c, Basis.TESTED)
                                + say.in("委托检测合格", "commissioned test"),
                        "",
                        null));
        rows.add(new Row(say.in("编号", "Number"), c.number(), "", null));
        rows.add(
                new Row(
                        say.in("产品名称", "Product"),
                        f.product() == null
                                ? c.product()
                                : say.in(c.product(), f.product().nameEn()),
                        "",
                        null));
        rows.add(new Row(say.in("数量", "Quantity"), Words.kg(c.kilograms()), "", null));
        rows.add(new Row(say.in("产地", "Origin"), c.origin(), "", null));
        rows.add(new Row(say.in("承诺主体", "Committed by"), c.committer(), "", null));
        rows.add(new Row(say.in("联系方式", "Contact"), phone(c.phone()), "", null));
        rows.add(new Row(say.in("开具日期", "Issued"), c.day().toString(), "", null));
        return new Paper(
                say.in(
                        "我承诺对生产销售的食用农产品：不使用禁用农药兽药、停用兽药和非法添加物；使用的常规农药兽药残留不超标；对承诺的真实性负责。",
                        "I commit: no banned or discontinued substances and no illegal additives were"
                                + " used; residues of permitted ones do not exceed the limits; I answer"
                                + " for the truth of this."),
                rows);
    }

    private static String tick(Certificate c, Basis basis) {
        return c.basis().contains(basis) ? "☑ " : "☐ ";
    }

    private static String phone(String phone) {
        return MOBILE.matcher(phone.strip()).matches() ? Words.maskedPhone(phone) : phone;
    }

    private static Retry retry(Finding f, Say say) {
        return new Retry(Words.groups(f.typed().text()), problem(f.typed(), say));
    }

    /** What is wrong with a typed code and how to mend it. */
    static String problem(TypedCode typed, boolean english) {
        return problem(typed, new Say(english));
    }

    private static String problem(TypedCode typed, Say say) {
        int length = typed.length();
        return switch (typed.fault()) {
            case EMPTY -> say.in("请输入标签上的 16 位编号。", "Type the 16 characters below the QR code.");
            case TOO_SHORT ->
                    say.in(
                            "少了 " + (16 - length) + " 位：已输入 " + length + " 位，应为 16 位。",
                            (16 - length) + " too few: " + length + " typed, 16 needed.");
            case TOO_LONG ->
                    say.in(
                            "多了 " + (length - 16) + " 位：已输入 " + length + " 位，应为 16 位。",
                            (length - 16) + " too many: " + length + " typed, 16 needed.");
            case STRANGE_CHARACTER ->
                    say.in(
                            "“" + typed.strange() + "”不是编号里会有的字符；编号只有数字和字母，没有 I、L、O、U。",
                            "“"
                                    + typed.strange()
                                    + "” is on no label: a code has digits and letters, without I, L,"
                                    + " O, U.");
            case NOT_ISSUED ->
                    say.in(
                            "位数对，但没有发放过这个编号。请逐位核对，例如 8 与 B、5 与 S、2 与 Z。",
                            "The length is right, but nobody issued this code. Check it character by"
                                    + " character, such as 8 and B, 5 and S, 2 and Z.");
        };
    }

    /** One thing in two languages. */
    record Say(boolean english) {
        String in(String chinese, String other) {
            return english ? other : chinese;
        }

        String substance(String chinese) {
            return english ? Substances.english(chinese) : chinese;
        }
    }
}
