package cn.xinyuan.server.scan.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.scan.Scans.Ruling;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A ruling about a suspicious code as the journal keeps it: one field a line, in this order, for
 * good. Who ruled stands there as the account's id, the reason as the SHA-256 of salt, line feed
 * and reason.
 */
public record RulingFact(Ruling ruling, UUID by, String salt) {

    /** The name and version under which the journal keeps it. */
    public static final String KIND = "suspicion-ruling/1";

    public byte[] bytes() {
        return String.join(
                        "\n",
                        "xinyuan/suspicion-ruling/1",
                        ruling.id().toString(),
                        ruling.code(),
                        ruling.as().name(),
                        by.toString(),
                        hash(salt + "\n" + ruling.reason()),
                        ruling.at().toString(),
                        "")
                .getBytes(UTF_8);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
