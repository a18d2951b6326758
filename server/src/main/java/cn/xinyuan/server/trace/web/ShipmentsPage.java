package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** What comes and goes. */
public record ShipmentsPage(
        String title, boolean clerk, List<Row> coming, List<Row> going, String emptyText) {

    /** One shipment. */
    public record Row(
            String address, String number, String other, String goods, String day, Badge badge) {}
}
