package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What may be asked of capture jobs, each within the asker's sight. */
@NullMarked
@Component
@Transactional(readOnly = true)
public class EpcisQueries {

    private final CapturedEvents events;
    private final EventsInSight sight;

    EpcisQueries(CapturedEvents events, EventsInSight sight) {
        this.events = events;
        this.sight = sight;
    }

    public Optional<CaptureJob> job(Visitor by, UUID id) {
        return events.findJob(id, sight.of(by));
    }

    public List<CaptureJob> jobs(Visitor by, int atMost, int skip) {
        return events.jobs(sight.of(by), atMost, skip);
    }
}
