package cn.xinyuan.server.recall.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.recall.Recalls.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecallFactTest {

    /** If this fails, do not change the text: old entries would no longer verify. Add version 2. */
    @Test
    void the_bytes_of_version_1_never_change_and_do_not_depend_on_the_order_of_the_lots() {
        var fact =
                new RecallFact(
                        "召-2025-0001",
                        new UUID(0, 7),
                        Level.TWO,
                        new BigDecimal("1000.000"),
                        400,
                        398,
                        List.of(new UUID(0, 9), new UUID(0, 7)),
                        Instant.parse("2025-07-09T01:00:00Z"));

        assertThat(fact.bytes())
                .asString(UTF_8)
                .isEqualTo(
                        """
                        xinyuan/recall/1
                        召-2025-0001
                        00000000-0000-0000-0000-000000000007
                        TWO
                        1000
                        400
                        398
                        2025-07-09T01:00:00Z
                        00000000-0000-0000-0000-000000000007
                        00000000-0000-0000-0000-000000000009
                        """);
    }
}
