package cn.xinyuan.server.licensing.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Conclusion;
import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisitActTest {

    private static final VisitAct ACT =
            new VisitAct(
                    UUID.fromString("00000000-0000-0000-0000-000000000001"),
                    UUID.fromString("00000000-0000-0000-0000-000000000002"),
                    1,
                    "信-荔枝-现场/1",
                    new Conclusion(
                            List.of(
                                    new Finding("A1", Answer.MET, ""),
                                    new Finding("B2", Answer.UNMET, "有一瓶\n过期农药")),
                            "李 演示",
                            "何 演示",
                            UUID.fromString("00000000-0000-0000-0000-000000000003"),
                            Instant.parse("2026-06-20T01:02:03.123456789Z")),
                    "salt");

    /** These bytes are hashed and kept for good: this test may grow, but never change. */
    @Test
    void the_bytes_of_a_visit_never_change() {
        assertThat(new String(ACT.bytes(), UTF_8))
                .isEqualTo(
                        """
                        xinyuan/visit/1
                        00000000-0000-0000-0000-000000000001
                        00000000-0000-0000-0000-000000000002
                        1
                        信-荔枝-现场/1
                        1
                        1
                        0
                        8cb245ae153a30d74c95a195788f67a73ebde4ec32b44874aaa8261f938e970f
                        2026-06-20T01:02:03.123456Z
                        """);
    }

    @Test
    void notes_and_names_do_not_stand_in_the_journal() {
        assertThat(new String(ACT.bytes(), UTF_8)).doesNotContain("农药").doesNotContain("演示");
    }

    @Test
    void every_clause_is_answered_once_and_what_is_not_met_is_explained() {
        var clauses = Checklist.LITCHI.clauses();
        assertThat(clauses).hasSize(20).doesNotHaveDuplicates();
        var findings = new ArrayList<Finding>();
        clauses.forEach(c -> findings.add(new Finding(c.code(), Answer.MET, "")));
        assertThat(Checklist.complete(clauses, findings)).hasSize(20);

        findings.set(0, new Finding("A1", Answer.UNMET, " "));
        findings.set(1, new Finding("A2", Answer.NOT_APPLICABLE, ""));
        findings.removeLast();
        findings.add(new Finding("Z9", Answer.MET, ""));
        assertThatExceptionOfType(Problems.class)
                .isThrownBy(() -> Checklist.complete(clauses, findings))
                .satisfies(
                        p ->
                                assertThat(p.list())
                                        .extracting(Problem::field)
                                        .containsExactly("note-A1", "note-A2", "answer-E4", ""));
    }
}
