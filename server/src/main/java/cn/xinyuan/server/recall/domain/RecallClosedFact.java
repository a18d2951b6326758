package cn.xinyuan.server.recall.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;

/** What the journal keeps of the end of a recall: how much of it came back. */
public record RecallClosedFact(String number, BigDecimal recoveredKg, Instant at) {

    public static final String KIND = "recall-closed/1";

    public byte[] bytes() {
        return "xinyuan/recall-closed/1\n%s\n%s\n%s\n"
                .formatted(number, recoveredKg.stripTrailingZeros().toPlainString(), at)
                .getBytes(UTF_8);
    }
}
