package cn.xinyuan.server.issuing.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Keeps who took codes away. */
public interface Downloads {

    void begin(Download download);

    /** How far a download came. */
    void progress(UUID id, long sent);

    /** A download is over, whole or cut off. */
    void end(UUID id, long sent, Instant at);

    /** Newest first, at most a hundred. */
    List<Download> of(long batch);
}
