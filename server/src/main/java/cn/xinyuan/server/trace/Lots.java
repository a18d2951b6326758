package cn.xinyuan.server.trace;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What may be asked of lots. */
public interface Lots {

    Optional<Lot> find(UUID id);

    /**
     * @throws cn.xinyuan.server.pages.NotFound if there is none
     */
    Lot get(UUID id);

    Optional<Lot> findByNumber(String number);

    /** Lots made or held by a party, newest first. */
    List<Lot> of(UUID party);

    /** All lots whose district begins with one of the prefixes, newest first. */
    List<Lot> within(Set<String> districts, int atMost);

    /** Who holds what of a lot now, in transit included. */
    List<Holding> holdings(UUID lot);

    /** What the lot came in with and what became of it; the parts add up to what came in. */
    Balance balance(UUID lot);

    List<Goods.Shipment> shipmentsFrom(UUID party);

    List<Goods.Shipment> shipmentsTo(UUID party);

    Optional<Goods.Shipment> findShipment(UUID id);

    /** Kilograms that a plot may still bear this season; empty when no cap was agreed. */
    Optional<BigDecimal> allowanceLeft(UUID plot, int season);

    /**
     * What a party holds of a lot; {@code inTransit} goods belong to nobody yet and name the
     * receiver.
     */
    record Holding(UUID lot, UUID party, BigDecimal kilograms, long packs, boolean inTransit) {}

    /** The mass balance of one lot, in kilograms. */
    record Balance(
            BigDecimal made,
            BigDecimal inHand,
            BigDecimal usedIn,
            BigDecimal inTransit,
            BigDecimal heldByOthers,
            BigDecimal wasted,
            BigDecimal lost) {}
}
