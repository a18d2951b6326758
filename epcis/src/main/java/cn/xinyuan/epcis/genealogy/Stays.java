package cn.xinyuan.epcis.genealogy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Links that hold for a time only: goods in a container from when they were put in until they were
 * taken out, and a container going into something at a moment. What was said may come in any order;
 * the stays of a pair are worked out again each time.
 */
final class Stays {

    private enum Kind {
        IN,
        OUT,
        EMPTIED,
        TAKEN_BACK
    }

    private record Change(long at, Kind kind, long said) {}

    private record Stay(long from, long until, long said) {}

    private int[] source = new int[16];
    private int[] target = new int[16];
    private long[] from = new long[16];
    private long[] until = new long[16];
    private long[] said = new long[16];
    private int[] nextOut = new int[16];
    private int[] nextIn = new int[16];
    private int[] nextOfPair = new int[16];
    private int size;

    private final IntMap outOf = new IntMap();
    private final IntMap into = new IntMap();
    private final IntMap ofPair = new IntMap();

    /** What was said: changes of pairs, and of whole containers when they were emptied. */
    private long[] changeAt = new long[16];

    private long[] changeSaid = new long[16];
    private Kind[] changeKind = new Kind[16];
    private int[] nextChange = new int[16];
    private int changes;
    private final IntMap changesOfPair = new IntMap();
    private final IntMap changesOfContainer = new IntMap();

    boolean isEmpty() {
        return size == 0 && changes == 0;
    }

    int size() {
        return size;
    }

    int firstOut(int lot) {
        return outOf.get(lot);
    }

    int nextOut(int stay) {
        return nextOut[stay];
    }

    int firstIn(int lot) {
        return into.get(lot);
    }

    int nextIn(int stay) {
        return nextIn[stay];
    }

    int source(int stay) {
        return source[stay];
    }

    int target(int stay) {
        return target[stay];
    }

    long from(int stay) {
        return from[stay];
    }

    /** Inclusive; before {@link #from} when the stay turned out never to have been. */
    long until(int stay) {
        return until[stay];
    }

    long said(int stay) {
        return said[stay];
    }

    void in(int content, int container, long at, long by) {
        change(changesOfPair, IntMap.pair(content, container), at, Kind.IN, by);
        derive(content, container);
    }

    void out(int content, int container, long at, long by) {
        change(changesOfPair, IntMap.pair(content, container), at, Kind.OUT, by);
        derive(content, container);
    }

    void emptied(int container, long at, long by) {
        change(changesOfContainer, container, at, Kind.EMPTIED, by);
        deriveContents(container);
    }

    private void deriveContents(int container) {
        List<Integer> contents = new ArrayList<>();
        for (int i = into.get(container); i >= 0; i = nextIn[i]) {
            if (isOfPair(i)) {
                contents.add(source[i]);
            }
        }
        contents.stream().distinct().forEach(content -> derive(content, container));
    }

    /** At one moment all that is in the source goes into the target. */
    void use(int container, int into, long at, long by) {
        add(container, into, at, at, by);
    }

    /** Takes back what was said of a content and a container, or of a use; false if nothing was. */
    boolean retract(int from, int to, long by) {
        boolean found = false;
        long pair = IntMap.pair(from, to);
        for (int i = changesOfPair.get(pair); i >= 0; i = nextChange[i]) {
            if (changeSaid[i] == by && changeKind[i] != Kind.TAKEN_BACK) {
                changeKind[i] = Kind.TAKEN_BACK;
                found = true;
            }
        }
        if (found) {
            derive(from, to);
            return true;
        }
        for (int i = outOf.get(from); i >= 0; i = nextOut[i]) {
            if (target[i] == to && said[i] == by && this.from[i] <= until[i] && !isOfPair(i)) {
                this.from[i] = 1;
                until[i] = 0;
                found = true;
            }
        }
        return found;
    }

    /** Takes back that a container was emptied; false if nobody said so. */
    boolean retractEmptied(int container, long by) {
        boolean found = false;
        for (int i = changesOfContainer.get(container); i >= 0; i = nextChange[i]) {
            if (changeSaid[i] == by && changeKind[i] != Kind.TAKEN_BACK) {
                changeKind[i] = Kind.TAKEN_BACK;
                found = true;
            }
        }
        if (found) {
            deriveContents(container);
        }
        return found;
    }

    private boolean isOfPair(int stay) {
        return changesOfPair.get(IntMap.pair(source[stay], target[stay])) >= 0;
    }

    private void change(IntMap heads, long key, long at, Kind kind, long by) {
        if (changes == changeAt.length) {
            int length = changes << 1;
            changeAt = Arrays.copyOf(changeAt, length);
            changeSaid = Arrays.copyOf(changeSaid, length);
            changeKind = Arrays.copyOf(changeKind, length);
            nextChange = Arrays.copyOf(nextChange, length);
        }
        changeAt[changes] = at;
        changeSaid[changes] = by;
        changeKind[changes] = kind;
        nextChange[changes] = heads.get(key);
        heads.put(key, changes++);
    }

    private void derive(int content, int container) {
        List<Stay> stays = stays(content, container);
        long pair = IntMap.pair(content, container);
        int slot = ofPair.get(pair);
        for (Stay stay : stays) {
            if (slot >= 0) {
                from[slot] = stay.from();
                until[slot] = stay.until();
                said[slot] = stay.said();
                slot = nextOfPair[slot];
            } else {
                int fresh = add(content, container, stay.from(), stay.until(), stay.said());
                nextOfPair[fresh] = ofPair.get(pair);
                ofPair.put(pair, fresh);
            }
        }
        for (; slot >= 0; slot = nextOfPair[slot]) {
            from[slot] = 1;
            until[slot] = 0;
        }
    }

    private List<Stay> stays(int content, int container) {
        List<Change> said = new ArrayList<>();
        for (int i = changesOfPair.get(IntMap.pair(content, container));
                i >= 0;
                i = nextChange[i]) {
            said.add(new Change(changeAt[i], changeKind[i], changeSaid[i]));
        }
        for (int i = changesOfContainer.get(container); i >= 0; i = nextChange[i]) {
            said.add(new Change(changeAt[i], changeKind[i], changeSaid[i]));
        }
        said.sort(Comparator.comparingLong(Change::at).thenComparing(Change::kind));
        List<Stay> stays = new ArrayList<>();
        boolean inside = false;
        long since = 0;
        long by = 0;
        for (Change change : said) {
            switch (change.kind()) {
                case TAKEN_BACK -> {}
                case IN -> {
                    if (!inside) {
                        inside = true;
                        since = change.at();
                        by = change.said();
                    }
                }
                case OUT, EMPTIED -> {
                    if (inside) {
                        stays.add(new Stay(since, Math.max(since, change.at() - 1), by));
                        inside = false;
                    } else if (change.kind() == Kind.OUT) {
                        // taken out, so it was in; nobody said since when
                        stays.add(new Stay(change.at() - 1, change.at() - 1, change.said()));
                    }
                }
            }
        }
        if (inside) {
            stays.add(new Stay(since, Long.MAX_VALUE, by));
        }
        return stays;
    }

    private int add(int content, int container, long since, long end, long by) {
        if (size == source.length) {
            int length = size << 1;
            source = Arrays.copyOf(source, length);
            target = Arrays.copyOf(target, length);
            from = Arrays.copyOf(from, length);
            until = Arrays.copyOf(until, length);
            said = Arrays.copyOf(said, length);
            nextOut = Arrays.copyOf(nextOut, length);
            nextIn = Arrays.copyOf(nextIn, length);
            nextOfPair = Arrays.copyOf(nextOfPair, length);
        }
        source[size] = content;
        target[size] = container;
        from[size] = since;
        until[size] = end;
        said[size] = by;
        nextOut[size] = outOf.get(content);
        outOf.put(content, size);
        nextIn[size] = into.get(container);
        into.put(container, size);
        nextOfPair[size] = -1;
        return size++;
    }
}
