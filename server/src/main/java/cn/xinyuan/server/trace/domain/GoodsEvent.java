package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.BizTransaction;
import cn.xinyuan.epcis.Common;
import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisTime;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Facts;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Party;
import cn.xinyuan.epcis.Quantity;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.Vocabulary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Acts on goods as events of EPCIS 2.0 (ISO/IEC 19987) with the vocabulary of CBV 2.0 (ISO/IEC
 * 19988). Lots are class-level Digital Link URIs (AI 01 and 10), parties are GLNs (AI 414).
 * Everything that a balance is recomputed from stands in the event.
 */
public final class GoodsEvent {

    /** The namespace of our own facts: plot, season, label range, reason. */
    public static final String NAMESPACE = "https://ns.xinyuan.cn/epcis/";

    public static final Context CONTEXT = Context.with("xy", NAMESPACE);

    private static final String KILOGRAM = "KGM";
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    /** An amount of a lot: kilograms, and packs when it is packed (0 for bulk). */
    public record Amount(String epcClass, BigDecimal kilograms, long packs) {}

    /**
     * An event ready to be stored; {@code at} is the time that stands in it, to the millisecond.
     */
    public record Draft(String eventId, Instant at, String hash, String json) {}

    private GoodsEvent() {}

    /**
     * The shipment that an event speaks of: the UUID that stands in its despatch advice, else the
     * one that follows from the advice's name, so that sender and receiver mean the same.
     */
    public static Optional<UUID> shipment(EpcisEvent event) {
        return event.common().bizTransactions().stream()
                .filter(
                        t ->
                                t.type() != null
                                        && Vocabulary.BIZ_TRANSACTION_TYPE.same(t.type(), "desadv"))
                .findFirst()
                .map(t -> shipment(t.id()));
    }

    private static UUID shipment(String advice) {
        String last = advice.substring(advice.lastIndexOf(':') + 1);
        try {
            return last.length() == 36
                    ? UUID.fromString(last)
                    : UUID.nameUUIDFromBytes(advice.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return UUID.nameUUIDFromBytes(advice.getBytes(StandardCharsets.UTF_8));
        }
    }

    public static String lotClass(String gtin, String lotNumber) {
        return "https://id.gs1.org/01/" + gtin + "/10/" + lotNumber;
    }

    public static String location(String gln) {
        return "https://id.gs1.org/414/" + gln;
    }

    /** Commissioning of a harvest lot on a plot. */
    public static Draft harvest(
            UUID id, Instant at, String gln, Amount lot, UUID plot, int season, LocalDate day) {
        return draft(
                new ObjectEvent(
                        common(id, at, "commissioning", "active", gln, Map.of()),
                        Action.ADD,
                        List.of(),
                        quantities(List.of(lot)),
                        Facts.of(
                                Map.of(
                                        "xy:plot", plot.toString(),
                                        "xy:season", String.valueOf(season),
                                        "cbvmda:harvestStartDate", day.toString()))));
    }

    /** Merging, sorting, packing, splitting: inputs are used up, outputs come to be. */
    public static Draft transform(
            UUID id,
            Instant at,
            String step,
            String gln,
            List<Amount> inputs,
            List<Amount> outputs,
            Map<String, String> facts) {
        return draft(
                new TransformationEvent(
                        common(id, at, step, null, gln, facts),
                        List.of(),
                        quantities(inputs),
                        List.of(),
                        quantities(outputs),
                        null,
                        Map.of()));
    }

    /** Shipping, returning, receiving: the goods stay what they are and change hands. */
    public static Draft transfer(
            UUID id,
            Instant at,
            String step,
            String disposition,
            String fromGln,
            String toGln,
            String whereGln,
            UUID shipment,
            List<Amount> lots,
            Map<String, String> facts) {
        var common =
                common(id, at, step, disposition, whereGln, facts)
                        .transfer(
                                List.of(new BizTransaction("desadv", "urn:uuid:" + shipment)),
                                List.of(new Party("owning_party", location(fromGln))),
                                List.of(new Party("owning_party", location(toGln))));
        return draft(
                new ObjectEvent(common, Action.OBSERVE, List.of(), quantities(lots), Map.of()));
    }

    /** Goods that are no more. */
    public static Draft destroy(
            UUID id, Instant at, String gln, Amount lot, Map<String, String> facts) {
        return draft(
                new ObjectEvent(
                        common(id, at, "destroying", "destroyed", gln, facts),
                        Action.DELETE,
                        List.of(),
                        quantities(List.of(lot)),
                        Map.of()));
    }

    /** Labels put on packs of a lot: the range stands for the serials. */
    public static Draft label(
            UUID id, Instant at, String gln, String epcClass, long batch, long first, long count) {
        return draft(
                new ObjectEvent(
                        common(
                                id,
                                at,
                                "commissioning",
                                "active",
                                gln,
                                Map.of(
                                        "xy:batch", String.valueOf(batch),
                                        "xy:first", String.valueOf(first),
                                        "xy:labels", String.valueOf(count))),
                        Action.ADD,
                        List.of(),
                        List.of(new Quantity(epcClass, BigDecimal.valueOf(count), null)),
                        Map.of()));
    }

    /** Boxes of a lot. */
    public record Pieces(String epcClass, long count) {}

    /**
     * Boxes were put into a case or taken out of it, or cases onto a pallet or off it. The goods
     * stay what and where they are.
     *
     * @param sscc of the case or pallet
     * @param cases SSCCs of what went onto a pallet; empty for boxes
     */
    public static Draft aggregate(
            UUID id,
            Instant at,
            boolean in,
            String gln,
            String sscc,
            List<String> cases,
            List<Pieces> boxes,
            Map<String, String> facts) {
        return draft(
                new AggregationEvent(
                        common(id, at, in ? "packing" : "unpacking", "in_progress", gln, facts),
                        in ? Action.ADD : Action.DELETE,
                        logisticUnit(sscc),
                        cases.stream().map(GoodsEvent::logisticUnit).toList(),
                        boxes.stream()
                                .map(
                                        b ->
                                                new Quantity(
                                                        b.epcClass(),
                                                        BigDecimal.valueOf(b.count()),
                                                        null))
                                .toList()));
    }

    private static String logisticUnit(String sscc) {
        return "https://id.gs1.org/00/" + sscc;
    }

    private static Common common(
            UUID id,
            Instant at,
            String step,
            @Nullable String disposition,
            String gln,
            Map<String, String> facts) {
        var plain =
                Common.at(EpcisTime.of(at, CHINA), "urn:uuid:" + id)
                        .why(step, disposition)
                        .where(location(gln), location(gln));
        return new Common(
                plain.eventTime(),
                plain.eventTimeZoneOffset(),
                null,
                plain.eventId(),
                null,
                List.of(),
                plain.bizStep(),
                plain.disposition(),
                null,
                plain.readPoint(),
                plain.bizLocation(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Facts.of(facts));
    }

    private static List<Quantity> quantities(List<Amount> amounts) {
        return amounts.stream()
                .flatMap(a -> a.packs() == 0 ? Stream.of(mass(a)) : Stream.of(mass(a), count(a)))
                .toList();
    }

    private static Quantity mass(Amount amount) {
        var plain = amount.kilograms().stripTrailingZeros();
        return new Quantity(
                amount.epcClass(), plain.scale() < 0 ? plain.setScale(0) : plain, KILOGRAM);
    }

    private static Quantity count(Amount amount) {
        return new Quantity(amount.epcClass(), BigDecimal.valueOf(amount.packs()), null);
    }

    private static Draft draft(EpcisEvent event) {
        var eventId = event.common().eventId();
        if (eventId == null) {
            throw new IllegalStateException("every event of ours has an id");
        }
        return new Draft(
                eventId,
                event.common().eventTime().at(),
                EventHash.of(event, CONTEXT),
                EpcisJson.text(event, CONTEXT));
    }
}
