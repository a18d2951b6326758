package cn.xinyuan.server.issuing.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes that an authority does not trust any more.
 *
 * @param first the first index under the key version
 * @param batch the batch they are of; null when the whole key version is meant
 * @param reason what a scan shows
 */
public record Revoked(
        UUID id,
        int keyVersion,
        long first,
        long count,
        @Nullable Long batch,
        String reason,
        UUID by,
        String byName,
        Instant at) {

    public boolean holds(int version, long index) {
        return version == keyVersion && index >= first && index < first + count;
    }

    public boolean overlaps(int version, long from, long codes) {
        return version == keyVersion && from < first + count && first < from + codes;
    }
}
