package cn.xinyuan.limits;

/**
 * The verdict on one indicator.
 *
 * @param reason why, with both figures, in Chinese as it stands on the report
 */
public record Finding(Verdict verdict, String reason) {

    static Finding pass(String reason) {
        return new Finding(Verdict.PASS, reason);
    }

    static Finding fail(String reason) {
        return new Finding(Verdict.FAIL, reason);
    }

    static Finding open(String reason) {
        return new Finding(Verdict.INCONCLUSIVE, reason);
    }
}
