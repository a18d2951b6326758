package cn.xinyuan.limits;

/**
 * A clause and where it stands.
 *
 * @param indicator what is limited, such as a residue definition of GB 2763
 * @param source the edition, such as {@code GB 2763-2021}
 */
public record Sourced(String indicator, Limit limit, String source) {}
