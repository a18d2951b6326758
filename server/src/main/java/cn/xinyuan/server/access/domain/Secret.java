package cn.xinyuan.server.access.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A random text that opens something to whoever holds it. Only its hash is ever stored: the text
 * has so much chance in it (160 bits and more) that one round of SHA-256 cannot be searched
 * backwards.
 */
public record Secret(String text) {

    private static final SecureRandom CHANCE = new SecureRandom();
    private static final char[] LETTERS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    /** The start of every API key, so that a leaked one is recognised in logs and repositories. */
    public static final String KEY_MARK = "xy_";

    /** How much of an API key may be shown, to tell keys apart. */
    private static final int SHOWN = KEY_MARK.length() + 6;

    public static Secret random() {
        return new Secret(letters(52));
    }

    public static Secret apiKey() {
        return new Secret(KEY_MARK + letters(40));
    }

    /** A password to hand over once: 16 letters in fours, 80 bits. */
    public static String password() {
        String letters = letters(16);
        return letters.substring(0, 4)
                + "-"
                + letters.substring(4, 8)
                + "-"
                + letters.substring(8, 12)
                + "-"
                + letters.substring(12);
    }

    private static String letters(int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS[CHANCE.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    public byte[] hash() {
        return sha256(text.getBytes(UTF_8));
    }

    public String prefix() {
        return text.substring(0, Math.min(SHOWN, text.length()));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return prefix() + "…";
    }
}
