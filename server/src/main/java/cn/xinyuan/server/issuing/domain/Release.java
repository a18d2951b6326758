package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.UUID;

/**
 * An official lets labels be printed once more that are locked.
 *
 * @param used whether they were
 */
public record Release(
        UUID id, CodeRange range, String reason, UUID by, String byName, Instant at, boolean used) {

    /** Whether it opens this range. */
    public boolean opens(CodeRange wanted) {
        return !used
                && range.batch() == wanted.batch()
                && range.from() <= wanted.from()
                && wanted.end() <= range.end();
    }
}
