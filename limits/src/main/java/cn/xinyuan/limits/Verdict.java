package cn.xinyuan.limits;

import java.util.Collection;

/** What a judgement comes to. The order is that of severity. */
public enum Verdict {
    PASS,
    /** Nobody can tell from these figures; never as good as a pass. */
    INCONCLUSIVE,
    FAIL;

    /** The worse of two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The worst of several; nothing judged is inconclusive. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().reduce(Verdict::and).orElse(INCONCLUSIVE);
    }
}
