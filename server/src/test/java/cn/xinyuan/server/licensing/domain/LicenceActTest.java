package cn.xinyuan.server.licensing.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LicenceActTest {

    private static final LicenceAct SUSPENSION =
            new LicenceAct(
                    LicenceAct.Kind.SUSPEND,
                    UUID.fromString("00000000-0000-0000-0000-000000000001"),
                    "信-4409-2025-0137",
                    UUID.fromString("00000000-0000-0000-0000-000000000002"),
                    UUID.fromString("00000000-0000-0000-0000-000000000003"),
                    LocalDate.of(2025, 5, 20),
                    LocalDate.of(2028, 5, 19),
                    new BigDecimal("42000"),
                    "salt",
                    "抽检不合格",
                    Instant.parse("2025-06-20T01:02:03.123456789Z"));

    /** These bytes are hashed and kept for good: this test may grow, but never change. */
    @Test
    void the_bytes_of_an_act_never_change() {
        assertThat(new String(SUSPENSION.bytes(), UTF_8))
                .isEqualTo(
                        """
                        xinyuan/licence-act/1
                        SUSPEND
                        00000000-0000-0000-0000-000000000001
                        信-4409-2025-0137
                        00000000-0000-0000-0000-000000000002
                        00000000-0000-0000-0000-000000000003
                        2025-05-20
                        2028-05-19
                        42000.000
                        4bfddef2d99973ee3200edd21071deada0c6a50b81d39c0d06d7af35bb4248c5
                        2025-06-20T01:02:03.123456Z
                        """);
    }

    @Test
    void the_reason_itself_does_not_stand_in_the_journal() {
        assertThat(new String(SUSPENSION.bytes(), UTF_8)).doesNotContain("抽检");
    }
}
