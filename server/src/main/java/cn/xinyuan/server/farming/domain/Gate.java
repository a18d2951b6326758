package cn.xinyuan.server.farming.domain;

import cn.xinyuan.server.farming.Farming.Activity;
import cn.xinyuan.server.farming.Farming.FarmRecord;
import cn.xinyuan.server.farming.Farming.HarvestGate;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * The harvest gate (规则 4): closed from a spraying until its pre-harvest interval has passed. On the
 * day the interval ends the harvest is allowed.
 */
public final class Gate {

    private Gate() {}

    /** Judges by the records that still stand; corrected ones no longer count. */
    public static HarvestGate on(LocalDate day, List<FarmRecord> records) {
        var closing =
                records.stream()
                        .filter(r -> !r.correctedLater() && r.activity() == Activity.SPRAYING)
                        .filter(r -> !r.day().isAfter(day))
                        .filter(r -> r.harvestFrom() != null && r.harvestFrom().isAfter(day))
                        .toList();
        return new HarvestGate(
                closing.isEmpty(),
                closing.stream().map(Gate::from).max(Comparator.naturalOrder()).orElse(null),
                closing.stream()
                        .map(
                                r ->
                                        "%s喷施 %s，间隔期 %d 天，%s起可采收"
                                                .formatted(
                                                        inWords(r.day()),
                                                        r.product(),
                                                        ChronoUnit.DAYS.between(r.day(), from(r)),
                                                        inWords(from(r))))
                        .toList());
    }

    private static String inWords(LocalDate day) {
        return "%d 月 %d 日".formatted(day.getMonthValue(), day.getDayOfMonth());
    }

    private static LocalDate from(FarmRecord record) {
        var from = record.harvestFrom();
        if (from == null) {
            throw new IllegalStateException("a spraying has an interval");
        }
        return from;
    }
}
