package cn.xinyuan.server.supervision.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** How fast an alert must be answered, in work days (Monday to Friday). */
public enum Level {
    HIGH("高", 1),
    MEDIUM("中", 3),
    LOW("低", 7);

    private final String word;
    private final int workDays;

    Level(String word, int workDays) {
        this.word = word;
        this.workDays = workDays;
    }

    public String word() {
        return word;
    }

    /** The last day on which an alert found on {@code day} is in time. */
    public LocalDate deadline(LocalDate day) {
        var due = day;
        for (int left = workDays; left > 0; ) {
            due = due.plusDays(1);
            if (due.getDayOfWeek() != DayOfWeek.SATURDAY
                    && due.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return due;
    }
}
