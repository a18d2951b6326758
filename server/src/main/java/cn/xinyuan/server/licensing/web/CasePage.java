package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One case, for its applicant or for an officer. */
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
        Form form) {

    /** One of the four stations: {@code state} is d (done), c (current) or empty. */
    public record StepMark(String text, String state) {}

    /** One step taken, in words. */
    public record Line(String when, String what, String who, String note, boolean current) {}
}
