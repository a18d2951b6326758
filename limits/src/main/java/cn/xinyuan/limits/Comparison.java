package cn.xinyuan.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How a measured figure is set against a limit: GB/T 8170-2008, clause 4.3. */
public enum Comparison {
    /** 全数值比较法: the figure as it is; what is over by however little is over. The default. */
    FULL_VALUE("全数值比较法") {
        @Override
        BigDecimal prepared(BigDecimal value, BigDecimal bound) {
            return value;
        }
    },
    /**
     * 修约值比较法: the figure is first rounded to the decimals of the limit, half to even (四舍六入五成双).
     * Only where the standard says so.
     */
    ROUNDED_VALUE("修约值比较法") {
        @Override
        BigDecimal prepared(BigDecimal value, BigDecimal bound) {
            return value.setScale(bound.scale(), RoundingMode.HALF_EVEN);
        }
    };

    private final String chinese;

    Comparison(String chinese) {
        this.chinese = chinese;
    }

    /** The method's name in GB/T 8170. */
    public String chinese() {
        return chinese;
    }

    /** The figure to compare with {@code bound}; both in the unit of the bound. */
    abstract BigDecimal prepared(BigDecimal value, BigDecimal bound);
}
