package cn.xinyuan.server.farming.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * An agreed yield as the journal keeps it: one field a line, in this order, for good. Figures have
 * three decimals; who agreed stands there as the account's id, the reason as the SHA-256 of salt,
 * line feed and reason.
 */
public record YieldFact(AgreedYield agreed, UUID account, String salt) {

    /** The name and version under which the journal keeps it. */
    public static final String KIND = "agreed-yield/1";

    public byte[] bytes() {
        String reason = agreed.reason();
        return String.join(
                        "\n",
                        "xinyuan/agreed-yield/1",
                        agreed.plot().toString(),
                        String.valueOf(agreed.season()),
                        agreed.kgPerMu().setScale(3).toPlainString(),
                        agreed.areaMu().setScale(3).toPlainString(),
                        agreed.kilograms().setScale(3).toPlainString(),
                        account.toString(),
                        hash(salt + "\n" + (reason == null ? "" : reason)),
                        agreed.at().toString(),
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
