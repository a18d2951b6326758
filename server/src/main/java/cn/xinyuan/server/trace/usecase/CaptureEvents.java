package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureBook.Bearer;
import cn.xinyuan.server.trace.domain.CaptureBook.Before;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import cn.xinyuan.server.trace.domain.Mention;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
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

    /** Deliveries in one group from which on it is worth waiting for more. */
    private static final int MANY = 5;

    /** For how long the leader lets more come before it begins; the disk takes about as long. */
    private static final long GATHERING = 1_000_000;

    private final CaptureBook book;
    private final OwnGoods own;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;
    private final Clock clock;
    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private final ExecutorService leader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("capture-leader").factory());

    CaptureEvents(
            CaptureBook book, OwnGoods own, PlatformTransactionManager transactions, Clock clock) {
        this.book = book;
        this.own = own;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
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

    /** Captures a part of a document together with what else waits. */
    CaptureJob captureTogether(Delivery part) {
        waiting.add(part);
        lead();
        return part.await();
    }

    /**
     * Captures a document, part by part, in one transaction, while all others wait. It stops at the
     * first part that is refused, and nothing of the document stays.
     *
     * @param parts gives the parts in their order; they are written down by nobody but the caller
     * @return false when a part was refused
     */
    boolean captureWhole(Consumer<Consumer<Delivery>> parts, Runnable atTheEnd) {
        try {
            return leader.submit(() -> wholeInOne(parts, atTheEnd)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean wholeInOne(Consumer<Consumer<Delivery>> parts, Runnable atTheEnd) {
        try {
            transaction.executeWithoutResult(
                    _ -> {
                        parts.accept(
                                part -> {
                                    CaptureJob judged = judgedWithOurGoods(part);
                                    part.writeDown(book, judged);
                                    if (!judged.success()) {
                                        throw new Undone(judged);
                                    }
                                });
                        atTheEnd.run();
                    });
            return true;
        } catch (Undone undone) {
            book.forget();
            return false;
        } catch (RuntimeException | Error failed) {
            book.forget();
            throw failed;
        }
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
            if (group.size() >= MANY) {
                LockSupport.parkNanos(GATHERING);
            }
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
        try {
            Written written = written(group);
            written.jobs().forEach((delivery, job) -> delivery.done(job));
            written.ofOurGoods().forEach(this::workAlone);
        } catch (RuntimeException | Error failed) {
            book.forget();
            if (group.size() == 1) {
                group.getFirst().failed(failed);
            } else {
                group.forEach(one -> work(List.of(one)));
            }
        }
    }

    /** What became of a group; deliveries that speak of our own goods are left over. */
    private record Written(Map<Delivery, CaptureJob> jobs, List<Delivery> ofOurGoods) {}

    private Written written(List<Delivery> deliveries) {
        return inTransaction(
                () -> {
                    Before before = lookUp(deliveries);
                    CaptureGroup group = new CaptureGroup(book, before);
                    Map<Delivery, CaptureJob> jobs = new LinkedHashMap<>();
                    List<Delivery> ofOurGoods = new ArrayList<>();
                    OwnGoods.Watch watch = own.watch(before.ours());
                    List<CaptureJob> whole = new ArrayList<>(deliveries.size());
                    for (Delivery delivery : deliveries) {
                        if (delivery.candidates().stream()
                                .anyMatch(c -> watch.concerns(delivery.by(), c))) {
                            ofOurGoods.add(delivery);
                            continue;
                        }
                        CaptureJob job = group.judge(delivery, clock.instant());
                        jobs.put(delivery, job);
                        if (delivery.isWhole()) {
                            whole.add(job);
                        }
                    }
                    book.write(group.entries(), group.sightings(), group.lots(), whole);
                    jobs.forEach(
                            (delivery, job) -> {
                                if (!delivery.isWhole()) {
                                    delivery.writeDown(book, job);
                                }
                            });
                    return new Written(jobs, ofOurGoods);
                });
    }

    // ---- our own goods: the same commands as on the pages

    private void workAlone(Delivery delivery) {
        try {
            CaptureJob job =
                    inTransaction(
                            () -> {
                                CaptureJob judged = judgedWithOurGoods(delivery);
                                if (!judged.success() && !delivery.proceed()) {
                                    throw new Undone(judged);
                                }
                                delivery.writeDown(book, judged);
                                return judged;
                            });
            delivery.done(job);
        } catch (Undone undone) {
            book.forget();
            transaction.executeWithoutResult(_ -> delivery.writeDown(book, undone.job));
            delivery.done(undone.job);
        } catch (RuntimeException | Error failed) {
            book.forget();
            delivery.failed(failed);
        }
    }

    /** Rolls everything back of a delivery that is all or nothing. */
    private static final class Undone extends RuntimeException {
        private final transient CaptureJob job;

        Undone(CaptureJob job) {
            super("undone", null, false, false);
            this.job = job;
        }
    }

    /** Keeps what is a stranger's and carries out what is ours, within the present transaction. */
    private CaptureJob judgedWithOurGoods(Delivery delivery) {
        Before before = lookUp(List.of(delivery));
        OwnGoods.Watch watch = own.watch(before.ours());
        Set<Candidate> done = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Fault> faults = new ArrayList<>();
        int captured = 0;
        int repeated = 0;
        // what one event tells of a container may make an earlier one of the document ours
        for (int sizeBefore = -1; sizeBefore < done.size(); ) {
            sizeBefore = done.size();
            for (Candidate candidate : delivery.candidates()) {
                if (done.contains(candidate) || !watch.concerns(delivery.by(), candidate)) {
                    continue;
                }
                if (candidate.declaresError()
                        && before.events().getOrDefault(candidate.hash(), 0L) > 0) {
                    try {
                        savepoint.executeWithoutResult(_ -> own.forget(delivery.by(), candidate));
                    } catch (Refused no) {
                        done.add(candidate);
                        faults.add(refused(candidate, no.rule(), String.valueOf(no.getMessage())));
                    }
                    continue;
                }
                done.add(candidate);
                var known = candidate.declaresError() ? before.declarations() : before.events();
                if (known.containsKey(candidate.hash())) {
                    repeated++;
                } else if (!candidate.declaresError()
                        && before.bearers().containsKey(candidate.eventId())) {
                    faults.add(CaptureGroup.idTaken(candidate));
                } else {
                    try {
                        watch.add(carryOut(delivery, candidate));
                        known.put(candidate.hash(), 0L);
                        before.bearers().put(candidate.eventId(), new Bearer(true, 0));
                        captured++;
                    } catch (Refused no) {
                        faults.add(refused(candidate, no.rule(), String.valueOf(no.getMessage())));
                    } catch (Problems problems) {
                        problems.list()
                                .forEach(p -> faults.add(refused(candidate, p.field(), p.text())));
                    } catch (NotFound absent) {
                        faults.add(
                                refused(
                                        candidate,
                                        "not-yours",
                                        "你的主体名下没有它：" + absent.getMessage()));
                    }
                }
            }
        }
        CaptureGroup group = new CaptureGroup(book, before);
        CaptureJob others = group.judge(delivery.without(done), clock.instant());
        faults.addAll(others.errors());
        boolean undone = !faults.isEmpty() && !delivery.proceed();
        CaptureJob job =
                new CaptureJob(
                        others.id(),
                        others.createdAt(),
                        others.finishedAt(),
                        others.proceed(),
                        faults.isEmpty(),
                        undone ? 0 : others.captured() + captured,
                        undone ? 0 : others.repeated() + repeated,
                        undone ? 0 : others.unbalanced(),
                        faults,
                        undone ? List.of() : others.warnings(),
                        others.account(),
                        others.party());
        if (!undone) {
            book.write(group.entries(), group.sightings(), group.lots(), List.of());
        }
        return job;
    }

    /** Up to a savepoint, so that a refused act leaves the others of its delivery standing. */
    private List<String> carryOut(Delivery delivery, Candidate candidate) {
        List<String> made = savepoint.execute(_ -> own.carryOut(delivery.by(), candidate));
        return made == null ? List.of() : made;
    }

    private static Fault refused(Candidate candidate, String rule, String text) {
        return new Fault(
                "epcisException:ValidationException",
                "An act on goods of this platform is refused",
                409,
                rule + ": " + text,
                candidate.pointer());
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(_ -> work.get());
        if (result == null) {
            throw new IllegalStateException("nothing came back");
        }
        return result;
    }

    private Before lookUp(List<Delivery> deliveries) {
        int events = 0;
        Set<String> hashes = new HashSet<>();
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Delivery delivery : deliveries) {
            for (Candidate candidate : delivery.candidates()) {
                events++;
                hashes.add(candidate.hash());
                ids.add(candidate.eventId());
                for (Mention mention : candidate.mentions()) {
                    names.add(mention.name());
                }
            }
        }
        return book.lookUp(events, hashes, ids, names);
    }
}
