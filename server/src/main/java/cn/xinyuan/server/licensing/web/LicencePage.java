package cn.xinyuan.server.licensing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One licence, for an officer or for everyone. */
public record LicencePage(
        String number,
        String action,
        Badge badge,
        String standing,
        String product,
        String productAddress,
        String party,
        String town,
        String from,
        String until,
        String kg,
        @Nullable String reason,
        List<Line> acts,
        boolean maySuspend,
        boolean mayReinstate,
        boolean mayRevoke,
        String doing,
        Form form) {

    /** One act in words. */
    public record Line(String when, String what, String who, String reason) {}
}
