package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.scan.domain.Changes;
import cn.xinyuan.server.scan.domain.Changes.Look;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps what is remembered no older than a second, and on this node never older than the last
 * commit: {@value #EVERY_MILLIS} ms after each look at the changes follows the next, and whoever
 * asks after something was committed here waits for a look that began after it. One look serves all
 * who wait; it is one short query.
 *
 * <p>When no look succeeded within {@value #SURE_MILLIS} ms, nothing that is remembered is sure.
 */
@Component
public class Freshness implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

    static final long EVERY_MILLIS = 200;
    static final long SURE_MILLIS = 900;
    private static final Duration KEPT = Duration.ofHours(1);

    /** After so long other nodes may have forgotten what was not read: begin anew. */
    private static final Duration MISSED = Duration.ofMinutes(10);

    private final Changes changes;
    private final Commits commits;
    private final InstantSource wall = InstantSource.system();
    private final List<Consumer<@Nullable Look>> memories = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition looked = lock.newCondition();
    private long wantedCommits = -1;
    private @Nullable String moment;
    private long lastForgotten = System.nanoTime();
    private volatile Sure sure = new Sure(-1, 0, false);
    private volatile boolean running;

    /**
     * A look that succeeded.
     *
     * @param commits of this node that it saw at least
     * @param began on the JVM's own clock, in nanoseconds
     */
    private record Sure(long commits, long began, boolean ever) {}

    Freshness(Changes changes, Commits commits) {
        this.changes = changes;
        this.commits = commits;
    }

    /**
     * Has a memory told what changed, before anyone is told that it is fresh.
     *
     * @param memory is told null when everything must be forgotten
     */
    void tell(Consumer<@Nullable Look> memory) {
        memories.add(memory);
    }

    /**
     * Whether what is remembered is as the database has it, every commit of this node before now
     * and every commit of others up to a second ago included. Waits a moment for it if need be.
     */
    public boolean isSure() {
        long asked = commits.count();
        return isSure(sure, asked) || waited(asked);
    }

    private static boolean isSure(Sure s, long asked) {
        return s.ever()
                && s.commits() >= asked
                && System.nanoTime() - s.began() < TimeUnit.MILLISECONDS.toNanos(SURE_MILLIS);
    }

    /** Waits for the next looks while the database seems to be there. */
    private boolean waited(long asked) {
        if (!running) {
            return false;
        }
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(isAway() ? 0 : SURE_MILLIS);
            while (!isSure(sure, asked)) {
                wantedCommits = Math.max(wantedCommits, asked);
                wanted.signal();
                if (left <= 0) {
                    return false;
                }
                left = looked.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the database has not answered for longer than anybody should wait. */
    public boolean isAway() {
        Sure s = sure;
        return !s.ever()
                || System.nanoTime() - s.began() > TimeUnit.MILLISECONDS.toNanos(2 * SURE_MILLIS);
    }

    private void run() {
        boolean away = false;
        while (running) {
            try {
                look();
                if (away) {
                    LOG.info("the database is back");
                    away = false;
                }
            } catch (RuntimeException failed) {
                if (!away && running) {
                    LOG.warn(
                            "the database does not answer: scans are told what could not be checked"
                                    + " ({})",
                            failed.toString());
                    away = true;
                }
            }
            pause();
        }
    }

    private void look() {
        long seen = commits.count();
        long began = System.nanoTime();
        Look look = changes.since(moment);
        boolean all =
                moment == null
                        || look.everything()
                        || began - sure.began() > MISSED.toNanos() && sure.ever();
        if (all) {
            memories.forEach(m -> m.accept(null));
        } else if (!look.isQuiet()) {
            memories.forEach(m -> m.accept(look));
        }
        moment = look.moment();
        lock.lock();
        try {
            sure = new Sure(seen, began, true);
            looked.signalAll();
        } finally {
            lock.unlock();
        }
        if (began - lastForgotten > TimeUnit.MINUTES.toNanos(5)) {
            lastForgotten = began;
            changes.forget(wall.instant().minus(KEPT));
        }
    }

    private void pause() {
        lock.lock();
        try {
            if (running && (wantedCommits <= sure.commits() || isAway())) {
                wanted.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        changes.watch();
        running = true;
        look();
        Thread.ofPlatform().name("freshness").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        lock.lock();
        try {
            wanted.signalAll();
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the first request, and after the last. */
    @Override
    public int getPhase() {
        return 0;
    }
}
