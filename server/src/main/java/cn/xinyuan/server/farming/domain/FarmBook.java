package cn.xinyuan.server.farming.domain;

import cn.xinyuan.server.farming.Farming.FarmRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where farm records are written down. */
public interface FarmBook {

    /** False if another correction of the same record was faster. */
    boolean write(FarmRecord record, Set<String> substances, UUID by);

    Optional<FarmRecord> find(UUID record);

    List<FarmRecord> records(Collection<UUID> plots, LocalDate from, LocalDate until);

    Set<String> substances(Collection<UUID> plots, LocalDate from, LocalDate until);

    /** Serialises what is written about a plot, so that uses are counted right. */
    void lock(UUID plot);

    void refused(UUID plot, String rule, String text, UUID by, Instant at);
}
