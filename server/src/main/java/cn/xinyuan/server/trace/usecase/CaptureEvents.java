package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureBook.Before;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.Mention;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in EPCIS events. Each delivery is read, checked and hashed by whoever brings it, side by
 * side; then one leader takes all that wait, judges them in their order, writes them in one
 * transaction and tells everybody. So a hundred deliveries wait for the disk once. When the
 * database refuses a group, its deliveries are tried one by one.
 */
@NullMarked
@Component
public class CaptureEvents implements DisposableBean {

    /** Events judged and written in one transaction, unless a single delivery has more. */
    private static final int MOST_TOGETHER = 2_000;

    private final CaptureBook book;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private final ExecutorService leader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("capture-leader").factory());

    CaptureEvents(CaptureBook book, TransactionTemplate transaction, Clock clock) {
        this.book = book;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Captures a document that was read; returns when it is durable.
     *
     * @param proceed keeps the good events although others are refused; else all or nothing
     */
    public CaptureJob capture(Visitor by, Reading reading, boolean proceed) {
        Delivery delivery = Delivery.of(UUID.randomUUID(), by, reading, proceed, clock.instant());
        waiting.add(delivery);
        lead();
        return delivery.await();
    }

    @Override
    public void destroy() {
        leader.shutdownNow();
    }

    private void lead() {
        if (led.compareAndSet(false, true)) {
            leader.execute(this::leadOn);
        }
    }

    private void leadOn() {
        List<Delivery> group = together();
        while (!group.isEmpty()) {
            work(group);
            group = together();
        }
        led.set(false);
        if (!waiting.isEmpty()) {
            lead();
        }
    }

    private List<Delivery> together() {
        List<Delivery> group = new ArrayList<>();
        int events = 0;
        for (Delivery next = waiting.peek(); next != null; next = waiting.peek()) {
            if (!group.isEmpty() && events + next.size() > MOST_TOGETHER) {
                break;
            }
            events += next.size();
            group.add(waiting.remove());
        }
        return group;
    }

    private void work(List<Delivery> group) {
        List<CaptureJob> jobs;
        try {
            jobs = written(group);
        } catch (RuntimeException | Error failed) {
            book.forget();
            if (group.size() == 1) {
                group.getFirst().failed(failed);
            } else {
                group.forEach(one -> work(List.of(one)));
            }
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done(jobs.get(i));
        }
    }

    private List<CaptureJob> written(List<Delivery> deliveries) {
        List<CaptureJob> jobs =
                transaction.execute(
                        _ -> {
                            CaptureGroup group = new CaptureGroup(book, lookUp(deliveries));
                            List<CaptureJob> judged = new ArrayList<>(deliveries.size());
                            for (Delivery delivery : deliveries) {
                                judged.add(group.judge(delivery, clock.instant()));
                            }
                            book.write(group.entries(), group.sightings(), group.lots());
                            book.finish(judged);
                            return judged;
                        });
        if (jobs == null) {
            throw new IllegalStateException("no jobs");
        }
        return jobs;
    }

    private Before lookUp(List<Delivery> deliveries) {
        Set<String> hashes = new HashSet<>();
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Delivery delivery : deliveries) {
            for (Candidate candidate : delivery.candidates()) {
                hashes.add(candidate.hash());
                ids.add(candidate.eventId());
                for (Mention mention : candidate.mentions()) {
                    names.add(mention.name());
                }
            }
        }
        return book.lookUp(hashes, ids, names);
    }
}
