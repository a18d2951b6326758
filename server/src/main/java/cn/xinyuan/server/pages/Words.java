package cn.xinyuan.server.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How figures and days are written for people: a comma between thousands, a space before the unit,
 * no digits that nobody measured.
 */
public final class Words {

    private Words() {}

    /** Kilograms, at most three decimals: {@code 1,240 kg}; a dash for nothing. */
    public static String kg(@Nullable BigDecimal kilograms) {
        return kilograms == null ? "—" : number(kilograms) + " kg";
    }

    /** A figure with at most three decimals and without trailing zeros: {@code 1,240.5}. */
    public static String number(@Nullable BigDecimal figure) {
        return figure == null ? "—" : format("#,##0.###").format(figure);
    }

    /** A count: {@code 20,000}. */
    public static String count(long count) {
        return format("#,##0").format(count);
    }

    /** A share of a whole in percent with one decimal; a dash when the whole is nothing. */
    public static String percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? "—" : format("0.#").format(share(part, whole)) + "%";
    }

    /** A share between 0 and 100 for the width of a bar. */
    public static String width(BigDecimal part, BigDecimal whole) {
        if (whole.signum() <= 0) {
            return "0%";
        }
        BigDecimal share = share(part, whole).max(BigDecimal.ZERO).min(BigDecimal.valueOf(100));
        return share.setScale(1, RoundingMode.HALF_UP).toPlainString() + "%";
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 2, RoundingMode.HALF_UP);
    }

    /** A measured value as the laboratory wrote it, digits kept: {@code 0.050 mg/kg}. */
    public static String measured(BigDecimal figure, String unit) {
        return figure.toPlainString() + " " + unit;
    }

    /** Area in mu with square metres behind it: {@code 12.6 亩（8,400 m²）}. */
    public static String mu(BigDecimal mu) {
        BigDecimal metres =
                mu.multiply(BigDecimal.valueOf(2000))
                        .divide(BigDecimal.valueOf(3), 0, RoundingMode.HALF_UP);
        return number(mu) + " 亩（" + number(metres) + " m²）";
    }

    /** Such as 2025-06-11; a dash for nothing. */
    public static String day(@Nullable LocalDate day) {
        return day == null ? "—" : day.toString();
    }

    /** Such as 6 月 28 日, for farmers. */
    public static String monthAndDay(LocalDate day) {
        return day.getMonthValue() + " 月 " + day.getDayOfMonth() + " 日";
    }

    /** How far a deadline is: 还有 3 天, 今天, 超 2 天. */
    public static String until(LocalDate deadline, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, deadline);
        if (days == 0) {
            return "今天";
        }
        return days > 0 ? "还有 " + days + " 天" : "超 " + -days + " 天";
    }

    /** A telephone number of which the middle is hidden: {@code 138****0001}. */
    public static String maskedPhone(@Nullable String phone) {
        if (phone == null || phone.isBlank()) {
            return "—";
        }
        String digits = phone.strip();
        if (digits.length() < 7) {
            return "****";
        }
        return digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4);
    }

    /** A 16-character code in groups of four, as on the label. */
    public static String groups(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static DecimalFormat format(String pattern) {
        var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }
}
