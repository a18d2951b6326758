package cn.xinyuan.server.licensing.domain;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an application stands. The chart in docs is drawn from {@link #next} and {@link #needs}.
 */
public enum Stage {
    SUBMITTED,
    IN_REVIEW,
    SENT_BACK,
    GRANTED,
    REFUSED;

    public Set<Stage> next() {
        return switch (this) {
            case SUBMITTED -> EnumSet.of(IN_REVIEW);
            case IN_REVIEW -> EnumSet.of(SENT_BACK, GRANTED, REFUSED);
            case SENT_BACK -> EnumSet.of(IN_REVIEW);
            case GRANTED, REFUSED -> EnumSet.noneOf(Stage.class);
        };
    }

    /** What must have been done before a case comes to this stage. */
    public Set<Duty> needs() {
        return this == GRANTED ? EnumSet.of(Duty.VISIT) : EnumSet.noneOf(Duty.class);
    }

    public boolean isOpen() {
        return !next().isEmpty();
    }

    /** Work days that may pass in this stage: ours, or the applicant's while it is sent back. */
    public int workDays() {
        return switch (this) {
            case SUBMITTED -> 5;
            case IN_REVIEW -> 20;
            case SENT_BACK -> 10;
            case GRANTED, REFUSED -> 0;
        };
    }
}
