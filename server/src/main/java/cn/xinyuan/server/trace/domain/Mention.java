package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.AssociationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Mass;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.TransactionEvent;
import cn.xinyuan.epcis.TransformationEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A thing or an amount that an event names, and what the event does to it. All that is asked of
 * captured events, genealogy, balances and contents of containers, follows from these.
 *
 * @param name the canonical identifier
 * @param ofClass whether it stood among the quantities, not among the single things
 * @param added whether an object event speaks: what it makes begins with it
 * @param amount what was made or used; null when the event only sees or moves it
 */
@NullMarked
public record Mention(
        String name, boolean ofClass, Role role, boolean added, @Nullable Amount amount) {

    /** What the event does; the ordinal is stored, so the order stays. */
    public enum Role {
        SEEN,
        INPUT,
        OUTPUT,
        CHILD,
        CONTAINER,
        TAKEN_OUT,
        EMPTIED,
        IN_RETURNABLE,
        RETURNABLE
    }

    /**
     * An amount that came to be or ceased to be; an error declaration takes it back with the
     * opposite sign.
     *
     * @param unit {@code KGM} for every unit of mass, else the unit as written, empty for pieces
     */
    public record Amount(String unit, BigDecimal made, BigDecimal used) {}

    /** All mentions of an event, in its order. */
    public static List<Mention> of(EpcisEvent event) {
        List<Mention> found = new ArrayList<>();
        boolean error = event.common().errorDeclaration() != null;
        switch (event) {
            case ObjectEvent e -> {
                int sign = e.action() == Action.ADD ? 1 : e.action() == Action.DELETE ? -1 : 0;
                things(found, e.epcs(), Role.SEEN);
                amounts(found, e.quantities(), Role.SEEN, true, sign, error);
            }
            case TransformationEvent e -> {
                things(found, e.inputEpcs(), Role.INPUT);
                amounts(found, e.inputs(), Role.INPUT, false, -1, error);
                things(found, e.outputEpcs(), Role.OUTPUT);
                amounts(found, e.outputs(), Role.OUTPUT, false, 1, error);
            }
            case AggregationEvent e -> aggregation(found, e);
            case TransactionEvent e -> {
                things(found, parent(e.parentId()), Role.SEEN);
                things(found, e.epcs(), Role.SEEN);
                amounts(found, e.quantities(), Role.SEEN, false, 0, error);
            }
            case AssociationEvent e -> {
                things(found, parent(e.parentId()), Role.SEEN);
                things(found, e.childEpcs(), Role.SEEN);
                amounts(found, e.childQuantities(), Role.SEEN, false, 0, error);
            }
        }
        return List.copyOf(found);
    }

    private static void aggregation(List<Mention> found, AggregationEvent event) {
        Role of = Role.SEEN;
        Role in = Role.SEEN;
        if (event.parentId() != null) {
            if (event.action() == Action.DELETE) {
                of = Role.TAKEN_OUT;
                in = Role.EMPTIED;
            } else if (Identifier.of(event.parentId()).isReturnable()) {
                of = Role.IN_RETURNABLE;
                in = Role.RETURNABLE;
            } else {
                of = Role.CHILD;
                in = Role.CONTAINER;
            }
        }
        things(found, parent(event.parentId()), in);
        things(found, event.childEpcs(), of);
        amounts(found, event.childQuantities(), of, false, 0, false);
    }

    private static List<String> parent(@Nullable String parent) {
        return parent == null ? List.of() : List.of(parent);
    }

    private static void things(List<Mention> to, List<String> epcs, Role role) {
        for (String epc : epcs) {
            to.add(new Mention(Identifier.canonical(epc), false, role, false, null));
        }
    }

    private static void amounts(
            List<Mention> to,
            List<Quantity> quantities,
            Role role,
            boolean added,
            int sign,
            boolean error) {
        for (Quantity each : quantities) {
            BigDecimal given = each.quantity();
            Amount amount = null;
            if (given != null && sign != 0) {
                String uom = each.uom() == null ? "" : each.uom();
                boolean mass = Mass.isUnit(uom);
                BigDecimal figure = mass ? Mass.kilograms(given, uom).orElseThrow() : given;
                BigDecimal signed = error ? figure.negate() : figure;
                amount =
                        new Amount(
                                mass ? "KGM" : uom,
                                sign > 0 ? signed : BigDecimal.ZERO,
                                sign > 0 ? BigDecimal.ZERO : signed);
            }
            to.add(new Mention(Identifier.canonical(each.epcClass()), true, role, added, amount));
        }
    }
}
