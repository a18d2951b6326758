package cn.xinyuan.codes;

/**
 * The three shelves on which batches are numbered. Inside a code 33 bits tell batch and serial; how
 * they are shared out is told by the first one or two of them, so that many small batches and a few
 * large ones fit:
 *
 * <pre>
 * size     prefix  batch     serial    batches     codes in each
 * SMALL    0       21 bits   11 bits   2,097,152       2,048
 * MEDIUM   10      16 bits   15 bits      65,536      32,768
 * LARGE    11      11 bits   20 bits       2,048   1,048,576
 * </pre>
 *
 * <p>A batch number carries key version and shelf: version · 2²² + the shelf's first number + place
 * on the shelf. Nothing but the number is needed to write or read its codes.
 */
public enum BatchSize {
    SMALL(0, 21, 11),
    MEDIUM(1 << 21, 16, 15),
    LARGE((1 << 21) + (1 << 16), 11, 20);

    /** Batch numbers per key version, as a power of two. */
    static final int NUMBER_BITS = 22;

    /** Bits that tell batch and serial. */
    static final int INDEX_BITS = 33;

    private final int first;
    private final int batchBits;
    private final int serialBits;

    BatchSize(int first, int batchBits, int serialBits) {
        this.first = first;
        this.batchBits = batchBits;
        this.serialBits = serialBits;
    }

    /** The most codes one batch can have. */
    public static long most() {
        return LARGE.capacity();
    }

    /**
     * The smallest shelf for so many codes.
     *
     * @throws IllegalArgumentException if that is none, or more than {@link #most}
     */
    public static BatchSize of(long codes) {
        for (BatchSize size : values()) {
            if (codes >= 1 && codes <= size.capacity()) {
                return size;
            }
        }
        throw new IllegalArgumentException("a batch has 1 to " + most() + " codes: " + codes);
    }

    /** The shelf of a batch number. */
    public static BatchSize ofBatch(long batch) {
        long local = batch & ((1L << NUMBER_BITS) - 1);
        if (batch >= 0 && batch >>> NUMBER_BITS < CodeKey.VERSIONS) {
            for (BatchSize size : values()) {
                if (local >= size.first && local < size.first + size.batches()) {
                    return size;
                }
            }
        }
        throw new IllegalArgumentException("not a batch number: " + batch);
    }

    /** How many codes a batch on this shelf can have. */
    public long capacity() {
        return 1L << serialBits;
    }

    /** How many batches fit on this shelf, per key version. */
    public long batches() {
        return 1L << batchBits;
    }

    /**
     * The number of the {@code place}-th batch (from 0) on this shelf under a key version.
     *
     * @throws IllegalArgumentException when the shelf is full: a new key version is due
     */
    public long batch(int keyVersion, long place) {
        CodeKey.checkVersion(keyVersion);
        if (place < 0 || place >= batches()) {
            throw new IllegalArgumentException("the shelf " + this + " has no place " + place);
        }
        return ((long) keyVersion << NUMBER_BITS) + first + place;
    }

    /** The 33 bits of a batch and a serial. */
    long index(long batch, long serial) {
        if (serial < 0 || serial >= capacity()) {
            throw new IllegalArgumentException("batch " + batch + " has no serial " + serial);
        }
        long place = (batch & ((1L << NUMBER_BITS) - 1)) - first;
        return prefix() | place << serialBits | serial;
    }

    static BatchSize ofIndex(long index) {
        return switch ((int) (index >>> INDEX_BITS - 2)) {
            case 0, 1 -> SMALL;
            case 2 -> MEDIUM;
            default -> LARGE;
        };
    }

    long place(long index) {
        return index >>> serialBits & (1L << batchBits) - 1;
    }

    long serial(long index) {
        return index & capacity() - 1;
    }

    private long prefix() {
        return switch (this) {
            case SMALL -> 0;
            case MEDIUM -> 2L << INDEX_BITS - 2;
            case LARGE -> 3L << INDEX_BITS - 2;
        };
    }
}
