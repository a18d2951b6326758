package cn.xinyuan.server.licensing.domain;

/** What must have been done before a stage is come to. The chart in docs names it at the arrow. */
public enum Duty {
    /** An on-site check whose latest round left no clause unmet. */
    VISIT
}
