package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.trace.domain.EventArchive.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of the lots, things and containers of captured events went into which, answered from memory
 * as of everything captured when it was asked. What happens to a container that is emptied, or that
 * is returnable, counts for what is inside then. Empty when the memory cannot be filled.
 */
public interface ForeignLineage {

    /**
     * Walks through the events in view, which must have been drawn.
     *
     * @param span for a start that is a container: only what it carried in this time
     */
    Optional<Walked> walk(UUID start, boolean back, int deepest, View view, Stowage.Span span);

    /** Compares with the database; what differs is loaded again and told in the log. */
    boolean check();

    /**
     * What a walk met.
     *
     * @param depths the start with 0, and every other lot with its least distance, nearest first
     * @param links among them
     * @param circular whether a lot was met that is among its own ancestors
     */
    record Walked(Map<UUID, Integer> depths, List<Met> links, boolean circular) {}

    /**
     * Something went from one into another.
     *
     * @param eventId who says so, when it held for a time only
     */
    record Met(UUID from, UUID to, @Nullable String eventId) {}
}
