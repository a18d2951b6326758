package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * When a standing query is asked (EPCIS 2.0, 8.2.5.3), in the time of a zone. A field is a number,
 * a range {@code [1-5]}, a list of those, {@code *}, or a step {@code 0/30}. What is coarser than
 * the coarsest field given stands for every one; what is finer than the finest, for the first: hour
 * 1, minute 5 is 1.05 am, once a day.
 */
@NullMarked
public final class Schedule {

    /** The fields in the standard's words, the finest first, with their ranges. */
    private enum Field {
        SECOND("second", 0, 59),
        MINUTE("minute", 0, 59),
        HOUR("hour", 0, 23),
        DAY_OF_MONTH("dayOfMonth", 1, 31),
        MONTH("month", 1, 12),
        DAY_OF_WEEK("dayOfWeek", 1, 7);

        private final String word;
        private final int first;
        private final int last;

        Field(String word, int first, int last) {
            this.word = word;
            this.first = first;
            this.last = last;
        }
    }

    private static final int YEARS = 8;

    private final Map<String, String> written;
    private final BitSet[] sets;

    private Schedule(Map<String, String> written, BitSet[] sets) {
        this.written = written;
        this.sets = sets;
    }

    /** The names of the fields. */
    public static List<String> fields() {
        return java.util.Arrays.stream(Field.values()).map(f -> f.word).toList();
    }

    /**
     * Reads the fields.
     *
     * @throws IllegalArgumentException saying which field is wrong and how it is written
     */
    public static Schedule read(Map<String, String> fields) {
        Map<String, String> written = new LinkedHashMap<>();
        BitSet[] sets = new BitSet[Field.values().length];
        boolean any = false;
        for (Field field : Field.values()) {
            String text = fields.get(field.word);
            if (text != null && !text.isBlank()) {
                written.put(field.word, text.strip());
                sets[field.ordinal()] = parse(field, text.strip());
                any = true;
            }
        }
        if (!any || !fields().containsAll(fields.keySet())) {
            throw new IllegalArgumentException(
                    "schedule has one or more of the fields " + String.join(", ", fields()));
        }
        boolean finer = true;
        for (Field field : Field.values()) {
            if (sets[field.ordinal()] == null) {
                BitSet set = new BitSet();
                boolean first =
                        finer && field.ordinal() <= Field.HOUR.ordinal()
                                || finer
                                        && field == Field.DAY_OF_MONTH
                                        && written.containsKey(Field.MONTH.word)
                                        && !written.containsKey(Field.DAY_OF_WEEK.word);
                set.set(field.first, first ? field.first + 1 : field.last + 1);
                sets[field.ordinal()] = set;
            } else {
                finer = false;
            }
        }
        return new Schedule(written, sets);
    }

    private static BitSet parse(Field field, String text) {
        BitSet set = new BitSet();
        for (String element : text.split(",", -1)) {
            String each = element.strip().replaceAll("^\\[(.*)]$", "$1");
            if (!each.matches("(\\*|\\d{1,2}(-\\d{1,2})?)(/\\d{1,2})?")) {
                throw wrong(field);
            }
            String[] step = each.split("/");
            int by = step.length > 1 ? Integer.parseInt(step[1]) : 1;
            int from = field.first;
            int to = field.last;
            if (!step[0].equals("*")) {
                String[] range = step[0].split("-");
                from = Integer.parseInt(range[0]);
                to =
                        range.length > 1
                                ? Integer.parseInt(range[1])
                                : step.length > 1 ? field.last : from;
            }
            if (by < 1 || from < field.first || to > field.last || from > to) {
                throw wrong(field);
            }
            for (int i = from; i <= to; i += by) {
                set.set(i);
            }
        }
        return set;
    }

    private static IllegalArgumentException wrong(Field field) {
        return new IllegalArgumentException(
                "%s is a number from %d to %d, a range like [%d-%d], or a list of those with commas"
                        .formatted(field.word, field.first, field.last, field.first, field.last));
    }

    /** The fields as they were given. */
    public Map<String, String> written() {
        return written;
    }

    /** The first time after an instant; empty for a day that never comes, such as February 30. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZonedDateTime at = after.atZone(zone).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        ZonedDateTime end = at.plusYears(YEARS);
        while (at.isBefore(end)) {
            if (!has(Field.MONTH, at.getMonthValue())) {
                at = at.plusMonths(1).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            } else if (!has(Field.DAY_OF_MONTH, at.getDayOfMonth())
                    || !has(Field.DAY_OF_WEEK, at.getDayOfWeek().getValue())) {
                at = at.plusDays(1).truncatedTo(ChronoUnit.DAYS);
            } else if (!has(Field.HOUR, at.getHour())) {
                at = at.plusHours(1).truncatedTo(ChronoUnit.HOURS);
            } else if (!has(Field.MINUTE, at.getMinute())) {
                at = at.plusMinutes(1).truncatedTo(ChronoUnit.MINUTES);
            } else if (!has(Field.SECOND, at.getSecond())) {
                at = at.plusSeconds(1);
            } else {
                return Optional.of(at.toInstant());
            }
        }
        return Optional.empty();
    }

    private boolean has(Field field, int value) {
        @Nullable BitSet set = sets[field.ordinal()];
        return set != null && set.get(value);
    }
}
