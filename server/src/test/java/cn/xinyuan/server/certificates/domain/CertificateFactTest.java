package cn.xinyuan.server.certificates.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.certificates.Certificates.Basis;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificateFactTest {

    /** If this fails, do not change the text: old entries would no longer verify. Add version 2. */
    @Test
    void the_bytes_of_version_1_never_change() {
        var fact =
                new CertificateFact(
                        "HGZ-2025-000017",
                        new UUID(0, 7),
                        new BigDecimal("1240.500"),
                        LocalDate.of(2025, 6, 12),
                        Set.of(Basis.TESTED, Basis.QUALITY_CONTROL),
                        Instant.parse("2025-06-12T01:00:00Z"));

        assertThat(fact.bytes())
                .asString(UTF_8)
                .isEqualTo(
                        """
                        xinyuan/certificate/1
                        HGZ-2025-000017
                        00000000-0000-0000-0000-000000000007
                        1240.5
                        2025-06-12
                        QUALITY_CONTROL,TESTED
                        2025-06-12T01:00:00Z
                        """);
    }
}
