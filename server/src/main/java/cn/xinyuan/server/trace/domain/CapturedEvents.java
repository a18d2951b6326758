package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Walk;
import cn.xinyuan.server.trace.ForeignLots.ForeignLot;
import cn.xinyuan.server.trace.domain.EventArchive.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/**
 * What may be read of captured events; {@link CaptureBook} writes them. What is asked for by id,
 * content or query answers from our own events too, since one repository shows both.
 */
@NullMarked
public interface CapturedEvents {

    /** What captured events made and used of these, and what our own lots came in with. */
    Map<String, List<Sum>> sums(Collection<String> names);

    /** A job of the reader's own; of anybody for who sees everything. */
    Optional<CaptureJob> findJob(UUID id, View view);

    /** Jobs, newest first. */
    List<CaptureJob> jobs(View view, int atMost, int skip);

    List<ForeignLot> lots(Collection<UUID> ids, Collection<String> names, View view);

    List<ForeignLot> lotsNumbered(String number, View view);

    /** The genealogy as far as the view reaches; events declared wrong link nothing. */
    Walk.Neighbours<String> genealogy(View view);

    /** Which events say that one went into the other. */
    List<Said> saying(Set<Walk.Edge<String>> edges, View view);

    /** What was drawn from events, after a number, in their order. */
    List<Derived> derivedAfter(long seq, int atMost);

    /**
     * An event and what was drawn from it: names, links and movements as lines of words, names and
     * links sorted by code points.
     */
    record Derived(
            long seq,
            String hash,
            String body,
            String context,
            List<String> names,
            List<String> links,
            List<String> movements) {}

    /**
     * A kept event.
     *
     * @param seq its place in the order of the repository
     * @param ours whether it is an act of our own, not a captured event
     * @param body the event as JSON text, without its context
     */
    record Stored(
            long seq,
            boolean ours,
            String eventId,
            String hash,
            Instant recordTime,
            String body,
            String context,
            boolean unbalanced) {}

    /** Made and used of one thing in one unit; {@code additions} counts ADD events. */
    record Sum(String unit, BigDecimal made, BigDecimal used, int additions) {}

    /** One event's word for an edge. */
    record Said(String from, String to, boolean packed, String eventId) {}
}
