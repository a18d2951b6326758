package cn.xinyuan.server.supervision.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One alert: what happened, who did what, what can be done next. */
public record AlertPage(
        AlertRow row,
        String text,
        String where,
        @Nullable String party,
        @Nullable String partyId,
        @Nullable String lotId,
        @Nullable String code,
        @Nullable String complaint,
        @Nullable Complaint said,
        @Nullable Suspect suspect,
        List<Step> steps,
        List<String> next,
        Form form) {

    /** What the complainant wrote; the phone is masked for all but the person in charge. */
    public record Complaint(String text, String phone, @Nullable String code) {}

    /**
     * The code of an alert about a suspicious code.
     *
     * @param evidence what speaks for copies; null when no mark stands
     * @param waits whether somebody has to rule before the alert counts as handled
     * @param choices what may be ruled now
     */
    public record Suspect(
            @Nullable String evidence, List<String> rulings, boolean waits, List<Choice> choices) {}

    /** One thing somebody did. */
    public record Step(String state, String by, String at, String note) {}

    public boolean can(String state) {
        return next.contains(state);
    }

    /** Whether the alert is handled by ruling about its code. */
    public boolean canRule() {
        return can("HANDLED") && suspect != null && !suspect.choices().isEmpty();
    }

    /** Whether it is handled by saying what was done. */
    public boolean canHandle() {
        return can("HANDLED") && (suspect == null || !suspect.waits());
    }
}
