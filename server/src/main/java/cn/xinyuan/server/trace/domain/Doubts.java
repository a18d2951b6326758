package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.MassBalance;
import cn.xinyuan.epcis.Movement;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.server.trace.Doubt;
import cn.xinyuan.server.trace.domain.CapturedEvents.Sum;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is doubtful about lots and events of others by all that is known now: what came late counts,
 * and what was declared wrong does not.
 */
public final class Doubts {

    private Doubts() {}

    /** Those about a lot or thing, by what events made and used of it. */
    public static List<Doubt> ofLot(String name, List<Sum> sums) {
        Set<Doubt> found = new LinkedHashSet<>();
        if (Identifier.of(name).isClass() && !everMade(sums)) {
            found.add(new Doubt.NoOrigin(name));
        }
        sums.stream()
                .filter(s -> s.additions() > 1)
                .forEach(s -> found.add(new Doubt.MadeAgain(name, s.additions())));
        found.addAll(usedUp(name, sums));
        return List.copyOf(found);
    }

    /**
     * Those about an event that was not declared wrong.
     *
     * @param sums of every name in it, as {@link CapturedEvents#sums} gives them
     */
    public static List<Doubt> ofEvent(EpcisEvent event, Map<String, List<Sum>> sums) {
        Set<Doubt> found = new LinkedHashSet<>();
        if (event instanceof TransformationEvent change
                && MassBalance.of(change) instanceof MassBalance.Exceeds exceeds) {
            found.add(new Doubt.Outweighs(exceeds.in(), exceeds.out()));
        }
        for (Movement moved : Movement.of(event)) {
            List<Sum> of = sums.getOrDefault(moved.what(), List.of());
            if (moved.used().signum() > 0) {
                if (everMade(of)) {
                    found.addAll(usedUp(moved.what(), of));
                } else {
                    found.add(new Doubt.NoOrigin(moved.what()));
                }
            }
            if (moved.made().signum() > 0 && event instanceof ObjectEvent) {
                of.stream()
                        .filter(s -> s.additions() > 1)
                        .forEach(s -> found.add(new Doubt.MadeAgain(moved.what(), s.additions())));
            }
        }
        if (event instanceof AggregationEvent a && a.action() == Action.ADD) {
            for (String name : Link.classes(event)) {
                if (sums.getOrDefault(name, List.of()).isEmpty()) {
                    found.add(new Doubt.NoOrigin(name));
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean everMade(List<Sum> sums) {
        return sums.stream().anyMatch(s -> s.made().signum() > 0);
    }

    private static List<Doubt> usedUp(String name, List<Sum> sums) {
        return everMade(sums)
                ? sums.stream()
                        .filter(s -> s.used().compareTo(s.made()) > 0)
                        .<Doubt>map(s -> new Doubt.UsedUp(name, s.used(), s.made(), s.unit()))
                        .toList()
                : List.of();
    }
}
