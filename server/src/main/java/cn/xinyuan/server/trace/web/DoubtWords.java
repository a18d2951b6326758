package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.trace.Doubt;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Collectors;

/** Why a foreign chain does not balance, in words. */
final class DoubtWords {

    private DoubtWords() {}

    static String chinese(Collection<Doubt> doubts) {
        return doubts.stream().map(DoubtWords::chinese).collect(Collectors.joining("；"));
    }

    static String chinese(Doubt doubt) {
        return switch (doubt) {
            case Doubt.NoOrigin _ -> "没有事件说明来源";
            case Doubt.MadeAgain again -> "同一批建了 " + again.times() + " 次";
            case Doubt.UsedUp used ->
                    "用掉 "
                            + amount(used.used(), used.unit(), "件")
                            + "，只建了 "
                            + amount(used.made(), used.unit(), "件");
            case Doubt.Outweighs over ->
                    "产出 " + plain(over.out()) + " kg 多于投入 " + plain(over.in()) + " kg";
            case Doubt.Contested _ -> "同一事件有两份数量不同的说法";
        };
    }

    static String english(Doubt doubt) {
        return switch (doubt) {
            case Doubt.NoOrigin _ -> "no event says where it came from";
            case Doubt.MadeAgain again -> "made " + again.times() + " times";
            case Doubt.UsedUp used ->
                    amount(used.used(), used.unit(), "pieces")
                            + " used, "
                            + amount(used.made(), used.unit(), "pieces")
                            + " made";
            case Doubt.Outweighs over ->
                    "outputs of "
                            + plain(over.out())
                            + " kg exceed inputs of "
                            + plain(over.in())
                            + " kg";
            case Doubt.Contested _ -> "another account of the event differs in its amounts";
        };
    }

    private static String amount(BigDecimal figure, String unit, String pieces) {
        return plain(figure) + " " + (unit.isEmpty() ? pieces : unit.equals("KGM") ? "kg" : unit);
    }

    private static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }
}
