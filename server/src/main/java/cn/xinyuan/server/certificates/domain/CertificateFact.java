package cn.xinyuan.server.certificates.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.certificates.Certificates.Basis;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the journal keeps of a certificate: which lot, how much, on what basis. Who committed
 * himself and his telephone stand on the certificate, not here.
 */
public record CertificateFact(
        String number,
        UUID lot,
        BigDecimal kilograms,
        LocalDate day,
        Set<Basis> basis,
        Instant at) {

    public static final String KIND = "certificate/1";

    /** The bytes of version 1: one value a line, bases in alphabetical order. */
    public byte[] bytes() {
        return "xinyuan/certificate/1\n%s\n%s\n%s\n%s\n%s\n%s\n"
                .formatted(
                        number,
                        lot,
                        kilograms.stripTrailingZeros().toPlainString(),
                        day,
                        basis.stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                        at)
                .getBytes(UTF_8);
    }
}
