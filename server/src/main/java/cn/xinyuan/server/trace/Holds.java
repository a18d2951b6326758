package cn.xinyuan.server.trace;

import java.util.Optional;
import java.util.UUID;

/** Stops on lots. A held lot can be neither shipped, packed, merged, split nor activated. */
public interface Holds {

    /** Holds the lot and everything made from it, at once. */
    void hold(UUID lot, String reason, String by);

    /** Lifts the stops that {@code hold} with the same reason set. */
    void release(UUID lot, String reason, String by);

    /** Why a lot is held; empty when it is free. */
    Optional<String> reason(UUID lot);

    /**
     * Why a lot is held, and it stays so until the present transaction ends: who would hold or
     * release it meanwhile waits. For decisions that a hold must stop or find done.
     */
    Optional<String> settled(UUID lot);
}
