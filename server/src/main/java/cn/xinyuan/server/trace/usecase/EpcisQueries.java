package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.EventArchive;
import cn.xinyuan.server.trace.domain.EventArchive.EventQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What may be asked of captured events and capture jobs, each within the asker's sight. */
@NullMarked
@Component
@Transactional(readOnly = true)
public class EpcisQueries {

    private final EventArchive archive;
    private final CapturedEvents events;

    EpcisQueries(EventArchive archive, CapturedEvents events) {
        this.archive = archive;
        this.events = events;
    }

    public List<Stored> events(Visitor by, EventQuery query) {
        return archive.query(query, CapturedLots.sight(by));
    }

    public Optional<Stored> event(Visitor by, String eventIdOrHash) {
        return archive.find(eventIdOrHash, CapturedLots.sight(by));
    }

    public Optional<CaptureJob> job(Visitor by, UUID id) {
        return events.findJob(id, CapturedLots.sight(by));
    }

    public List<CaptureJob> jobs(Visitor by, int atMost, int skip) {
        return events.jobs(CapturedLots.sight(by), atMost, skip);
    }
}
