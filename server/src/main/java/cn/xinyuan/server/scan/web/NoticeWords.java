package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Evidence;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Notice;
import cn.xinyuan.server.scan.web.ScanPage.Row;
import cn.xinyuan.server.standards.Standards.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why not, and what to do; a reason that was typed stands beside the kind it is of. */
final class NoticeWords {

    private NoticeWords() {}

    static @Nullable Notice notice(Finding f, Say say) {
        return switch (f.why()) {
            case RECALL -> f.recall() == null ? null : recallNotice(f, f.recall(), say);
            case LOT_HELD ->
                    new Notice(
                            say.in("为什么暂停", "Why it is on hold"),
                            List.of(
                                    reason(
                                            f.lot() == null || f.lot().held() == null
                                                    ? "正在核查"
                                                    : f.lot().held(),
                                            failed(f)
                                                    ? "A laboratory test of this lot failed; it is"
                                                            + " held until that is settled."
                                                    : "The authority is looking into a complaint"
                                                            + " or an inspection.",
                                            Evidence.OFFICIAL,
                                            say),
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
                                    reason(
                                            f.issued() == null || f.issued().voided() == null
                                                    ? "未提供"
                                                    : f.issued().voided(),
                                            copied(f)
                                                    ? "Officers found copies of this label."
                                                    : "The producer took the label out of use.",
                                            copied(f) ? Evidence.OFFICIAL : Evidence.SELF_DECLARED,
                                            say)),
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
            case DATABASE_AWAY -> uncheckedNotice(f, say);
            case NOT_ON_A_LOT, SEASON_OVER, NO_SUCH_CODE, LABEL_CONTRADICTS, FINE -> null;
        };
    }

    /** What a tag alone proves, and what it does not. */
    private static Notice uncheckedNotice(Finding f, Say say) {
        return new Notice(
                say.in("查到了什么、没查到什么", "What was checked and what was not"),
                List.of(
                        new Row(say.in("标签编号", "Code"), Words.groups(f.code()), "", null),
                        new Row(
                                say.in("已核对", "Checked"),
                                say.in(
                                        "编号由本平台签发，不是编造的",
                                        "this platform made the code; it was not invented"),
                                "",
                                Evidence.OFFICIAL),
                        new Row(
                                say.in("未能核对", "Not checked"),
                                say.in(
                                        "是否召回、作废、暂停销售，授权是否有效，是否已启用，是否被复制，检测结果",
                                        "recall, voiding, stop of sale, licence, activation, copies,"
                                                + " test results"),
                                "",
                                Evidence.MISSING)),
                List.of(
                        say.in("几分钟后再扫一次。", "Scan again in a few minutes."),
                        say.in(
                                "急用请拨打热线，报上面的编号。",
                                "If it cannot wait, call the hotline and tell the code above.")));
    }

    private static boolean copied(Finding f) {
        return f.counted() != null && f.counted().ruledAs() == Ruling.As.COPIED;
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
                rows.add(
                        reason(
                                licence.reason(),
                                f.why() == Finding.Why.LICENCE_SUSPENDED
                                        ? "The authority suspended it until a fault is mended."
                                        : "The authority withdrew it for good.",
                                Evidence.OFFICIAL,
                                say));
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
                                                + (recall.lots().size() == 1 ? " lot, " : " lots, ")
                                                + Words.kg(recall.kilograms())),
                                null),
                        reason(
                                recall.reason(),
                                recall.report() != null
                                        ? "A laboratory found it outside the limits."
                                        : switch (recall.level()) {
                                            case ONE -> "It harms health, or may do so seriously.";
                                            case TWO -> "It may harm health.";
                                            case THREE ->
                                                    "Labelling or another fault without harm"
                                                            + " to health.";
                                        },
                                recall.report() == null ? Evidence.OFFICIAL : Evidence.LABORATORY,
                                say),
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

    /** In English the kind of reason in set words, and what was typed beside it. */
    private static Row reason(String typed, String kind, Evidence source, Say say) {
        return say.english()
                ? new Row("Reason", kind, "", source, typed)
                : new Row("原因", typed, "", source);
    }

    private static boolean failed(Finding f) {
        return f.reports().stream().anyMatch(r -> r.judgement().outcome() == Outcome.FAIL);
    }
}
