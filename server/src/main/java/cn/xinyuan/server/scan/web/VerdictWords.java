package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.web.ScanPage.Band;
import cn.xinyuan.server.standards.Standards;

/** The verdict: one title and one sentence for each ground. */
final class VerdictWords {

    private VerdictWords() {}

    static Band band(Finding f, Say say) {
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
            case DATABASE_AWAY ->
                    new Band(
                            "caution",
                            "hold",
                            say.in(
                                    "编号是真的，其余暂时查不到",
                                    "Genuine code; nothing else can be checked now"),
                            say.in(
                                    "系统正在维护或故障。召回、授权、检测等情况现在无法核对，请稍后再查。",
                                    "The system is being repaired. Recall, licence and tests cannot"
                                            + " be checked now; please try again later."));
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
                                        + " if not, do not buy and report it."),
                        tested
                                ? say.in(
                                        "农药残留检测 " + count(f) + " 项全部合格，看结果",
                                        "All " + count(f) + " residues passed: see the results")
                                : null);
            }
        };
    }

    /** Substances of the report that is shown. */
    private static int count(Finding f) {
        return TestWords.worstFirst(f.reports()).getFirst().judgement().lines().size();
    }
}
