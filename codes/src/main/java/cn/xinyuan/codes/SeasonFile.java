package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * The codes of a season that were good at a moment, as a signed file by which a handheld checks
 * codes without us: a Bloom filter (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable
 * Errors", CACM 1970). It holds no key and no code, and nothing that a code could be made from; a
 * code that is in it is always found, one that is not is taken for good with the probability {@link
 * #falseAcceptRate}.
 *
 * <p>The file ({@code docs/season-file.md}): a head of ASCII lines, the signature (Ed25519, RFC
 * 8032) over all of them, an empty line, the bits. The head names the SHA-256 of the bits.
 * Instances are immutable and may be shared between threads.
 */
public final class SeasonFile {

    /** Bits of the filter for each code, and hashes: false acceptance about 2⁻²¹. */
    public static final int BITS_PER_CODE = 30;

    static final int HASHES = 21;

    private static final String MAGIC = "xinyuan season file 1";
    private static final int LONGEST_HEAD = 4_096;
    private static final int SALT_BYTES = 16;

    private final UUID installation;
    private final int season;
    private final Instant made;
    private final long codes;
    private final long size;
    private final byte[] salt;
    private final ByteBuffer bits;

    private SeasonFile(
            UUID installation,
            int season,
            Instant made,
            long codes,
            long size,
            byte[] salt,
            ByteBuffer bits) {
        this.installation = installation;
        this.season = season;
        this.made = made;
        this.codes = codes;
        this.size = size;
        this.salt = salt;
        this.bits = bits;
    }

    public UUID installation() {
        return installation;
    }

    /** The year of the season. */
    public int season() {
        return season;
    }

    /** What happened after this moment the file does not know. */
    public Instant made() {
        return made;
    }

    /** How many codes are in it. */
    public long codes() {
        return codes;
    }

    /** Whether a code is in the file; wrongly so with the probability {@link #falseAcceptRate}. */
    public boolean holds(ItemCode code) {
        Places places = new Places(salt, size);
        places.of(code.text().getBytes(US_ASCII), 0);
        for (int i = 0; i < HASHES; i++) {
            long place = places.next(i);
            if ((bits.get((int) (place >>> 3)) >>> (place & 7) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The probability that a code which is not in the file is taken for one that is. */
    public double falseAcceptRate() {
        return size == 0 ? 0 : Math.pow(-Math.expm1(-(double) HASHES * codes / size), HASHES);
    }

    /**
     * Reads a file whose signature is right.
     *
     * @throws IOException in a sentence when it is none, is damaged, or is not signed by the key
     */
    public static SeasonFile read(Path file, PublicKey key) throws IOException {
        byte[] head;
        Map<String, String> lines;
        long begins;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LONGEST_HEAD);
            String text = new String(start, US_ASCII);
            int end = text.indexOf("\n\n");
            int signature = text.indexOf("\nsignature ");
            if (!text.startsWith(MAGIC + "\n") || end < 0 || signature < 0 || signature > end) {
                throw new IOException(file + " is no season file.");
            }
            head = text.substring(0, signature + 1).getBytes(US_ASCII);
            lines = lines(text.substring(MAGIC.length() + 1, end));
            begins = end + 2L;
        }
        demandSigned(file, head, lines, key);
        return parsed(file, lines, begins);
    }

    private static SeasonFile parsed(Path file, Map<String, String> lines, long begins)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = Long.parseLong(value(lines, "bits"));
            if (Integer.parseInt(value(lines, "hashes")) != HASHES || (size & 7) != 0 || size < 8) {
                throw new IOException(file + " is of a newer kind; get a newer program.");
            }
            if (channel.size() != begins + size / 8) {
                throw new IOException(file + " is damaged or cut off; fetch it again.");
            }
            // mapped: a handheld need not hold it in memory
            MappedByteBuffer bits = channel.map(MapMode.READ_ONLY, begins, size / 8);
            if (!digest(bits.duplicate()).equals(value(lines, "sha256"))) {
                throw new IOException(file + " is damaged; fetch it again.");
            }
            return new SeasonFile(
                    UUID.fromString(value(lines, "installation")),
                    Integer.parseInt(value(lines, "season")),
                    Instant.parse(value(lines, "made")),
                    Long.parseLong(value(lines, "codes")),
                    size,
                    HexFormat.of().parseHex(value(lines, "salt")),
                    bits);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException(file + " is no season file.", e);
        }
    }

    private static void demandSigned(
            Path file, byte[] head, Map<String, String> lines, PublicKey key) throws IOException {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(head);
            if (!verifier.verify(HexFormat.of().parseHex(value(lines, "signature")))) {
                throw new IOException(
                        file + " is not signed by this key: do not use it, and ask who gave it.");
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is not signed by this key: do not use it, and ask who gave it.", e);
        }
    }

    private static Map<String, String> lines(String head) {
        var lines = new HashMap<String, String>();
        head.lines()
                .forEach(
                        line -> {
                            int space = line.indexOf(' ');
                            if (space > 0) {
                                lines.put(line.substring(0, space), line.substring(space + 1));
                            }
                        });
        return lines;
    }

    private static String value(Map<String, String> lines, String name) {
        String value = lines.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no line " + name);
        }
        return value;
    }

    private static String digest(ByteBuffer bits) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bits);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Makes a file; its bits lie on the disk from the beginning, not in memory. For one thread. */
    public static final class Writer implements AutoCloseable {

        private final Path draft;
        private final FileChannel channel;
        private final MappedByteBuffer bits;
        private final Places places;
        private final byte[] salt;
        private final long size;
        private long codes;

        /**
         * @param draft a file that does not exist; it holds the bits until {@link #finish}
         * @param expected at least so many codes as will be added; the rate is kept up to there
         * @param salt 16 random bytes
         */
        public Writer(Path draft, long expected, byte[] salt) throws IOException {
            if (salt.length != SALT_BYTES) {
                throw new IllegalArgumentException("a salt has 16 bytes");
            }
            this.draft = draft;
            this.salt = salt.clone();
            this.size = Math.max(64, (expected * BITS_PER_CODE + 63) / 64 * 64);
            if (size / 8 > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "more than 570 million codes in one season file");
            }
            this.places = new Places(this.salt, size);
            this.channel =
                    FileChannel.open(
                            draft,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            this.bits = channel.map(MapMode.READ_WRITE, 0, size / 8);
        }

        /** Puts in codes: {@code count} times 16 characters. */
        public void add(byte[] text, int count) {
            for (int n = 0; n < count; n++) {
                places.of(text, n * ItemCode.LENGTH);
                for (int i = 0; i < HASHES; i++) {
                    long place = places.next(i);
                    int at = (int) (place >>> 3);
                    bits.put(at, (byte) (bits.get(at) | 1 << (place & 7)));
                }
            }
            codes += count;
        }

        /** Writes the signed file durably. */
        public void finish(Path file, UUID installation, int season, Instant made, PrivateKey key)
                throws IOException {
            String head =
                    MAGIC
                            + "\ninstallation "
                            + installation
                            + "\nseason "
                            + season
                            + "\nmade "
                            + made
                            + "\ncodes "
                            + codes
                            + "\nbits "
                            + size
                            + "\nhashes "
                            + HASHES
                            + "\nsalt "
                            + HexFormat.of().formatHex(salt)
                            + "\nsha256 "
                            + digest(bits.duplicate().position(0))
                            + "\n";
            var start = new ByteArrayOutputStream();
            start.writeBytes(head.getBytes(US_ASCII));
            start.writeBytes(
                    ("signature " + HexFormat.of().formatHex(sign(head.getBytes(US_ASCII), key)))
                            .getBytes(US_ASCII));
            start.writeBytes("\n\n".getBytes(US_ASCII));
            try (FileChannel out =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer first = ByteBuffer.wrap(start.toByteArray());
                while (first.hasRemaining()) {
                    out.write(first);
                }
                ByteBuffer rest = bits.duplicate().position(0);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
        }

        private static byte[] sign(byte[] head, PrivateKey key) {
            try {
                Signature signer = Signature.getInstance("Ed25519");
                signer.initSign(key);
                signer.update(head);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has Ed25519", e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Where the bits of a code are: SHA-256 of salt and code gives two numbers of 64 bits a and b;
     * the i-th place is (a + i·b) mod size, unsigned (Kirsch and Mitzenmacher, "Less Hashing, Same
     * Performance", 2006), b made odd.
     */
    private static final class Places {

        private final MessageDigest digest;
        private final byte[] salt;
        private final long size;
        private long a;
        private long b;

        Places(byte[] salt, long size) {
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
            this.salt = salt;
            this.size = size;
        }

        void of(byte[] text, int at) {
            digest.update(salt);
            digest.update(text, at, ItemCode.LENGTH);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            a = hash.getLong();
            b = hash.getLong() | 1;
        }

        long next(int i) {
            return Long.remainderUnsigned(a + i * b, size);
        }
    }

    /** Hides the bits: a text of millions of bytes helps nobody. */
    @Override
    public String toString() {
        return "SeasonFile[season=%d, made=%s, codes=%d]".formatted(season, made, codes);
    }
}
