package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a lot stands, for anyone. */
public record LotStandingPage(
        String number,
        String product,
        String productAddress,
        Badge badge,
        String state,
        List<Fact> facts,
        @Nullable String certificate,
        @Nullable String hotline) {

    /** One claim with whoever stands behind it. */
    public record Fact(String name, String value, Evidence source) {}
}
