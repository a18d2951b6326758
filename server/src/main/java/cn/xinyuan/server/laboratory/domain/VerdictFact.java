package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.standards.Standards.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A released verdict as the journal keeps it: UTF-8 lines in a fixed order, each ended by a line
 * feed, figures as the laboratory wrote them, no person's name. These bytes are hashed for good:
 * another form is another kind.
 */
public record VerdictFact(Report report, UUID releasedBy, Instant releasedAt) {

    public static final String KIND = "test-verdict/1";

    public byte[] bytes() {
        var text = new StringBuilder("xinyuan/test-verdict/1\n");
        line(text, "report", report.id());
        line(text, "number", report.number());
        line(text, "version", report.version());
        line(text, "replaces", report.replaces());
        line(text, "sample", report.sample());
        line(text, "lot", report.lot());
        line(text, "laboratory", report.laboratory());
        line(text, "sampled", report.sampled());
        line(text, "reported", report.day());
        line(text, "edition", report.judgement().edition());
        line(text, "outcome", report.judgement().outcome());
        for (Line each : report.judgement().lines()) {
            text.append("line\t")
                    .append(each.substance())
                    .append('\t')
                    .append(each.value().kind())
                    .append('\t')
                    .append(each.value().figure().toPlainString())
                    .append('\t')
                    .append(each.value().unit())
                    .append('\t')
                    .append(each.limit() == null ? "-" : each.limit().toPlainString())
                    .append('\t')
                    .append(each.unit())
                    .append('\t')
                    .append(each.edition())
                    .append('\t')
                    .append(each.outcome())
                    .append('\n');
        }
        line(text, "released-by", releasedBy);
        line(text, "released-at", releasedAt);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        text.append(name).append('\t').append(value == null ? "-" : value).append('\n');
    }
}
