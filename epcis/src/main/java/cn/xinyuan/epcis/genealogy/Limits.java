package cn.xinyuan.epcis.genealogy;

/**
 * How far a walk goes.
 *
 * @param depth at most so many links from the start
 * @param lots at most so many lots; a walk that meets more is cut short and says so
 * @param from for a start that is a container: only what it carried from this moment, in
 *     milliseconds since 1970
 * @param until and until this one, inclusive
 */
public record Limits(int depth, int lots, long from, long until) {

    public static final Limits NONE =
            new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    public Limits {
        if (depth < 0 || lots < 0 || from > until) {
            throw new IllegalArgumentException("limits below zero, or until before from");
        }
    }

    public Limits depth(int most) {
        return new Limits(most, lots, from, until);
    }

    public Limits lots(int most) {
        return new Limits(depth, most, from, until);
    }

    public Limits between(long first, long last) {
        return new Limits(depth, lots, first, last);
    }
}
