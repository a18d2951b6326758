package cn.xinyuan.epcis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One lot, thing or container went into another; both by their canonical identifiers.
 *
 * @param packed whether it was put in rather than used up
 */
public record Link(String from, String to, boolean packed) {

    /**
     * The links that an event states: each input with each output of a transformation, and contents
     * with their container. Returnable crates and assets link nothing, since they carry unrelated
     * goods in turn.
     */
    public static List<Link> of(EpcisEvent event) {
        Set<Link> links = new LinkedHashSet<>();
        switch (event) {
            case TransformationEvent e -> {
                List<String> outputs = names(e.outputEpcs(), e.outputs());
                for (String input : names(e.inputEpcs(), e.inputs())) {
                    for (String output : outputs) {
                        links.add(new Link(input, output, false));
                    }
                }
            }
            case AggregationEvent e when e.action() != Action.DELETE && e.parentId() != null -> {
                Identifier parent = Identifier.of(e.parentId());
                if (!parent.isReturnable()) {
                    for (String child : names(e.childEpcs(), e.childQuantities())) {
                        links.add(new Link(child, parent.canonical(), true));
                    }
                }
            }
            case AggregationEvent _, ObjectEvent _, TransactionEvent _, AssociationEvent _ -> {}
        }
        return List.copyOf(links);
    }

    /** How many links {@link #of} would make, at most; told without making them. */
    public static long atMost(EpcisEvent event) {
        return switch (event) {
            case TransformationEvent e ->
                    (long) (e.inputEpcs().size() + e.inputs().size())
                            * (e.outputEpcs().size() + e.outputs().size());
            case AggregationEvent e -> e.childEpcs().size() + e.childQuantities().size();
            case ObjectEvent _, TransactionEvent _, AssociationEvent _ -> 0;
        };
    }

    /** Every single thing that the event names, canonical. */
    public static Set<String> things(EpcisEvent event) {
        Set<String> found = new LinkedHashSet<>();
        Stream<String> written =
                switch (event) {
                    case ObjectEvent e -> e.epcs().stream();
                    case AggregationEvent e ->
                            Stream.concat(Stream.ofNullable(e.parentId()), e.childEpcs().stream());
                    case AssociationEvent e ->
                            Stream.concat(Stream.ofNullable(e.parentId()), e.childEpcs().stream());
                    case TransactionEvent e ->
                            Stream.concat(Stream.ofNullable(e.parentId()), e.epcs().stream());
                    case TransformationEvent e ->
                            Stream.concat(e.inputEpcs().stream(), e.outputEpcs().stream());
                };
        written.map(Identifier::canonical).forEach(found::add);
        return found;
    }

    /** Every class or lot that the event names, canonical. */
    public static Set<String> classes(EpcisEvent event) {
        Set<String> found = new LinkedHashSet<>();
        Stream<Quantity> quantities =
                switch (event) {
                    case ObjectEvent e -> e.quantities().stream();
                    case AggregationEvent e -> e.childQuantities().stream();
                    case AssociationEvent e -> e.childQuantities().stream();
                    case TransactionEvent e -> e.quantities().stream();
                    case TransformationEvent e ->
                            Stream.concat(e.inputs().stream(), e.outputs().stream());
                };
        quantities.map(q -> Identifier.canonical(q.epcClass())).forEach(found::add);
        return found;
    }

    private static List<String> names(List<String> epcs, List<Quantity> quantities) {
        return Stream.concat(epcs.stream(), quantities.stream().map(Quantity::epcClass))
                .map(Identifier::canonical)
                .distinct()
                .toList();
    }
}
