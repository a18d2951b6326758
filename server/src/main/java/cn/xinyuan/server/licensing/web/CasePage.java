package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case, for its applicant or for an officer.
 *
 * @param notYet why it cannot be granted yet; null when it can
 */
public record CasePage(
        String action,
        String number,
        String version,
        String product,
        String party,
        String partyAddress,
        String town,
        String kg,
        String area,
        String statement,
        Badge badge,
        List<StepMark> stepper,
        String next,
        boolean late,
        String inCharge,
        List<String> missing,
        List<Line> steps,
        boolean mayAnswer,
        boolean mayTake,
        boolean mayDecide,
        List<Choice> commonlyMissing,
        @Nullable String licence,
        List<VisitLine> visits,
        @Nullable String notYet,
        boolean mayVisitAgain,
        List<Line> opinions,
        boolean mayAdvise,
        List<Choice> advices,
        Form form) {

    /** One of the four stations: {@code state} is d (done), c (current) or empty. */
    public record StepMark(String text, String state) {}

    /** One on-site check; the address is empty for whoever may not open it. */
    public record VisitLine(
            String address, String title, Badge badge, String text, List<String> unmet) {}

    /** One step taken, in words. */
    public record Line(String when, String what, String who, String note, boolean current) {}
}
