package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.server.issuing.Codes.Batch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps who printed which labels, who fetched the file, and which reprints officials released.
 * Nothing in it is ever changed. Writing happens in the caller's transaction.
 */
public interface PrintBook {

    void add(Printed printed);

    /** Of one batch, newest first. */
    List<Printed> of(long batch);

    Optional<Printed> find(UUID id);

    /** The newest print of any batch of a party; its setting is offered for the next. */
    Optional<Printed> last(UUID party);

    /** The newest prints of all parties with their batches, reprints only if asked. */
    List<OfBatch> newest(boolean reprintsOnly, int atMost);

    /** Notes that somebody fetched the file of a print. */
    void fetched(UUID printing, UUID by, String byName, Instant at);

    /** How many times the file of a print was fetched. */
    long fetches(UUID printing);

    void add(Release release);

    /** Of one batch, newest first. */
    List<Release> releases(long batch);

    /** A print and the batch it is of. */
    record OfBatch(Printed printed, Batch batch) {}
}
