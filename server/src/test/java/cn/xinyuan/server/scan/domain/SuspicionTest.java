package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspicionTest {

    @Test
    void a_box_scanned_by_a_family_in_two_cities_is_no_copy() {
        assertThat(Suspicion.USUAL.evidence(new Suspicion.Readers(2, 9, 5))).isEmpty();
    }

    @Test
    void scans_in_many_regions_within_a_day_look_like_copies() {
        assertThat(Suspicion.USUAL.evidence(new Suspicion.Readers(4, 4, 1)))
                .hasValue("24 小时内在 4 个地区被查询");
    }

    @Test
    void a_burst_of_different_readers_looks_like_copies() {
        assertThat(Suspicion.USUAL.evidence(new Suspicion.Readers(0, 30, 30))).isPresent();
        assertThat(Suspicion.USUAL.evidence(new Suspicion.Readers(0, 30, 29))).isEmpty();
    }

    @Test
    void the_rule_of_regions_can_be_off() {
        assertThat(new Suspicion(0, 80, 30).evidence(new Suspicion.Readers(50, 50, 1))).isEmpty();
    }
}
