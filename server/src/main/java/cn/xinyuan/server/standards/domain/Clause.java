package cn.xinyuan.server.standards.domain;

import cn.xinyuan.limits.Limit;

/**
 * One limit of one edition.
 *
 * @param category product category, such as {@code litchi}
 * @param substance residue definition or other indicator
 * @param confidence how far the figure was checked against the text: confirmed, inferred,
 *     unverified, fictional
 */
public record Clause(
        String edition, String category, String substance, Limit limit, String confidence) {

    public boolean verified() {
        return confidence.equals("confirmed");
    }
}
