package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/** What was told of containers that carry our goods, and what followed for the goods inside. */
@NullMarked
public interface ContainerBook {

    /** Remembers the single things that an event of ours names. */
    void note(UUID event, Instant at, Collection<String> things);

    /**
     * What was told of some things and still counts, oldest first: our own events, and captured
     * ones that these parties handed in.
     */
    List<Told> told(Collection<String> things, Collection<UUID> parties);

    /** Remembers that an act followed from what was told. */
    void followed(UUID act, String toldBy, UUID shipment);

    /** The acts that followed from these events and were not taken back. */
    List<Followed> acts(Collection<String> toldBy);

    /** Whether any event names a thing, by its canonical identifier. */
    boolean isKnown(String thing);

    /** The lots that lie in these things by events of ours, whenever that was. */
    Set<UUID> lotsBeside(Collection<String> things);

    /**
     * An event as it was told.
     *
     * @param ours whether it stands among our own events
     * @param party whose act it is, or who handed it in
     * @param body the event as JSON text
     */
    record Told(String eventId, boolean ours, UUID party, Instant at, String body) {}

    /** An act with the event that told it. */
    record Followed(EventBook.Written act, String toldBy, UUID shipment) {}
}
