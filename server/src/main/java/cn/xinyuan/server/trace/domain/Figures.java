package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.pages.Problems;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What figures people may send, whatever the balance says. */
public final class Figures {

    /** More than the trees of a county bear in a day: a slip of the finger. */
    private static final BigDecimal ABSURD = new BigDecimal("1000000");

    private static final LocalDate OLDEST = LocalDate.of(2020, 1, 1);

    private Figures() {}

    /** Kilograms above zero, below 1,000 t, to the gram. */
    public static void kilograms(Problems.Collector problems, BigDecimal kilograms, String field) {
        problems.require(
                        kilograms.signum() > 0,
                        field,
                        "重量应大于 0，收到 " + kilograms.toPlainString() + " kg。")
                .require(
                        kilograms.compareTo(ABSURD) < 0, field, "一次最多 999,999 kg；是不是多打了零，或把克当成了千克？")
                .require(kilograms.stripTrailingZeros().scale() <= 3, field, "重量最多三位小数（精确到克）。");
    }

    /** A day that has come, and not one of long ago. */
    public static void day(Problems.Collector problems, LocalDate day, LocalDate today) {
        problems.require(!day.isAfter(today), "day", day + " 还没有到，今天是 " + today + "。请填实际发生的日期。")
                .require(!day.isBefore(OLDEST), "day", day + " 太早了，请检查年份。");
    }

    public static String plain(BigDecimal figure) {
        return figure.stripTrailingZeros().toPlainString();
    }
}
