package cn.xinyuan.server.trace.domain;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that may be captured, with all that follows from it alone: checked and hashed before
 * anything is locked, side by side with others.
 *
 * @param context explains the prefixes in it
 * @param contextText the same as it is kept
 * @param pointer its place in the document
 * @param eventId the id as given, or the hash
 * @param hash the event hash of CBV 2.0 with its version; the same event has the same one
 * @param body the event as it is kept
 * @param doubts what is doubtful about it
 * @param fault why it cannot be captured whatever else is known; null when it can
 */
@NullMarked
public record Candidate(
        Context context,
        String contextText,
        String pointer,
        EpcisEvent event,
        String eventId,
        String hash,
        String body,
        List<Mention> mentions,
        List<String> doubts,
        @Nullable Fault fault) {

    /** Inputs times outputs that one event may link. */
    public static final long MOST_LINKS = 50_000;

    public static Candidate of(Reading.Understood understood, Context context, String contextText) {
        EpcisEvent event = understood.event();
        if (Link.atMost(event) > MOST_LINKS) {
            return refused(
                    understood,
                    new Fault(
                            "epcisException:CaptureLimitExceededException",
                            "One event links too many things",
                            413,
                            "inputs times outputs are more than "
                                    + MOST_LINKS
                                    + "; name lots instead of single things, or use several"
                                    + " events with one transformationID",
                            understood.pointer()));
        }
        ObjectNode written = EpcisJson.write(event);
        String body = EpcisJson.text(written);
        if (!isWhole(body)) {
            return refused(
                    understood,
                    Fault.invalid(
                            EpcisProblem.grave(
                                    understood.pointer(),
                                    "half a character (a lone surrogate) stands in a string",
                                    "write whole Unicode characters")));
        }
        String hash = EventHash.of(event.type(), written, context);
        String given = event.common().eventId();
        return new Candidate(
                context,
                contextText,
                understood.pointer(),
                event,
                given == null ? hash : given,
                hash,
                body,
                Mention.of(event),
                understood.warnings().stream()
                        .map(w -> w.pointer() + ": " + w.text() + "; " + w.fix())
                        .toList(),
                null);
    }

    private static Candidate refused(Reading.Understood understood, Fault fault) {
        return new Candidate(
                Context.standard(),
                "",
                understood.pointer(),
                understood.event(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                fault);
    }

    public boolean declaresError() {
        return event.common().errorDeclaration() != null;
    }

    /** Whether every surrogate has its other half, so that the text can be stored as UTF-8. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
