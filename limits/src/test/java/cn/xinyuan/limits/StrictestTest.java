package cn.xinyuan.limits;

import static cn.xinyuan.limits.Unit.MG_PER_KG;
import static cn.xinyuan.limits.Unit.UG_PER_KG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.xinyuan.limits.Limit.Absent;
import cn.xinyuan.limits.Limit.AtLeast;
import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Limit.Between;
import cn.xinyuan.limits.Limit.NotToBeUsed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictestTest {

    @Test
    void the_lowest_maximum_wins_and_keeps_its_source() {
        Strictest chosen = one(atMost("0.5", "GB"), atMost("0.3", "EU"), atMost("0.4", "Codex"));
        assertThat(chosen.limit()).isEqualTo(new AtMost(new BigDecimal("0.3"), MG_PER_KG));
        assertThat(chosen.sources()).containsExactly("EU");
        assertThat(chosen.considered()).hasSize(3);
    }

    @Test
    void the_union_has_every_indicator_of_every_source() {
        Map<String, Strictest> all =
                Strictest.of(
                        List.of(
                                new Sourced("毒死蜱", limit("1"), "GB"),
                                new Sourced("草甘膦", limit("0.1"), "EU")));
        assertThat(all).containsOnlyKeys("毒死蜱", "草甘膦");
    }

    @Test
    void sources_that_agree_are_both_named() {
        assertThat(one(atMost("0.5", "GB"), atMost("0.50", "HK")).sources())
                .containsExactlyInAnyOrder("GB", "HK");
    }

    @Test
    void units_are_compared_by_what_they_mean() {
        Strictest chosen =
                one(
                        atMost("0.5", "GB"),
                        new Sourced("x", new AtMost(new BigDecimal("10"), UG_PER_KG), "EU"));
        assertThat(chosen.limit()).isEqualTo(new AtMost(new BigDecimal("10"), UG_PER_KG));
    }

    @Test
    void absent_is_stricter_than_any_maximum_and_a_ban_stricter_than_all() {
        Sourced absent = new Sourced("x", new Absent(null, MG_PER_KG), "EU");
        Sourced ban = new Sourced("x", new NotToBeUsed(), "announcement 536");
        assertThat(one(atMost("0.01", "GB"), absent).limit()).isInstanceOf(Absent.class);
        assertThat(one(atMost("0.01", "GB"), absent, ban).limit()).isEqualTo(new NotToBeUsed());
    }

    @Test
    void a_minimum_and_a_maximum_become_a_range_of_two_sources() {
        Sourced least = new Sourced("x", new AtLeast(new BigDecimal("0.1"), MG_PER_KG), "A");
        Strictest chosen = one(least, atMost("0.5", "B"));
        assertThat(chosen.limit())
                .isEqualTo(new Between(new BigDecimal("0.1"), new BigDecimal("0.5"), MG_PER_KG));
        assertThat(chosen.sources()).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void sources_that_contradict_each_other_are_refused() {
        Sourced least = new Sourced("x", new AtLeast(new BigDecimal("0.6"), MG_PER_KG), "A");
        assertThatIllegalArgumentException().isThrownBy(() -> one(least, atMost("0.5", "B")));
    }

    private static Strictest one(Sourced... clauses) {
        return Strictest.of(List.of(clauses)).values().iterator().next();
    }

    private static Sourced atMost(String bound, String source) {
        return new Sourced("x", limit(bound), source);
    }

    private static AtMost limit(String bound) {
        return new AtMost(new BigDecimal(bound), MG_PER_KG);
    }
}
