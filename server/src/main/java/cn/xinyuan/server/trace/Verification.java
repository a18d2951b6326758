package cn.xinyuan.server.trace;

import java.util.function.Consumer;

/** Recomputes every balance, lot and genealogy from the events alone and compares. */
public interface Verification {

    /** Tells each difference as it is found; changes nothing. */
    Outcome recompute(Consumer<Difference> differences);

    /**
     * One thing that is not as the events say.
     *
     * @param kind what is compared, one word, such as {@code balance}, {@code lot}, {@code parent}
     * @param id of what differs, without blanks
     * @param expected as the events say
     * @param found as it is stored
     */
    record Difference(String kind, String id, String expected, String found) {}

    /** How much was looked at. */
    record Outcome(long events, long lots, long differences) {}
}
