package cn.xinyuan.epcis;

import java.util.List;

/**
 * A document as far as it could be read: good events and bad ones, in their order.
 *
 * @param document the document with its good events
 * @param events one entry per event of the list
 * @param warnings doubts about the document itself
 */
public record Reading(EpcisDocument document, List<Item> events, List<EpcisProblem> warnings) {

    public Reading {
        events = List.copyOf(events);
        warnings = List.copyOf(warnings);
    }

    /** Whether every event was understood. */
    public boolean whole() {
        return events.stream().allMatch(Understood.class::isInstance);
    }

    /** All problems that keep events out. */
    public List<EpcisProblem> problems() {
        return events.stream()
                .flatMap(
                        e ->
                                switch (e) {
                                    case Refused refused -> refused.problems().stream();
                                    case Understood _ ->
                                            java.util.stream.Stream.<EpcisProblem>empty();
                                })
                .toList();
    }

    /** One event of the list. */
    public sealed interface Item {
        /** The place of the event in the document. */
        String pointer();
    }

    /** An event that can be kept, with what is doubtful about it. */
    public record Understood(String pointer, EpcisEvent event, List<EpcisProblem> warnings)
            implements Item {}

    /** An event that cannot be kept, and why. */
    public record Refused(String pointer, List<EpcisProblem> problems) implements Item {}
}
