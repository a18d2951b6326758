package cn.xinyuan.server.scan.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.Scans.Ruling;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RulingFactTest {

    /** If this fails, do not change the text: old entries would no longer verify. Add version 2. */
    @Test
    void the_bytes_of_version_1_never_change_and_hold_no_name_and_no_reason() {
        var ruling =
                new Ruling(
                        new UUID(0, 1),
                        "7000000000000001",
                        Ruling.As.SHOP_DISPLAY,
                        "样品箱",
                        "陈科",
                        Instant.parse("2025-07-09T01:00:00.000001Z"));

        // the hash by: printf 'salt\n样品箱' | sha256sum
        assertThat(new RulingFact(ruling, new UUID(0, 2), "salt").bytes())
                .asString(UTF_8)
                .isEqualTo(
                        """
                        xinyuan/suspicion-ruling/1
                        00000000-0000-0000-0000-000000000001
                        7000000000000001
                        SHOP_DISPLAY
                        00000000-0000-0000-0000-000000000002
                        2cbfe39051910039693b602fc5e60b941b1aedfff04ecece0064e507fa3f71ea
                        2025-07-09T01:00:00.000001Z
                        """);
    }
}
