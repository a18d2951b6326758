package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Badge;
import java.util.List;

/**
 * A case or pallet for whoever has it before him.
 *
 * @param cases on a pallet; empty for a case
 * @param unpacked the day it was emptied; empty while it is not
 * @param pallet on which it stands; empty for none
 */
public record LogisticUnitPage(
        String sscc,
        String kind,
        String packer,
        String packed,
        String boxes,
        String cases,
        String unpacked,
        String pallet,
        List<Row> rows,
        String hotline) {

    /** Boxes of one lot. */
    public record Row(
            String lot,
            String address,
            String product,
            String boxes,
            String voided,
            Badge badge,
            String state) {}
}
