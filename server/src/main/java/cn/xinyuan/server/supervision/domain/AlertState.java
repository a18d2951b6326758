package cn.xinyuan.server.supervision.domain;

import java.util.EnumSet;
import java.util.Set;

/** The loop of an alert: found, assigned, handled, re-checked, closed. */
public enum AlertState {
    FOUND("待派单"),
    ASSIGNED("处理中"),
    HANDLED("待复核"),
    RECHECKED("已复核"),
    CLOSED("已办结");

    private final String word;

    AlertState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The states an alert may go to from here; a re-check that finds it unmended goes back. */
    public Set<AlertState> next() {
        return switch (this) {
            case FOUND -> EnumSet.of(ASSIGNED);
            case ASSIGNED -> EnumSet.of(ASSIGNED, HANDLED);
            case HANDLED -> EnumSet.of(ASSIGNED, RECHECKED);
            case RECHECKED -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(AlertState.class);
        };
    }
}
