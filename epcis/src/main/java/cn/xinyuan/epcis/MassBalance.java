package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what came out of a transformation can have been in what went in. Kilograms throughout.
 */
public sealed interface MassBalance {

    /** Outputs do not exceed inputs; {@code loss} is the difference. */
    record Holds(BigDecimal in, BigDecimal out, BigDecimal loss) implements MassBalance {}

    /** Outputs exceed inputs. */
    record Exceeds(BigDecimal in, BigDecimal out, BigDecimal by) implements MassBalance {}

    /** Nobody can tell: amounts are missing, or given in units that measure no mass. */
    record Unmeasured(List<String> because) implements MassBalance {}

    static MassBalance of(TransformationEvent event) {
        List<String> because = new ArrayList<>();
        if (event.transformationId() != null) {
            because.add("one of several events of transformation " + event.transformationId());
        }
        if (!event.inputEpcs().isEmpty() || !event.outputEpcs().isEmpty()) {
            because.add("single things without a weight");
        }
        if (event.inputs().isEmpty() || event.outputs().isEmpty()) {
            because.add("a side without quantities");
        }
        BigDecimal in = sum(event.inputs(), because);
        BigDecimal out = sum(event.outputs(), because);
        if (!because.isEmpty()) {
            return new Unmeasured(List.copyOf(because));
        }
        return out.compareTo(in) > 0
                ? new Exceeds(in, out, out.subtract(in))
                : new Holds(in, out, in.subtract(out));
    }

    private static BigDecimal sum(List<Quantity> quantities, List<String> because) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Quantity each : quantities) {
            BigDecimal amount = each.quantity();
            if (amount == null) {
                because.add("no quantity for " + each.epcClass());
            } else if (!Mass.isUnit(each.uom())) {
                because.add(
                        each.epcClass()
                                + " is counted in "
                                + (each.uom() == null ? "pieces" : each.uom()));
            } else {
                sum = sum.add(Mass.kilograms(amount, each.uom()).orElse(BigDecimal.ZERO));
            }
        }
        return sum;
    }
}
