package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.scan.domain.Changes.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Remembers what was read from the database until a change touches it. What is being read while a
 * change arrives that touches it is answered once and not remembered. Of too many things those are
 * let go that were not asked for longest.
 */
final class Memory<K, V> {

    /** How long a scan waits for the database. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final int LOOKS = 1000;

    private final int most;
    private final BiPredicate<V, Look> touched;
    private final Map<K, Held<V>> held = new ConcurrentHashMap<>();
    private final Map<Reading<K>, CompletableFuture<V>> reading = new ConcurrentHashMap<>();
    private final Deque<Look> looks = new ArrayDeque<>();
    private volatile long generation;

    private static final class Held<V> {
        private final V value;
        private volatile long used;

        private Held(V value) {
            this.value = value;
            this.used = System.nanoTime();
        }
    }

    /** Who asks after a change does not join those who began to read before it. */
    private record Reading<K>(K key, long generation) {}

    /** The database did not answer in time, or not at all. */
    static final class Away extends RuntimeException {
        Away(@Nullable Throwable cause) {
            super("the database does not answer", cause);
        }
    }

    /**
     * @param touched whether a value may be another one after what a look saw
     */
    Memory(int most, BiPredicate<V, Look> touched) {
        this.most = most;
        this.touched = touched;
    }

    /** What is remembered, if anything is. */
    Optional<V> peek(K key) {
        return Optional.ofNullable(held.get(key)).map(h -> h.value);
    }

    /**
     * What is remembered, else what is read.
     *
     * @throws Away if the database does not answer in time
     */
    V get(K key, Supplier<V> read) {
        Held<V> known = held.get(key);
        if (known != null) {
            known.used = System.nanoTime();
            return known.value;
        }
        long now = generation;
        var mine = new CompletableFuture<V>();
        var ours = reading.putIfAbsent(new Reading<>(key, now), mine);
        if (ours == null) {
            Thread.ofVirtual().name("scan-reads").start(() -> read(key, now, read, mine));
            ours = mine;
        }
        return soon(ours);
    }

    /**
     * What is being read, if it comes in time.
     *
     * @throws Away if the database does not answer in time; any other failure flies
     */
    static <T> T soon(CompletableFuture<T> coming) {
        return soon(coming, PATIENCE);
    }

    static <T> T soon(CompletableFuture<T> coming, Duration patience) {
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Away(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed
                    && !(failed instanceof DataAccessException)
                    && !(failed instanceof TransactionException)) {
                throw failed;
            }
            throw new Away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Away(e);
        }
    }

    private void read(K key, long began, Supplier<V> read, CompletableFuture<V> to) {
        try {
            V value = read.get();
            keep(key, value, began);
            reading.remove(new Reading<>(key, began));
            to.complete(value);
        } catch (Throwable failed) {
            reading.remove(new Reading<>(key, began));
            to.completeExceptionally(failed);
        }
    }

    private synchronized void keep(K key, V value, long began) {
        long missed = generation - began;
        if (missed <= looks.size()
                && looks.stream().limit(missed).noneMatch(l -> touched.test(value, l))) {
            held.put(key, new Held<>(value));
            if (held.size() > most) {
                letGo();
            }
        }
    }

    private void letGo() {
        held.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> e.getValue().used))
                .limit(Math.max(1, held.size() - most * 9L / 10))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(held::remove);
    }

    /** Forgets what a look touches; everything for null. */
    synchronized void forget(@Nullable Look look) {
        if (look == null) {
            generation += LOOKS + 1;
            looks.clear();
            held.clear();
            return;
        }
        looks.addFirst(look);
        if (looks.size() > LOOKS) {
            looks.removeLast();
        }
        generation++;
        held.values().removeIf(h -> touched.test(h.value, look));
    }

    /** Forgets one thing. */
    synchronized void forgetOne(K key) {
        held.remove(key);
    }

    int size() {
        return held.size();
    }
}
