package cn.xinyuan.codes;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that codes are made with: 256 random bits, the installation they belong to and the
 * version of the key. Its text never shows the secret; whoever stores it asks for {@link #secret}.
 */
public final class CodeKey {

    /** Versions are numbered 0 to 3; a code says its version in its first two bits. */
    public static final int VERSIONS = 4;

    private static final int BYTES = 32;

    private final UUID installation;
    private final int version;
    private final byte[] secret;

    /**
     * @param secret 32 bytes
     */
    public CodeKey(UUID installation, int version, byte[] secret) {
        checkVersion(version);
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + secret.length);
        }
        this.installation = installation;
        this.version = version;
        this.secret = secret.clone();
    }

    /** A new key from a source fit for keys. */
    public static CodeKey random(UUID installation, int version, SecureRandom source) {
        byte[] secret = new byte[BYTES];
        source.nextBytes(secret);
        return new CodeKey(installation, version, secret);
    }

    public UUID installation() {
        return installation;
    }

    public int version() {
        return version;
    }

    /** The secret in hexadecimal, for the key store and for nothing else. */
    public String secret() {
        return HexFormat.of().formatHex(secret);
    }

    SecretKeySpec forHmac() {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    static void checkVersion(int version) {
        if (version < 0 || version >= VERSIONS) {
            throw new IllegalArgumentException("key versions are 0 to 3, not " + version);
        }
    }

    @Override
    public String toString() {
        return "CodeKey[installation=" + installation + ", version=" + version + "]";
    }
}
