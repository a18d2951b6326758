package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.trace.domain.CapturedEvents.Sight;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** All events, our own acts and those of others, as they may be asked for. */
@NullMarked
public interface EventArchive {

    /** Events after a number, in the order they were recorded. */
    List<Stored> query(EventQuery query, Sight sight);

    Optional<Stored> find(String eventIdOrHash, Sight sight);

    /** The parameters of the simple event query that are understood; empty lists ask nothing. */
    record EventQuery(
            List<String> types,
            @Nullable Instant from,
            @Nullable Instant before,
            List<String> things,
            List<String> classes,
            List<String> bizSteps,
            List<String> actions,
            List<String> eventIds,
            long after,
            int atMost) {}
}
