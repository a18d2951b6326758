package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.genealogy.Trail;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * A genealogy that is held in memory beside the database: loaded while the rest of the program
 * starts, walked by many threads at once or changed by one, loaded again when it is given up. When
 * loading fails, it is tried again after half a minute; meanwhile the database answers.
 *
 * @param <H> what is held
 */
abstract class HeldInMemory<H> implements SmartInitializingSingleton {

    private static final long PAUSE = 30_000_000_000L;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final ReentrantLock loading = new ReentrantLock();
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<Trail> trails = new ConcurrentLinkedQueue<>();
    private volatile @Nullable H held;
    private volatile long failedAt;
    private volatile boolean failed;

    /**
     * @param name of the thread that loads it, and for the log
     */
    HeldInMemory(String name) {
        this.name = name;
    }

    /** Reads all of it from the database. */
    abstract H load() throws SQLException;

    /** Called once after each loading, before anybody else waits for it. */
    void whenLoaded(H fresh) {}

    @Override
    public void afterSingletonsInstantiated() {
        Thread.ofPlatform().name(name).daemon().start(this::loaded);
    }

    /** What is held; null while nothing was loaded. */
    final @Nullable H held() {
        return held;
    }

    /** What is held, loaded now if it is not; null when it cannot be loaded. */
    final @Nullable H loaded() {
        H now = held;
        if (now != null) {
            return now;
        }
        loading.lock();
        try {
            now = held;
            if (now == null && (!failed || System.nanoTime() - failedAt >= PAUSE)) {
                now = load();
                held = now;
                failed = false;
                whenLoaded(now);
            }
            return now;
        } catch (SQLException | RuntimeException why) {
            failedAt = System.nanoTime();
            failed = true;
            log.error(
                    "The {} could not be loaded; traces ask the database level by level",
                    name,
                    why);
            return null;
        } finally {
            loading.unlock();
        }
    }

    /** Gives up what is held; it is loaded again when it is needed. */
    final void giveUp() {
        held = null;
    }

    /** Holds something else from now on. */
    final void hold(H other) {
        held = other;
    }

    /** Walks while nobody changes anything; the trail is lent. */
    final <T> T walking(Function<Trail, T> walk) {
        use.readLock().lock();
        Trail free = trails.poll();
        Trail trail = free == null ? new Trail() : free;
        try {
            return walk.apply(trail);
        } finally {
            trails.add(trail);
            use.readLock().unlock();
        }
    }

    /** Looks while nobody changes anything. */
    final <T> T reading(Supplier<T> look) {
        use.readLock().lock();
        try {
            return look.get();
        } finally {
            use.readLock().unlock();
        }
    }

    /** Changes while nobody walks. */
    final <T> T changing(Supplier<T> change) {
        use.writeLock().lock();
        try {
            return change.get();
        } finally {
            use.writeLock().unlock();
        }
    }
}
