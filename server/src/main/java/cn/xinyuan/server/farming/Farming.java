package cn.xinyuan.server.farming;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens on a plot before the harvest. */
public interface Farming {

    /**
     * An officer agrees the yield of a plot for a season, from which its cap follows. What was
     * agreed before stays in sight; the same figure again changes nothing.
     *
     * @param kgPerMu kilograms per mu
     * @param reason why; may be blank for the first, plausible figure of a season
     * @throws cn.xinyuan.server.pages.Problems on {@code kgPerMu} if it is not above zero or ten
     *     times what was ever published for the crop; on {@code reason} if one is missing; on
     *     {@code season}
     * @throws cn.xinyuan.server.pages.Refused {@code below-harvested} if more was harvested already
     */
    void agreeYield(Visitor by, UUID plot, int season, BigDecimal kgPerMu, String reason);

    /** The same without a reason. */
    default void agreeYield(Visitor by, UUID plot, int season, BigDecimal kgPerMu) {
        agreeYield(by, plot, season, kgPerMu, "");
    }

    /** Season cap in kilograms: area x agreed yield. Empty until a yield is agreed. */
    Optional<BigDecimal> seasonCap(UUID plot, int season);

    /**
     * Writes down one piece of work. Records are kept two years and never changed; {@link #correct}
     * adds a new one that points to the old.
     *
     * @throws cn.xinyuan.server.pages.Problems on a missing dose, a future day
     * @throws cn.xinyuan.server.pages.Refused {@code banned-substance}, {@code
     *     unregistered-product}, {@code too-many-uses}
     */
    FarmRecord record(Visitor by, NewFarmRecord record);

    FarmRecord correct(Visitor by, UUID corrected, NewFarmRecord record, String reason);

    /**
     * Writes the same work down on several plots, on all or on none.
     *
     * @throws cn.xinyuan.server.pages.Problems as {@link #record}
     * @throws cn.xinyuan.server.pages.Refused as {@link #record}
     */
    List<FarmRecord> recordOnAll(Visitor by, List<NewFarmRecord> records);

    Optional<FarmRecord> find(UUID record);

    List<FarmRecord> recordsOf(UUID plot, int season);

    /** Whether the plot may be harvested on a day, and from when. */
    HarvestGate gate(UUID plot, LocalDate day);

    /**
     * Substances used on the plots in the year up to the day, each once: from one harvest to the
     * next, also where a season begins before the new year.
     */
    Set<String> substancesUsed(Set<UUID> plots, LocalDate until);

    /**
     * A yield as it was agreed; the newest of a plot and season counts.
     *
     * @param kilograms the season cap: area x agreed yield
     * @param by who agreed
     * @param reason null where none was given
     */
    record AgreedYield(
            UUID plot,
            int season,
            BigDecimal kgPerMu,
            BigDecimal areaMu,
            BigDecimal kilograms,
            String by,
            Instant at,
            @Nullable String reason) {}

    /** What was done. */
    enum Activity {
        SPRAYING,
        FERTILISING,
        IRRIGATION,
        PRUNING,
        OTHER
    }

    /** A record as it comes in. {@code product} is the registered product's name for spraying. */
    record NewFarmRecord(
            UUID plot,
            Activity activity,
            LocalDate day,
            @Nullable String product,
            @Nullable String dose,
            String person,
            String note) {}

    /** A record as it stands; {@code reason} says why it corrects another. */
    record FarmRecord(
            UUID id,
            UUID plot,
            Activity activity,
            LocalDate day,
            @Nullable String product,
            @Nullable String dose,
            String person,
            String note,
            @Nullable LocalDate harvestFrom,
            @Nullable UUID corrects,
            @Nullable String reason,
            boolean correctedLater,
            Instant writtenAt) {}

    /** The answer of the gate; {@code reasons} say which record and product close it. */
    record HarvestGate(boolean open, @Nullable LocalDate opensOn, List<String> reasons) {}
}
