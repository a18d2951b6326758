package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.scan.domain.Suspicion;
import cn.xinyuan.server.scan.domain.Tally;
import cn.xinyuan.server.scan.events.CodeSuspicious;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts scans beside the answer, never in its way: a scan is put on a short list and written down
 * a moment later. When the list is full a scan goes uncounted; the shopper gets the page all the
 * same.
 */
@Component
public class CountScans implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CountScans.class);
    private static final int MOST_WAITING = 20_000;
    private static final int AT_ONCE = 500;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final Tally tally;
    private final Codes codes;
    private final Parties parties;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Suspicion suspicion;
    private final BlockingQueue<Scan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<LocalDate, byte[]> salts = new ConcurrentHashMap<>();
    private volatile @Nullable Thread writer;
    private Instant forgotten = Instant.EPOCH;

    /** One scan of an issued code; the token is what tells one reader from another. */
    private record Scan(String code, String region, String token, Instant at) {}

    /** The same as it is kept. */
    private record Seen(String code, String region, long token, LocalDate day, Instant at) {}

    CountScans(
            Tally tally,
            Codes codes,
            Parties parties,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            @Value("${xinyuan.scan.regions-in-a-day:4}") int regions,
            @Value("${xinyuan.scan.readers-in-a-day:80}") int readers,
            @Value("${xinyuan.scan.readers-in-ten-minutes:30}") int burst) {
        this.tally = tally;
        this.codes = codes;
        this.parties = parties;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.suspicion = new Suspicion(regions, readers, burst);
    }

    /** Puts a scan on the list; at once, and without ever failing. */
    public void later(String code, @Nullable String region, String token, Instant at) {
        if (!waiting.offer(new Scan(code, coarse(region), token, at))) {
            LOG.debug("too many scans at once, one goes uncounted");
        }
    }

    /** Writes a scan down before it returns. */
    public void now(String code, @Nullable String region, String token, Instant at) {
        write(List.of(new Scan(code, coarse(region), token, at)));
    }

    private void write(List<Scan> scans) {
        var together = new LinkedHashMap<Seen, Long>();
        var latest = new LinkedHashMap<String, Instant>();
        for (Scan scan : scans) {
            LocalDate day = ChinaTime.day(scan.at());
            latest.merge(scan.code(), scan.at(), (a, b) -> a.isAfter(b) ? a : b);
            together.merge(
                    new Seen(
                            scan.code(),
                            scan.region(),
                            token(scan, day),
                            day,
                            scan.at().truncatedTo(ChronoUnit.SECONDS)),
                    1L,
                    Long::sum);
        }
        transaction.executeWithoutResult(
                status -> {
                    together.forEach(
                            (seen, times) ->
                                    tally.add(
                                            seen.code(),
                                            times,
                                            seen.at(),
                                            seen.day(),
                                            seen.region(),
                                            seen.token()));
                    latest.forEach(this::judge);
                });
        forget(scans.getLast().at());
    }

    private void judge(String code, Instant at) {
        Optional<String> evidence = suspicion.evidence(tally.readers(code, at));
        if (evidence.isPresent() && tally.mark(code, evidence.get(), at)) {
            Optional<Issued> issued = codes.read(code);
            Optional<Party> party = issued.flatMap(i -> parties.find(i.party()));
            party.ifPresent(
                    p ->
                            events.publishEvent(
                                    new CodeSuspicious(
                                            code, p.id(), p.district(), evidence.get(), at)));
        }
    }

    private void forget(Instant now) {
        if (Duration.between(forgotten, now).abs().toMinutes() >= 60) {
            forgotten = now;
            LocalDate yesterday = ChinaTime.day(now).minusDays(1);
            salts.keySet().removeIf(d -> d.isBefore(yesterday));
            tally.forget(now.minus(REMEMBERED), yesterday);
        }
    }

    private long token(Scan scan, LocalDate day) {
        byte[] salt = salts.computeIfAbsent(day, tally::salt);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] hash = digest.digest(scan.token().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String coarse(@Nullable String region) {
        if (region == null) {
            return "";
        }
        String plain = region.replaceAll("[\\p{Cntrl}<>\"']", "").strip();
        return plain.length() > 40 ? plain.substring(0, 40) : plain;
    }

    @Override
    public void start() {
        writer = Thread.ofVirtual().name("scan-counter").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var some = new ArrayList<Scan>();
                some.add(waiting.take());
                TimeUnit.MILLISECONDS.sleep(20);
                waiting.drainTo(some, AT_ONCE);
                writeOrLog(some);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeOrLog(List<Scan> some) {
        try {
            write(some);
        } catch (RuntimeException failed) {
            LOG.warn("{} scans go uncounted", some.size(), failed);
        }
    }

    @Override
    public void stop() {
        Thread running = writer;
        writer = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        var rest = new ArrayList<Scan>();
        waiting.drainTo(rest);
        if (!rest.isEmpty()) {
            writeOrLog(rest);
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }
}
