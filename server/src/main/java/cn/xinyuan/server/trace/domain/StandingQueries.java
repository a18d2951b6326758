package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Named queries and who wants to hear of what is new (EPCIS 2.0, 8.2.5). */
@NullMarked
public interface StandingQueries {

    /**
     * @return false if the owner has a query of this name
     */
    boolean add(Named query);

    Optional<Named> find(UUID owner, String name);

    Optional<Named> find(UUID id);

    /** The queries of an owner in the order they were made, after one of them. */
    List<Named> all(UUID owner, long after, int atMost);

    long countOf(UUID owner);

    /** Removes a query and all its subscriptions; false if there is none. */
    boolean remove(UUID owner, String name);

    void add(Subscription subscription);

    Optional<Subscription> findSubscription(UUID query, UUID id);

    /** The subscriptions of a query, oldest first. */
    List<Subscription> subscriptions(UUID query, int skip, int atMost);

    boolean removeSubscription(UUID query, UUID id);

    /** Whether anybody wants to hear of anything. */
    boolean hasSubscribers();

    /**
     * Takes subscriptions that are due, for a while: nobody else gets them until then.
     *
     * @param newest streams are due when they have not heard of it
     */
    List<Subscription> claim(Instant now, Instant until, long newest, int atMost);

    /** The subscriber has heard of everything up to a position. */
    void heard(UUID id, long position, Instant minRecordTime, @Nullable Instant notifiedAt);

    /** Done for now; it is due again at a time. */
    void release(UUID id, Instant next, int batch);

    /** It could not be told; it is tried again at a time. */
    void failed(UUID id, Instant next, String why, int batch);

    /**
     * A query with a name.
     *
     * @param owner the party, or the account of an official
     * @param account who made it
     * @param definition the query as JSON
     * @param made its place in the order
     */
    record Named(
            UUID id,
            UUID owner,
            UUID account,
            String name,
            String definition,
            long made,
            Instant createdAt) {}

    /**
     * Somebody to be told.
     *
     * @param account in whose sight events must be
     * @param dest where reports go
     * @param secret signs reports; null for unsigned ones
     * @param stream whether at once; else by schedule
     * @param epcFormat as the header GS1-EPC-Format puts it
     * @param initialTime events recorded before are not told
     * @param minRecordTime when it was asked last
     * @param position the subscriber has heard of everything up to it
     * @param batch events in one report at most
     */
    record Subscription(
            UUID id,
            UUID query,
            UUID account,
            String dest,
            @Nullable String secret,
            boolean stream,
            Map<String, String> schedule,
            boolean reportIfEmpty,
            String epcFormat,
            Instant initialTime,
            Instant minRecordTime,
            long position,
            int batch,
            Instant createdAt,
            Instant nextAt,
            int failures,
            @Nullable String lastFailure,
            @Nullable Instant lastNotifiedAt) {
        public Subscription {
            schedule = Map.copyOf(schedule);
        }
    }
}
