package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.standards.Standards.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;

/** A report on goods in stock judged again by another edition, as the journal keeps it. */
public record RejudgementFact(
        UUID report, UUID lot, String edition, LocalDate day, Outcome outcome) {

    public static final String KIND = "test-rejudgement/1";

    public byte[] bytes() {
        return ("xinyuan/test-rejudgement/1\nreport\t"
                        + report
                        + "\nlot\t"
                        + lot
                        + "\nedition\t"
                        + edition
                        + "\nday\t"
                        + day
                        + "\noutcome\t"
                        + outcome
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
