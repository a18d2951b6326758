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

    public EpcisTime {
        OffsetDateTime.parse(text);
    }

    /** Empty when the text is no date and time with a zone, or lies outside the years 1 to 9999. */
    public static Optional<EpcisTime> read(String text) {
        try {
            int year = OffsetDateTime.parse(text).getYear();
            return year < 1 || year > 9999 ? Optional.empty() : Optional.of(new EpcisTime(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Writes an instant as seen in {@code zone}, to the millisecond. */
    public static EpcisTime of(Instant at, ZoneOffset zone) {
        return new EpcisTime(
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX")
                        .format(at.atOffset(zone)));
    }

    public Instant at() {
        return OffsetDateTime.parse(text).toInstant();
    }

    public ZoneOffset zone() {
        return OffsetDateTime.parse(text).getOffset();
    }

    @Override
    public String toString() {
        return text;
    }
}
