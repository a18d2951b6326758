package cn.xinyuan.epcis;

/** Counts the values of one event, or of the header, against {@link Limits#MOST_VALUES}. */
final class Budget {

    private int left = Limits.MOST_VALUES;

    /** False when one value more would be too many. */
    boolean take() {
        return --left >= 0;
    }
}
