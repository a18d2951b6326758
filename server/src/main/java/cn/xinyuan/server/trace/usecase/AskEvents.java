package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.epcis.query.SimpleEventQuery.Order;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EventArchive;
import cn.xinyuan.server.trace.domain.EventArchive.Cursor;
import cn.xinyuan.server.trace.domain.EventArchive.Found;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What may be asked of events (EPCIS 2.0, 8.2), each asker within its sight. */
@NullMarked
@Component
public class AskEvents {

    private final EventArchive archive;
    private final EventsInSight sight;
    private final DrawFacts facts;
    private final TransactionTemplate reading;

    AskEvents(
            EventArchive archive,
            EventsInSight sight,
            DrawFacts facts,
            PlatformTransactionManager transactions) {
        this.archive = archive;
        this.sight = sight;
        this.facts = facts;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** More events than the asker allowed (EPCIS 2.0, 8.2.6). */
    public static final class QueryTooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        QueryTooLarge(int most) {
            super("the query finds more than " + most + " events");
        }
    }

    /**
     * A page of an answer.
     *
     * @param next where the next page begins; null for the last page
     */
    public record Page(List<Stored> events, @Nullable Cursor next) {}

    /**
     * A page of events.
     *
     * @param told events of earlier pages, which count for {@code eventCountLimit}
     * @throws QueryTooLarge if there are more than {@code maxEventCount}
     */
    public Page page(Visitor by, SimpleEventQuery query, Cursor after, long told, int perPage) {
        facts.catchUp();
        return within(() -> page(sight.of(by), query, after, told, perPage));
    }

    /** Events that became visible after a position, oldest first; none before they are. */
    public List<Stored> since(Visitor by, SimpleEventQuery query, long position, int atMost) {
        return within(
                () ->
                        archive
                                .query(
                                        query,
                                        sight.of(by),
                                        new Cursor(position, null, Long.MAX_VALUE, 0),
                                        atMost)
                                .stream()
                                .map(Found::event)
                                .toList());
    }

    /** The position of the newest event that can be found now. */
    public long newest() {
        facts.catchUp();
        return within(archive::newest);
    }

    private Page page(View view, SimpleEventQuery query, Cursor after, long told, int perPage) {
        Integer most = query.maxEventCount();
        if (most != null && archive.count(query, view, most + 1) > most) {
            throw new QueryTooLarge(most);
        }
        Order order = query.order();
        Cursor from =
                order != null && after.ceiling() == Long.MAX_VALUE
                        ? new Cursor(0, null, archive.newest(), 0)
                        : after;
        Integer limit = query.eventCountLimit();
        long left = limit == null ? Long.MAX_VALUE : limit - told;
        int atMost = (int) Math.min(perPage + 1L, left);
        if (atMost <= 0) {
            return new Page(List.of(), null);
        }
        List<Found> found = archive.query(query, view, from, atMost);
        boolean more = found.size() > perPage;
        List<Found> page = more ? found.subList(0, perPage) : found;
        return new Page(
                page.stream().map(Found::event).toList(),
                more ? next(order, from, page.getLast(), perPage) : null);
    }

    private static Cursor next(@Nullable Order order, Cursor from, Found last, int told) {
        boolean sortedByField = order != null && order.by() == Order.By.FIELD;
        return new Cursor(
                last.event().seq(),
                order == null || sortedByField
                        ? null
                        : order.by() == Order.By.EVENT_TIME
                                ? last.eventTime()
                                : last.event().recordTime(),
                from.ceiling(),
                sortedByField ? from.skip() + told : 0);
    }

    public Optional<Stored> event(Visitor by, String eventIdOrHash) {
        facts.catchUp();
        return within(() -> archive.find(eventIdOrHash, sight.of(by)));
    }

    /** Values of a kind that events in sight bear, in order, after one of them. */
    public List<String> values(
            Visitor by, String kind, List<String> fields, String after, int atMost) {
        facts.catchUp();
        return within(() -> archive.values(kind, fields, sight.of(by), after, atMost));
    }

    /** Whether an event in sight answers a query. */
    public boolean any(Visitor by, SimpleEventQuery query) {
        facts.catchUp();
        return within(() -> archive.count(query, sight.of(by), 1) > 0);
    }

    private <T> T within(Supplier<T> ask) {
        T answer = reading.execute(_ -> ask.get());
        if (answer == null) {
            throw new IllegalStateException("an answer is never null");
        }
        return answer;
    }
}
