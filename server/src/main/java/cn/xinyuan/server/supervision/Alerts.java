package cn.xinyuan.server.supervision;

import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.scan.Scans.Ruling;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The supervisor's list. Every alert goes: found, assigned, handled, re-checked, closed. */
public interface Alerts {

    List<Alert> open(Set<String> districts);

    List<Alert> all(Set<String> districts);

    Optional<Alert> find(UUID alert);

    Alert assign(Visitor by, UUID alert, String person, LocalDate deadline);

    /**
     * Says what was done about an alert.
     *
     * @throws cn.xinyuan.server.pages.Refused {@code ruling-needed} while a suspicious code is
     *     marked: then {@link #rule} handles the alert
     */
    Alert handle(Visitor by, UUID alert, String what);

    /**
     * Handles an alert about a suspicious code by ruling that the code is genuine, or that copies
     * of it were found and it is voided.
     *
     * @throws cn.xinyuan.server.pages.Problems on {@code reason}
     * @throws cn.xinyuan.server.pages.Refused {@code no-code}, {@code not-suspicious}, {@code
     *     already-voided}, {@code impossible-step}
     */
    Alert rule(Visitor by, UUID alert, Ruling.As as, String reason);

    Alert recheck(Visitor by, UUID alert, boolean mended, String finding);

    Alert close(Visitor by, UUID alert, String conclusion);

    /** An alert with its one person and deadline. */
    record Alert(
            UUID id,
            String number,
            String kind,
            String level,
            String title,
            String text,
            @Nullable String district,
            @Nullable UUID party,
            @Nullable String subject,
            String state,
            String person,
            LocalDate deadline,
            Instant foundAt) {}
}
