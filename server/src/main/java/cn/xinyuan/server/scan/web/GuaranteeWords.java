package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates.Basis;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Paper;
import cn.xinyuan.server.scan.web.ScanPage.Row;
import cn.xinyuan.server.scan.web.ScanPage.Vouch;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is vouched for and by whom: licence, origin, certificate, test. */
final class GuaranteeWords {

    private static final Pattern MOBILE = Pattern.compile("1\\d{10}");

    private GuaranteeWords() {}

    static List<Vouch> vouches(Finding f, Say say) {
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
        Report report = TestWords.worstFirst(f.reports()).getFirst();
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

    static @Nullable Paper paper(Finding f, Say say) {
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
                        say.english() && f.product() != null ? f.product().nameEn() : c.product(),
                        "",
                        null));
        rows.add(new Row(say.in("数量", "Quantity"), Words.kg(c.kilograms()), "", null));
        var harvests = RouteWords.harvests(f);
        rows.add(
                say.english()
                        ? new Row(
                                "Origin",
                                harvests.isEmpty() ? "" : RouteWords.towns(harvests, say),
                                "",
                                null,
                                c.origin())
                        : new Row("产地", c.origin(), "", null));
        rows.add(
                say.english()
                        ? new Row(
                                "Committed by",
                                f.producer() == null ? "" : f.producer().nameEn(),
                                "",
                                null,
                                c.committer())
                        : new Row("承诺主体", c.committer(), "", null));
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
}
