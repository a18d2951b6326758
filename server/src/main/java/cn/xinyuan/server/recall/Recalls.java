package cn.xinyuan.server.recall;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recalls: in force on the very next scan. */
public interface Recalls {

    /**
     * Publishes a recall of a lot and of everything made from it.
     *
     * @param retyped the lot number typed again by the person who publishes
     */
    Recall publish(
            Visitor by,
            UUID lot,
            String retyped,
            String reason,
            Level level,
            @Nullable UUID report);

    /** Writes down what a holder gave back or destroyed, in kilograms. */
    void recovered(Visitor by, UUID recall, UUID holder, BigDecimal kilograms, String note);

    /** Marks that a holder was told. */
    void notified(Visitor by, UUID recall, UUID holder);

    Recall close(Visitor by, UUID recall, String conclusion);

    Optional<Recall> find(UUID recall);

    /** The open or closed recall that reaches a lot. */
    Optional<Recall> reaching(UUID lot);

    List<Recall> all();

    /** How dangerous it is; level one is the most serious. */
    enum Level {
        ONE,
        TWO,
        THREE
    }

    /** A recall as it stands; {@code lots} are all lots reached. */
    record Recall(
            UUID id,
            String number,
            UUID lot,
            String reason,
            Level level,
            @Nullable UUID report,
            Instant publishedAt,
            String publishedBy,
            boolean closed,
            List<UUID> lots,
            BigDecimal kilograms,
            long packs,
            long codes,
            List<Holder> holders) {}

    /**
     * Whom to notify, what they held when the recall was published, what came back, in kilograms.
     */
    record Holder(
            UUID party,
            BigDecimal kilograms,
            long packs,
            boolean notified,
            BigDecimal recoveredKg) {}
}
