package cn.xinyuan.server.recall.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/** One recall with its holders and what came back. */
public record RecallPage(
        RecallRow row,
        String reason,
        String publishedBy,
        String maker,
        List<Reached> lots,
        List<Holder> holders,
        String held,
        String recovered,
        int recoveredPercent,
        long notYetNotified,
        Form form) {

    /** How high the wave stands in a bowl of 8 to 152. */
    public int waterLine() {
        return 152 - recoveredPercent * 144 / 100;
    }

    /** A lot the recall reaches. */
    public record Reached(String id, String number) {}

    /** Somebody who holds goods of the recall. */
    public record Holder(
            String id,
            String name,
            String phone,
            String kilograms,
            long packs,
            boolean notified,
            String recovered,
            int recoveredPercent) {}
}
