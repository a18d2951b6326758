package cn.xinyuan.codes;

/**
 * Consecutive codes of one batch: serials {@code from} to {@code from + count - 1}.
 *
 * @param batch the number of the batch, 0 to 2³¹ - 1
 * @param count at least one
 */
public record CodeRange(long batch, long from, long count) {

    /** The most codes that one batch can have. */
    public static final long MOST = 1L << 24;

    /** Batch numbers are smaller than this. */
    public static final long BATCHES = 1L << 31;

    /**
     * @throws IllegalArgumentException if no batch can have these serials
     */
    public CodeRange {
        if (batch < 0
                || batch >= BATCHES
                || from < 0
                || count < 1
                || from >= MOST
                || count > MOST - from) {
            throw new IllegalArgumentException(
                    "batch %d has no serials %d + %d".formatted(batch, from, count));
        }
    }

    /** The serial behind the last one. */
    public long end() {
        return from + count;
    }

    public boolean contains(long serial) {
        return serial >= from && serial < end();
    }

    public boolean overlaps(CodeRange other) {
        return batch == other.batch && from < other.end() && other.from < end();
    }
}
