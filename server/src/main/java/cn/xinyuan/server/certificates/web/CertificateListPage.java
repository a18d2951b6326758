package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/** The certificates of a party, and its lots that still have none. */
public record CertificateListPage(List<Row> rows, List<Lot> without, String counted) {

    /** One certificate. */
    public record Row(
            String id,
            String number,
            String lot,
            String product,
            String kilograms,
            String basis,
            String day,
            Badge badge) {}

    /** A lot without a valid certificate. */
    public record Lot(String id, String number, String what, String kilograms, String day) {}
}
