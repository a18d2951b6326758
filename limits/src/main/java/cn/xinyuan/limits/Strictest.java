package cn.xinyuan.limits;

import cn.xinyuan.limits.Limit.Absent;
import cn.xinyuan.limits.Limit.AtLeast;
import cn.xinyuan.limits.Limit.AtMost;
import cn.xinyuan.limits.Limit.Between;
import cn.xinyuan.limits.Limit.NotToBeUsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The strictest of what several sources say about one indicator (取严取全).
 *
 * @param limit what has to be met
 * @param sources whose figures made it so; more than one where they agree or each gives one bound
 * @param considered every clause that was looked at
 */
public record Strictest(
        String indicator, Limit limit, Set<String> sources, List<Sourced> considered) {

    public Strictest {
        sources = Set.copyOf(sources);
        considered = List.copyOf(considered);
    }

    /**
     * The union of all indicators, each with its strictest clause, in order of first appearance.
     *
     * @throws IllegalArgumentException if two sources contradict each other, so that nothing could
     *     meet both
     */
    public static Map<String, Strictest> of(List<Sourced> clauses) {
        Map<String, List<Sourced>> byIndicator = new LinkedHashMap<>();
        for (Sourced clause : clauses) {
            byIndicator.computeIfAbsent(clause.indicator(), _ -> new ArrayList<>()).add(clause);
        }
        Map<String, Strictest> strictest = new LinkedHashMap<>();
        byIndicator.forEach((indicator, all) -> strictest.put(indicator, compose(indicator, all)));
        return strictest;
    }

    private static Strictest compose(String indicator, List<Sourced> all) {
        Set<String> banning = sources(all, NotToBeUsed.class);
        if (!banning.isEmpty()) {
            return new Strictest(indicator, new NotToBeUsed(), banning, all);
        }
        Bound finest = new Bound(true);
        Bound high = new Bound(true);
        Bound low = new Bound(false);
        Set<String> forbidding = sources(all, Absent.class);
        for (Sourced clause : all) {
            switch (clause.limit()) {
                case NotToBeUsed _ -> {}
                case Absent(var seenFrom, var unit) when seenFrom != null ->
                        finest.take(seenFrom, unit, clause.source());
                case Absent _ -> {}
                case AtMost(var bound, var unit) -> high.take(bound, unit, clause.source());
                case AtLeast(var bound, var unit) -> low.take(bound, unit, clause.source());
                case Between(var from, var to, var unit) -> {
                    low.take(from, unit, clause.source());
                    high.take(to, unit, clause.source());
                }
            }
        }
        if (!forbidding.isEmpty()) {
            return new Strictest(
                    indicator, new Absent(finest.figure, finest.unit), forbidding, all);
        }
        if (low.figure == null && high.figure != null) {
            return new Strictest(indicator, new AtMost(high.figure, high.unit), high.from, all);
        }
        if (high.figure == null && low.figure != null) {
            return new Strictest(indicator, new AtLeast(low.figure, low.unit), low.from, all);
        }
        if (low.figure == null || high.figure == null) {
            throw new IllegalArgumentException("no clause for " + indicator);
        }
        BigDecimal lowInUnit = low.unit.to(high.unit, low.figure);
        if (lowInUnit.compareTo(high.figure) > 0) {
            throw new IllegalArgumentException(
                    indicator + ": " + low.from + " and " + high.from + " cannot both be met");
        }
        Set<String> both = new LinkedHashSet<>(low.from);
        both.addAll(high.from);
        return new Strictest(indicator, new Between(lowInUnit, high.figure, high.unit), both, all);
    }

    private static Set<String> sources(List<Sourced> all, Class<? extends Limit> kind) {
        Set<String> found = new LinkedHashSet<>();
        for (Sourced clause : all) {
            if (kind.isInstance(clause.limit())) {
                found.add(clause.source());
            }
        }
        return found;
    }

    /** The strictest figure seen so far and who gave it. */
    private static final class Bound {
        private final boolean lowest;
        private final Set<String> from = new LinkedHashSet<>();
        private @Nullable BigDecimal figure;
        private Unit unit = Unit.MG_PER_KG;

        Bound(boolean lowest) {
            this.lowest = lowest;
        }

        void take(BigDecimal other, Unit otherUnit, String source) {
            int than = figure == null ? -1 : otherUnit.to(unit, other).compareTo(figure);
            if (figure != null && !lowest) {
                than = -than;
            }
            if (than < 0) {
                figure = other;
                unit = otherUnit;
                from.clear();
            }
            if (than <= 0) {
                from.add(source);
            }
        }
    }
}
