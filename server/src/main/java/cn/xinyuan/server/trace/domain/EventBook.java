package cn.xinyuan.server.trace.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** EPCIS events as they were written: once, for ever. */
public interface EventBook {

    void write(Written event);

    Optional<Written> find(String eventId);

    Optional<Written> findByHash(String hash);

    /** Events that touch any of the lots, oldest first. */
    List<Written> touching(Collection<UUID> lots);

    /** An event as stored; {@code json} is the EPCIS 2.0 event itself. */
    record Written(
            UUID id,
            String eventId,
            String hash,
            String command,
            Instant eventTime,
            Instant recordTime,
            LocalDate day,
            UUID party,
            boolean foreign,
            boolean balanced,
            List<String> warnings,
            String json,
            List<UUID> lots) {}
}
