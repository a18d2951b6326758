package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Whether what was tested speaks for a lot (用什么药、检什么药). A passed report on a lot speaks for all of
 * it; without one, every lot that went into it must be spoken for. A substance used on a plot is
 * tested if a report on the lot itself, or on each of its inputs that bear the substance, tested
 * it.
 *
 * @param inputs lot to the lots that went into it; no entry for a harvest lot
 * @param usedOn harvest lot to the substances used on its plots before its harvest
 * @param reports lot to the released reports that stand on it
 * @param covers whether a test for the first says something about the second
 */
public record Coverings(
        Map<UUID, Set<UUID>> inputs,
        Map<UUID, Set<String>> usedOn,
        Map<UUID, List<Report>> reports,
        BiPredicate<String, String> covers) {

    /** What may be said of the lot. */
    public Coverage of(UUID lot) {
        List<UUID> order = inputsFirst(lot);
        Map<UUID, Set<String>> used = new HashMap<>();
        Map<UUID, Set<String>> untested = new HashMap<>();
        Map<UUID, Boolean> spokenFor = new HashMap<>();
        for (UUID each : order) {
            Set<UUID> from = inputs.getOrDefault(each, Set.of());
            Set<String> usedHere = new TreeSet<>(usedOn.getOrDefault(each, Set.of()));
            Set<String> open = new TreeSet<>(usedHere);
            for (UUID input : from) {
                usedHere.addAll(used.getOrDefault(input, Set.of()));
                open.addAll(untested.getOrDefault(input, Set.of()));
            }
            Set<String> testedHere = tested(passedOn(each));
            open.removeIf(u -> testedHere.stream().anyMatch(t -> covers.test(t, u)));
            used.put(each, usedHere);
            untested.put(each, open);
            spokenFor.put(
                    each,
                    !passedOn(each).isEmpty()
                            || (!from.isEmpty()
                                    && from.stream()
                                            .allMatch(i -> spokenFor.getOrDefault(i, false))));
        }
        List<Report> all =
                order.stream().flatMap(l -> reports.getOrDefault(l, List.of()).stream()).toList();
        boolean anyFailed = all.stream().anyMatch(r -> r.judgement().outcome() == Outcome.FAIL);
        Set<String> gap = untested.getOrDefault(lot, Set.of());
        return new Coverage(
                spokenFor.getOrDefault(lot, false) && gap.isEmpty() && !anyFailed,
                speaking(lot, all).map(Report::id).orElse(null),
                used.getOrDefault(lot, Set.of()),
                tested(all),
                gap);
    }

    /**
     * The passed report to name: the newest on the lot itself, else the newest on what it is of.
     */
    private Optional<Report> speaking(UUID lot, List<Report> all) {
        Comparator<Report> newest = Comparator.comparing(Report::day).thenComparing(Report::number);
        return passedOn(lot).stream()
                .max(newest)
                .or(
                        () ->
                                all.stream()
                                        .filter(r -> r.judgement().outcome() == Outcome.PASS)
                                        .max(newest));
    }

    private List<Report> passedOn(UUID lot) {
        return reports.getOrDefault(lot, List.of()).stream()
                .filter(r -> r.judgement().outcome() == Outcome.PASS)
                .toList();
    }

    private static Set<String> tested(List<Report> reports) {
        return reports.stream()
                .flatMap(r -> r.judgement().lines().stream())
                .map(Line::substance)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lot and its ancestors, each after everything that went into it; a circle is cut. */
    private List<UUID> inputsFirst(UUID lot) {
        var order = new ArrayList<UUID>();
        var seen = new HashSet<UUID>();
        Deque<UUID> open = new ArrayDeque<>();
        open.push(lot);
        while (!open.isEmpty()) {
            UUID top = open.peek();
            List<UUID> further =
                    seen.add(top)
                            ? inputs.getOrDefault(top, Set.of()).stream()
                                    .filter(i -> !seen.contains(i))
                                    .toList()
                            : List.of();
            if (further.isEmpty()) {
                open.pop();
                if (!order.contains(top)) {
                    order.add(top);
                }
            } else {
                further.forEach(open::push);
            }
        }
        return order;
    }
}
