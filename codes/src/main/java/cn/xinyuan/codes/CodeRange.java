package cn.xinyuan.codes;

/**
 * Consecutive codes of one batch: serials {@code from} to {@code from + count - 1}.
 *
 * @param count at least one
 */
public record CodeRange(long batch, long from, long count) {

    /**
     * @throws IllegalArgumentException if the batch cannot have these serials
     */
    public CodeRange {
        long capacity = BatchSize.ofBatch(batch).capacity();
        if (from < 0 || count < 1 || from >= capacity || count > capacity - from) {
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
