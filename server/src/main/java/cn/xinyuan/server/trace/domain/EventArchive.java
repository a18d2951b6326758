package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.query.EventFacts;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * All events, our own acts and those of others, as they may be asked for. What is asked is drawn
 * from an event once; {@link #undrawn} tells which are still to come.
 */
@NullMarked
public interface EventArchive {

    /** The number up to which events are waiting to be drawn; empty if none waits. */
    Optional<Long> lastUndrawn();

    /** One at a time until the transaction ends, so that positions come in order. */
    void oneAtATime();

    /** Events that wait, oldest first, up to a number. */
    List<Undrawn> undrawn(long upTo, int atMost);

    /** Keeps what was drawn and takes the events off the waiting list. */
    void keep(List<Drawn> drawn);

    /** The position of the newest event. */
    long newest();

    /**
     * Answers a query.
     *
     * @return the events after the cursor in the order of the query
     */
    List<Found> query(SimpleEventQuery query, View view, Cursor after, int atMost);

    /** How many events a query finds, counted up to {@code atMost}. */
    int count(SimpleEventQuery query, View view, int atMost);

    Optional<Stored> find(String eventIdOrHash, View view);

    /** Values of a kind that events in sight bear, in order, after one of them. */
    List<String> values(String kind, List<String> fields, View view, String after, int atMost);

    /** The lots that a party holds or held. */
    Set<UUID> heldBy(UUID party);

    /** Notes what lies below a place, and attributes; those given replace what was said before. */
    void note(UUID by, Collection<Child> children, Collection<Attribute> attributes);

    /** An event that waits. {@code known} when it was drawn before and only its readers change. */
    record Undrawn(
            long id,
            @Nullable Long own,
            @Nullable Long captured,
            @Nullable UUID party,
            String eventId,
            String hash,
            boolean declaresError,
            Instant eventTime,
            Instant recordTime,
            String body,
            String context,
            Set<UUID> handedInBy,
            boolean known) {}

    /**
     * What was drawn from an event.
     *
     * @param partners whose act it is, and the parties it names as source or destination
     * @param shown the parties that may see it: whose act it is, who handed it in, its partners
     * @param districts every prefix of the districts it belongs to
     */
    record Drawn(
            Undrawn event,
            Set<UUID> partners,
            Set<UUID> shown,
            Set<String> districts,
            EventFacts facts) {}

    /** An event with its place in the order of the answer. */
    record Found(Stored event, Instant eventTime) {}

    /**
     * Where an answer goes on.
     *
     * @param position of the last event told
     * @param time its sort key, when sorted by a time
     * @param ceiling newer events do not belong to the answer; {@link Long#MAX_VALUE} for any
     * @param skip events told, when sorted by a field
     */
    record Cursor(long position, @Nullable Instant time, long ceiling, long skip) {
        public static final Cursor START = new Cursor(0, null, Long.MAX_VALUE, 0);
    }

    /**
     * What a reader may see.
     *
     * @param everything of everybody
     * @param parties events shown to one of these
     * @param districts events that belong to one of these
     * @param lots acts on these lots, by partners within {@code chain} only
     */
    record View(
            boolean everything,
            Set<UUID> parties,
            Set<String> districts,
            Set<UUID> lots,
            Set<UUID> chain,
            UUID reader) {
        public View {
            parties = Set.copyOf(parties);
            districts = Set.copyOf(districts);
            lots = Set.copyOf(lots);
            chain = Set.copyOf(chain);
        }
    }

    /** {@code child} lies in {@code parent}; both canonical. */
    record Child(String parent, String child) {}

    /** An attribute of a vocabulary element. */
    record Attribute(String id, String name, String value) {}

    /** The database gave up on a query. */
    final class TooComplex extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooComplex(Throwable cause) {
            super(cause);
        }
    }
}
