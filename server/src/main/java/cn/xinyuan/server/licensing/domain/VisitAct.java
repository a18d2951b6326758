package cn.xinyuan.server.licensing.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.licensing.Visit.Answer;
import cn.xinyuan.server.licensing.Visit.Conclusion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An on-site check as the journal keeps it: one field a line, in this order, for good. Notes and
 * names stand there only as the SHA-256 of salt, line feed and the lines below.
 */
public record VisitAct(
        UUID visit,
        UUID application,
        int round,
        String scheme,
        Conclusion conclusion,
        String salt) {

    /** The name and version under which the journal keeps it. */
    public static final String JOURNAL_KIND = "visit/1";

    public static VisitAct of(Visit visit, Conclusion conclusion, String salt) {
        return new VisitAct(
                visit.id(), visit.application(), visit.round(), visit.scheme(), conclusion, salt);
    }

    public byte[] bytes() {
        return String.join(
                        "\n",
                        "xinyuan/visit/1",
                        visit.toString(),
                        application.toString(),
                        Integer.toString(round),
                        scheme,
                        Long.toString(conclusion.count(Answer.MET)),
                        Long.toString(conclusion.count(Answer.UNMET)),
                        Long.toString(conclusion.count(Answer.NOT_APPLICABLE)),
                        hash(salt + "\n" + lines()),
                        conclusion.at().truncatedTo(ChronoUnit.MICROS).toString(),
                        "")
                .getBytes(UTF_8);
    }

    /** A line for each clause: code, answer, note with line breaks as blanks; then both names. */
    private String lines() {
        return conclusion.findings().stream()
                        .map(
                                f ->
                                        f.clause()
                                                + " "
                                                + f.answer()
                                                + " "
                                                + f.note().replaceAll("\\R", " "))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + conclusion.inspector()
                + "\n"
                + conclusion.host();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
