package cn.xinyuan.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of a key version and an index, and reads it back, from the key alone: no row per
 * code is stored anywhere. An order of codes is a range of indices, see {@link CodeRange}.
 *
 * <p>The 75 bits before the check character:
 *
 * <pre>
 * bits   4   key version V, in the clear
 * bits  40   tag     T = first 40 bits of E(K_tag, 'T' ‖ 2 ‖ V ‖ installation₆₄ ‖ index)
 * bits  31   cipher  C = index xor first 31 bits of E(K_pad, 'C' ‖ 2 ‖ V ‖ installation₆₄ ‖ T)
 * </pre>
 *
 * where E is one call of the block cipher ({@link CodeCipher}). This is the synthetic-IV
 * construction (Rogaway and Shrimpton, "Deterministic Authenticated-Encryption", EUROCRYPT 2006;
 * RFC 5297 is its best known instance) for messages of one block, with outputs cut short (Hall,
 * Wagner, Kelsey and Schneier, "Building PRFs from PRPs", CRYPTO 1998).
 *
 * <p><b>What it promises.</b> For each of the 2⁷¹ pairs (T, C) of a version exactly one index
 * decrypts from it, and it is accepted only if its tag is T. To whoever has not the key, the tag of
 * an index not seen yet is a uniform 40-bit number: one guess with a right check character is
 * accepted with probability 2⁻⁴⁰ at most, however many true codes were seen, and what is accepted
 * must still lie in a range that was ordered. The codes of one order show neither their order nor
 * their number. Two codes never collide: the index comes back from the code.
 *
 * <p>A code is always judged with two block calls, whatever is wrong with it: the time taken tells
 * nothing of what it decrypts to. The byte layout, the argument in full and test vectors are in
 * {@code docs/code-format.md}; they may never change for a format name. Instances are immutable and
 * may be shared between threads.
 */
public final class CodeEngine {

    /** Indices of a key version are 0 to this, less one. */
    public static final long INDICES = 1L << 31;

    static final int TAG_BITS = 40;
    static final int INDEX_BITS = 31;

    /** Bits of the tag that stand in the lower 35 bits of a code, above the cipher. */
    private static final int TAG_IN_LOW = ItemCode.LOW_BITS - INDEX_BITS;

    private static final long TAG_TOP_MASK = (1L << TAG_BITS - TAG_IN_LOW) - 1;
    private static final long TAG_LOW_MASK = (1L << TAG_IN_LOW) - 1;
    private static final long INDEX_MASK = INDICES - 1;

    /** Idle ciphers of each version, about as many as threads could want them at once. */
    private static final int SHELVES = 64;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final @Nullable CodeKey[] keys = new CodeKey[CodeKey.VERSIONS];

    /**
     * Ciphers are not for two threads at once, and costly to make: they lie here until they are
     * taken. Not in thread locals, because a virtual thread lives for one request.
     */
    private final AtomicReferenceArray<@Nullable Single> idle =
            new AtomicReferenceArray<>(CodeKey.VERSIONS * SHELVES);

    /**
     * @param keys the keys in use, one per version
     * @throws IllegalArgumentException if there is none, or two of one version
     */
    public CodeEngine(Collection<CodeKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        for (CodeKey key : keys) {
            if (this.keys[key.version()] != null) {
                throw new IllegalArgumentException("two keys of version " + key.version());
            }
            this.keys[key.version()] = key;
        }
    }

    public CodeEngine(CodeKey key) {
        this(List.of(key));
    }

    /**
     * The code of one index.
     *
     * @throws IllegalArgumentException if there is no such index or no key of the version
     */
    public ItemCode code(int version, long index) {
        checkIndex(index, 1);
        CodeKey.checkVersion(version);
        CodeKey key = keys[version];
        if (key == null) {
            throw noKey(version);
        }
        int place = place(version);
        Single single = take(place, key);
        long tag = single.tag(index);
        long cipher = index ^ single.pad(tag);
        idle.setRelease(place, single);
        return ItemCode.ofBits(high(version, tag), low(tag, cipher));
    }

    /** Writes many codes of a version, in batches of blocks; for one thread at a time. */
    public Run run(int version) {
        CodeKey.checkVersion(version);
        CodeKey key = keys[version];
        if (key == null) {
            throw noKey(version);
        }
        return new Run(key);
    }

    /** Where a code was made; empty when it was not made with these keys. */
    public Optional<Origin> open(ItemCode code) {
        long index = index(code);
        return index < 0 ? Optional.empty() : Optional.of(new Origin(version(code), index));
    }

    /** The index of a code, or -1 when it was not made with these keys. Allocates nothing. */
    public long index(ItemCode code) {
        int version = version(code);
        CodeKey key = keys[version];
        if (key == null) {
            return -1;
        }
        int place = place(version);
        Single single = take(place, key);
        long tag = (code.high() & TAG_TOP_MASK) << TAG_IN_LOW | code.low() >>> INDEX_BITS;
        long index = code.low() & INDEX_MASK ^ single.pad(tag);
        long proof = single.tag(index);
        idle.setRelease(place, single);
        return proof == tag ? index : -1;
    }

    /** The key version that a code says it was made with; nobody vouches for it. */
    public static int version(ItemCode code) {
        return (int) (code.high() >>> TAG_BITS - TAG_IN_LOW);
    }

    /**
     * The hidden code of an item.
     *
     * @throws IllegalArgumentException if there is no key of the code's version
     */
    public ScratchCode scratch(ItemCode code) {
        CodeKey key = keys[version(code)];
        if (key == null) {
            throw noKey(version(code));
        }
        return key.scratch(code);
    }

    /** Where a code was made: the key version and the index under it. */
    public record Origin(int version, long index) {}

    private static int place(int version) {
        return version * SHELVES + (int) (Thread.currentThread().threadId() % SHELVES);
    }

    private Single take(int place, CodeKey key) {
        Single single = idle.getAndSet(place, null);
        return single == null ? new Single(key) : single;
    }

    private static void checkIndex(long index, long count) {
        if (index < 0 || count < 0 || index > INDICES - count) {
            throw new IllegalArgumentException(
                    "indices are 0 to 2147483647, not " + index + " + " + count);
        }
    }

    private static IllegalArgumentException noKey(int version) {
        return new IllegalArgumentException("no key of version " + version);
    }

    private static long high(int version, long tag) {
        return (long) version << TAG_BITS - TAG_IN_LOW | tag >>> TAG_IN_LOW;
    }

    private static long low(long tag, long cipher) {
        return (tag & TAG_LOW_MASK) << INDEX_BITS | cipher;
    }

    /** The first eight bytes of an input: purpose, format, version, installation's first five. */
    private static long head(char purpose, CodeKey key) {
        return (long) purpose << 56
                | 2L << 48
                | (long) key.version() << 40
                | key.installation().getMostSignificantBits() >>> 24;
    }

    /** The second eight: the installation's next three, and room for a value of 40 bits. */
    private static long tail(CodeKey key) {
        return key.installation().getMostSignificantBits() << 40;
    }

    /** One block call after the other, in buffers of its own; for one thread. */
    private static final class Single {

        private final CodeCipher.Blocks tagBlocks;
        private final CodeCipher.Blocks padBlocks;
        private final long tagHead;
        private final long padHead;
        private final long tail;
        private final byte[] in = new byte[16];
        private final byte[] out = new byte[16];

        Single(CodeKey key) {
            tagBlocks = key.tagBlocks();
            padBlocks = key.padBlocks();
            tagHead = head('T', key);
            padHead = head('C', key);
            tail = tail(key);
        }

        long tag(long index) {
            LONG.set(in, 0, tagHead);
            LONG.set(in, 8, tail | index);
            tagBlocks.encipher(in, 16, out);
            return (long) LONG.get(out, 0) >>> 64 - TAG_BITS;
        }

        long pad(long tag) {
            LONG.set(in, 0, padHead);
            LONG.set(in, 8, tail | tag);
            padBlocks.encipher(in, 16, out);
            return (long) LONG.get(out, 0) >>> 64 - INDEX_BITS;
        }
    }

    /** Writes the codes of consecutive indices, thousands of blocks a call of the cipher. */
    public static final class Run {

        /** Codes whose blocks are enciphered in one call: 32 kB in, 32 kB out. */
        private static final int BLOCKS = 2_048;

        private final int version;
        private final CodeCipher.Blocks tagBlocks;
        private final CodeCipher.Blocks padBlocks;
        private final long tagHead;
        private final long padHead;
        private final long tail;
        private final byte[] in = new byte[16 * BLOCKS];
        private final byte[] out = new byte[16 * BLOCKS];
        private final long[] tags = new long[BLOCKS];

        private Run(CodeKey key) {
            version = key.version();
            tagBlocks = key.tagBlocks();
            padBlocks = key.padBlocks();
            tagHead = head('T', key);
            padHead = head('C', key);
            tail = tail(key);
        }

        /**
         * Writes the 16 characters of each code as ASCII.
         *
         * @param first the first index
         * @param at where the first code begins
         * @param stride from the beginning of one code to that of the next, at least 16; what lies
         *     between two codes is left as it is
         */
        public void write(long first, int count, byte[] into, int at, int stride) {
            checkIndex(first, count);
            int place = at;
            for (int done = 0; done < count; ) {
                int n = Math.min(BLOCKS, count - done);
                place = some(first + done, n, into, place, stride);
                done += n;
            }
        }

        private int some(long first, int n, byte[] into, int at, int stride) {
            for (int i = 0; i < n; i++) {
                LONG.set(in, 16 * i, tagHead);
                LONG.set(in, 16 * i + 8, tail | first + i);
            }
            tagBlocks.encipher(in, 16 * n, out);
            for (int i = 0; i < n; i++) {
                long tag = (long) LONG.get(out, 16 * i) >>> 64 - TAG_BITS;
                tags[i] = tag;
                LONG.set(in, 16 * i, padHead);
                LONG.set(in, 16 * i + 8, tail | tag);
            }
            padBlocks.encipher(in, 16 * n, out);
            int place = at;
            for (int i = 0; i < n; i++) {
                long pad = (long) LONG.get(out, 16 * i) >>> 64 - INDEX_BITS;
                long tag = tags[i];
                ItemCode.write(high(version, tag), low(tag, first + i ^ pad), into, place);
                place += stride;
            }
            return place;
        }
    }
}
