package cn.xinyuan.server.trace.store;

import cn.xinyuan.epcis.genealogy.Lineage;
import cn.xinyuan.server.trace.domain.Mention.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Draws links from what captured events mention, and takes them back. A link lasts, unless it
 * touches a container that is emptied at some time or returnable: then it holds for the time that
 * both were together.
 */
final class MentionedLinks {

    /**
     * An event that puts things into others or takes them out.
     *
     * @param at milliseconds since 1970
     * @param wrong whether an error declaration takes it back
     * @param declares whether it is such a declaration
     */
    record Event(
            long seq, long at, String hash, boolean declares, boolean wrong, List<Named> named) {}

    /** A thing by its number, and what the event does to it. */
    record Named(long lot, Role role) {}

    private final Lineage lineage;
    private final Set<Long> turning;

    /**
     * @param turning the containers whose contents change; more may be added
     */
    MentionedLinks(Lineage lineage, Set<Long> turning) {
        this.lineage = lineage;
        this.turning = ConcurrentHashMap.newKeySet();
        this.turning.addAll(turning);
    }

    Lineage lineage() {
        return lineage;
    }

    /** The containers that the event empties or that are returnable, and were not known as such. */
    List<Long> newlyTurning(Event event) {
        List<Long> found = new ArrayList<>();
        for (Named named : event.named()) {
            if ((named.role() == Role.EMPTIED || named.role() == Role.RETURNABLE)
                    && !turning.contains(named.lot())) {
                found.add(named.lot());
            }
        }
        return found;
    }

    void turns(long container) {
        turning.add(container);
    }

    void apply(Event event) {
        List<Long> inputs = of(event, Role.INPUT);
        List<Long> outputs = of(event, Role.OUTPUT);
        for (long input : inputs) {
            for (long output : outputs) {
                if (turning.contains(input)) {
                    lineage.use(number(input), number(output), event.at(), event.seq());
                } else {
                    lineage.link(number(input), number(output));
                }
            }
        }
        for (long container : of(event, Role.CONTAINER)) {
            for (long child : of(event, Role.CHILD)) {
                if (turning.contains(child) || turning.contains(container)) {
                    lineage.putIn(number(child), number(container), event.at(), event.seq());
                } else {
                    lineage.link(number(child), number(container));
                }
            }
        }
        for (long container : of(event, Role.RETURNABLE)) {
            for (long child : of(event, Role.IN_RETURNABLE)) {
                lineage.putIn(number(child), number(container), event.at(), event.seq());
            }
        }
        for (long container : of(event, Role.EMPTIED)) {
            List<Long> children = of(event, Role.TAKEN_OUT);
            for (long child : children) {
                lineage.takeOut(number(child), number(container), event.at(), event.seq());
            }
            if (children.isEmpty()) {
                lineage.empty(number(container), event.at(), event.seq());
            }
        }
    }

    /** Only a part of something was taken out by an event: the rest stays inside. */
    void partlyTaken(long content, long container, long event) {
        lineage.retract(number(content), number(container), event);
    }

    /** What seemed to be a part was all there was. */
    void whollyTaken(long content, long container, long at, long event) {
        lineage.takeOut(number(content), number(container), at, event);
    }

    /** Undoes {@link #apply}. */
    void retract(Event event) {
        both(event, Role.INPUT, Role.OUTPUT);
        both(event, Role.CHILD, Role.CONTAINER);
        both(event, Role.IN_RETURNABLE, Role.RETURNABLE);
        both(event, Role.TAKEN_OUT, Role.EMPTIED);
        for (long container : of(event, Role.EMPTIED)) {
            lineage.retractEmptied(number(container), event.seq());
        }
    }

    private void both(Event event, Role from, Role to) {
        for (long source : of(event, from)) {
            for (long target : of(event, to)) {
                if (!lineage.retract(number(source), number(target), event.seq())
                        && from != Role.TAKEN_OUT) {
                    lineage.withdraw(number(source), number(target));
                }
            }
        }
    }

    private static List<Long> of(Event event, Role role) {
        return event.named().stream()
                .filter(named -> named.role() == role)
                .map(Named::lot)
                .distinct()
                .toList();
    }

    /** Numbers of foreign lots are small; the other half of the key is empty. */
    private int number(long lot) {
        return lineage.lot(0, lot);
    }
}
