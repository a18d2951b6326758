package cn.xinyuan.server.scan.domain;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was committed, by any node, about the things that a scan page rests on. */
public interface Changes {

    /** Stands for everything. */
    UUID EVERYTHING = new UUID(0, 0);

    /** Has changes noted from now on; says which things it cannot watch since they do not exist. */
    void watch();

    /**
     * What was committed since another look and is seen now, whatever the order of the commits.
     *
     * @param moment of the last look; null for the first, which tells nothing
     */
    Look since(@Nullable String moment);

    /** Forgets notes that every node has read long ago. */
    void forget(Instant before);

    /**
     * One look.
     *
     * @param moment when it was taken, for the next
     * @param about lots, plots, licences, products, parties and recalls
     * @param batches numbers of code batches
     */
    record Look(String moment, Set<UUID> about, Set<Long> batches) {

        public boolean everything() {
            return about.contains(EVERYTHING);
        }

        public boolean isQuiet() {
            return about.isEmpty() && batches.isEmpty();
        }
    }
}
