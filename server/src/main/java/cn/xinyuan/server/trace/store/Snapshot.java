package cn.xinyuan.server.trace.store;

import java.util.Arrays;

/**
 * A snapshot of PostgreSQL as {@code pg_current_snapshot()} writes it, {@code xmin:xmax:xip,…}
 * (PostgreSQL manual, "Transaction ID and Snapshot Information Functions"): which transactions had
 * ended.
 *
 * @param oldest all transactions below had ended
 * @param next this one and all above had not begun to end
 * @param running those between that had not ended, sorted
 */
record Snapshot(long oldest, long next, long[] running) {

    static Snapshot of(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no snapshot: " + text);
        }
        return new Snapshot(
                Long.parseUnsignedLong(parts[0]),
                Long.parseUnsignedLong(parts[1]),
                parts[2].isEmpty()
                        ? new long[0]
                        : Arrays.stream(parts[2].split(",", -1))
                                .mapToLong(Long::parseUnsignedLong)
                                .sorted()
                                .toArray());
    }

    /** Whether what this transaction wrote is seen. */
    boolean sees(long transaction) {
        return transaction < oldest
                || transaction < next && Arrays.binarySearch(running, transaction) < 0;
    }

    /** Whether everything that the other sees is seen, and perhaps more. */
    boolean isAsLateAs(Snapshot other) {
        if (next < other.next) {
            return false;
        }
        for (long transaction : running) {
            if (other.sees(transaction)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot s
                && s.oldest == oldest
                && s.next == next
                && Arrays.equals(s.running, running);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(oldest) * 31 + Long.hashCode(next);
    }

    @Override
    public String toString() {
        String list = Arrays.toString(running).replace(" ", "");
        return oldest + ":" + next + ":" + list.substring(1, list.length() - 1);
    }
}
