package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.scan.Scans.Ruling;
import cn.xinyuan.server.scan.domain.Changes.Look;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory, read from the database a sheet of {@value #SERIALS} neighbouring serials at a
 * time: a code that was never scanned takes no memory and, after the first of its neighbours, no
 * query. A sheet with scans that are not in the database yet stays; of the others those go that
 * were not asked for longest.
 */
final class Sheets {

    static final int SERIALS = 16_384;

    private final Tally tally;
    private final int most;
    private final Map<Key, Sheet> held = new ConcurrentHashMap<>();
    private final Map<Key, CompletableFuture<Sheet>> reading = new ConcurrentHashMap<>();

    /** Grows when scans were counted of which no sheet knew. */
    private final AtomicLong strangers = new AtomicLong();

    private record Key(long batch, long first) {
        static Key of(long batch, long serial) {
            return new Key(batch, serial - serial % SERIALS);
        }
    }

    /** One code; guarded by its sheet. */
    private static final class Count {
        private long scans;
        private @Nullable Instant first;
        private @Nullable String firstRegion;
        private @Nullable String evidence;
        private Ruling.@Nullable As ruledAs;
        private @Nullable Instant ruledAt;
        private int pending;

        private @Nullable Counted shown() {
            return first == null
                    ? null
                    : new Counted(scans, first, firstRegion, evidence, ruledAs, ruledAt);
        }
    }

    private static final class Sheet {
        private final Map<Integer, Count> counts = new HashMap<>();
        private int pending;
        private volatile boolean marksChanged;
        private volatile long used = System.nanoTime();

        private synchronized int size() {
            return counts.size() + 4;
        }

        private synchronized boolean waits() {
            return pending > 0;
        }
    }

    /**
     * @param most codes to remember
     */
    Sheets(Tally tally, int most) {
        this.tally = tally;
        this.most = most;
    }

    /**
     * The scans of a code; empty before the first.
     *
     * @throws Memory.Away if the database does not answer
     */
    Optional<Counted> counted(long batch, long serial) {
        Key key = Key.of(batch, serial);
        Sheet sheet = sheet(key);
        synchronized (sheet) {
            return Optional.ofNullable(sheet.counts.get((int) (serial - key.first())))
                    .map(Count::shown);
        }
    }

    /**
     * Counts a scan that is in the log.
     *
     * @return the scans before it
     * @throws Memory.Away if the database does not answer; the scan is counted from the log later
     */
    Optional<Counted> scanned(long batch, long serial, Instant at, String region) {
        Key key = Key.of(batch, serial);
        Sheet sheet = sheet(key);
        synchronized (sheet) {
            Count count =
                    sheet.counts.computeIfAbsent((int) (serial - key.first()), n -> new Count());
            Optional<Counted> before =
                    count.scans == 0 && count.evidence == null
                            ? Optional.empty()
                            : Optional.ofNullable(count.shown());
            count.scans++;
            count.pending++;
            sheet.pending++;
            if (count.first == null || count.scans == 1) {
                count.first = at;
                count.firstRegion = region.isEmpty() ? null : region;
            }
            return before;
        }
    }

    /** Some scans of a code are in the database now. */
    void settled(long batch, long serial, int scans) {
        Key key = Key.of(batch, serial);
        Sheet sheet = held.get(key);
        if (sheet == null) {
            strangers.incrementAndGet();
            return;
        }
        synchronized (sheet) {
            Count count = sheet.counts.get((int) (serial - key.first()));
            int known = count == null ? 0 : Math.min(scans, count.pending);
            if (count != null) {
                count.pending -= known;
                sheet.pending -= known;
                count.scans += scans - known;
            }
            if (known < scans && count == null) {
                strangers.incrementAndGet();
                if (sheet.pending == 0) {
                    held.remove(key);
                }
            }
        }
    }

    private Sheet sheet(Key key) {
        Sheet sheet = held.get(key);
        if (sheet == null) {
            sheet = soon(key, () -> read(key));
        }
        sheet.used = System.nanoTime();
        // who joins a reading that began before the change reads once more
        for (int n = 0; sheet.marksChanged && n < 3; n++) {
            Sheet known = sheet;
            soon(key, () -> marked(key, known));
        }
        return sheet;
    }

    private Sheet soon(Key key, Supplier<Sheet> read) {
        var mine = new CompletableFuture<Sheet>();
        var ours = reading.putIfAbsent(key, mine);
        if (ours == null) {
            ours = mine;
            Thread.ofVirtual()
                    .name("scan-reads-counts")
                    .start(
                            () -> {
                                try {
                                    Sheet sheet = read.get();
                                    reading.remove(key);
                                    mine.complete(sheet);
                                } catch (Throwable failed) {
                                    reading.remove(key);
                                    mine.completeExceptionally(failed);
                                }
                            });
        }
        return Memory.soon(ours);
    }

    private Sheet read(Key key) {
        Sheet already = held.get(key);
        if (already != null) {
            return already;
        }
        for (int again = 0; ; again++) {
            long before = strangers.get();
            var sheet = new Sheet();
            tally.counted(key.batch(), key.first(), SERIALS)
                    .forEach(
                            (serial, known) ->
                                    sheet.counts.put((int) (serial - key.first()), count(known)));
            if (before == strangers.get() || again == 3) {
                // a mark may have been set while it was read
                sheet.marksChanged = before != strangers.get();
                held.put(key, sheet);
                return sheet;
            }
        }
    }

    private Sheet marked(Key key, Sheet sheet) {
        sheet.marksChanged = false;
        Map<Long, Counted> marks = tally.marked(key.batch(), key.first(), SERIALS);
        synchronized (sheet) {
            sheet.counts.forEach(
                    (n, count) -> {
                        Counted mark = marks.get(key.first() + n);
                        count.evidence = mark == null ? null : mark.evidence();
                        count.ruledAs = mark == null ? null : mark.ruledAs();
                        count.ruledAt = mark == null ? null : mark.ruledAt();
                    });
        }
        return sheet;
    }

    private static Count count(Counted known) {
        var count = new Count();
        count.scans = known.scans();
        count.first = known.first();
        count.firstRegion = known.firstRegion();
        count.evidence = known.evidence();
        count.ruledAs = known.ruledAs();
        count.ruledAt = known.ruledAt();
        return count;
    }

    /** Marks or rulings may have changed; null for anywhere. */
    void changed(@Nullable Look look) {
        held.forEach(
                (key, sheet) -> {
                    if (look == null || look.batches().contains(key.batch())) {
                        sheet.marksChanged = true;
                    }
                });
        if (look == null || !look.batches().isEmpty()) {
            // what is being read now may have missed it
            strangers.incrementAndGet();
        }
    }

    /** Lets sheets go when there are too many. */
    void letGo() {
        long size = held.values().stream().mapToLong(Sheet::size).sum();
        if (size <= most) {
            return;
        }
        long left = size - most * 9L / 10;
        var oldest =
                held.entrySet().stream()
                        .sorted(Comparator.comparingLong(e -> e.getValue().used))
                        .toList();
        for (var entry : oldest) {
            Sheet sheet = entry.getValue();
            if (left <= 0) {
                return;
            }
            if (!sheet.waits()) {
                left -= sheet.size();
                held.remove(entry.getKey());
            }
        }
    }
}
