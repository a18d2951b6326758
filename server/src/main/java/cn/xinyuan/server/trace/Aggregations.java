package cn.xinyuan.server.trace;

import cn.xinyuan.server.pages.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Boxes go into cases and cases onto pallets, and out again: told as EPCIS aggregation events. They
 * move no kilograms, packs or labels; the goods stay with who has them.
 */
public interface Aggregations {

    /**
     * Writes the event.
     *
     * @throws cn.xinyuan.server.pages.NotFound when the visitor does not act for the party
     * @throws cn.xinyuan.server.pages.Refused when something goes in: {@code lot-held} for a held
     *     lot, {@code not-in-hand} for more boxes of a lot than the party has
     */
    void tell(Visitor by, Aggregation what);

    /**
     * What went into or came out of a logistic unit.
     *
     * @param sscc of the case or pallet
     * @param in whether it went in
     * @param boxes boxes by lot, for a case
     * @param cases SSCCs of cases, for a pallet
     * @param lots all lots that are touched
     * @param facts further facts of ours, such as the ranges of labels
     */
    record Aggregation(
            UUID party,
            String sscc,
            boolean in,
            Map<UUID, Long> boxes,
            List<String> cases,
            Set<UUID> lots,
            Map<String, String> facts) {}
}
