package cn.xinyuan.server.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.scan.domain.Suspicion.Judgement;
import cn.xinyuan.server.scan.domain.Suspicion.Known;
import cn.xinyuan.server.scan.domain.Suspicion.Seen;
import cn.xinyuan.server.scan.domain.Suspicion.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuspicionTest {

    private static final Instant NOON = Instant.parse("2025-06-14T04:00:00Z");
    private static final Regions TABLE =
            Regions.read(
                    List.of(
                            "place 440300 22.54 114.06",
                            "place 440900 21.66 110.93",
                            "place 110000 39.90 116.40",
                            "place 510100 30.57 104.07",
                            "place 440100 23.13 113.26"));

    private static Judgement judge(Suspicion rules, Known known, Seen... scans) {
        return rules.judge(List.of(scans), NOON, known, TABLE);
    }

    private static Seen seen(long minutesAgo, String region, int token) {
        return new Seen(NOON.minus(Duration.ofMinutes(minutesAgo)), region, token);
    }

    private static Seen[] readers(int count, long minutesAgo) {
        return IntStream.range(0, count)
                .mapToObj(n -> seen(minutesAgo, "", n))
                .toArray(Seen[]::new);
    }

    @Test
    void a_family_in_two_neighbouring_cities_is_no_sign_at_all() {
        var scans = new ArrayList<Seen>();
        for (int n = 0; n < 6; n++) {
            scans.add(seen(60L * n, n % 2 == 0 ? "440300" : "440100", n));
        }
        assertThat(Suspicion.USUAL.judge(scans, NOON, Known.NOTHING, TABLE).signs()).isEmpty();
    }

    @Test
    void four_regions_within_a_day_are_enough_and_three_are_not() {
        assertThat(
                        judge(
                                        Suspicion.USUAL,
                                        Known.NOTHING,
                                        seen(1200, "a", 1),
                                        seen(800, "b", 2),
                                        seen(300, "c", 3),
                                        seen(0, "d", 4))
                                .evidence())
                .contains("24 小时内在 4 个地区被查询");
        Judgement three =
                judge(
                        Suspicion.USUAL,
                        Known.NOTHING,
                        seen(1500, "z", 9),
                        seen(800, "b", 2),
                        seen(300, "c", 3),
                        seen(0, "d", 4));
        assertThat(three.isSuspicious()).isFalse();
        assertThat(three.signs()).extracting(Sign::points).containsExactly(40);
    }

    @Test
    void thirty_readers_in_ten_minutes_and_eighty_in_a_day_are_enough() {
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, readers(29, 5)).isSuspicious()).isFalse();
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, readers(30, 5)).evidence())
                .contains("10 分钟内被 30 部不同的设备查询");
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, readers(79, 60)).isSuspicious()).isFalse();
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, readers(80, 60)).isSuspicious()).isTrue();
        // on display in one place a box has its crowd, and may keep it
        Seen[] display =
                IntStream.range(0, 120)
                        .mapToObj(n -> seen(600L - 5 * n, "440300", n))
                        .toArray(Seen[]::new);
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, display).score()).isEqualTo(50);
        // nobody reads his own box so often that he looks like a crowd
        Seen[] one = IntStream.range(0, 160).mapToObj(n -> seen(0, "", 7)).toArray(Seen[]::new);
        assertThat(judge(Suspicion.USUAL, Known.NOTHING, one).signs()).isEmpty();
    }

    @Test
    void what_no_aircraft_could_carry_counts_and_three_regions_with_it_are_enough() {
        Judgement journey =
                judge(Suspicion.USUAL, Known.NOTHING, seen(10, "440300", 1), seen(0, "110000", 2));
        assertThat(journey.isSuspicious()).isFalse();
        assertThat(journey.evidence().orElseThrow()).contains("440300与110000相距约", "先后只隔 10 分钟");
        assertThat(
                        judge(
                                        Suspicion.USUAL,
                                        Known.NOTHING,
                                        seen(20, "440300", 1),
                                        seen(10, "110000", 2),
                                        seen(0, "510100", 3),
                                        seen(5, "440300", 4))
                                .isSuspicious())
                .isTrue();
        // the next day is time enough
        assertThat(
                        judge(
                                        Suspicion.USUAL,
                                        Known.NOTHING,
                                        seen(600, "440300", 1),
                                        seen(0, "110000", 2))
                                .signs())
                .isEmpty();
    }

    @Test
    void a_crowd_after_the_sale_and_far_from_where_the_lot_went_weighs_more() {
        var scans = new ArrayList<Seen>();
        for (int n = 0; n < 10; n++) {
            scans.add(seen(200 - n, n % 2 == 0 ? "510100" : "110000", n));
        }
        Known known = new Known(NOON.minus(Duration.ofHours(5)), Set.of("440981", "440300"));
        Judgement judged = Suspicion.USUAL.judge(scans, NOON, known, TABLE);
        assertThat(judged.full())
                .contains("登记售出后仍被 10 部设备查询（+60）")
                .contains("在本批没有发往的 2 个城市被查询（+20）");
        assertThat(judged.isSuspicious()).isTrue();
        assertThat(Suspicion.USUAL.judge(scans, NOON, Known.NOTHING, TABLE).isSuspicious())
                .isFalse();
    }

    @Test
    void without_regions_no_rule_about_regions_is_kept() {
        Suspicion off = new Suspicion(0, 80, 30);
        assertThat(
                        judge(
                                        off,
                                        Known.NOTHING,
                                        seen(3, "440300", 1),
                                        seen(2, "110000", 2),
                                        seen(1, "510100", 3),
                                        seen(0, "440100", 4))
                                .signs())
                .isEmpty();
    }

    @Test
    void officers_see_regions_devices_and_times() {
        assertThat(
                        Suspicion.table(
                                List.of(seen(9, "深圳", 1), seen(5, "深圳", 2), seen(4, "", 3)),
                                Instant::toString))
                .startsWith("深圳 2 部设备（2025-06-14T03:51:00Z 至 2025-06-14T03:55:00Z）")
                .contains("地区未知 1 部设备");
    }
}
