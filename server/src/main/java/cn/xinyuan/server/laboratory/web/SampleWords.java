package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.Stage;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.standards.Standards;
import org.springframework.stereotype.Component;

/** One sample in words, for the laboratory and for its sender. */
@Component
class SampleWords {

    private final Standards standards;

    SampleWords(Standards standards) {
        this.standards = standards;
    }

    LabQueuePage.Row row(Queued queued, boolean forLaboratory) {
        TakenSample taken = queued.sample();
        WrittenReport latest = queued.latest();
        WrittenReport shown =
                latest != null && (forLaboratory || latest.report().released()) ? latest : null;
        String address = null;
        String action = null;
        if (shown != null) {
            address = "/lab/reports/" + shown.report().id();
            action = shown.stage() == Stage.ENTERED ? "复核签发" : "查看报告";
        } else if (forLaboratory) {
            address = "/lab/grid?sample=" + taken.sample().id();
            action = "录入结果";
        }
        return new LabQueuePage.Row(
                taken.sample().number(),
                taken.lotNumber(),
                "/p/lots/" + taken.sample().lot(),
                standards.categoryName(taken.category()),
                taken.sample().day().toString(),
                taken.sample().takenBy(),
                latest == null
                        ? Badge.SAMPLE_WAITING
                        : shown == null ? Badge.TESTING : LabWords.stage(shown),
                shown == null ? null : LabWords.verdict(shown.report().judgement().outcome()),
                shown == null ? null : shown.report().number(),
                address,
                action);
    }
}
