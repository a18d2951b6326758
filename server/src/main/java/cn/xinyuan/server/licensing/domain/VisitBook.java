package cn.xinyuan.server.licensing.domain;

import cn.xinyuan.server.licensing.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All on-site checks. */
public interface VisitBook {

    /** Opens the next round; leaves it when one is open already. */
    void open(UUID id, UUID application, Checklist list, Instant at);

    Optional<Visit> find(UUID id);

    /** By round. */
    List<Visit> of(UUID application);

    /**
     * @return false if somebody concluded it meanwhile
     */
    boolean conclude(VisitAct act, Visit visit);

    /** The latest round. */
    default Optional<Visit> latest(UUID application) {
        List<Visit> all = of(application);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
