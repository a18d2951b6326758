package cn.xinyuan.server.supervision.web;

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
        List<Step> steps,
        List<String> next,
        Form form) {

    /** What the complainant wrote; the phone is masked for all but the person in charge. */
    public record Complaint(String text, String phone, @Nullable String code) {}

    /** One thing somebody did. */
    public record Step(String state, String by, String at, String note) {}

    public boolean can(String state) {
        return next.contains(state);
    }
}
