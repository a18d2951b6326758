package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** Page tokens that were given back before they expired (EPCIS 2.0, 12.4). */
@NullMarked
public interface EndedTokens {

    /**
     * Ends a token.
     *
     * @param digest of the token
     * @param until when it would have expired; those that expired before now are forgotten
     */
    void end(String digest, Instant until, Instant now);

    boolean isEnded(String digest);
}
