package cn.xinyuan.server.trace.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where kilograms, packs or labels can be. Only a {@link Kind#SOURCE} may go below zero.
 *
 * @param key names the account for ever
 */
public record Account(
        String key,
        Kind kind,
        Unit unit,
        @Nullable UUID lot,
        @Nullable UUID party,
        @Nullable UUID shipment) {

    /** What an account stands for. */
    public enum Kind {
        SOURCE,
        ALLOWANCE,
        HOLDING,
        TRANSIT,
        LOSS,
        WASTE,
        UNLABELLED,
        LABELLED,
        PLAN,
        ORDERED
    }

    /** What is counted. */
    public enum Unit {
        KG,
        PACK,
        LABEL
    }

    /** What the plot may still bear this season. */
    public static Account allowance(UUID plot, int season) {
        return new Account(
                "allowance:" + plot + ":" + season, Kind.ALLOWANCE, Unit.KG, null, null, null);
    }

    /** Where the season cap of a plot comes from. */
    public static Account cap(UUID plot, int season) {
        return new Account("cap:" + plot + ":" + season, Kind.SOURCE, Unit.KG, null, null, null);
    }

    /** What a party holds of a lot. */
    public static Account holding(UUID lot, UUID party, Unit unit) {
        return new Account(
                "holding:" + lot + ":" + party + ":" + unit, Kind.HOLDING, unit, lot, party, null);
    }

    /** What of a lot is under way in a shipment to {@code receiver}. */
    public static Account transit(UUID shipment, UUID lot, UUID receiver, Unit unit) {
        return new Account(
                "transit:" + shipment + ":" + lot + ":" + unit,
                Kind.TRANSIT,
                unit,
                lot,
                receiver,
                shipment);
    }

    public static Account loss(UUID lot, Unit unit) {
        return new Account("loss:" + lot + ":" + unit, Kind.LOSS, unit, lot, null, null);
    }

    public static Account waste(UUID lot, Unit unit) {
        return new Account("waste:" + lot + ":" + unit, Kind.WASTE, unit, lot, null, null);
    }

    /** Where the packs of a lot come into being. */
    public static Account packing(UUID lot, Unit unit) {
        return new Account("packing:" + lot + ":" + unit, Kind.SOURCE, unit, lot, null, null);
    }

    /** Packs of a lot without a label yet. */
    public static Account unlabelled(UUID lot) {
        return new Account("unlabelled:" + lot, Kind.UNLABELLED, Unit.LABEL, lot, null, null);
    }

    public static Account labelled(UUID lot) {
        return new Account("labelled:" + lot, Kind.LABELLED, Unit.LABEL, lot, null, null);
    }

    public static Account planning(UUID party, UUID product, int season) {
        return new Account(
                "planning:" + party + ":" + product + ":" + season,
                Kind.SOURCE,
                Unit.LABEL,
                null,
                party,
                null);
    }

    /** Labels that may still be ordered. */
    public static Account plan(UUID party, UUID product, int season) {
        return new Account(
                "plan:" + party + ":" + product + ":" + season,
                Kind.PLAN,
                Unit.LABEL,
                null,
                party,
                null);
    }

    public static Account ordered(UUID party, UUID product, int season) {
        return new Account(
                "ordered:" + party + ":" + product + ":" + season,
                Kind.ORDERED,
                Unit.LABEL,
                null,
                party,
                null);
    }
}
