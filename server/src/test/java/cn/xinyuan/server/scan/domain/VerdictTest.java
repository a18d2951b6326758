package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.licensing.Licence.Standing;
import cn.xinyuan.server.scan.Scans.State;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void a_recall_comes_before_everything_else() {
        assertThat(Verdict.of(true, true, Standing.REVOKED, true, true, true, true).state())
                .isEqualTo(State.RECALLED);
    }

    @Test
    void a_suspended_licence_comes_before_a_held_lot() {
        assertThat(Verdict.of(false, false, Standing.SUSPENDED, false, true, true, true))
                .isEqualTo(new Verdict(State.REVOKED, Finding.Why.LICENCE_SUSPENDED));
    }

    @Test
    void a_held_lot_comes_before_a_suspicious_code() {
        assertThat(Verdict.of(false, false, Standing.IN_FORCE, false, true, true, true).state())
                .isEqualTo(State.ON_HOLD);
    }

    @Test
    void a_code_on_no_lot_is_not_activated_even_if_many_scan_it() {
        assertThat(Verdict.of(false, false, Standing.IN_FORCE, false, false, false, true).state())
                .isEqualTo(State.NOT_ACTIVATED);
    }

    @Test
    void a_label_of_a_past_season_says_so() {
        assertThat(Verdict.of(false, false, Standing.IN_FORCE, true, false, true, false).why())
                .isEqualTo(Finding.Why.SEASON_OVER);
    }

    @Test
    void without_any_ground_the_code_is_valid() {
        assertThat(Verdict.of(false, false, Standing.IN_FORCE, false, false, true, false).state())
                .isEqualTo(State.VALID);
    }
}
