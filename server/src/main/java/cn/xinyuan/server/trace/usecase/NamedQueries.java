package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.epcis.query.QueryRefused;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Schedule;
import cn.xinyuan.server.trace.domain.StandingQueries;
import cn.xinyuan.server.trace.domain.StandingQueries.Named;
import cn.xinyuan.server.trace.domain.StandingQueries.Subscription;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Named queries (EPCIS 2.0, 8.2.5), each its owner's alone: the party's, or an official's own. Who
 * subscribes is told of the events in his sight on the day they are told.
 */
@NullMarked
@Component
public class NamedQueries {

    /** Queries that one owner may name. */
    public static final int MOST_QUERIES = 500;

    /** Subscriptions of one query. */
    public static final int MOST_SUBSCRIPTIONS = 50;

    private static final int BATCH = 100;

    private final StandingQueries book;
    private final AskEvents ask;
    private final WebhookGate gate;
    private final Clock clock;

    NamedQueries(StandingQueries book, AskEvents ask, WebhookGate gate, Clock clock) {
        this.book = book;
        this.ask = ask;
        this.gate = gate;
        this.clock = clock;
    }

    /** An impossible wish, by the name of its exception in the standard. */
    public static final class NotPossible extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String exception;

        NotPossible(String exception, String why) {
            super(why);
            this.exception = exception;
        }

        /** The standard's name, such as {@code SubscriptionControlsException}. */
        public String exception() {
            return exception;
        }
    }

    /**
     * How somebody wants to be told.
     *
     * @param schedule fields of the schedule; empty when {@code stream}
     * @param initial events recorded before are not told; null for now
     */
    public record Wish(
            String dest,
            @Nullable String secret,
            boolean stream,
            Map<String, String> schedule,
            boolean reportIfEmpty,
            @Nullable Instant initial,
            String epcFormat) {}

    /**
     * Names a query.
     *
     * @param definition the query as JSON object, read before by {@link #read}
     * @return false if the owner has one of this name already
     */
    public boolean name(Visitor by, String name, JsonNode definition) throws QueryRefused {
        read(definition);
        if (book.countOf(owner(by)) >= MOST_QUERIES) {
            throw new NotPossible(
                    "ValidationException",
                    "you have " + MOST_QUERIES + " named queries; delete one that is not needed");
        }
        return book.add(
                new Named(
                        UUID.randomUUID(),
                        owner(by),
                        by.account(),
                        name,
                        EpcisJson.text(definition),
                        0,
                        now()));
    }

    /** Reads a query in its JSON form (query-schema.json of the standard). */
    public static SimpleEventQuery read(JsonNode definition) throws QueryRefused {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        definition.forEachEntry(
                (name, value) -> {
                    if (!name.equals("@context")) {
                        List<String> values = new ArrayList<>();
                        if (value.isArray()) {
                            value.forEach(each -> values.add(text(each)));
                        } else {
                            values.add(text(value));
                        }
                        asked.put(name, values);
                    }
                });
        return SimpleEventQuery.read(
                asked, Names.of(new Context(definition.path("@context")).prefixes()));
    }

    private static String text(JsonNode value) {
        return value.isNull()
                ? "null"
                : value.isNumber()
                        ? value.decimalValue().toPlainString()
                        : value.isValueNode() ? value.asString() : value.toString();
    }

    /** The query of a definition that was kept. */
    public static SimpleEventQuery query(Named named) {
        try {
            return read(json(named));
        } catch (QueryRefused e) {
            throw new IllegalStateException("was understood when it was kept", e);
        }
    }

    /** A definition that was kept, as JSON. */
    public static JsonNode json(Named named) {
        try {
            return EpcisJson.parse(named.definition().getBytes(UTF_8));
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }

    public Optional<Named> find(Visitor by, String name) {
        return name.indexOf('\0') >= 0 ? Optional.empty() : book.find(owner(by), name);
    }

    public List<Named> all(Visitor by, long after, int atMost) {
        return book.all(owner(by), after, atMost);
    }

    /** Removes a query and ends its subscriptions; false if there is none. */
    public boolean remove(Visitor by, String name) {
        return name.indexOf('\0') < 0 && book.remove(owner(by), name);
    }

    /**
     * Subscribes to a query.
     *
     * @throws NotPossible if it cannot be told so
     */
    public Subscription subscribe(Visitor by, Named query, Wish wish) {
        standing(query(query));
        if (wish.stream() != wish.schedule().isEmpty()) {
            throw new NotPossible(
                    "SubscriptionControlsException",
                    "give either stream: true or a schedule, and not both");
        }
        Instant now = now();
        Instant next = wish.stream() ? now : next(wish.schedule(), now);
        try {
            gate.resolve(URI.create(wish.dest()));
        } catch (IllegalArgumentException | WebhookGate.Shut no) {
            throw new NotPossible("ValidationException", "dest cannot be used: " + no.getMessage());
        }
        if (book.subscriptions(query.id(), 0, MOST_SUBSCRIPTIONS).size() >= MOST_SUBSCRIPTIONS) {
            throw new NotPossible(
                    "SubscriptionControlsException",
                    "the query has " + MOST_SUBSCRIPTIONS + " subscriptions; delete one");
        }
        Instant initial = wish.initial();
        Subscription made =
                new Subscription(
                        UUID.randomUUID(),
                        query.id(),
                        by.account(),
                        wish.dest(),
                        wish.secret(),
                        wish.stream(),
                        wish.schedule(),
                        wish.reportIfEmpty(),
                        wish.epcFormat(),
                        initial == null ? Instant.EPOCH : initial,
                        initial == null ? now : initial,
                        start(initial),
                        BATCH,
                        now,
                        next,
                        0,
                        null,
                        null);
        book.add(made);
        return made;
    }

    /** From where a subscriber hears: from now on, or from the beginning when he gave a time. */
    public long start(@Nullable Instant initial) {
        return initial == null ? ask.newest() : 0;
    }

    /**
     * The next time of a schedule.
     *
     * @throws NotPossible if it has none
     */
    public static Instant next(Map<String, String> schedule, Instant after) {
        try {
            return Schedule.read(schedule)
                    .next(after, cn.xinyuan.server.pages.ChinaTime.ZONE)
                    .orElseThrow(
                            () ->
                                    new NotPossible(
                                            "SubscriptionControlsException",
                                            "the schedule names a day that never comes"));
        } catch (IllegalArgumentException wrong) {
            throw new NotPossible(
                    "SubscriptionControlsException", String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * @throws NotPossible if the query orders or counts its answers, which a standing one has none
     *     of
     */
    public static void standing(SimpleEventQuery query) {
        if (query.order() != null
                || query.eventCountLimit() != null
                || query.maxEventCount() != null) {
            throw new NotPossible(
                    "SubscriptionControlsException",
                    "a query with orderBy, eventCountLimit or maxEventCount cannot be subscribed"
                            + " to; name one without them");
        }
    }

    /**
     * @throws NotFound if the query has none of this id
     */
    public Subscription subscription(Named query, UUID id) {
        return book.findSubscription(query.id(), id)
                .orElseThrow(() -> new NotFound("there is no such subscription"));
    }

    public List<Subscription> subscriptions(Named query, int skip, int atMost) {
        return book.subscriptions(query.id(), skip, atMost);
    }

    public boolean unsubscribe(Named query, UUID id) {
        return book.removeSubscription(query.id(), id);
    }

    /** Whether a query is still there, for whoever listens to it. */
    public Optional<Named> stillThere(UUID id) {
        return book.find(id);
    }

    private static UUID owner(Visitor by) {
        UUID party = by.party();
        return party == null ? by.account() : party;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
