package cn.xinyuan.server.standards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The law and the standards by date. */
public interface Standards {

    /**
     * The edition that governs a product category on a day.
     *
     * @param category product category, such as {@code litchi} or {@code dried-litchi}
     */
    Optional<Edition> inForce(String category, LocalDate day);

    List<Edition> editions();

    /** The limits that hold for a category on a day, strictest of all adopted sources (取严取全). */
    List<LimitInForce> limits(String category, LocalDate day);

    /** Judges values by the edition in force on the sampling day, storing nothing. */
    Judgement judge(String category, LocalDate samplingDay, List<Value> values);

    /** The ban that forbids a substance on a crop on a day. */
    Optional<Ban> ban(String substance, String category, LocalDate day);

    List<PesticideProduct> pesticideProducts();

    Optional<PesticideProduct> pesticideProduct(String name);

    /** Yields of a crop as they were published, newest first; only to see what is plausible. */
    List<PublishedYield> publishedYields(String category);

    /**
     * Whether a test for {@code tested} says something about {@code used}: the same substance, or a
     * residue definition that includes it.
     */
    boolean covers(String tested, String used);

    /** Reads the reference figures that come with the program; a second time changes nothing. */
    void loadReference();

    /**
     * Publishes what has come into force by today and was not told before: editions and bans. Runs
     * daily; calling it more often does no harm.
     */
    void announceDue();

    /** The category whose limits govern another: dried litchi is judged as litchi. */
    String governing(String category);

    /** The name people use for a product category, such as 荔枝 for {@code litchi}. */
    String categoryName(String category);

    /** The category of a name or code as people write it: {@code litchi}, {@code 荔枝}. */
    Optional<String> readCategory(String text);

    /** One edition; {@code demo} marks a fictional one, which every page must say. */
    record Edition(
            String number,
            String title,
            LocalDate effectiveFrom,
            @Nullable LocalDate effectiveTo,
            boolean demo) {}

    /**
     * A maximum in mg/kg with the edition it comes from, and whether it was checked against the
     * text.
     */
    record LimitInForce(
            String substance, BigDecimal atMost, String unit, String edition, boolean verified) {}

    /**
     * One measured value as the laboratory wrote it.
     *
     * @param kind found, not detected below LOD, or detected below LOQ
     * @param figure the value, the LOD or the LOQ, in {@code unit}, with the laboratory's
     *     significant figures
     */
    record Value(String substance, Kind kind, BigDecimal figure, String unit) {
        /** What the laboratory saw. */
        public enum Kind {
            FOUND,
            NOT_DETECTED,
            BELOW_LOQ
        }
    }

    /** The outcome over all indicators. */
    enum Outcome {
        PASS,
        FAIL,
        INCONCLUSIVE
    }

    /** The outcome for one substance; {@code limit} is null where the edition has none. */
    record Line(
            String substance,
            Value value,
            @Nullable BigDecimal limit,
            String unit,
            String edition,
            Outcome outcome,
            String reason) {}

    /** A judgement and what it rests on. */
    record Judgement(Outcome outcome, String edition, LocalDate samplingDay, List<Line> lines) {}

    /**
     * What a crop bore in a place and year.
     *
     * @param kgPerMu kilograms per mu, computed from the published area and output
     * @param source where it was published, such as press
     */
    record PublishedYield(
            String category, String place, int year, BigDecimal kgPerMu, String source) {}

    /** A prohibition of sale and use from a day on. */
    record Ban(String substance, String scope, LocalDate from, String source) {}

    /**
     * A registered pesticide product. The interval belongs to the product, not to its substances.
     *
     * @param preHarvestDays pre-harvest interval (安全间隔期) in days
     * @param maxUses uses allowed in one season
     * @param verified whether the figures were checked against the label
     */
    record PesticideProduct(
            String name,
            List<String> substances,
            String target,
            String dose,
            int preHarvestDays,
            int maxUses,
            boolean verified) {}
}
