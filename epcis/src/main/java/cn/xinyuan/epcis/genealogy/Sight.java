package cn.xinyuan.epcis.genealogy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which reached lots are shown: those of some owners, made on some days. The walk itself goes
 * through the others.
 */
public final class Sight {

    /** Every lot. */
    public static final Sight ALL = new Sight(null, 0, Integer.MAX_VALUE);

    private final long @Nullable [] owners;
    private final int firstDay;
    private final int lastDay;

    private Sight(long @Nullable [] owners, int firstDay, int lastDay) {
        this.owners = owners;
        this.firstDay = firstDay;
        this.lastDay = lastDay;
    }

    /** Lots of these owners, by the numbers they were described with. */
    public static Sight of(BitSet owners) {
        return new Sight(owners.toLongArray(), 0, Integer.MAX_VALUE);
    }

    /** Only lots made in these days, counted since 1970, both included; lots without a day stay. */
    public Sight days(int first, int last) {
        return new Sight(owners, first, last);
    }

    boolean shows(int owner, int day) {
        long[] allowed = owners;
        if (allowed != null
                && (owner < 0
                        || owner >>> 6 >= allowed.length
                        || (allowed[owner >>> 6] >>> owner & 1) == 0)) {
            return false;
        }
        return day == 0 || day >= firstDay && day <= lastDay;
    }

    boolean showsAll() {
        return owners == null && firstDay <= 0 && lastDay >= Character.MAX_VALUE;
    }
}
