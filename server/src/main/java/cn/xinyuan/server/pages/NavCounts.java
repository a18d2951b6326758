package cn.xinyuan.server.pages;

import java.util.Map;

/**
 * How much work waits behind an entry of the navigation; any room may contribute. Asked for on
 * every console page, so the answer must be cheap.
 */
@FunctionalInterface
public interface NavCounts {

    /**
     * Address of the navigation entry, such as {@code /s/alerts}, to the number of things waiting
     * for this visitor.
     */
    Map<String, Long> of(Visitor visitor);
}
