package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.trace.Genealogy.Edge;
import cn.xinyuan.server.trace.Goods.Shipment;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots.Holding;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lots, their genealogy, holds, shipments and label ranges as they are stored. */
public interface LotBook {

    String nextLotNumber(char kind, LocalDate day);

    String nextShipmentNumber(LocalDate day);

    void add(Lot lot, String epcClass, UUID event);

    void link(Edge edge, UUID event);

    void touched(UUID event, Collection<UUID> lots);

    Optional<Lot> find(UUID id);

    Optional<Lot> findByNumber(String number);

    List<Lot> all(Collection<UUID> ids);

    List<Lot> of(UUID party);

    List<Lot> within(Set<String> districts, int atMost);

    /**
     * Locks lots until the end of the transaction, in the order of their ids, and reads them again.
     */
    List<Lot> lock(Collection<UUID> ids);

    /**
     * Acts go on side by side, but not while lots are being stopped. Until the transaction ends.
     */
    void goOnTogether();

    /** Waits for all acts under way and keeps new ones waiting until the transaction ends. */
    void haveAllToItself();

    String epcClass(UUID lot);

    /** Those of several lots, by lot. */
    Map<UUID, String> epcClasses(Collection<UUID> lots);

    /** The event that made a lot. */
    UUID eventOf(UUID lot);

    List<Edge> into(Collection<UUID> targets);

    List<Edge> outOf(Collection<UUID> sources);

    List<Holding> holdings(Collection<UUID> lots);

    /** Sums of the accounts of a lot by kind, in kilograms. */
    Map<Account.Kind, BigDecimal> sums(UUID lot);

    BigDecimal usedIn(UUID lot);

    void hold(Collection<UUID> lots, String reason, String by, Instant at);

    void release(Collection<UUID> lots, String reason, String by, Instant at);

    void ship(Shipment shipment, String vehicle, @Nullable UUID returns, Map<UUID, Long> packs);

    /** Marks a shipment received; false if it was before. */
    boolean receive(UUID shipment);

    Optional<Shipment> findShipment(UUID id);

    /** Whether a shipment bears the id, one that was withdrawn included. */
    boolean isShipment(UUID id);

    List<Shipment> shipments(UUID party, boolean sent);

    void label(Labels.Range range, UUID event);

    Optional<UUID> lotOf(long batch, long serial);

    List<Labels.Range> ranges(Collection<UUID> lots);

    /** In the order of their serials. */
    List<Labels.Range> rangesOf(long batch);

    long labels(Collection<UUID> lots);

    /** Writes down that an event was declared wrong: from now on it links nothing. */
    void reversed(UUID wrong, UUID by);

    boolean isReversed(UUID event);

    /** Whether any of the lots was made by an event that was declared wrong. */
    boolean anyReversed(Collection<UUID> lots);

    /** Which of these identifiers are lots of ours. */
    Map<String, UUID> byClass(Collection<String> epcClasses);

    /** Takes a shipment back that was declared wrong. */
    void withdraw(UUID shipment);

    /** A shipment whose receipt was declared wrong is under way again. */
    void unreceive(UUID shipment);
}
