package cn.xinyuan.server.certificates.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/** What the journal keeps of a certificate that was taken back. */
public record RevocationFact(String number, Instant at) {

    public static final String KIND = "certificate-revoked/1";

    public byte[] bytes() {
        return "xinyuan/certificate-revoked/1\n%s\n%s\n".formatted(number, at).getBytes(UTF_8);
    }
}
