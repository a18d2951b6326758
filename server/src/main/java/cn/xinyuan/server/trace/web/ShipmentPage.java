package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shipment; for the receiver also the form of receipt and, once received, the record of intake
 * that the law wants kept (Food Safety Law, article 53; order 4/2025 of the Ministry of
 * Agriculture: buyers collect the commitment certificate).
 */
public record ShipmentPage(
        String list,
        String listName,
        String number,
        Badge badge,
        String address,
        boolean mayReceive,
        boolean mayReturn,
        String day,
        String received,
        String today,
        Side sender,
        Side receiver,
        List<Line> lines,
        Form form) {

    /** A party to the shipment. */
    public record Side(String name, String place, String contact, @Nullable String creditCode) {}

    /** One lot in it. */
    public record Line(
            String lot,
            String address,
            String number,
            String goods,
            String product,
            String made,
            String sent,
            String kilograms,
            String got,
            Badge badge) {}
}
