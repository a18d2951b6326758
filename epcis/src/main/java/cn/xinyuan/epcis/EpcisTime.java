package cn.xinyuan.epcis;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A point in time as it was written (xsd:dateTimeStamp), so that it is written back letter for
 * letter.
 *
 * @param text such as {@code 2026-04-17T09:26:42-04:00}; the zone is part of it
 */
public record EpcisTime(String text) {

    /** Seconds of the offset farthest from UTC that XML Schema knows. */
    private static final int FARTHEST = 14 * 3600;

    public EpcisTime {
        parse(text);
    }

    /**
     * Empty when the text is no date and time to the second with a zone (xsd:dateTimeStamp), or
     * lies outside the years 1 to 9999.
     */
    public static Optional<EpcisTime> read(String text) {
        if (!isStamp(text)) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = parse(text);
            return time.getYear() < 1 || Math.abs(time.getOffset().getTotalSeconds()) > FARTHEST
                    ? Optional.empty()
                    : Optional.of(new EpcisTime(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** ISO 8601 lets seconds be left out and letters be small; XML Schema does not. */
    private static boolean isStamp(String text) {
        int length = text.length();
        return length >= 20
                && text.charAt(4) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(16) == ':'
                && (text.charAt(length - 1) == 'Z' || text.charAt(length - 3) == ':');
    }

    /** Writes an instant as seen in {@code zone}, to the millisecond. */
    public static EpcisTime of(Instant at, ZoneOffset zone) {
        return new EpcisTime(
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX")
                        .format(at.atOffset(zone)));
    }

    public Instant at() {
        return parse(text).toInstant();
    }

    public ZoneOffset zone() {
        return parse(text).getOffset();
    }

    /**
     * Reads the commonest form, {@code 2026-04-17T09:26:42.123+08:00}, by its places; every other
     * form as ISO 8601 says.
     */
    static OffsetDateTime parse(String text) {
        int length = text.length();
        if (length < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return OffsetDateTime.parse(text);
        }
        int at = 19;
        int nano = 0;
        if (text.charAt(at) == '.') {
            int scale = 100_000_000;
            for (at++; at < length && scale > 0 && isDigit(text.charAt(at)); at++) {
                nano += (text.charAt(at) - '0') * scale;
                scale /= 10;
            }
        }
        ZoneOffset zone;
        if (at == length - 1 && text.charAt(at) == 'Z') {
            zone = ZoneOffset.UTC;
        } else if (at == length - 6
                && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && text.charAt(at + 3) == ':') {
            int hours = two(text, at + 1);
            int minutes = two(text, at + 4);
            if (hours < 0 || minutes < 0) {
                return OffsetDateTime.parse(text);
            }
            int sign = text.charAt(at) == '-' ? -1 : 1;
            zone = ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        } else {
            return OffsetDateTime.parse(text);
        }
        int century = two(text, 0);
        int year = two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        int hour = two(text, 11);
        int minute = two(text, 14);
        int second = two(text, 17);
        if ((century | year | month | day | hour | minute | second) < 0 || hour == 24) {
            return OffsetDateTime.parse(text);
        }
        return OffsetDateTime.of(
                century * 100 + year, month, day, hour, minute, second, nano, zone);
    }

    private static int two(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return text;
    }
}
