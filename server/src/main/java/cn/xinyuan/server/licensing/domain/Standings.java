package cn.xinyuan.server.licensing.domain;

import cn.xinyuan.server.licensing.Licence.Standing;
import java.util.EnumSet;
import java.util.Set;

/** The moves a licence may make; EXPIRED follows from the day and is no move. */
public final class Standings {

    private Standings() {}

    public static Set<Standing> next(Standing from) {
        return switch (from) {
            case IN_FORCE -> EnumSet.of(Standing.SUSPENDED, Standing.REVOKED);
            case SUSPENDED -> EnumSet.of(Standing.IN_FORCE, Standing.REVOKED);
            case REVOKED, EXPIRED -> EnumSet.noneOf(Standing.class);
        };
    }
}
