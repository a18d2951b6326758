package cn.xinyuan.server.trace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.Common;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.server.trace.domain.Stowage.Content;
import cn.xinyuan.server.trace.domain.Stowage.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lies in containers follows from what was told of them, in whatever order it came. */
class StowageTest {

    private static final String CRATE = "https://id.gs1.org/8003/09521234543213123";
    private static final String CASE = "https://id.gs1.org/00/095214567890123457";
    private static final String PALLET = "https://id.gs1.org/00/095214567890123464";
    private static final String LOT = "https://id.gs1.org/01/09521234543213/10/A";
    private static final String OTHER = "https://id.gs1.org/01/09521234543213/10/B";

    private final Stowage stowage = new Stowage();

    private static Instant at(int hour) {
        return Instant.parse("2025-06-11T00:00:00Z").plusSeconds(hour * 3600L);
    }

    private void said(int hour, Action action, String parent, Object... children) {
        List<String> things = new ArrayList<>();
        List<Quantity> amounts = new ArrayList<>();
        for (Object child : children) {
            if (child instanceof Quantity amount) {
                amounts.add(amount);
            } else {
                things.add((String) child);
            }
        }
        stowage.add(
                new AggregationEvent(
                        Common.at(EpcisTime.of(at(hour), ZoneOffset.UTC), null),
                        action,
                        parent,
                        things,
                        amounts));
    }

    private static Quantity of(String lot, String quantity, String uom) {
        return new Quantity(lot, new BigDecimal(quantity), uom.isEmpty() ? null : uom);
    }

    private List<String> goods(String container, int hour) {
        return stowage.goods(container, at(hour)).stream().map(Content::name).toList();
    }

    @Test
    void a_crate_carries_unrelated_lots_in_turn_however_late_that_is_told() {
        said(8, Action.ADD, CRATE, of(OTHER, "20", "KGM"));
        said(6, Action.DELETE, CRATE);
        said(2, Action.ADD, CRATE, of(LOT, "20", "KGM"));
        assertThat(goods(CRATE, 1)).isEmpty();
        assertThat(goods(CRATE, 5)).containsExactly(LOT);
        assertThat(goods(CRATE, 7)).isEmpty();
        assertThat(goods(CRATE, 9)).containsExactly(OTHER);
        assertThat(stowage.stays(LOT, CRATE)).containsExactly(new Span(at(2), at(6)));
        assertThat(stowage.during(Set.of(LOT), Map.of()))
                .isEqualTo(Map.of(CRATE, List.of(new Span(at(2), at(6)))));
    }

    @Test
    void a_pallet_holds_what_lies_in_its_cases_while_both_are_together() {
        said(1, Action.ADD, CASE, of(LOT, "10", "KGM"));
        said(3, Action.ADD, PALLET, CASE, of(OTHER, "5", "KGM"));
        said(5, Action.DELETE, PALLET, CASE);
        assertThat(goods(PALLET, 4)).containsExactlyInAnyOrder(LOT, OTHER);
        assertThat(goods(PALLET, 6)).containsExactly(OTHER);
        assertThat(goods(CASE, 6)).containsExactly(LOT);
        assertThat(stowage.during(Set.of(LOT), Map.of()))
                .containsEntry(PALLET, List.of(new Span(at(3), at(5))))
                .containsEntry(CASE, List.of(new Span(at(1), Instant.MAX)));
    }

    @Test
    void a_part_that_is_taken_out_leaves_the_rest_inside() {
        said(
                1,
                Action.ADD,
                PALLET,
                of(LOT, "120", "KGM"),
                of(LOT, "48", ""),
                of(OTHER, "20000", "GRM"));
        said(2, Action.DELETE, PALLET, of(LOT, "12", ""), of(OTHER, "20", "KGM"));
        Content left = stowage.goods(PALLET, at(3)).getFirst();
        assertThat(goods(PALLET, 3)).containsExactly(LOT);
        assertThat(left.amounts().get("")).isEqualByComparingTo("36");
        assertThat(left.amounts().get("KGM")).isEqualByComparingTo("90");
        said(4, Action.DELETE, PALLET, of(LOT, "36", ""));
        assertThat(goods(PALLET, 5)).isEmpty();
    }

    @Test
    void a_circle_of_containers_ends() {
        said(1, Action.ADD, PALLET, CASE);
        said(1, Action.ADD, CASE, PALLET, of(LOT, "1", "KGM"));
        assertThat(goods(PALLET, 2)).containsExactly(LOT);
        assertThat(stowage.during(Set.of(LOT), Map.of())).containsKeys(CASE, PALLET);
    }
}
