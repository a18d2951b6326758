package cn.xinyuan.server.trace;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The one write path for goods. Each command is one transaction: an EPCIS event, balanced postings,
 * lots and genealogy; or a refusal that leaves everything as it was and is recorded apart.
 *
 * <p>All of them throw {@link cn.xinyuan.server.pages.Refused} with the rules {@code over-harvest},
 * {@code harvest-gate-closed}, {@code over-balance}, {@code lot-held}, {@code out-exceeds-in};
 * {@link cn.xinyuan.server.pages.NotFound} for what the visitor may not act on; {@link
 * cn.xinyuan.server.pages.Problems} for absurd figures and days in the future.
 */
public interface Goods {

    Lot harvest(Visitor by, Harvest harvest);

    /** Merges bulk lots of one category into a new one. */
    Lot merge(Visitor by, UUID party, List<Part> inputs, LocalDate day);

    /** Sorts a bulk lot into grades; what is neither graded nor named waste is loss. */
    List<Lot> sort(
            Visitor by,
            UUID party,
            Part input,
            List<Grade> grades,
            BigDecimal wasteKg,
            LocalDate day);

    /**
     * Packs bulk lots into sales units of a product; the rest of the input is loss of at most 10 %.
     */
    Lot pack(Visitor by, Packing packing);

    /** Splits a bulk or packing lot into several; a packing lot by packs. */
    List<Lot> split(Visitor by, UUID party, UUID lot, List<BigDecimal> kilograms, LocalDate day);

    /** Sends goods off; they are in transit until received. */
    Shipment ship(Visitor by, NewShipment shipment);

    /** Takes in a shipment; what is missing is posted as loss in transit and shown. */
    Shipment receive(Visitor by, UUID shipment, LocalDate day, Map<UUID, BigDecimal> receivedKg);

    /**
     * Sends received goods back to whom they came from (返货); they are in transit until received.
     */
    Shipment giveBack(
            Visitor by,
            UUID party,
            UUID shipment,
            UUID lot,
            BigDecimal kilograms,
            String reason,
            LocalDate day);

    /** Writes off kilograms of a lot held by the party. */
    void waste(
            Visitor by, UUID party, UUID lot, BigDecimal kilograms, String reason, LocalDate day);

    /** A harvest of one plot. */
    record Harvest(UUID plot, BigDecimal kilograms, LocalDate day) {}

    /** A part of a lot, in kilograms. */
    record Part(UUID lot, BigDecimal kilograms) {}

    /** One grade that came out of sorting. */
    record Grade(String grade, BigDecimal kilograms) {}

    /** Packs of a product made from bulk lots. */
    record Packing(UUID party, UUID product, List<Part> inputs, long packs, LocalDate day) {}

    /** What is sent to whom; packing lots go in whole packs. */
    record NewShipment(UUID from, UUID to, List<Part> parts, String vehicle, LocalDate day) {}

    /** Goods on the way or arrived. */
    record Shipment(
            UUID id,
            String number,
            UUID from,
            UUID to,
            List<Part> parts,
            LocalDate sent,
            boolean received) {}
}
