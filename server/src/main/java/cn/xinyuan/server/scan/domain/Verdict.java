package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.scan.domain.Finding.Why;
import org.jspecify.annotations.Nullable;

/** The state of a code and its ground: the first that holds, the most dangerous first. */
public record Verdict(State state, Why why) {

    /**
     * @param recalled a recall reaches the lot
     * @param voided the code was voided
     * @param standing of the licence under which the code was ordered; null when it is gone
     * @param seasonOver the season of the code is over
     * @param held the lot is held
     * @param onALot the code was activated on a lot
     * @param suspicious its scans look like those of copies
     */
    public static Verdict of(
            boolean recalled,
            boolean voided,
            Licence.@Nullable Standing standing,
            boolean seasonOver,
            boolean held,
            boolean onALot,
            boolean suspicious) {
        if (recalled) {
            return new Verdict(State.RECALLED, Why.RECALL);
        }
        if (voided) {
            return new Verdict(State.REVOKED, Why.CODE_VOID);
        }
        if (standing == null || standing == Licence.Standing.REVOKED) {
            return new Verdict(State.REVOKED, Why.LICENCE_REVOKED);
        }
        if (standing == Licence.Standing.SUSPENDED) {
            return new Verdict(State.REVOKED, Why.LICENCE_SUSPENDED);
        }
        if (standing == Licence.Standing.EXPIRED) {
            return new Verdict(State.REVOKED, Why.LICENCE_EXPIRED);
        }
        if (seasonOver) {
            return new Verdict(State.REVOKED, Why.SEASON_OVER);
        }
        if (held) {
            return new Verdict(State.ON_HOLD, Why.LOT_HELD);
        }
        if (!onALot) {
            return new Verdict(State.NOT_ACTIVATED, Why.NOT_ON_A_LOT);
        }
        return suspicious
                ? new Verdict(State.SUSPICIOUS, Why.MANY_READERS)
                : new Verdict(State.VALID, Why.FINE);
    }
}
