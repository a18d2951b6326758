package cn.xinyuan.server.issuing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FreeSerialsTest {

    private static Activated activated(long from, long count) {
        var any = new UUID(0, 1);
        return new Activated(any, new CodeRange(5, from, count), any, any, Instant.EPOCH);
    }

    private static Voided voided(long from, long count) {
        var any = new UUID(0, 1);
        return new Voided(any, new CodeRange(5, from, count), "卡纸", any, Instant.EPOCH);
    }

    @Test
    void a_new_batch_is_free_as_a_whole() {
        var free = FreeSerials.of(5, 500, List.of(), List.of());
        assertThat(free.runs()).containsExactly(new CodeRange(5, 0, 500));
    }

    @Test
    void used_and_void_codes_are_left_out_also_where_a_used_one_was_voided_later() {
        var free =
                FreeSerials.of(
                        5,
                        500,
                        List.of(activated(0, 100), activated(200, 50)),
                        List.of(voided(90, 20), voided(499, 1)));
        assertThat(free.runs())
                .containsExactly(new CodeRange(5, 110, 90), new CodeRange(5, 250, 249));
        assertThat(free.count()).isEqualTo(339);
        assertThat(free.longest()).isEqualTo(249);
    }

    @Test
    void the_first_run_that_is_long_enough_is_taken_and_skipped_codes_stay_free() {
        var free = FreeSerials.of(5, 500, List.of(activated(0, 100)), List.of(voided(110, 1)));
        assertThat(free.first(11)).contains(new CodeRange(5, 111, 11));
        assertThat(free.first(10)).contains(new CodeRange(5, 100, 10));
        assertThat(free.first(390)).isEmpty();
        assertThat(free.holds(new CodeRange(5, 105, 6))).isFalse();
        assertThat(free.holds(new CodeRange(5, 105, 5))).isTrue();
    }

    @Test
    void nothing_is_free_when_all_is_used() {
        assertThat(FreeSerials.of(5, 10, List.of(activated(0, 10)), List.of()).runs()).isEmpty();
    }
}
