package cn.xinyuan.server.supervision.domain;

import cn.xinyuan.server.supervision.Alerts.Alert;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where alerts are written down. */
public interface AlertBook {

    /** Writes an alert down unless the same cause was heard before. */
    void raise(NewAlert alert);

    Optional<Alert> find(UUID id);

    /** Alerts whose district begins with one of the prefixes; most urgent first. */
    List<Alert> within(Set<String> districts, boolean openOnly);

    List<Step> steps(UUID alert);

    /**
     * Moves an alert on.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code impossible-step} if it is elsewhere by now
     */
    void move(
            UUID alert, AlertState to, String by, Instant at, String note, @Nullable Charge charge);

    /** Who is in charge from now on, until when. */
    record Charge(String person, LocalDate deadline) {}

    /** One thing somebody did about an alert. */
    record Step(AlertState state, String by, Instant at, String note) {}

    /** An alert as it comes in; {@code cause} is the same when the same event is heard again. */
    record NewAlert(
            String cause,
            Kind kind,
            Level level,
            String title,
            String text,
            String district,
            @Nullable UUID party,
            @Nullable String subject,
            String person,
            LocalDate deadline,
            Instant foundAt) {}
}
