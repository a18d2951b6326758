package cn.xinyuan.epcis.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One thing that an event must fulfil; those of a query are joined by "and". */
public sealed interface Condition {

    /** How a value stands to a bound. */
    enum Comparison {
        EQ("="),
        GT(">"),
        GE(">="),
        LT("<"),
        LE("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** As SQL writes it. */
        public String sign() {
            return sign;
        }
    }

    /**
     * The event has one of the words, or a word like one of the patterns, or fulfils one of the
     * bounds.
     *
     * @param likes patterns in which {@code %} stands for any text and {@code _} for one character
     */
    record Any(Set<String> words, List<String> likes, List<Bound> bounds) implements Condition {
        public Any {
            words = Set.copyOf(words);
            likes = List.copyOf(likes);
            bounds = List.copyOf(bounds);
        }

        static Any words(Set<String> words) {
            return new Any(words, List.of(), List.of());
        }
    }

    /** A number or time of a field stands so to a value. */
    sealed interface Bound {
        String field();

        Comparison comparison();
    }

    /** A number, in the base unit that the field names. */
    record NumberBound(String field, Comparison comparison, BigDecimal value) implements Bound {}

    /** A time. */
    record TimeBound(String field, Comparison comparison, Instant value) implements Bound {}

    /** A place of the field is one of these or lies below one of them, as master data say. */
    record Within(String field, Set<String> places) implements Condition {
        public Within {
            places = Set.copyOf(places);
        }
    }

    /**
     * The value of one of the fields has, in the master data, an attribute of one of these names;
     * with one of these values, if any are given.
     */
    record HasAttribute(List<String> fields, Set<String> names, Set<String> values)
            implements Condition {
        public HasAttribute {
            fields = List.copyOf(fields);
            names = Set.copyOf(names);
            values = Set.copyOf(values);
        }
    }
}
