package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.pages.Visitor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Where captured events are written: in groups, one group at a time, since an event is judged by
 * what was captured before it. What is read from it is read by {@link CapturedEvents}.
 */
@NullMarked
public interface CaptureBook {

    /**
     * Takes the turn until the transaction ends and looks up at once what is known about a group.
     *
     * @param events how many events may be written
     */
    Before lookUp(
            int events,
            Collection<String> hashes,
            Collection<String> eventIds,
            Collection<String> names);

    /** The body of a captured event. */
    String body(long event);

    /**
     * Writes events with their mentions and new lots, who may see them, and finished jobs.
     *
     * @param jobs that were not open before
     */
    void write(
            List<Entry> events,
            List<Sighting> sightings,
            Map<String, Tally> lots,
            List<CaptureJob> jobs);

    /** Writes a finished job that was not open before. */
    void finish(CaptureJob job);

    /** Writes down a job whose document was received and is worked off later. */
    void open(CaptureJob job, Document document);

    /** Documents received and not worked off, oldest first. */
    List<Open> unfinished();

    /**
     * Writes down how far an open job has come, or that it is finished.
     *
     * @param behind how many events of the document are behind
     */
    void goOn(CaptureJob job, long behind);

    /**
     * Forgets what is remembered of lots between groups; to be called when a transaction that
     * looked up did not commit.
     */
    void forget();

    /**
     * What was known before a group.
     *
     * @param events by hash: the number of the captured event, or 0 for an act of our own
     * @param declarations the same for error declarations
     * @param bearers by event id: the first event that bears it and declares no error
     * @param lots by name: what captured events say of them
     * @param ours which of the names are lots of our own
     */
    record Before(
            Map<String, Long> events,
            Map<String, Long> declarations,
            Map<String, Bearer> bearers,
            Map<String, Tally> lots,
            Set<String> ours) {}

    /** An event that bears an id already. */
    record Bearer(boolean ours, long event) {}

    /** An event to be written; its number is given when it is. */
    final class Entry {
        private final Candidate candidate;
        private final boolean contested;
        private final String context;
        private final Instant recordTime;
        private final UUID job;
        private final boolean unbalanced;
        private final List<String> warnings;
        private long number;

        public Entry(
                Candidate candidate,
                boolean contested,
                String context,
                Instant recordTime,
                UUID job,
                boolean unbalanced,
                List<String> warnings) {
            this.candidate = candidate;
            this.contested = contested;
            this.context = context;
            this.recordTime = recordTime;
            this.job = job;
            this.unbalanced = unbalanced;
            this.warnings = List.copyOf(warnings);
        }

        public Candidate candidate() {
            return candidate;
        }

        public boolean contested() {
            return contested;
        }

        public String context() {
            return context;
        }

        public Instant recordTime() {
            return recordTime;
        }

        public UUID job() {
            return job;
        }

        public boolean unbalanced() {
            return unbalanced;
        }

        public List<String> warnings() {
            return warnings;
        }

        public long number() {
            return number;
        }

        public void numbered(long given) {
            this.number = given;
        }
    }

    /** A party may see an event: a known one by number, or one that is being written. */
    record Sighting(long event, @Nullable Entry entry, UUID party) {
        public long number() {
            return entry == null ? event : entry.number();
        }
    }

    /**
     * A document on disk.
     *
     * @param file its name in the folder of captures
     * @param by who sent it
     */
    record Document(String file, boolean xml, Visitor by) {}

    /** A job that is not finished, and how many events of its document are behind. */
    record Open(CaptureJob job, Document document, long behind) {}
}
