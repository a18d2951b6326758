package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeFile.Format;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody took codes of a batch away.
 *
 * @param whole bytes of the whole file
 * @param from the first byte asked for, counted from 0; {@code to} is the one behind the last
 * @param sent how many of them went out so far
 * @param ended when it was over, whole or cut off; null while it goes on
 */
public record Download(
        UUID id,
        long batch,
        Format format,
        long whole,
        long from,
        long to,
        long sent,
        UUID by,
        String byName,
        Instant at,
        @Nullable Instant ended) {

    /** Whether all that was asked for went out. */
    public boolean isComplete() {
        return sent == to - from;
    }
}
