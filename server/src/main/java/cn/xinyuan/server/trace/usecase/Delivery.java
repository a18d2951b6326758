package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CaptureJob.Doubt;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A document on its way in, checked and hashed, and what is to be said about it when it is in. */
@NullMarked
final class Delivery {

    /** Either {@code candidate} or {@code faults} says something. */
    private sealed interface Item {}

    private record Good(Candidate candidate) implements Item {}

    private record Bad(Fault fault) implements Item {}

    private final UUID job;
    private final Visitor by;
    private final boolean proceed;
    private final @Nullable BiConsumer<CaptureBook, CaptureJob> writesDown;
    private @Nullable Context lastContext;
    private String lastText = "";
    private final Instant at;
    private final List<Item> items = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final CompletableFuture<CaptureJob> outcome = new CompletableFuture<>();

    private Delivery(
            UUID job,
            Visitor by,
            boolean proceed,
            Instant at,
            @Nullable BiConsumer<CaptureBook, CaptureJob> writesDown) {
        this.job = job;
        this.by = by;
        this.proceed = proceed;
        this.at = at;
        this.writesDown = writesDown;
    }

    /**
     * Checks and hashes every event of a document.
     *
     * @throws Problems if the context cannot be kept
     */
    static Delivery of(UUID job, Visitor by, Reading reading, boolean proceed, Instant at) {
        Delivery delivery = new Delivery(job, by, proceed, at, null);
        for (EpcisProblem doubt : reading.warnings()) {
            delivery.doubts.add(new Doubt("", doubt.pointer(), doubt.text() + "; " + doubt.fix()));
        }
        for (Reading.Item item : reading.events()) {
            delivery.add(item, reading.document().context());
        }
        return delivery;
    }

    /**
     * A part of a document, to be filled; its good events are kept although others are refused.
     *
     * @param writesDown how far the job has come, in the transaction that keeps the events
     */
    static Delivery part(
            UUID job,
            Visitor by,
            boolean proceed,
            Instant at,
            BiConsumer<CaptureBook, CaptureJob> writesDown) {
        return new Delivery(job, by, proceed, at, writesDown);
    }

    /**
     * Checks and hashes one event more.
     *
     * @throws Problems if the context cannot be kept
     */
    void add(Reading.Item item, Context context) {
        if (context != lastContext) {
            String text = EpcisJson.text(context.json());
            if (!Candidate.isWhole(text)) {
                throw Problems.of("@context", "有半个字符（孤立的代理项），请改用完整的 Unicode 字符。");
            }
            lastContext = context;
            lastText = text;
        }
        switch (item) {
            case Reading.Refused refused ->
                    refused.problems().forEach(p -> items.add(new Bad(Fault.invalid(p))));
            case Reading.Understood understood -> {
                Candidate candidate = Candidate.of(understood, context, lastText);
                Fault fault = candidate.fault();
                items.add(fault == null ? new Good(candidate) : new Bad(fault));
            }
        }
    }

    /** Writes the job down, in the transaction that keeps the events. */
    void writeDown(CaptureBook book, CaptureJob done) {
        if (writesDown == null) {
            book.finish(done);
        } else {
            writesDown.accept(book, done);
        }
    }

    /** Whether the job is written down like all others, with its group. */
    boolean isWhole() {
        return writesDown == null;
    }

    /** The same without these candidates. */
    Delivery without(Set<Candidate> some) {
        Delivery rest = new Delivery(job, by, proceed, at, writesDown);
        rest.doubts.addAll(doubts);
        for (Item item : items) {
            if (!(item instanceof Good(Candidate candidate) && some.contains(candidate))) {
                rest.items.add(item);
            }
        }
        return rest;
    }

    UUID job() {
        return job;
    }

    Visitor by() {
        return by;
    }

    boolean proceed() {
        return proceed;
    }

    Instant at() {
        return at;
    }

    List<Doubt> doubts() {
        return doubts;
    }

    int size() {
        return items.size();
    }

    List<Candidate> candidates() {
        List<Candidate> good = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Good(Candidate candidate)) {
                good.add(candidate);
            }
        }
        return good;
    }

    List<Fault> faults() {
        List<Fault> bad = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Bad(Fault fault)) {
                bad.add(fault);
            }
        }
        return bad;
    }

    void done(CaptureJob finished) {
        outcome.complete(finished);
    }

    void failed(Throwable why) {
        outcome.completeExceptionally(why);
    }

    /** Waits until the document is in, or was refused, durably. */
    CaptureJob await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }
}
