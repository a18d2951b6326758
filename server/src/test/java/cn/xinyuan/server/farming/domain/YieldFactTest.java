package cn.xinyuan.server.farming.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.farming.Farming.AgreedYield;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class YieldFactTest {

    /** If this fails, do not change the text: old entries would no longer verify. Add version 2. */
    @Test
    void the_bytes_of_version_1_never_change_and_hold_no_name_and_no_reason() {
        var agreed =
                new AgreedYield(
                        new UUID(0, 1),
                        2025,
                        new BigDecimal("380"),
                        new BigDecimal("12.6"),
                        new BigDecimal("4788.000"),
                        "陈科",
                        Instant.parse("2025-01-09T01:00:00Z"),
                        "测产");

        // the hash by: printf 'salt\n测产' | sha256sum
        assertThat(new YieldFact(agreed, new UUID(0, 2), "salt").bytes())
                .asString(UTF_8)
                .isEqualTo(
                        """
                        xinyuan/agreed-yield/1
                        00000000-0000-0000-0000-000000000001
                        2025
                        380.000
                        12.600
                        4788.000
                        00000000-0000-0000-0000-000000000002
                        f9fd9150948d408679a9edd8ee85eaa410ba7eb8e913846f79b994371f877ef9
                        2025-01-09T01:00:00Z
                        """);
    }
}
