package cn.xinyuan.codes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of a batch number and a serial, and reads it back, from the key alone: no row per
 * code is stored anywhere.
 *
 * <p>The 75 bits before the check character:
 *
 * <pre>
 * bits   2   key version, in the clear
 * bits  40   tag     T = first 40 bits of HMAC-SHA256(key, 'T' ‖ context ‖ index)
 * bits  33   cipher  C = index xor first 33 bits of HMAC-SHA256(key, 'C' ‖ context ‖ T)
 * </pre>
 *
 * where {@code index} is batch and serial ({@link BatchSize}) and {@code context} is the format's
 * name, the installation id and the key version. This is the synthetic-IV construction (Rogaway and
 * Shrimpton, "Deterministic Authenticated-Encryption", EUROCRYPT 2006) over HMAC (RFC 2104, FIPS
 * 198-1) with short outputs.
 *
 * <p><b>What it promises.</b> For each of the 2⁷³ pairs (T, C) of a version exactly one index
 * decrypts from it, and it is accepted only if its tag is T. To whoever has not the key, the tag of
 * an index not seen yet is a uniform 40-bit number: one guess with a right check character is
 * accepted with probability 2⁻⁴⁰ at most, q guesses with q·2⁻⁴⁰, however many true codes were seen.
 * An accepted guess must also fall into a batch that was ordered and a serial that was put on a
 * lot. The codes of one batch show neither their order nor their number. Two codes never collide:
 * the index comes back from the code.
 *
 * <p>The byte layout and test vectors are in {@code docs/code-format.md}; they may never change for
 * a format name. Instances are immutable and may be shared between threads.
 */
public final class CodeEngine {

    private static final byte[] FORMAT = "xinyuan code 1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_BITS = 40;
    private static final long INDEX_MASK = (1L << BatchSize.INDEX_BITS) - 1;
    private static final int LOW_BITS = 35;
    private static final int TAG_IN_LOW = LOW_BITS - BatchSize.INDEX_BITS;

    private final @Nullable Engine[] engines = new Engine[CodeKey.VERSIONS];

    /**
     * @param keys the keys in use, one per version
     * @throws IllegalArgumentException if there is none, or two of one version
     */
    public CodeEngine(Collection<CodeKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        for (CodeKey key : keys) {
            if (engines[key.version()] != null) {
                throw new IllegalArgumentException("two keys of version " + key.version());
            }
            engines[key.version()] = new Engine(key);
        }
    }

    public CodeEngine(CodeKey key) {
        this(List.of(key));
    }

    /**
     * The code of one serial.
     *
     * @throws IllegalArgumentException if there is no such batch number, serial or key version
     */
    public ItemCode code(long batch, long serial) {
        BatchSize size = BatchSize.ofBatch(batch);
        int version = (int) (batch >>> BatchSize.NUMBER_BITS);
        Engine engine = engines[version];
        if (engine == null) {
            throw new IllegalArgumentException("no key of version " + version);
        }
        long index = size.index(batch, serial);
        long tag = engine.tag(index);
        long cipher = index ^ engine.pad(tag);
        return ItemCode.ofBits(
                (long) version << TAG_BITS - TAG_IN_LOW | tag >>> TAG_IN_LOW,
                (tag & (1L << TAG_IN_LOW) - 1) << BatchSize.INDEX_BITS | cipher);
    }

    /** The codes of a range, in order, made as they are asked for. */
    public Stream<ItemCode> codes(CodeRange range) {
        return LongStream.range(range.from(), range.end()).mapToObj(s -> code(range.batch(), s));
    }

    /** The batch and serial a code was made from; empty when it was not made with these keys. */
    public Optional<Origin> open(ItemCode code) {
        long high = code.high();
        long low = code.low();
        int version = (int) (high >>> TAG_BITS - TAG_IN_LOW);
        Engine engine = engines[version];
        if (engine == null) {
            return Optional.empty();
        }
        long tag =
                (high & (1L << TAG_BITS - TAG_IN_LOW) - 1) << TAG_IN_LOW
                        | low >>> BatchSize.INDEX_BITS;
        long index = (low & INDEX_MASK) ^ engine.pad(tag);
        if (engine.tag(index) != tag) {
            return Optional.empty();
        }
        BatchSize size = BatchSize.ofIndex(index);
        return Optional.of(new Origin(size.batch(version, size.place(index)), size.serial(index)));
    }

    /** Where a code comes from. */
    public record Origin(long batch, long serial) {}

    private static final class Engine {

        private static final int CONTEXT = 1 + FORMAT.length + 16 + 1;

        private final Mac keyed;
        private final byte[] context;

        Engine(CodeKey key) {
            try {
                keyed = Mac.getInstance("HmacSHA256");
                keyed.init(key.forHmac());
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
            context =
                    ByteBuffer.allocate(CONTEXT)
                            .put((byte) 0)
                            .put(FORMAT)
                            .putLong(key.installation().getMostSignificantBits())
                            .putLong(key.installation().getLeastSignificantBits())
                            .put((byte) key.version())
                            .array();
        }

        long tag(long index) {
            return hmac('T', index) >>> 64 - TAG_BITS;
        }

        long pad(long tag) {
            return hmac('C', tag) >>> 64 - BatchSize.INDEX_BITS;
        }

        /** The first 64 bits of the HMAC of purpose, context and value. */
        private long hmac(char purpose, long value) {
            byte[] input = ByteBuffer.allocate(CONTEXT + 8).put(context).putLong(value).array();
            input[0] = (byte) purpose;
            try {
                Mac mac = (Mac) keyed.clone();
                return ByteBuffer.wrap(mac.doFinal(input)).getLong();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
            }
        }
    }
}
