package cn.xinyuan.server.trace.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What captured events made and used of one lot or thing so far, per unit. */
@NullMarked
public final class Tally {

    private final List<Sum> sums = new ArrayList<>(1);
    private long number;
    private int movements;

    /**
     * @param number the number under which the lot is stored; 0 when it is new
     */
    public Tally(long number) {
        this.number = number;
    }

    /** Made and used in one unit; {@code additions} counts the object events that made it. */
    public record Sum(String unit, BigDecimal made, BigDecimal used, int additions) {}

    public long number() {
        return number;
    }

    public void numbered(long given) {
        this.number = given;
    }

    public Sum sum(String unit) {
        for (Sum sum : sums) {
            if (sum.unit().equals(unit)) {
                return sum;
            }
        }
        return new Sum(unit, BigDecimal.ZERO, BigDecimal.ZERO, 0);
    }

    /** Whether anything was ever made of it. */
    public boolean everMade() {
        return sums.stream().anyMatch(s -> s.made().signum() > 0);
    }

    /** Whether any event made or used of it, even if it was taken back since. */
    public boolean isKnown() {
        return movements > 0;
    }

    /** Adds what was read at once: at least one movement. */
    public void add(String unit, BigDecimal made, BigDecimal used, int additions) {
        add(unit, made, used, additions, 1);
    }

    private void add(String unit, BigDecimal made, BigDecimal used, int additions, int lines) {
        Sum before = sum(unit);
        Sum now =
                new Sum(
                        unit,
                        before.made().add(made),
                        before.used().add(used),
                        before.additions() + additions);
        movements += lines;
        sums.removeIf(s -> s.unit().equals(unit));
        sums.add(now);
    }

    /** Counts a mention in, or with {@code −1} out again. */
    public void count(Mention mention, int sign) {
        Mention.Amount amount = mention.amount();
        if (amount != null) {
            boolean in = sign > 0;
            int additions = mention.added() ? amount.made().signum() : 0;
            add(
                    amount.unit(),
                    in ? amount.made() : amount.made().negate(),
                    in ? amount.used() : amount.used().negate(),
                    in ? additions : -additions,
                    sign);
        }
    }
}
