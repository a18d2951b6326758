package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.Problem;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.Captures;
import cn.xinyuan.server.trace.domain.CaptureJob;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;

/** Reads a document and captures it, for those inside the program. */
@NullMarked
@Component
class CaptureDocument implements Captures {

    private final CaptureEvents events;

    CaptureDocument(CaptureEvents events) {
        this.events = events;
    }

    @Override
    public Outcome capture(Visitor by, byte[] document) {
        Reading reading;
        try {
            reading = EpcisJson.read(document);
        } catch (UnreadableDocument unreadable) {
            throw problems(unreadable.problems());
        }
        if (!reading.whole()) {
            throw problems(reading.problems());
        }
        CaptureJob job = events.capture(by, reading, false);
        return new Outcome(
                job.id(),
                job.success(),
                job.captured(),
                job.repeated(),
                job.unbalanced(),
                Stream.concat(
                                job.errors().stream().map(CaptureJob.Fault::detail),
                                job.warnings().stream().map(CaptureJob.Doubt::text))
                        .toList());
    }

    private static Problems problems(List<EpcisProblem> found) {
        return new Problems(
                found.stream()
                        .map(p -> new Problem(p.pointer(), p.text() + "; " + p.fix()))
                        .toList());
    }
}
