package cn.xinyuan.codes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The key that the codes of one key version are made with. From a secret of 256 bits four subkeys
 * are derived, each for one purpose, one installation and one key version, by the counter mode of
 * NIST SP 800-108r1, section 4.1, over HMAC: whoever learns one subkey learns no other and not the
 * secret. The secret itself is kept by the key store; this object has the subkeys only, and its
 * text shows nothing of them.
 */
public final class CodeKey {

    /** Versions are numbered 0 to 15; a code says its version in its first four bits. */
    public static final int VERSIONS = 16;

    /** Bytes of the secret. */
    public static final int SECRET_BYTES = 32;

    private static final String FORMAT = "xinyuan code 2";
    private static final int SUBKEY_BYTES = 16;

    private final UUID installation;
    private final int version;
    private final CodeCipher cipher;
    private final byte[] tagKey;
    private final byte[] padKey;
    private final byte[] scratchKey;
    private final String fingerprint;

    /**
     * @param version 0 to 15
     * @param secret 32 bytes
     */
    public CodeKey(UUID installation, int version, CodeCipher cipher, byte[] secret) {
        this(installation, version, cipher, hmac(cipher, secret));
    }

    /** A key for {@link CodeCipher#AES}. */
    public CodeKey(UUID installation, int version, byte[] secret) {
        this(installation, version, CodeCipher.AES, secret);
    }

    private CodeKey(UUID installation, int version, CodeCipher cipher, UnaryOperator<byte[]> hmac) {
        checkVersion(version);
        this.installation = installation;
        this.version = version;
        this.cipher = cipher;
        this.tagKey = derive(hmac, "tag");
        this.padKey = derive(hmac, "pad");
        this.scratchKey = derive(hmac, "scratch");
        this.fingerprint = HexFormat.of().formatHex(derive(hmac, "name"), 0, 8);
    }

    /**
     * A key whose secret cannot be read, because it lies in a hardware module.
     *
     * @param hmac the module's HMAC under the secret: HMAC-SHA256 for {@link CodeCipher#AES},
     *     HMAC-SM3 for {@link CodeCipher#SM4}
     */
    public static CodeKey derivedBy(
            UUID installation, int version, CodeCipher cipher, UnaryOperator<byte[]> hmac) {
        return new CodeKey(installation, version, cipher, hmac);
    }

    /** A new secret from a source fit for keys. */
    public static byte[] newSecret(SecureRandom source) {
        byte[] secret = new byte[SECRET_BYTES];
        source.nextBytes(secret);
        return secret;
    }

    public UUID installation() {
        return installation;
    }

    public int version() {
        return version;
    }

    public CodeCipher cipher() {
        return cipher;
    }

    /**
     * Sixteen hexadecimal digits that tell one key from another and nothing about either: the first
     * half of a subkey that is used for nothing else.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** The hidden code of an item: its own subkey, and the whole item code as input. */
    ScratchCode scratch(ItemCode code) {
        return ScratchCode.of(cipher.hmac(scratchKey, code.text().getBytes(US_ASCII)));
    }

    CodeCipher.Blocks tagBlocks() {
        return cipher.blocks(tagKey);
    }

    CodeCipher.Blocks padBlocks() {
        return cipher.blocks(padKey);
    }

    static void checkVersion(int version) {
        if (version < 0 || version >= VERSIONS) {
            throw new IllegalArgumentException("key versions are 0 to 15, not " + version);
        }
    }

    private static UnaryOperator<byte[]> hmac(CodeCipher cipher, byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has 32 bytes, not " + secret.length);
        }
        byte[] own = secret.clone();
        return message -> cipher.hmac(own, message);
    }

    /** One block of KDF in counter mode: [1]₃₂ ‖ label ‖ 0x00 ‖ context ‖ [128]₃₂. */
    private byte[] derive(UnaryOperator<byte[]> hmac, String purpose) {
        byte[] label = (FORMAT + " " + purpose).getBytes(US_ASCII);
        byte[] message =
                ByteBuffer.allocate(4 + label.length + 1 + 16 + 1 + 4)
                        .putInt(1)
                        .put(label)
                        .put((byte) 0)
                        .putLong(installation.getMostSignificantBits())
                        .putLong(installation.getLeastSignificantBits())
                        .put((byte) version)
                        .putInt(8 * SUBKEY_BYTES)
                        .array();
        return Arrays.copyOf(hmac.apply(message), SUBKEY_BYTES);
    }

    @Override
    public String toString() {
        return "CodeKey[installation=%s, version=%d, cipher=%s]"
                .formatted(installation, version, cipher);
    }
}
