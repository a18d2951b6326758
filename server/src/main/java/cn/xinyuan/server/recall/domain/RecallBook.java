package cn.xinyuan.server.recall.domain;

import cn.xinyuan.server.recall.Recalls.Holder;
import cn.xinyuan.server.recall.Recalls.Recall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where recalls are written down. */
public interface RecallBook {

    /** The number of the next recall, such as 召-2025-0001. */
    String nextNumber(int year);

    void publish(Recall recall, UUID party, String district);

    Optional<Recall> find(UUID id);

    Optional<Recall> reaching(UUID lot);

    List<Recall> all();

    /** The district of the lot that was recalled. */
    String district(UUID recall);

    Optional<Holder> holder(UUID recall, UUID party);

    void notified(UUID recall, UUID party, String by, Instant at);

    /** Adds what came back; false when it would be more than the holder had. */
    boolean recovered(
            UUID recall, UUID party, BigDecimal kilograms, String note, String by, Instant at);

    void close(UUID recall, String conclusion, String by, Instant at);
}
