package cn.xinyuan.server.catalog.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkFactTest {

    @Test
    void the_bytes_of_version_1_never_change() {
        var fact =
                new LinkFact(
                        LinkFact.Act.REGISTERED,
                        new UUID(0, 1),
                        new UUID(0, 2),
                        "recipeInfo",
                        "https://shop.example.com/",
                        Instant.parse("2025-06-14T04:00:00Z"));
        assertThat(new String(fact.bytes(), UTF_8))
                .isEqualTo(
                        """
                        xinyuan/product-link/1
                        REGISTERED
                        00000000-0000-0000-0000-000000000001
                        00000000-0000-0000-0000-000000000002
                        recipeInfo
                        757838ee0de1badf6c064e9d98c1d51dec468c9a53fc0006cf32ec791cd357f0
                        2025-06-14T04:00:00Z
                        """);
    }
}
