package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.scan.domain.Network;
import cn.xinyuan.server.scan.events.CodesGuessed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How much one address may ask, and who guesses. Held in memory, an hour at most, and written
 * nowhere.
 *
 * <p><b>Pace.</b> {@value #A_SECOND} scans a second and {@value #AT_ONCE} at once from one IPv4
 * address or one IPv6 /64. A village of 5,000 behind one address that all open a box within ten
 * minutes scans 8 times a second, a market hall at its busiest 20 times: both stay far below.
 * Whoever comes faster is a machine, and is asked to wait a second. The machine itself is never
 * slowed: it is the proxy before the platform, and everyone behind it.
 *
 * <p><b>Guesses.</b> A code of the right form that nobody made costs two block calls and a page
 * from memory, so guessing is not refused: the tag refuses it. {@value #GUESSES} of them from one
 * address within ten minutes are told to supervision, once a day for a network and at most {@value
 * #ALERTS_A_DAY} times a day in all. The village mistypes less: one of fifty scans is typed, one of
 * ten typed is wrong, so ten minutes bring ten wrong codes.
 */
@Component
public class KeepPace {

    private static final Logger LOG = LoggerFactory.getLogger(KeepPace.class);

    static final int A_SECOND = 50;
    static final int AT_ONCE = 500;
    static final int GUESSES = 300;
    static final int ALERTS_A_DAY = 20;

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MANY = 50_000;

    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource wall;
    private final Clock clock;
    private final Map<String, Asker> askers = new ConcurrentHashMap<>();
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final AtomicLong tidied = new AtomicLong();

    /** One address; guarded by itself. */
    private static final class Asker {
        private double left = AT_ONCE;
        private long lastMillis;
        private long windowBegan;
        private int guesses;
    }

    /** Paces by the clock on the wall; what it tells bears the platform's time. */
    @Autowired
    KeepPace(
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this(events, transactions, clock, InstantSource.system());
    }

    KeepPace(
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock,
            InstantSource wall) {
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.wall = wall;
    }

    /** Whether an address may ask once more now. */
    public boolean allows(String address) {
        Network network = Network.of(address);
        if (network.own()) {
            return true;
        }
        long now = wall.millis();
        Asker asker = asker(network, now);
        synchronized (asker) {
            asker.left =
                    Math.min(AT_ONCE, asker.left + (now - asker.lastMillis) * A_SECOND / 1000.0);
            asker.lastMillis = now;
            if (asker.left < 1) {
                return false;
            }
            asker.left--;
            return true;
        }
    }

    /** A code of the right form was asked for that nobody made. */
    public void guessed(String address) {
        Network network = Network.of(address);
        long now = wall.millis();
        Asker asker = asker(network, now);
        int guesses;
        synchronized (asker) {
            if (now - asker.windowBegan > WINDOW.toMillis()) {
                asker.windowBegan = now;
                asker.guesses = 0;
            }
            guesses = ++asker.guesses;
        }
        if (guesses == GUESSES) {
            tell(network, guesses, now);
        }
    }

    private void tell(Network network, int guesses, long now) {
        long day = Duration.ofMillis(now).toDays();
        told.values().removeIf(d -> d < day);
        if (told.size() >= ALERTS_A_DAY || told.putIfAbsent(network.coarse(), day) != null) {
            return;
        }
        Instant at = clock.instant();
        // beside the answer, which it must not slow
        Thread.ofVirtual()
                .name("scan-tells-of-guesses")
                .start(
                        () -> {
                            try {
                                transaction.executeWithoutResult(
                                        status ->
                                                events.publishEvent(
                                                        new CodesGuessed(
                                                                network.coarse(), guesses, at)));
                            } catch (RuntimeException failed) {
                                told.remove(network.coarse());
                                LOG.warn("guesses could not be told of", failed);
                            }
                        });
    }

    private Asker asker(Network network, long now) {
        if (askers.size() > MANY && now - tidied.getAndSet(now) > 1000) {
            askers.values().removeIf(a -> now - a.lastMillis > 60_000);
            if (askers.size() > MANY) {
                askers.clear();
            }
        }
        return askers.computeIfAbsent(
                network.key(),
                k -> {
                    var fresh = new Asker();
                    fresh.lastMillis = now;
                    fresh.windowBegan = now;
                    return fresh;
                });
    }
}
