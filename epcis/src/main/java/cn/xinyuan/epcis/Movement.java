package cn.xinyuan.epcis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount of a class or lot that an event made or used up; what only moves or is only seen does
 * not count.
 *
 * @param what the canonical identifier
 * @param unit {@code KGM} for every unit of mass, else the unit as written, empty for pieces
 * @param made what came to be, never negative
 * @param used what ceased to be, never negative
 */
public record Movement(String what, String unit, BigDecimal made, BigDecimal used) {

    /**
     * What an event made and used: class-level ADD and DELETE, and both sides of transformations.
     */
    public static List<Movement> of(EpcisEvent event) {
        List<Movement> found = new ArrayList<>();
        switch (event) {
            case ObjectEvent e when e.action() == Action.ADD -> add(found, e.quantities(), true);
            case ObjectEvent e when e.action() == Action.DELETE ->
                    add(found, e.quantities(), false);
            case TransformationEvent e -> {
                add(found, e.inputs(), false);
                add(found, e.outputs(), true);
            }
            case ObjectEvent _, AggregationEvent _, TransactionEvent _, AssociationEvent _ -> {}
        }
        return List.copyOf(found);
    }

    private static void add(List<Movement> to, List<Quantity> quantities, boolean made) {
        for (Quantity each : quantities) {
            BigDecimal amount = each.quantity();
            if (amount == null) {
                continue;
            }
            String uom = each.uom() == null ? "" : each.uom();
            BigDecimal kilograms = Mass.kilograms(amount, uom).orElse(amount);
            to.add(
                    new Movement(
                            Identifier.canonical(each.epcClass()),
                            Mass.isUnit(uom) ? "KGM" : uom,
                            made ? kilograms : BigDecimal.ZERO,
                            made ? BigDecimal.ZERO : kilograms));
        }
    }
}
