package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.Candidate;
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
import org.jspecify.annotations.NullMarked;

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
    private final String context;
    private final Context prefixes;
    private final Instant at;
    private final List<Item> items = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final CompletableFuture<CaptureJob> outcome = new CompletableFuture<>();

    private Delivery(
            UUID job, Visitor by, boolean proceed, String context, Context prefixes, Instant at) {
        this.job = job;
        this.by = by;
        this.proceed = proceed;
        this.context = context;
        this.prefixes = prefixes;
        this.at = at;
    }

    /**
     * Checks and hashes every event of a document.
     *
     * @throws Problems if the context cannot be kept
     */
    static Delivery of(UUID job, Visitor by, Reading reading, boolean proceed, Instant at) {
        String context = EpcisJson.text(reading.document().context().json());
        if (!Candidate.isWhole(context)) {
            throw Problems.of("@context", "有半个字符（孤立的代理项），请改用完整的 Unicode 字符。");
        }
        Context prefixes = reading.document().context();
        Delivery delivery = new Delivery(job, by, proceed, context, prefixes, at);
        for (EpcisProblem doubt : reading.warnings()) {
            delivery.doubts.add(new Doubt("", doubt.pointer(), doubt.text() + "; " + doubt.fix()));
        }
        for (Reading.Item item : reading.events()) {
            switch (item) {
                case Reading.Refused refused ->
                        refused.problems()
                                .forEach(p -> delivery.items.add(new Bad(Fault.invalid(p))));
                case Reading.Understood understood -> {
                    Candidate candidate = Candidate.of(understood, reading.document().context());
                    Fault fault = candidate.fault();
                    delivery.items.add(fault == null ? new Good(candidate) : new Bad(fault));
                }
            }
        }
        return delivery;
    }

    /** The same without these candidates. */
    Delivery without(Set<Candidate> some) {
        Delivery rest = new Delivery(job, by, proceed, context, prefixes, at);
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

    String context() {
        return context;
    }

    Context prefixes() {
        return prefixes;
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
