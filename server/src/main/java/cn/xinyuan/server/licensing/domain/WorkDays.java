package cn.xinyuan.server.licensing.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/**
 * Work days as the State Council's yearly notices have them for 2025 and 2026: weekdays without the
 * statutory holidays, and the weekends that are worked in exchange. Other years: Monday to Friday.
 */
public final class WorkDays {

    private static final Set<LocalDate> FREE = new HashSet<>();
    private static final Set<LocalDate> WORKED =
            Set.of(
                    LocalDate.of(2025, 1, 26),
                    LocalDate.of(2025, 2, 8),
                    LocalDate.of(2025, 4, 27),
                    LocalDate.of(2025, 9, 28),
                    LocalDate.of(2025, 10, 11),
                    LocalDate.of(2026, 1, 4),
                    LocalDate.of(2026, 2, 14),
                    LocalDate.of(2026, 2, 28),
                    LocalDate.of(2026, 5, 9),
                    LocalDate.of(2026, 9, 20),
                    LocalDate.of(2026, 10, 10));

    static {
        free(2025, 1, 1, 1);
        free(2025, 1, 28, 8);
        free(2025, 4, 4, 3);
        free(2025, 5, 1, 5);
        free(2025, 5, 31, 3);
        free(2025, 10, 1, 8);
        free(2026, 1, 1, 3);
        free(2026, 2, 15, 9);
        free(2026, 4, 4, 3);
        free(2026, 5, 1, 5);
        free(2026, 6, 19, 3);
        free(2026, 9, 25, 3);
        free(2026, 10, 1, 7);
    }

    private WorkDays() {}

    private static void free(int year, int month, int day, int days) {
        LocalDate first = LocalDate.of(year, month, day);
        for (int i = 0; i < days; i++) {
            FREE.add(first.plusDays(i));
        }
    }

    public static boolean isWorkDay(LocalDate day) {
        if (WORKED.contains(day)) {
            return true;
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FREE.contains(day);
    }

    /** The last of so many work days, the first being the one after {@code day}. */
    public static LocalDate after(LocalDate day, int workDays) {
        LocalDate end = day;
        for (int counted = 0; counted < workDays; ) {
            end = end.plusDays(1);
            if (isWorkDay(end)) {
                counted++;
            }
        }
        return end;
    }

    /** Work days from today to the deadline; negative when it has passed. */
    public static int left(LocalDate today, LocalDate deadline) {
        int days = 0;
        LocalDate from = today.isBefore(deadline) ? today : deadline;
        LocalDate to = today.isBefore(deadline) ? deadline : today;
        for (LocalDate d = from.plusDays(1); !d.isAfter(to); d = d.plusDays(1)) {
            if (isWorkDay(d)) {
                days++;
            }
        }
        return today.isBefore(deadline) ? days : -days;
    }
}
