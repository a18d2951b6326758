package cn.xinyuan.server.catalog.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What the journal keeps of a link that was registered or withdrawn: the address only as its hash,
 * for an address may name a person.
 *
 * @param act REGISTERED or WITHDRAWN
 */
public record LinkFact(Act act, UUID link, UUID product, String type, String href, Instant at) {

    public static final String KIND = "product-link/1";

    /** What was done. */
    public enum Act {
        REGISTERED,
        WITHDRAWN
    }

    /** The bytes of version 1: one value a line. */
    public byte[] bytes() {
        return ("xinyuan/product-link/1\n"
                        + act
                        + "\n"
                        + link
                        + "\n"
                        + product
                        + "\n"
                        + type
                        + "\n"
                        + sha256(href)
                        + "\n"
                        + at
                        + "\n")
                .getBytes(UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
