package cn.xinyuan.server.issuing.domain;

import java.util.UUID;

/**
 * What never changes of an order of codes: the indices it took, and whose they are.
 *
 * @param first the first index; the code of serial s has the index {@code first + s}
 */
public record IssuedRange(
        long batch,
        int keyVersion,
        long first,
        long count,
        UUID party,
        UUID product,
        UUID licence,
        int season) {

    /**
     * The index of a serial.
     *
     * @throws IllegalArgumentException if the batch has no such serial
     */
    public long index(long serial) {
        if (serial < 0 || serial >= count) {
            throw new IllegalArgumentException("batch " + batch + " has no serial " + serial);
        }
        return first + serial;
    }

    public boolean holds(int version, long index) {
        return version == keyVersion && index >= first && index < first + count;
    }
}
