package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * One batch: its ranges, and what can be done with them.
 *
 * @param open which form came back with a problem: activate, print, void, or empty
 */
public record CodeBatchPage(
        String address,
        String number,
        String product,
        String licence,
        String licenceNumber,
        Badge standing,
        String season,
        String at,
        String codes,
        String used,
        String voided,
        String free,
        String usedWidth,
        List<Run> runs,
        List<Choice> lots,
        List<Taken> downloads,
        String open,
        Form activate,
        Form print,
        Form voiding) {

    /** Consecutive codes that share a fate; {@code lot} is empty for those on no lot. */
    public record Run(
            String first,
            String last,
            String count,
            Badge state,
            String lot,
            String lotAddress,
            String note,
            String at) {}

    /** A download; {@code state} says how far it came. */
    public record Taken(String file, String part, String state, String by, String at) {}
}
