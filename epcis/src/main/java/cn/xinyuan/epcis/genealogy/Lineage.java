package cn.xinyuan.epcis.genealogy;

import cn.xinyuan.epcis.Walk.Direction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The genealogy of all lots in memory: which lot went into which. Lots are known outside by a key
 * of 128 bits and inside by a dense number. A compressed array in both directions holds what was
 * there when it was made; an append-only delta holds what came since; {@link #compact} makes a new
 * array of both.
 *
 * <p>Many threads may walk at once, each with a {@link Trail} of its own, or one may change: the
 * owner sees to that.
 */
public final class Lineage {

    private final LotKeys keys = new LotKeys();
    private Adjacency base = Adjacency.NONE;
    private long digest;
    private long links;

    // ---- the delta: links since the array was made, chained by source and by target

    private int[] deltaSource = new int[16];
    private int[] deltaTarget = new int[16];
    private int[] deltaNextOut = new int[16];
    private int[] deltaNextIn = new int[16];
    private int deltaSize;
    private IntMap deltaOut = new IntMap();
    private IntMap deltaIn = new IntMap();

    /** How many of the links of a pair no longer count. */
    private IntMap withdrawn = new IntMap();

    /** Lots whose links are not all in the array: in the delta, withdrawn, or for a time. */
    private Bits aside = new Bits();

    private final Bits containers = new Bits();
    private final Bits origins = new Bits();
    private Bits circular = new Bits();
    private final Stays stays = new Stays();

    private @Nullable Column owners;
    private @Nullable Days days;
    private @Nullable Trail own;

    /** Takes in very many links at once; much faster and smaller than one by one. */
    public static final class Load {
        private final Lineage into = new Lineage();
        private Adjacency.Ends ends = new Adjacency.Ends();
        private long lastSourceHigh;
        private long lastSourceLow;
        private int lastSource = -1;
        private long lastTargetHigh;
        private long lastTargetLow;
        private int lastTarget = -1;

        /** The number of a lot, given out now if it has none. */
        public int lot(long high, long low) {
            return into.lot(high, low);
        }

        public void describe(int lot, int owner, int day, boolean origin) {
            into.describe(lot, owner, day, origin);
        }

        /** The lot at the second key came, in part, from the lot at the first. */
        public void link(long sourceHigh, long sourceLow, long targetHigh, long targetLow) {
            // neighbouring rows mostly share an end
            if (lastSource < 0 || sourceLow != lastSourceLow || sourceHigh != lastSourceHigh) {
                lastSource = into.lot(sourceHigh, sourceLow);
                lastSourceHigh = sourceHigh;
                lastSourceLow = sourceLow;
            }
            if (lastTarget < 0 || targetLow != lastTargetLow || targetHigh != lastTargetHigh) {
                lastTarget = into.lot(targetHigh, targetLow);
                lastTargetHigh = targetHigh;
                lastTargetLow = targetLow;
            }
            ends.add(lastSource, lastTarget);
            into.digest += mix(sourceHigh, sourceLow, targetHigh, targetLow);
        }

        /** The same by numbers. */
        public void link(int source, int target) {
            ends.add(source, target);
            into.digest += into.mixed(source, target);
        }

        /** The genealogy of all that was loaded; the load is over. */
        public Lineage done() {
            into.links = ends.size();
            into.base = Adjacency.of(into.keys.size(), ends);
            ends = new Adjacency.Ends();
            into.aside = new Bits();
            into.keys.trim();
            into.circular = Circles.in(into.base);
            return into;
        }
    }

    // ---- lots

    /** How many lots are numbered. */
    public int lots() {
        return keys.size();
    }

    /** How many links there are, those for a time not counted. */
    public long links() {
        return links;
    }

    /** How many links lie in the delta. */
    public int pending() {
        return deltaSize + withdrawn.size();
    }

    /** The number of a lot, or −1 if nothing is known of it. */
    public int find(long high, long low) {
        return keys.find(high, low);
    }

    /** The number of a lot, given out now if it has none. */
    public int lot(long high, long low) {
        int before = keys.size();
        int lot = keys.number(high, low);
        if (keys.size() > before && lot >= base.lots()) {
            aside.set(lot);
        }
        return lot;
    }

    /** The upper half of a lot's key. */
    public long high(int lot) {
        return keys.high(lot);
    }

    /** The lower half of a lot's key. */
    public long low(int lot) {
        return keys.low(lot);
    }

    /**
     * Says what is known of a lot besides its links.
     *
     * @param owner a number the caller gives a meaning, for {@link Sight}
     * @param day days since 1970, 0 when unknown
     * @param origin whether it may stand at the beginning: a harvest, a plot
     */
    public void describe(int lot, int owner, int day, boolean origin) {
        if (owner != 0) {
            if (owners == null) {
                owners = new Column();
            }
            owners.set(lot, owner);
        }
        if (day != 0) {
            if (days == null) {
                days = new Days();
            }
            days.set(lot, day);
        }
        if (origin) {
            origins.set(lot);
        }
    }

    public int owner(int lot) {
        return owners == null ? 0 : owners.get(lot);
    }

    /** Days since 1970, 0 when unknown. */
    public int day(int lot) {
        return days == null ? 0 : days.get(lot);
    }

    public boolean isOrigin(int lot) {
        return origins.has(lot);
    }

    /** Whether the lot is among its own ancestors, which real goods cannot. */
    public boolean isCircular(int lot) {
        return circular.has(lot);
    }

    // ---- links

    /** The target came, in part, from the source. The same may be said several times. */
    public void link(int source, int target) {
        boolean closes = hasOut(target) && (source == target || reaches(target, source));
        append(source, target);
        links++;
        digest += mixed(source, target);
        if (closes || source == target) {
            markCircle(source, target);
        }
    }

    /** One saying of a link no longer counts; false if there is none left. */
    public boolean withdraw(int source, int target) {
        if (count(source, target) == 0) {
            return false;
        }
        long pair = IntMap.pair(source, target);
        withdrawn.put(pair, Math.max(0, withdrawn.get(pair)) + 1);
        aside.set(source);
        aside.set(target);
        links--;
        digest -= mixed(source, target);
        return true;
    }

    /** How many times a link was said and still counts. */
    public int count(int source, int target) {
        int count = -Math.max(0, withdrawn.get(IntMap.pair(source, target)));
        if (source < base.lots()) {
            for (int i = base.outAt()[source]; i < base.outAt()[source + 1]; i++) {
                count += base.outTo()[i] == target ? 1 : 0;
            }
        }
        for (int i = deltaOut.get(source); i >= 0; i = deltaNextOut[i]) {
            count += deltaTarget[i] == target ? 1 : 0;
        }
        return count;
    }

    private void append(int source, int target) {
        if (deltaSize == deltaSource.length) {
            int length = deltaSize << 1;
            deltaSource = Arrays.copyOf(deltaSource, length);
            deltaTarget = Arrays.copyOf(deltaTarget, length);
            deltaNextOut = Arrays.copyOf(deltaNextOut, length);
            deltaNextIn = Arrays.copyOf(deltaNextIn, length);
        }
        deltaSource[deltaSize] = source;
        deltaTarget[deltaSize] = target;
        deltaNextOut[deltaSize] = deltaOut.get(source);
        deltaOut.put(source, deltaSize);
        deltaNextIn[deltaSize] = deltaIn.get(target);
        deltaIn.put(target, deltaSize++);
        aside.set(source);
        aside.set(target);
    }

    // ---- containers, whose contents change

    /** Says that a lot is a container: what happens to it counts for what is inside then. */
    public void container(int lot) {
        containers.set(lot);
        aside.set(lot);
    }

    public boolean isContainer(int lot) {
        return containers.has(lot);
    }

    /**
     * Goods, or another container, were put into a container.
     *
     * @param at milliseconds since 1970
     * @param said a number of the caller's for who says so, such as the event's
     */
    public void putIn(int content, int container, long at, long said) {
        container(container);
        aside.set(content);
        stays.in(content, container, at, said);
        markTimedCircle(content, container, at);
    }

    /** They were taken out again. */
    public void takeOut(int content, int container, long at, long said) {
        container(container);
        aside.set(content);
        stays.out(content, container, at, said);
    }

    /** All that was in the container was taken out. */
    public void empty(int container, long at, long said) {
        container(container);
        stays.emptied(container, at, said);
    }

    /** What was in the container at a moment went into something: a product, a place. */
    public void use(int container, int into, long at, long said) {
        container(container);
        aside.set(into);
        stays.use(container, into, at, said);
    }

    /**
     * Takes back what one said of two lots for a time: that the source was put into or taken out of
     * the target, or went into it at a moment. False if they said nothing of the kind.
     */
    public boolean retract(int source, int target, long said) {
        return stays.retract(source, target, said);
    }

    /** Takes back that a container was emptied; false if they did not say so. */
    public boolean retractEmptied(int container, long said) {
        return stays.retractEmptied(container, said);
    }

    /** How many links hold for a time. */
    public int timedLinks() {
        return stays.size();
    }

    // ---- walks

    /**
     * Walks from some lots to all they came from ({@code BACK}) or went into ({@code FORWARD}),
     * each once, level by level.
     *
     * @throws IllegalArgumentException for {@code BOTH}: walk twice, siblings do not belong
     */
    public void walk(Trail trail, Direction direction, Limits limits, int... starts) {
        if (direction == Direction.BOTH) {
            throw new IllegalArgumentException("walk back, then forward");
        }
        trail.begin(keys.size());
        for (int start : starts) {
            trail.meet(start);
        }
        trail.started();
        if (stays.isEmpty()) {
            plain(trail, direction == Direction.BACK, limits);
        } else {
            timed(trail, direction == Direction.BACK, limits);
        }
    }

    private void plain(Trail trail, boolean back, Limits limits) {
        int[] at = back ? base.inAt() : base.outAt();
        int[] to = back ? base.inFrom() : base.outTo();
        int[] mark = trail.begun();
        int generation = trail.generation();
        int[] lots = trail.lots();
        int head = 0;
        int tail = trail.all();
        int levelEnd = tail;
        int depth = 0;
        long most = (long) tail + limits.lots();
        boolean cut = false;
        walking:
        while (head < tail && depth < limits.depth()) {
            int lot = lots[head++];
            int[] near;
            int i;
            int end;
            if (aside.has(lot)) {
                end = neighbours(lot, back, trail);
                near = trail.near;
                i = 0;
            } else {
                near = to;
                i = at[lot];
                end = at[lot + 1];
            }
            for (; i < end; i++) {
                int next = near[i];
                if (mark[next] != generation) {
                    if (tail >= most) {
                        cut = true;
                        break walking;
                    }
                    mark[next] = generation;
                    if (tail == lots.length) {
                        lots = trail.grown();
                    }
                    lots[tail++] = next;
                }
            }
            if (head == levelEnd) {
                trail.level(tail);
                levelEnd = tail;
                depth++;
            }
        }
        if (cut) {
            trail.level(tail);
        }
        trail.end(tail, cut);
    }

    /** As the plain walk, but a container is reached for a time. */
    private void timed(Trail trail, boolean back, Limits limits) {
        int starts = trail.all();
        for (int i = 0; i < starts; i++) {
            int start = trail.any(i);
            boolean bounded = containers.has(start);
            trail.state(
                    start,
                    bounded ? limits.from() : Long.MIN_VALUE,
                    bounded ? limits.until() : Long.MAX_VALUE);
        }
        int head = 0;
        int levelEnd = trail.states();
        int depth = 0;
        long most = (long) starts + limits.lots();
        while (head < trail.states() && depth < limits.depth()) {
            int lot = trail.stateLot(head);
            long from = trail.stateFrom(head);
            long until = trail.stateUntil(head);
            head++;
            int near = neighbours(lot, back, trail);
            for (int i = 0; i < near; i++) {
                if (!reach(trail, trail.near[i], Long.MIN_VALUE, Long.MAX_VALUE, most)) {
                    cut(trail);
                    return;
                }
            }
            for (int stay = back ? stays.firstIn(lot) : stays.firstOut(lot);
                    stay >= 0;
                    stay = back ? stays.nextIn(stay) : stays.nextOut(stay)) {
                long since = Math.max(from, stays.from(stay));
                long end = Math.min(until, stays.until(stay));
                if (since <= end
                        && !reach(
                                trail,
                                back ? stays.source(stay) : stays.target(stay),
                                since,
                                end,
                                most)) {
                    cut(trail);
                    return;
                }
            }
            if (head == levelEnd) {
                trail.level(trail.all());
                levelEnd = trail.states();
                depth++;
            }
        }
        trail.end(trail.all(), false);
    }

    private static void cut(Trail trail) {
        trail.level(trail.all());
        trail.end(trail.all(), true);
    }

    /** False when there is no room for one more lot. */
    private boolean reach(Trail trail, int lot, long from, long until, long most) {
        boolean bounded = containers.has(lot);
        if (!trail.met(lot)) {
            if (trail.all() >= most) {
                return false;
            }
            trail.meet(lot);
            trail.state(lot, bounded ? from : Long.MIN_VALUE, bounded ? until : Long.MAX_VALUE);
        } else if (bounded) {
            trail.state(lot, from, until);
        }
        return true;
    }

    /** Writes the neighbours by lasting links into {@code trail.near}; returns how many. */
    private int neighbours(int lot, boolean back, Trail trail) {
        int n = 0;
        int[] near = trail.near;
        if (lot < base.lots()) {
            int[] at = back ? base.inAt() : base.outAt();
            int[] to = back ? base.inFrom() : base.outTo();
            int length = at[lot + 1] - at[lot];
            if (length > near.length) {
                near = new int[length + (length >> 1)];
                trail.near = near;
            }
            System.arraycopy(to, at[lot], near, 0, length);
            n = length;
        }
        for (int i = back ? deltaIn.get(lot) : deltaOut.get(lot);
                i >= 0;
                i = back ? deltaNextIn[i] : deltaNextOut[i]) {
            if (n == near.length) {
                near = Arrays.copyOf(near, n << 1);
                trail.near = near;
            }
            near[n++] = back ? deltaSource[i] : deltaTarget[i];
        }
        if (withdrawn.size() > 0) {
            int kept = 0;
            for (int i = 0; i < n; i++) {
                int other = near[i];
                int source = back ? other : lot;
                int target = back ? lot : other;
                if (withdrawn.get(IntMap.pair(source, target)) <= 0 || count(source, target) > 0) {
                    near[kept++] = other;
                }
            }
            n = kept;
        }
        return n;
    }

    private boolean hasOut(int lot) {
        return deltaOut.get(lot) >= 0
                || lot < base.lots() && base.outAt()[lot] < base.outAt()[lot + 1]
                || stays.firstOut(lot) >= 0;
    }

    private boolean hasIn(int lot) {
        return deltaIn.get(lot) >= 0
                || lot < base.lots() && base.inAt()[lot] < base.inAt()[lot + 1]
                || stays.firstIn(lot) >= 0;
    }

    private Trail own() {
        Trail trail = own;
        if (trail == null) {
            trail = new Trail();
            own = trail;
        }
        return trail;
    }

    private boolean reaches(int from, int to) {
        Trail trail = own();
        walk(trail, Direction.FORWARD, Limits.NONE, from);
        return trail.met(to);
    }

    /** All lots on a way from the target round to the source are in the circle. */
    private void markCircle(int source, int target) {
        Trail forward = own();
        walk(forward, Direction.FORWARD, Limits.NONE, target);
        Trail back = new Trail();
        walk(back, Direction.BACK, Limits.NONE, source);
        for (int i = 0; i < back.all(); i++) {
            if (forward.met(back.any(i))) {
                circular.set(back.any(i));
            }
        }
    }

    /** A container that is, by way of others, inside itself at that moment. */
    private void markTimedCircle(int content, int container, long at) {
        if (!containers.has(content) || stays.firstOut(container) < 0 && content != container) {
            return;
        }
        Trail trail = own();
        walk(trail, Direction.FORWARD, Limits.NONE.between(at, at), container);
        if (content == container || trail.met(content)) {
            circular.set(content);
            circular.set(container);
        }
    }

    // ---- what a walk found

    /**
     * The keys of the reached lots that may be shown, nearest first.
     *
     * @param into room for two numbers each, upper half and lower half
     * @return how many lots; the array is made larger by the caller when it is too small
     * @throws ArrayIndexOutOfBoundsException if there is no room
     */
    public int keys(Trail trail, Sight sight, long[] into) {
        int n = 0;
        int size = trail.size();
        boolean all = sight.showsAll();
        for (int i = 0; i < size; i++) {
            int lot = trail.lot(i);
            if (all || sight.shows(owner(lot), day(lot))) {
                into[n++] = keys.high(lot);
                into[n++] = keys.low(lot);
            }
        }
        return n >> 1;
    }

    public boolean shows(Sight sight, int lot) {
        return sight.shows(owner(lot), day(lot));
    }

    /** Takes the links of a walk. */
    @FunctionalInterface
    public interface Taker {
        /**
         * A link.
         *
         * @param said for a link that held for a time, who says so; −1 for a lasting one
         */
        void take(int source, int target, long said);
    }

    /** Tells every link between lots that the last walk of the trail met. */
    public void linksAmong(Trail trail, Taker taker) {
        for (int i = 0; i < trail.all(); i++) {
            int lot = trail.any(i);
            int n = neighbours(lot, false, trail);
            for (int j = 0; j < n; j++) {
                if (trail.met(trail.near[j])) {
                    taker.take(lot, trail.near[j], -1);
                }
            }
            for (int stay = stays.firstOut(lot); stay >= 0; stay = stays.nextOut(stay)) {
                if (stays.from(stay) <= stays.until(stay)
                        && trail.met(stays.target(stay))
                        && trail.metDuring(lot, stays.from(stay), stays.until(stay))
                        && trail.metDuring(
                                stays.target(stay), stays.from(stay), stays.until(stay))) {
                    taker.take(lot, stays.target(stay), stays.said(stay));
                }
            }
        }
    }

    /** Whether the last walk met a lot that is among its own ancestors. */
    public boolean circular(Trail trail) {
        if (circular.isEmpty()) {
            return false;
        }
        for (int i = 0; i < trail.all(); i++) {
            if (circular.has(trail.any(i))) {
                return true;
            }
        }
        return false;
    }

    /** The met lots that nothing went into although they are no origin: nobody says where from. */
    public int[] dangling(Trail trail) {
        int[] found = new int[16];
        int n = 0;
        for (int i = 0; i < trail.all(); i++) {
            int lot = trail.any(i);
            if (!origins.has(lot) && !hasIn(lot)) {
                if (n == found.length) {
                    found = Arrays.copyOf(found, n << 1);
                }
                found[n++] = lot;
            }
        }
        return Arrays.copyOf(found, n);
    }

    // ---- the whole

    /**
     * The sum over all lasting links of a mixed number of their keys, wrapping: the same for the
     * same links in any order.
     */
    public long digest() {
        return digest;
    }

    private long mixed(int source, int target) {
        return mix(keys.high(source), keys.low(source), keys.high(target), keys.low(target));
    }

    /** What one link adds to the digest. The numbers are fixed: nodes compare their sums. */
    public static long mix(long sourceHigh, long sourceLow, long targetHigh, long targetLow) {
        long z = mix(sourceHigh) + sourceLow;
        z = mix(z) + targetHigh;
        z = mix(z) + targetLow;
        return mix(z);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    public static long mix(long number) {
        long z = number;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Makes one array of the array and the delta; what was withdrawn is gone for good. */
    public void compact() {
        Adjacency.Ends ends = new Adjacency.Ends();
        Trail room = own();
        IntMap left = withdrawn;
        for (int lot = 0; lot < keys.size(); lot++) {
            int n = every(lot, room);
            for (int i = 0; i < n; i++) {
                long pair = IntMap.pair(lot, room.near[i]);
                int drop = left.size() == 0 ? 0 : left.get(pair);
                if (drop > 0) {
                    left.put(pair, drop - 1);
                } else {
                    ends.add(lot, room.near[i]);
                }
            }
        }
        base = Adjacency.of(keys.size(), ends);
        deltaSource = new int[16];
        deltaTarget = new int[16];
        deltaNextOut = new int[16];
        deltaNextIn = new int[16];
        deltaSize = 0;
        deltaOut = new IntMap();
        deltaIn = new IntMap();
        withdrawn = new IntMap();
        aside = new Bits();
        for (int stay = 0; stay < stays.size(); stay++) {
            aside.set(stays.source(stay));
            aside.set(stays.target(stay));
        }
        Bits circles = Circles.in(base);
        for (int lot = 0; lot < keys.size(); lot++) {
            if (containers.has(lot) && circular.has(lot)) {
                circles.set(lot);
            }
        }
        circular = circles;
        keys.trim();
        own = null;
    }

    /** All outgoing links of a lot, the withdrawn ones too. */
    private int every(int lot, Trail room) {
        IntMap hidden = withdrawn;
        withdrawn = new IntMap();
        try {
            return neighbours(lot, false, room);
        } finally {
            withdrawn = hidden;
        }
    }
}
