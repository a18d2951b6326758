package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import cn.xinyuan.server.access.Accounts;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.StandingQueries;
import cn.xinyuan.server.trace.domain.StandingQueries.Named;
import cn.xinyuan.server.trace.domain.StandingQueries.Subscription;
import cn.xinyuan.server.trace.usecase.QueryDocuments.EpcFormat;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells subscribers what is new, each exactly the events since his last report that he
 * acknowledged: how far he has heard is written down after every one, so a restart goes on there.
 * Who does not answer is tried again, after ever longer pauses of up to an hour.
 */
@NullMarked
@Component
public class TellSubscribers {

    private static final Logger LOG = LoggerFactory.getLogger(TellSubscribers.class);

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 16;
    private static final int BATCH = 100;

    private final StandingQueries book;
    private final AskEvents ask;
    private final QueryDocuments documents;
    private final WebhookGate gate;
    private final Accounts accounts;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TellSubscribers(
            StandingQueries book,
            AskEvents ask,
            QueryDocuments documents,
            WebhookGate gate,
            Accounts accounts,
            Clock clock) {
        this.book = book;
        this.ask = ask;
        this.documents = documents;
        this.gate = gate;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Looks for who is to be told, and tells them side by side. */
    @Scheduled(
            initialDelayString = "${xinyuan.epcis.tick:1s}",
            fixedDelayString = "${xinyuan.epcis.tick:1s}")
    public void tick() {
        int room = free.availablePermits();
        if (room == 0 || !book.hasSubscribers()) {
            return;
        }
        long newest = ask.newest();
        Instant now = now();
        for (Subscription due : book.claim(now, now.plus(LEASE), newest, room)) {
            free.acquireUninterruptibly();
            threads.execute(
                    () -> {
                        try {
                            tell(due, newest);
                        } finally {
                            free.release();
                        }
                    });
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(3, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    private void tell(Subscription due, long newest) {
        try {
            report(due, newest);
        } catch (IOException | WebhookGate.Shut | RuntimeException failed) {
            LOG.info("subscription {} was not told: {}", due.id(), failed.toString());
            boolean tooLarge = failed instanceof TooLargeForThem;
            book.failed(
                    due.id(),
                    now().plus(tooLarge ? Duration.ZERO : pause(due.failures())),
                    String.valueOf(failed.getMessage()),
                    tooLarge ? Math.max(1, due.batch() / 2) : due.batch());
        }
    }

    static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 12));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void report(Subscription due, long newest) throws IOException, WebhookGate.Shut {
        Optional<Named> named = book.find(due.query());
        if (named.isEmpty()) {
            return;
        }
        Visitor reader =
                accounts.findEnabled(due.account())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the account of the subscriber is closed"));
        SimpleEventQuery query = NamedQueries.query(named.get()).recordedFrom(due.initialTime());
        URI dest = URI.create(due.dest());
        InetAddress to = gate.resolve(dest);
        long position = due.position();
        boolean told = false;
        while (position < newest) {
            List<Stored> some =
                    ask.since(reader, query, position, due.batch()).stream()
                            .filter(e -> e.seq() <= newest)
                            .toList();
            if (some.isEmpty()) {
                break;
            }
            post(due, named.get().name(), dest, to, some);
            told = true;
            position = some.getLast().seq();
            book.heard(due.id(), position, now(), now());
        }
        if (!told && due.reportIfEmpty() && !due.stream()) {
            post(due, named.get().name(), dest, to, List.of());
            book.heard(due.id(), newest, now(), now());
        } else {
            book.heard(due.id(), newest, now(), null);
        }
        book.release(
                due.id(),
                due.stream() ? now() : NamedQueries.next(due.schedule(), now()),
                told ? Math.min(BATCH, due.batch() * 2) : due.batch());
    }

    private void post(Subscription due, String name, URI dest, InetAddress to, List<Stored> events)
            throws IOException {
        byte[] body =
                EpcisJson.text(
                                documents.document(
                                        name,
                                        due.id().toString(),
                                        events,
                                        EpcFormat.of(due.epcFormat())))
                        .getBytes(UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("GS1-EPCIS-Version", "2.0.0");
        headers.put("GS1-CBV-Version", "2.0.0");
        String secret = due.secret();
        if (secret != null) {
            headers.put("GS1-Signature", "sha256=" + signature(secret, body));
        }
        int status = WebhookPost.send(dest, to, headers, body);
        if (status == 413 && events.size() > 1) {
            throw new TooLargeForThem();
        }
        if (status < 200 || status > 299) {
            throw new IOException("answered " + status);
        }
    }

    /** HMAC with SHA-256 (RFC 2104) over the body, keyed by the signature token, in hex. */
    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static final class TooLargeForThem extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeForThem() {
            super("answered 413; smaller reports follow");
        }
    }
}
