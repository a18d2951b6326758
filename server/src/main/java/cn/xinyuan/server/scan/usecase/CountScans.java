package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.Regions;
import cn.xinyuan.server.scan.domain.ScanLog;
import cn.xinyuan.server.scan.domain.ScanLog.Next;
import cn.xinyuan.server.scan.domain.ScanLog.Scan;
import cn.xinyuan.server.scan.domain.Story;
import cn.xinyuan.server.scan.domain.Suspicion;
import cn.xinyuan.server.scan.domain.Suspicion.Seen;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.Tally.Day;
import cn.xinyuan.server.scan.domain.Tally.Known;
import cn.xinyuan.server.scan.domain.Tally.Place;
import cn.xinyuan.server.scan.domain.Trail;
import cn.xinyuan.server.scan.domain.Trail.Sighting;
import cn.xinyuan.server.scan.events.CodeSuspicious;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts scans. A scan is <em>acknowledged</em> when its answer, which shows the count, leaves the
 * node. Before that it was appended to the {@link ScanLog}: killing the program loses nothing that
 * was acknowledged. The log is forced to disk within {@value #FORCE_MILLIS} ms and the time that
 * takes, so a power cut loses at most the scans of that moment. From the log scans are counted in
 * the database a moment later, each exactly once, since the place up to which the log was counted
 * is written in the same transaction; after a start whatever is left in the log is counted first.
 *
 * <p>The answer never waits for the database or for the disk.
 */
@Component
public class CountScans implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CountScans.class);

    static final long FORCE_MILLIS = 2;
    private static final long COUNT_MILLIS = 250;
    private static final int AT_ONCE = 4_000;
    private static final long COUNT = 160;

    private final Tally tally;
    private final ScanLog log;
    private final Codes codes;
    private final Parties parties;
    private final Freshness fresh;
    private final Commits commits;
    private final ObjectProvider<LookUp> lookUp;
    private final ApplicationEventPublisher events;
    private final Suspicion suspicion;
    private final Regions regions;
    private final TransactionTemplate transaction;
    private final Sheets sheets;
    private final Map<LocalDate, byte[]> salts = new ConcurrentHashMap<>();
    private final byte[] ownSalt = new byte[16];
    private final ReentrantLock counting = new ReentrantLock();
    private final Map<String, Long> done = new HashMap<>();
    private final Timings behind = new Timings();
    private final AtomicLong unlogged = new AtomicLong();
    private final AtomicLong oldestUnforced = new AtomicLong();
    private volatile boolean running;
    private volatile @Nullable Thread forcer;
    private volatile @Nullable Thread counter;
    private LocalDate forgotten = LocalDate.EPOCH;

    CountScans(
            Tally tally,
            ScanLog log,
            Codes codes,
            Parties parties,
            Freshness fresh,
            Commits commits,
            ObjectProvider<LookUp> lookUp,
            ApplicationEventPublisher events,
            Regions regions,
            PlatformTransactionManager transactions,
            @Value("${xinyuan.scan.regions-in-a-day:4}") int regionsInADay,
            @Value("${xinyuan.scan.readers-in-a-day:80}") int readers,
            @Value("${xinyuan.scan.readers-in-ten-minutes:30}") int burst) {
        this.tally = tally;
        this.log = log;
        this.codes = codes;
        this.parties = parties;
        this.fresh = fresh;
        this.commits = commits;
        this.lookUp = lookUp;
        this.events = events;
        this.regions = regions;
        this.suspicion = new Suspicion(regionsInADay, readers, burst);
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setName(Commits.COUNTING);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.sheets =
                new Sheets(
                        tally,
                        (int) Math.max(50_000, Runtime.getRuntime().maxMemory() / 8 / COUNT));
        new SecureRandom().nextBytes(ownSalt);
        fresh.tell(sheets::changed);
    }

    /**
     * The scans of a genuine code so far; empty before the first.
     *
     * @throws Memory.Away if the database does not answer in time
     */
    Optional<Counted> counted(Tag tag) {
        return sheets.counted(tag.batch(), tag.serial());
    }

    /**
     * Counts a scan of a genuine code; when this returns, killing the program loses it no more.
     *
     * @return the scans before this one; empty if there was none, or if the database is away
     */
    public Optional<Counted> scanned(Tag tag, @Nullable String region, String reader, Instant at) {
        String coarse = coarse(region);
        append(tag, coarse, reader, at);
        if (fresh.isAway()) {
            return Optional.empty();
        }
        try {
            return sheets.scanned(tag.batch(), tag.serial(), at, coarse);
        } catch (Memory.Away away) {
            return Optional.empty();
        }
    }

    private void append(Tag tag, String region, String reader, Instant at) {
        try {
            log.append(
                    new Scan(
                            tag.batch(),
                            tag.serial(),
                            at.toEpochMilli(),
                            region,
                            token(reader, ChinaTime.day(at))));
            if (oldestUnforced.compareAndSet(0, System.nanoTime())) {
                LockSupport.unpark(forcer);
            }
        } catch (IOException failed) {
            if (unlogged.getAndIncrement() % 10_000 == 0) {
                LOG.error("scans go uncounted: the scan log cannot be written", failed);
            }
        }
    }

    /** Counts a scan in the database before it returns. */
    public void now(Tag tag, @Nullable String region, String reader, Instant at) {
        counting.lock();
        try {
            append(tag, coarse(region), reader, at);
            count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            counting.unlock();
        }
    }

    /** Counts what is in the log; the scans that are appended meanwhile may wait for the next. */
    void count() throws IOException {
        counting.lock();
        try {
            for (Next next = next(); !next.scans().isEmpty() || next.end() > 0; next = next()) {
                count(next);
            }
            for (String piece : log.tidy(p -> done.getOrDefault(p, 0L))) {
                tally.closed(piece);
                done.remove(piece);
            }
            sheets.letGo();
        } finally {
            counting.unlock();
        }
    }

    private Next next() throws IOException {
        return log.next(piece -> done.getOrDefault(piece, 0L), AT_ONCE);
    }

    private void count(Next next) {
        Map<Place, Map<LocalDate, List<Scan>>> scans =
                new TreeMap<>(
                        Comparator.comparingLong(Place::batch).thenComparingLong(Place::serial));
        Instant last = Instant.EPOCH;
        for (Scan scan : next.scans()) {
            Instant at = Instant.ofEpochMilli(scan.millis());
            last = at.isAfter(last) ? at : last;
            scans.computeIfAbsent(new Place(scan.batch(), scan.serial()), p -> new TreeMap<>())
                    .computeIfAbsent(ChinaTime.day(at), d -> new ArrayList<>())
                    .add(scan);
        }
        Instant at = last;
        Boolean marked =
                transaction.execute(
                        status -> {
                            boolean any = !scans.isEmpty() && write(scans);
                            tally.done(next.piece(), next.end(), at);
                            return any;
                        });
        done.put(next.piece(), next.end());
        scans.forEach(
                (place, days) ->
                        sheets.settled(
                                place.batch(),
                                place.serial(),
                                days.values().stream().mapToInt(List::size).sum()));
        if (Boolean.TRUE.equals(marked)) {
            commits.one();
        }
        forget(at);
    }

    /** Whether a mark was set or renewed. */
    private boolean write(Map<Place, Map<LocalDate, List<Scan>>> scans) {
        LocalDate from =
                scans.values().stream()
                        .flatMap(d -> d.keySet().stream())
                        .min(Comparator.naturalOrder())
                        .orElseThrow()
                        .minusDays(1);
        var known = new HashMap<Place, Known>();
        tally.known(scans.keySet(), from).forEach(k -> known.put(k.place(), k));
        var added = new ArrayList<Day>();
        boolean marked = false;
        for (var entry : scans.entrySet()) {
            Place place = entry.getKey();
            Known before = known.getOrDefault(place, new Known(place, List.of(), null, null));
            var trails = new TreeMap<LocalDate, Trail>();
            before.days().forEach(d -> trails.put(d.day(), d.trail()));
            Instant last = Instant.EPOCH;
            for (var day : entry.getValue().entrySet()) {
                Day more =
                        day(
                                place,
                                day.getKey(),
                                day.getValue(),
                                trails.getOrDefault(day.getKey(), Trail.EMPTY));
                trails.put(day.getKey(), more.trail());
                added.add(more);
                last = last(day.getValue(), last);
            }
            marked |= judge(before, trails, last);
        }
        tally.add(added);
        return marked;
    }

    private static Instant last(List<Scan> scans, Instant other) {
        long most = scans.stream().mapToLong(Scan::millis).max().orElse(0);
        Instant last = Instant.ofEpochMilli(most);
        return last.isAfter(other) ? last : other;
    }

    private static Day day(Place place, LocalDate day, List<Scan> scans, Trail before) {
        Scan first = scans.stream().min(Comparator.comparingLong(Scan::millis)).orElseThrow();
        long midnight = ChinaTime.startOf(day).toEpochMilli();
        Trail trail =
                before.with(
                        scans.stream()
                                .map(
                                        s ->
                                                new Sighting(
                                                        (int) ((s.millis() - midnight) / 1000),
                                                        s.region(),
                                                        s.token()))
                                .toList());
        return new Day(
                place,
                day,
                scans.size(),
                Instant.ofEpochMilli(first.millis()),
                first.region().isEmpty() ? null : first.region(),
                trail);
    }

    private boolean judge(Known before, Map<LocalDate, Trail> trails, Instant last) {
        Place place = before.place();
        Instant ruledAt = before.ruledAt();
        var seen = new ArrayList<Seen>();
        trails.forEach(
                (day, trail) -> {
                    Instant midnight = ChinaTime.startOf(day);
                    for (Sighting s : trail.sightings()) {
                        Instant at = midnight.plusSeconds(s.second());
                        if (ruledAt == null || at.isAfter(ruledAt)) {
                            seen.add(new Seen(at, s.region(), s.token()));
                        }
                    }
                });
        if (seen.size() < 2) {
            return false;
        }
        var quick = suspicion.judge(seen, last, Suspicion.Known.NOTHING, regions);
        if (quick.signs().isEmpty() && seen.size() <= 8) {
            return false;
        }
        Optional<String> code = text(place);
        if (code.isEmpty()) {
            return false;
        }
        Tag tag = new Tag(code.get(), place.batch(), place.serial());
        var known = new Suspicion.Known(before.soldAt(), districts(tag));
        var judged = suspicion.judge(seen, last, known, regions);
        if (!judged.isSuspicious()) {
            return false;
        }
        if (tally.mark(tag, judged.score(), judged.evidence().orElseThrow(), last)) {
            codes.find(place.batch())
                    .flatMap(b -> parties.find(b.party()))
                    .ifPresent(p -> tell(tag, p, judged, seen, last));
        }
        return true;
    }

    private void tell(
            Tag tag, Party party, Suspicion.Judgement judged, List<Seen> seen, Instant at) {
        events.publishEvent(
                new CodeSuspicious(
                        tag.code(),
                        party.id(),
                        party.district(),
                        judged.full() + "分布：" + Suspicion.table(seen, ChinaTime::shortMinute) + "。",
                        at));
    }

    private Optional<String> text(Place place) {
        try {
            return Optional.of(codes.text(place.batch(), place.serial()));
        } catch (RuntimeException gone) {
            LOG.debug("a batch that is no longer known: {}", place, gone);
            return Optional.empty();
        }
    }

    /** Where the lot was made and shipped to. */
    private Set<String> districts(Tag tag) {
        return lookUp.getObject().story(tag).map(Story::districts).orElse(Set.of());
    }

    private void forget(Instant now) {
        LocalDate yesterday = ChinaTime.day(now).minusDays(1);
        if (yesterday.isAfter(forgotten)) {
            forgotten = yesterday;
            salts.keySet().removeIf(d -> d.isBefore(yesterday));
            tally.forget(yesterday);
        }
    }

    private int token(String reader, LocalDate day) {
        byte[] salt = salts.get(day);
        if (salt == null) {
            // a salt of this node's own will do until the database is back
            salt = fresh.isAway() ? ownSalt : salts.computeIfAbsent(day, tally::salt);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] hash = digest.digest(reader.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String coarse(@Nullable String region) {
        if (region == null || region.isEmpty()) {
            return "";
        }
        String plain = region.replaceAll("[\\p{Cntrl}<>\"']", "").strip();
        return plain.length() > 40 ? plain.substring(0, 40) : plain;
    }

    /** What operators want to know of the counting. */
    public Standing standing() {
        return new Standing(
                suspicion.regions() > 0,
                regions.hasPlaces(),
                log.waiting(),
                unlogged.get(),
                behind.quantile(0.5).toNanos() / 1000,
                behind.quantile(0.99).toNanos() / 1000,
                fresh.isAway());
    }

    /**
     * How the counting goes.
     *
     * @param regionRules whether the rules about regions are switched on
     * @param places whether the operator said where regions are
     * @param waitingBytes of the log that are not in the database yet
     * @param unlogged scans that were answered but could not be written down
     * @param forcedMicros how long after the answer scans were on the disk, the median; then the
     *     99th percentile
     */
    public record Standing(
            boolean regionRules,
            boolean places,
            long waitingBytes,
            long unlogged,
            long forcedMicros,
            long forcedMicrosP99,
            boolean databaseAway) {}

    @Override
    public void start() {
        tally.adopt(codes::open);
        try {
            log.open(tally.self());
            for (String piece : log.pieces()) {
                done.put(piece, tally.done(piece));
            }
            count();
        } catch (IOException failed) {
            throw new UncheckedIOException("the scan log cannot be opened", failed);
        }
        running = true;
        forcer = Thread.ofPlatform().name("scan-log").daemon().start(this::keepForcing);
        counter = Thread.ofPlatform().name("scan-counter").daemon().start(this::keepCounting);
    }

    private void keepForcing() {
        while (running) {
            if (oldestUnforced.get() == 0) {
                LockSupport.park();
                continue;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FORCE_MILLIS));
            force();
        }
    }

    private void force() {
        long oldest = oldestUnforced.getAndSet(0);
        try {
            log.force();
            if (oldest != 0) {
                behind.add(System.nanoTime() - oldest);
            }
        } catch (IOException failed) {
            LOG.error("the scan log cannot be forced to disk", failed);
        }
    }

    private void keepCounting() {
        while (running) {
            try {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(COUNT_MILLIS));
                if (running && !fresh.isAway()) {
                    count();
                }
            } catch (IOException | RuntimeException failed) {
                if (running) {
                    LOG.warn("scans wait in the log: {}", failed.toString());
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        for (Thread thread :
                List.of(Optional.ofNullable(forcer), Optional.ofNullable(counter)).stream()
                        .flatMap(Optional::stream)
                        .toList()) {
            LockSupport.unpark(thread);
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            if (!fresh.isAway()) {
                count();
            }
        } catch (IOException | RuntimeException failed) {
            LOG.warn("scans wait in the log for the next start: {}", failed.toString());
        }
        try {
            log.close();
        } catch (IOException failed) {
            LOG.warn("the scan log did not close", failed);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After what is fresh is known, before the first request. */
    @Override
    public int getPhase() {
        return 1;
    }
}
