package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * Key versions, and which codes are not trusted any more.
 *
 * @param operator whether the visitor runs the installation, and may begin and revoke versions
 * @param open which form came back with a problem: range, version, begin, or empty
 */
public record TrustPage(
        boolean operator,
        String current,
        List<Version> versions,
        List<Row> rows,
        String open,
        Form range,
        Form version,
        Form begin) {

    /** A key version in words. */
    public record Version(
            String number,
            String cipher,
            String fingerprint,
            String taken,
            String since,
            Badge state) {}

    /** A revocation in words. */
    public record Row(String what, String count, String reason, String by, String at) {}
}
