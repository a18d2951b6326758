package cn.xinyuan.server.pages;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Days and hours as they are counted in China (Asia/Shanghai, no summer time). */
public final class ChinaTime {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZONE);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZONE);

    private ChinaTime() {}

    /** The day it is in China by the clock of the program, which the demo turns back. */
    public static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    /** The day an instant falls on. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    /** The first instant of a day. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** Such as 2025-06-11 09:20; a dash for nothing. */
    public static String minute(@Nullable Instant at) {
        return at == null ? "—" : MINUTE.format(at);
    }

    /** Such as 06-11 09:20, where the year is plain from the context. */
    public static String shortMinute(@Nullable Instant at) {
        return at == null ? "—" : SHORT.format(at);
    }
}
