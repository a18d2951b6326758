package cn.xinyuan.server.issuing.domain;

import cn.xinyuan.codes.CodeRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The serials of a batch that are neither used nor void, as runs of neighbours in order.
 *
 * @param runs none touches the next
 */
public record FreeSerials(List<CodeRange> runs) {

    public FreeSerials {
        runs = List.copyOf(runs);
    }

    /** What is left of a batch of {@code codes} when these are taken; they may overlap. */
    public static FreeSerials of(
            long batch, long codes, Collection<Activated> activated, Collection<Voided> voided) {
        var taken =
                Stream.concat(
                                activated.stream().map(Activated::range),
                                voided.stream().map(Voided::range))
                        .sorted(Comparator.comparingLong(CodeRange::from))
                        .toList();
        var runs = new ArrayList<CodeRange>();
        long next = 0;
        for (CodeRange range : taken) {
            if (range.from() > next) {
                runs.add(new CodeRange(batch, next, range.from() - next));
            }
            next = Math.max(next, range.end());
        }
        if (codes > next) {
            runs.add(new CodeRange(batch, next, codes - next));
        }
        return new FreeSerials(runs);
    }

    /** How many there are. */
    public long count() {
        return runs.stream().mapToLong(CodeRange::count).sum();
    }

    /** The longest run of neighbours. */
    public long longest() {
        return runs.stream().mapToLong(CodeRange::count).max().orElse(0);
    }

    /** The first run of neighbours that holds so many; empty when none does. */
    public Optional<CodeRange> first(long count) {
        return runs.stream()
                .filter(run -> run.count() >= count)
                .findFirst()
                .map(run -> new CodeRange(run.batch(), run.from(), count));
    }

    /** Whether all serials of a range are free. */
    public boolean holds(CodeRange range) {
        return runs.stream().anyMatch(r -> range.from() >= r.from() && range.end() <= r.end());
    }
}
