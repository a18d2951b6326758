package cn.xinyuan.server.licensing.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What was done to a licence, as the journal keeps it: one field a line, in this order, for good.
 * The reason stands there only as the SHA-256 of salt, line feed and reason.
 *
 * @param yearlyKg kilograms, written with three decimals
 */
public record LicenceAct(
        Kind kind,
        UUID licence,
        String number,
        UUID party,
        UUID product,
        LocalDate from,
        LocalDate until,
        BigDecimal yearlyKg,
        String salt,
        String reason,
        Instant at) {

    /** The name and version under which the journal keeps it. */
    public static final String JOURNAL_KIND = "licence-act/1";

    /** What may be done to a licence. */
    public enum Kind {
        GRANT,
        SUSPEND,
        REINSTATE,
        REVOKE
    }

    public byte[] bytes() {
        return String.join(
                        "\n",
                        "xinyuan/licence-act/1",
                        kind.name(),
                        licence.toString(),
                        number,
                        party.toString(),
                        product.toString(),
                        from.toString(),
                        until.toString(),
                        yearlyKg.setScale(3).toPlainString(),
                        hash(salt + "\n" + reason),
                        at.truncatedTo(ChronoUnit.MICROS).toString(),
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
