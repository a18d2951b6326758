package cn.xinyuan.epcis.genealogy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Single items by ranges of serial numbers: ten thousand boxes are one lot of the {@link Lineage}
 * until something happens to some of them alone. Then the range is parted, and each part keeps what
 * happened to the whole; so an item's trace is always that of the items that share its fate, never
 * more.
 */
public final class SerialRanges {

    private record Series(long high, long low) {}

    private static final class Part {
        private final int lot;
        private long last;

        private Part(int lot, long last) {
            this.lot = lot;
            this.last = last;
        }
    }

    private final Lineage lineage;
    private final Map<Series, TreeMap<Long, Part>> series = new HashMap<>();

    public SerialRanges(Lineage lineage) {
        this.lineage = lineage;
    }

    /**
     * The lots that stand for a range of serials, parted at its ends where needed.
     *
     * @param high upper half of the key of the series: a product's GTIN, a batch of codes
     * @param low lower half
     * @param first the first serial
     * @param last the last serial, included
     */
    public int[] parts(long high, long low, long first, long last) {
        if (first < 0 || last < first || last == Long.MAX_VALUE) {
            throw new IllegalArgumentException("a range runs from 0 up");
        }
        TreeMap<Long, Part> parts =
                series.computeIfAbsent(new Series(high, low), _ -> new TreeMap<>());
        cut(parts, high, low, first);
        cut(parts, high, low, last + 1);
        int[] found = new int[8];
        int n = 0;
        long at = first;
        while (at <= last) {
            var here = parts.floorEntry(at);
            if (here == null || here.getValue().last < at) {
                // nothing happened to these yet: up to the next known part they are one
                Long next = parts.higherKey(at);
                long end = next == null || next > last ? last : next - 1;
                Part fresh = new Part(number(high, low, at), end);
                parts.put(at, fresh);
                here = parts.floorEntry(at);
            }
            if (n == found.length) {
                found = Arrays.copyOf(found, n << 1);
            }
            found[n++] = here.getValue().lot;
            at = here.getValue().last + 1;
        }
        return Arrays.copyOf(found, n);
    }

    /** The lot that stands for one item, or −1 if no event named it. */
    public int find(long high, long low, long serial) {
        TreeMap<Long, Part> parts = series.get(new Series(high, low));
        var here = parts == null ? null : parts.floorEntry(serial);
        return here == null || here.getValue().last < serial ? -1 : here.getValue().lot;
    }

    private void cut(TreeMap<Long, Part> parts, long high, long low, long at) {
        var here = parts.floorEntry(at);
        if (here == null || here.getKey() == at || here.getValue().last < at) {
            return;
        }
        Part before = here.getValue();
        int lot = number(high, low, at);
        lineage.copy(before.lot, lot);
        parts.put(at, new Part(lot, before.last));
        before.last = at - 1;
    }

    private int number(long high, long low, long first) {
        long upper = Lineage.mix(high ^ Lineage.mix(first));
        return lineage.lot(upper, Lineage.mix(low + upper));
    }
}
