package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * One case or pallet of a producer.
 *
 * @param because why it was unpacked; empty while it is not
 * @param pallet the pallet that it stands on; empty for none
 */
public record CasePage(
        String address,
        String sscc,
        String readable,
        boolean isPallet,
        boolean demo,
        String boxes,
        String at,
        String by,
        String because,
        String pallet,
        List<Content> contents,
        List<String> cases,
        Form unpack,
        Form removal) {

    /** Boxes of one lot with consecutive codes. */
    public record Content(
            String product,
            String lot,
            String lotAddress,
            String batch,
            String first,
            String last,
            String count,
            String voided) {}
}
