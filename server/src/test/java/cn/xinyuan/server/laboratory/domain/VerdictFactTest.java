package cn.xinyuan.server.laboratory.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.standards.Standards.Judgement;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import cn.xinyuan.server.standards.Standards.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * These bytes stand in the journal for good. If this test fails, make another kind: never change
 * it.
 */
class VerdictFactTest {

    @Test
    void the_bytes_of_a_released_verdict_are_pinned() {
        LocalDate day = LocalDate.of(2025, 6, 11);
        Line found =
                new Line(
                        "氯氟氰菊酯",
                        new Value("氯氟氰菊酯", Value.Kind.FOUND, new BigDecimal("0.420"), "mg/kg"),
                        new BigDecimal("0.1"),
                        "mg/kg",
                        "GB 2763-2021",
                        Outcome.FAIL,
                        "not in the bytes");
        Line nothing =
                new Line(
                        "烯酰吗啉",
                        new Value("烯酰吗啉", Value.Kind.NOT_DETECTED, new BigDecimal("0.01"), "mg/kg"),
                        null,
                        "mg/kg",
                        "GB 2763-2021",
                        Outcome.PASS,
                        "");
        Report report =
                new Report(
                        new UUID(0, 1),
                        "R2025-00001",
                        2,
                        new UUID(0, 2),
                        new UUID(0, 3),
                        new UUID(0, 4),
                        new UUID(0, 5),
                        day,
                        day.plusDays(2),
                        true,
                        new Judgement(Outcome.FAIL, "GB 2763-2021", day, List.of(found, nothing)));

        assertThat(VerdictFact.KIND).isEqualTo("test-verdict/1");
        assertThat(
                        new String(
                                new VerdictFact(
                                                report,
                                                new UUID(0, 6),
                                                Instant.parse("2025-06-13T02:03:04.000005Z"))
                                        .bytes(),
                                UTF_8))
                .isEqualTo(
                        "xinyuan/test-verdict/1\n"
                                + "report\t00000000-0000-0000-0000-000000000001\n"
                                + "number\tR2025-00001\n"
                                + "version\t2\n"
                                + "replaces\t00000000-0000-0000-0000-000000000002\n"
                                + "sample\t00000000-0000-0000-0000-000000000003\n"
                                + "lot\t00000000-0000-0000-0000-000000000004\n"
                                + "laboratory\t00000000-0000-0000-0000-000000000005\n"
                                + "sampled\t2025-06-11\n"
                                + "reported\t2025-06-13\n"
                                + "edition\tGB 2763-2021\n"
                                + "outcome\tFAIL\n"
                                + "line\t氯氟氰菊酯\tFOUND\t0.420\tmg/kg\t0.1\tmg/kg\tGB 2763-2021\tFAIL\n"
                                + "line\t烯酰吗啉\tNOT_DETECTED\t0.01\tmg/kg\t-\tmg/kg\tGB 2763-2021\tPASS\n"
                                + "released-by\t00000000-0000-0000-0000-000000000006\n"
                                + "released-at\t2025-06-13T02:03:04.000005Z\n");
    }

    @Test
    void the_bytes_of_a_judgement_by_a_later_edition_are_pinned() {
        assertThat(
                        new String(
                                new RejudgementFact(
                                                new UUID(0, 1),
                                                new UUID(0, 4),
                                                "演示版 2026-03-01",
                                                LocalDate.of(2026, 3, 1),
                                                Outcome.FAIL)
                                        .bytes(),
                                UTF_8))
                .isEqualTo(
                        "xinyuan/test-rejudgement/1\n"
                                + "report\t00000000-0000-0000-0000-000000000001\n"
                                + "lot\t00000000-0000-0000-0000-000000000004\n"
                                + "edition\t演示版 2026-03-01\n"
                                + "day\t2026-03-01\n"
                                + "outcome\tFAIL\n");
    }
}
